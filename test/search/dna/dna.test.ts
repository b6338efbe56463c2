import { expect } from 'chai'
import fc from 'fast-check'
import { Dna, floatV, manyOf, oneOf, Rng, Space, SpaceError } from '../../../src/search/index.ts'

const letters = oneOf(['a', 'b', 'c'], { name: 'X' })
const space = Space.of({ x: letters, y: oneOf([1, 2, 3]), z: oneOf<unknown>([{ p: floatV(0, 1) }, 5]) })
const { spec } = space
const dna = Dna.fromNumbers([0, 2, 0, 0.5], spec)

describe('Dna', () => {
  it('is written as PyGlove writes it', () => {
    expect(JSON.stringify(dna)).to.equal('[0,2,["__tuple__",0,0.5]]')
    expect(String(dna)).to.equal('[0, 2, (0, 0.5)]')
    expect(JSON.stringify(Dna.fromNumbers([0, 2, 1], spec))).to.equal('[0,2,1]')
    const chain = Space.of(oneOf([oneOf([oneOf([1, 2]), 3]), 4]))
    expect(JSON.stringify(chain.first())).to.equal('["__tuple__",0,0,0]')
  })

  it('is read from every JSON form that is written', () => {
    const nested = Space.of([
      oneOf<unknown>([{ a: oneOf([oneOf([1, 2]), 3]), b: floatV(0, 1) }, [oneOf([oneOf([7, 8])])]]),
      letters,
    ])
    for (const each of [space, nested]) {
      const rng = Rng.from(1)
      for (let i = 0; i < 200; i++) {
        const drawn = each.random(rng)
        const read = Dna.fromJson(JSON.parse(JSON.stringify(drawn)), each.spec)
        expect(read.equals(drawn)).to.equal(true)
        expect(read.toNumbers()).to.deep.equal(drawn.toNumbers())
      }
    }
  })

  it('is read as PyGlove wraps it, and from [0] as from 0', () => {
    const wrapped = {
      _type: 'pyglove.core.geno.base.DNA',
      format: 'compact',
      value: [0, 2, ['__tuple__', 0, 0.5]],
    }
    expect(Dna.fromJson(wrapped, spec).equals(dna)).to.equal(true)
    const single = Space.of(oneOf([1, 2])).spec
    expect(Dna.fromJson([1], single).toNumbers()).to.deep.equal([1])
  })

  it('refuses JSON that is not of the space', () => {
    const refuse = (json: unknown, why: string): void => {
      expect(() => Dna.fromJson(json, spec), why).to.throw(SpaceError, why)
    }
    refuse([0, 2], 'the DNA must be a list of 3 decisions, got [0,2]')
    refuse(0, 'must be a list of 3 decisions, got 0')
    refuse([0, 2, 0], "candidate 0 at 'z' has open decisions, got 0")
    refuse([0, 2, ['__tuple__', 0]], 'has open decisions')
    refuse([0, 2, ['__tuple__', 1, 3]], "candidate 1 at 'z' is constant")
    refuse([0, 2, ['__tuple__', 0, 1.5]], 'must be a number from 0 to 1, got 1.5')
    refuse([0, 2, ['__tuple__', 0, 'x']], 'must be a number from 0 to 1, got "x"')
    refuse([0, 3, 1], 'must be an index from 0 to 2, got 3')
    refuse(['a', 0, 1], 'must be an index from 0 to 2, got "a"')
    refuse([[0, 0], 0, 1], 'must be an index')
    refuse([null, 0, 1], 'must be an index')
    refuse(['__proto__', 0, 1], 'must be an index')
    refuse({ format: 'other', value: 0 }, 'only the compact form')
    refuse(undefined, 'must be a list of 3 decisions')
  })

  it('is made by answering each open decision', () => {
    const asked: string[] = []
    const made = Dna.fromDecisions(point => {
      asked.push(point.id)
      return point.kind === 'float' ? 0.25 : 0
    }, spec)
    expect(asked).to.deep.equal(['x', 'y', 'z', 'z[=0/2].p'])
    expect(made.toNumbers()).to.deep.equal([0, 0, 0, 0.25])
    expect(() => Dna.fromDecisions(() => 7, spec)).to.throw(SpaceError, 'must be an index from 0 to 2, got 7')
  })

  it('cannot be changed through the numbers it was made from or gives', () => {
    const numbers = [0, 2, 1]
    const made = Dna.fromNumbers(numbers, spec)
    numbers[0] = 1
    made.toNumbers()[0] = 2
    expect(made.toNumbers()).to.deep.equal([0, 2, 1])
  })

  it('has one form of zero', () => {
    const zero = Dna.fromNumbers([-0, 0, 0, -0], spec)
    expect(Object.is(zero.toNumbers()[3], 0)).to.equal(true)
    const read = Dna.fromJson(JSON.parse('[-0,-0,["__tuple__",-0,-0]]'), spec)
    const told = Dna.fromDict({ x: -0, y: -0, z: -0, 'z[=0/2].p': -0 }, spec)
    for (const form of [read, told])
      expect(form.toNumbers().some(gene => Object.is(gene, -0))).to.equal(false)
    expect(zero.hash()).to.equal(Dna.fromNumbers([0, 0, 0, 0], spec).hash())
  })

  it('lists its open decisions, and finds one by id or name', () => {
    expect(dna.decisions().map(({ point, gene }) => [point.id, gene])).to.deep.equal([
      ['x', 0],
      ['y', 2],
      ['z', 0],
      ['z[=0/2].p', 0.5],
    ])
    expect([dna.find('X'), dna.find('x'), dna.find('z[=0/2].p'), dna.find('nowhere')]).to.deep.equal([
      0,
      0,
      0.5,
      undefined,
    ])
    expect(Dna.fromNumbers([0, 2, 1], spec).find('z[=0/2].p')).to.equal(undefined)
  })

  it('is equal by content, also under an equal spec', () => {
    const other = Space.of({
      x: letters,
      y: oneOf([1, 2, 3]),
      z: oneOf<unknown>([{ p: floatV(0, 1) }, 5]),
    }).spec
    const twin = Dna.fromNumbers([0, 2, 0, 0.5], other)
    expect(dna.equals(twin)).to.equal(true)
    expect(dna.hash()).to.equal(twin.hash())
    expect(dna.equals(Dna.fromNumbers([0, 2, 0, 0.25], spec))).to.equal(false)
    expect(dna.equals('[0, 2, (0, 0.5)]')).to.equal(false)
    expect(dna.hash()).to.equal(RECORDED_HASH)
  })

  it('has metadata that go with it through JSON, and do not count otherwise', () => {
    const noted = dna.withMetadata({ from: [1, 2], ['__proto__']: 'x' }).withMetadata({ from: { id: 3 } })
    expect(noted.metadata).to.deep.equal({ from: { id: 3 }, ['__proto__']: 'x' })
    expect(noted.equals(dna)).to.equal(true)
    expect([noted.hash() === dna.hash(), noted.compare(dna), String(noted)]).to.deep.equal([
      true,
      0,
      String(dna),
    ])
    const json = JSON.stringify(noted)
    expect(JSON.parse(json).format).to.equal('compact')
    const read = Dna.fromJson(JSON.parse(json), spec)
    expect(read.metadata).to.deep.equal(noted.metadata)
    expect(JSON.stringify(dna.withMetadata({}))).to.equal(JSON.stringify(dna))
    const given = { list: [1] }
    const kept = dna.withMetadata(given)
    given.list.push(2)
    expect(kept.metadata).to.deep.equal({ list: [1] })
    for (const metadata of [5, [1], null]) {
      const wrapped = { format: 'compact', value: dna.toJSON(), metadata }
      expect(() => Dna.fromJson(wrapped, spec)).to.throw(
        SpaceError,
        'the metadata of a DNA must be an object',
      )
    }
  })

  it('has every form with rows of choices', () => {
    // As PyGlove has it, the float aside.
    const big = Space.of({
      x: oneOf(['a', 'b', 'c'], { name: 'X' }),
      y: manyOf(2, [1, 2, 3]),
      z: oneOf<unknown>([{ p: floatV(0, 1) }, 5]),
    })
    const point = Dna.fromJson([0, [0, 2], ['__tuple__', 0, 0.5]], big.spec)
    expect(point.toNumbers()).to.deep.equal([0, 0, 2, 0, 0.5])
    expect(String(point)).to.equal('[0, [0, 2], (0, 0.5)]')
    expect(point.toDict()).to.deep.equal({ x: 0, 'y[0]': 0, 'y[1]': 2, z: 0, 'z[=0/2].p': 0.5 })
    expect(point.toDict({ rows: 'list', values: 'choice', keys: 'name' })).to.deep.equal({
      X: '0/3',
      y: ['0/3', '2/3'],
      z: '0/2',
      'z[=0/2].p': 0.5,
    })
    expect(big.materialize(point).toJS()).to.deep.equal({ x: 'a', y: [1, 3], z: { p: 0.5 } })
  })

  it('has a total order that never throws, also across specs', () => {
    const flat = Space.of([oneOf([1, 2]), oneOf([1, 2])]).spec
    const deep = Space.of(oneOf([oneOf([1, 2]), oneOf([1, 2])])).spec
    const all = [...flat.iterate(), ...deep.iterate(), ...[dna, space.first()]]
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.constantFrom(...all), fc.constantFrom(...all), (a, b, c) => {
        expect(Math.sign(a.compare(b))).to.equal(-Math.sign(b.compare(a)) + 0)
        expect(a.compare(b) === 0).to.equal(a.equals(b))
        if (a.compare(b) <= 0 && b.compare(c) <= 0) expect(a.compare(c)).to.be.at.most(0)
      }),
    )
    expect(Dna.fromNumbers([0, 1], flat).equals(Dna.fromNumbers([0, 1], deep))).to.equal(false)
  })

  it('has a key that tells the DNAs of a space apart', () => {
    const finite = Space.of([oneOf([1, 2, 3]), oneOf([oneOf([1, 2]), 3])])
    expect([...finite.iterate()].map(each => each.key)).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8])
    const rng = Rng.from(2)
    const keys = new Set(
      Array.from({ length: 5_000 }, () => space.random(rng)).map(each => `${each.key} ${each}`),
    )
    expect(new Set([...keys].map(key => key.split(' ')[0])).size).to.equal(keys.size)
    for (const key of keys) expect(Number.isSafeInteger(Number(key.split(' ')[0]))).to.equal(true)
  })
})

const RECORDED_HASH = 79075448

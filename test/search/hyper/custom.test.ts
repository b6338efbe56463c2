import { expect } from 'chai'
import {
  Custom,
  custom,
  Dna,
  oneOf,
  Rng,
  registerGenome,
  Space,
  SpaceError,
  uniformMutator,
} from '../../../src/search/index.ts'
import { FieldError, f, fromJson, SymObject } from '../../../src/symbolic/index.ts'

class Mask extends SymObject.define('test.search.custom.Mask', { bits: f.string({ pattern: /^[01]+$/ }) }) {}

const bits = registerGenome('test.custom.bits', {
  random: (rng, { length }: { length: number }) => Array.from({ length }, () => rng.int(2)),
  decode: code => code.join(''),
  encode: value => [...value].map(Number),
  problem: (code, { length }) =>
    Array.isArray(code) && code.length === length ? null : `a list of ${length} bits`,
  mutate: (code, rng) => {
    const at = rng.int(code.length)
    return code.map((bit, i) => (i === at ? 1 - bit : bit))
  },
  first: ({ length }) => Array(length).fill(0),
  next: code => {
    const at = code.lastIndexOf(0)
    return at < 0 ? null : code.map((bit, i) => (i < at ? bit : i === at ? 1 : 0))
  },
})
const plain = registerGenome('test.custom.plain', {
  random: rng => rng.int(100),
  decode: code => code * 2,
  problem: code => (typeof code === 'number' ? null : 'a number'),
})
const settings = { length: 3 }
const space = Space.of(new Mask({ bits: custom(bits, { settings, name: 'mask' }) }))

describe('custom', () => {
  it('is decided by a genome of its own', () => {
    const dna = space.random(Rng.from(1))
    expect(space.materialize(dna).bits).to.match(/^[01]{3}$/)
    expect(space.encode(new Mask({ bits: '101' })).toNumbers()).to.deep.equal(['[1,0,1]'])
    expect(space.has(new Mask({ bits: '1010' }))).to.equal(false)
    expect([...space.iterate()].map(each => space.materialize(each).bits)).to.deep.equal([
      '000',
      '001',
      '010',
      '011',
      '100',
      '101',
      '110',
      '111',
    ])
    expect(space.size).to.equal(Number.POSITIVE_INFINITY)
  })

  it('is mutated by its own function, or drawn anew', () => {
    const before = Dna.fromNumbers(['[0,0,0]'], space.spec)
    const after = space.materialize(uniformMutator.mutate(before, Rng.from(1))).bits
    expect([...after].filter(bit => bit === '1').length).to.equal(1)
    const drawn = Space.of({ n: custom(plain) })
    const first = drawn.first()
    expect(uniformMutator.mutate(first, Rng.from(1)).equals(first)).to.equal(false)
    expect(first.equals(drawn.first())).to.equal(true)
  })

  it('survives JSON, since the tree holds the name only', () => {
    const tree = fromJson(JSON.parse(JSON.stringify(space.template)), Mask)
    expect(tree.get('bits')).to.be.instanceOf(Custom)
    const again = Space.of(tree)
    const dna = again.random(Rng.from(7))
    expect(Dna.fromJson(JSON.parse(JSON.stringify(dna)), space.spec).equals(dna)).to.equal(true)
    expect(() => fromJson({ _type: 'search.Custom', genome: 'no.such' })).to.throw(
      SpaceError,
      "no genome 'no.such'",
    )
  })

  it('is open only where it is chosen', () => {
    const some = Space.of({ x: oneOf([0, custom(plain)]) })
    expect(some.materialize(Dna.fromNumbers([1, '21'], some.spec)).at('x')).to.equal(42)
    expect(String(Dna.fromNumbers([1, '21'], some.spec))).to.equal('(1, "21")')
  })

  it('refuses texts that are no genome', () => {
    const refuse = (text: string, why: string): void => {
      expect(() => Dna.fromNumbers([text], space.spec)).to.throw(SpaceError, why)
    }
    refuse('[0,1]', 'must be a list of 3 bits, got "[0,1]"')
    refuse('[0, 1, 0]', 'must be JSON as JSON.stringify writes it')
    refuse('{', 'must be JSON as JSON.stringify writes it')
  })

  it('tells what its functions do wrong', () => {
    const broken = registerGenome('test.custom.broken', {
      random: () => undefined as never,
      decode: () => 'two',
      problem: () => null,
    })
    expect(() => Space.of({ x: custom(broken) }).random(Rng.from(1))).to.throw(
      SpaceError,
      "the genome 'test.custom.broken' gave undefined, which is no JSON",
    )
    const mask = Space.of(new Mask({ bits: custom(broken) }))
    expect(() => mask.materialize(Dna.fromNumbers(['1'], mask.spec))).to.throw(FieldError, 'Mask.bits must')
    expect(() => Space.of({ n: custom(plain) }).encode({ n: 4 } as never)).to.throw(
      SpaceError,
      "the genome 'test.custom.plain' has no 'encode'",
    )
  })
})

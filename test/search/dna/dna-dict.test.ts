import { expect } from 'chai'
import fc from 'fast-check'
import { Dna, floatV, intV, manyOf, oneOf, Rng, Space, SpaceError } from '../../../src/search/index.ts'

const space = Space.of({
  x: oneOf(['a', 'b', 'c'], { name: 'X' }),
  y: oneOf([10, 20, 30]),
  z: oneOf<unknown>([{ p: floatV(0, 1) }, null]),
  n: intV(3, 6),
})
const { spec } = space
const dna = Dna.fromNumbers([0, 2, 0, 0.5, 4], spec)

describe('DNAs as dicts', () => {
  it('go by id or by name', () => {
    expect(dna.toDict()).to.deep.equal({ x: 0, y: 2, z: 0, 'z[=0/2].p': 0.5, n: 4 })
    expect(dna.toDict({ keys: 'name' })).to.deep.equal({ X: 0, y: 2, z: 0, 'z[=0/2].p': 0.5, n: 4 })
    expect(Dna.fromNumbers([0, 2, 1, 4], spec).toDict()).to.deep.equal({ x: 0, y: 2, z: 1, n: 4 })
  })

  it('have numbers, choices or literals', () => {
    expect(dna.toDict({ values: 'choice' })).to.deep.equal({
      x: '0/3',
      y: '2/3',
      z: '0/2',
      'z[=0/2].p': 0.5,
      n: 4,
    })
    expect(dna.toDict({ values: 'literal' })).to.deep.equal({
      x: 'a',
      y: 30,
      z: "{p: FloatV(min=0, max=1, scale='linear')}",
      'z[=0/2].p': 0.5,
      n: 4,
    })
    expect(Dna.fromNumbers([0, 2, 1, 4], spec).toDict({ values: 'literal' }).z).to.equal(null)
  })

  it('lead back, whatever their form', () => {
    const options = fc.record({
      keys: fc.constantFrom('id', 'name'),
      values: fc.constantFrom('number', 'choice', 'literal'),
    })
    fc.assert(
      fc.property(options, fc.integer(), (form, seed) => {
        const drawn = space.random(Rng.from(seed))
        return Dna.fromDict(drawn.toDict(form), spec, form).equals(drawn)
      }),
    )
  })

  it('are read whatever the order of their keys, with the undecided left out or undefined', () => {
    expect(Dna.fromDict({ n: 4, z: 1, 'z[=0/2].p': undefined, y: 2, X: 0 }, spec).toNumbers()).to.deep.equal([
      0, 2, 1, 4,
    ])
  })

  it('have rows of choices under a key for each, as a list, or both', () => {
    const rows = Space.of({ y: manyOf(2, ['a', 'b', 'c'], { name: 'Y' }), one: manyOf(1, ['d']) })
    const point = Dna.fromNumbers([2, 0, 0], rows.spec)
    expect(point.toDict()).to.deep.equal({ 'y[0]': 2, 'y[1]': 0, one: 0 })
    expect(point.toDict({ rows: 'list', values: 'literal' })).to.deep.equal({ y: ['c', 'a'], one: 'd' })
    expect(point.toDict({ rows: 'both', keys: 'name' })).to.deep.equal({
      'Y[0]': 2,
      'Y[1]': 0,
      Y: [2, 0],
      one: 0,
    })
    const read = (dict: Record<string, unknown>): unknown => Dna.fromDict(dict, rows.spec).toNumbers()
    expect(read({ y: [2, 0], one: 0 })).to.deep.equal([2, 0, 0])
    expect(read({ 'Y[0]': 2, y: [2, 0], one: 0 })).to.deep.equal([2, 0, 0])
    expect(() => read({ 'Y[0]': 2, 'Y[1]': 0, Y: [2, 1], one: 0 })).to.throw(
      SpaceError,
      "'Y' is said twice, [2,0] and [2,1]",
    )
    expect(() => read({ y: [2], one: 0 })).to.throw(SpaceError, "'y' must be a list of 2, got [2]")
    expect(() => read({ y: 2, one: 0 })).to.throw(SpaceError, "'y' must be a list of 2, got 2")
    expect(() => read({ y: [2, 2], one: 0 })).to.throw(SpaceError, 'must be different, got 2, 2')
  })

  it('say null of what is not open, when asked to', () => {
    const closed = Dna.fromNumbers([0, 2, 1, 4], spec)
    const dict = closed.toDict({ closed: true })
    expect(dict).to.deep.equal({ x: 0, y: 2, z: 1, n: 4, 'z[=0/2].p': null })
    expect(Dna.fromDict(dict, spec).equals(closed)).to.equal(true)
    expect(dna.toDict({ closed: true })).to.deep.equal(dna.toDict())
  })

  it('are refused when something is missing, unknown, not open or does not fit', () => {
    const refuse = (dict: Record<string, unknown>, why: string, values?: 'choice' | 'literal'): void => {
      const options = values === undefined ? {} : { values }
      expect(() => Dna.fromDict(dict, spec, options), why).to.throw(SpaceError, why)
    }
    const right = { x: 0, y: 2, z: 1, n: 4 }
    refuse({ x: 0, y: 2, n: 4 }, "the dict says nothing about 'z'; it has x, y, n")
    refuse({ y: 2, z: 1, n: 4 }, "nothing about 'x' (X)")
    refuse({ ...right, q: 1 }, "'q' is not a decision of the space")
    refuse({ ...right, X: 1 }, "'x' is said twice, 1 and 0")
    refuse({ ...right, 'z[=0/2].p': 0.5 }, 'is not open with the other choices')
    refuse({ ...right, z: 0 }, "nothing about 'z[=0/2].p'")
    refuse({ ...right, x: 'a' }, 'the value at \'x\' (X) must be a number, got "a"')
    refuse({ ...right, x: 7 }, 'must be an index from 0 to 2, got 7')
    refuse({ ...right, n: 99 }, 'must be an integer from 3 to 6, got 99')
    refuse({ x: '0/4' }, 'must be a choice like \'0/3\', got "0/4"', 'choice')
    refuse({ x: '9/3' }, 'must be an index from 0 to 2, got 9', 'choice')
    refuse({ x: 'd' }, 'must be one of "a", "b", "c", got "d"', 'literal')
    refuse({ constructor: 1, ...right }, "'constructor' is not a decision")
  })
})

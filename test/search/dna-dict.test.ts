import { expect } from 'chai'
import fc from 'fast-check'
import { Dna, floatV, intV, oneOf, Rng, Space, SpaceError } from '../../src/search/index.ts'

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

  it('are refused when something is missing, unknown, not open or does not fit', () => {
    const refuse = (dict: Record<string, unknown>, why: string, values?: 'choice' | 'literal'): void => {
      const options = values === undefined ? {} : { values }
      expect(() => Dna.fromDict(dict, spec, options), why).to.throw(SpaceError, why)
    }
    const right = { x: 0, y: 2, z: 1, n: 4 }
    refuse({ x: 0, y: 2, n: 4 }, "the dict says nothing about 'z'; it has x, y, n")
    refuse({ y: 2, z: 1, n: 4 }, "nothing about 'x' (X)")
    refuse({ ...right, q: 1 }, "'q' is not a decision of the space")
    refuse({ ...right, X: 0 }, "'x' is given twice, or is not open")
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

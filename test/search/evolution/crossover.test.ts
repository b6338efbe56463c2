import { expect } from 'chai'
import fc from 'fast-check'
import { child, pairs, positionsOf } from '../../../src/search/evolution/crossover.ts'
import { Dna, floatV, manyOf, oneOf, Rng, Space } from '../../../src/search/index.ts'
import { apply, everything, idsOf, population } from './population.ts'

const rng = Rng.from(1)

describe('pairs', () => {
  it('takes the first with the second, and leaves an odd one as it is', () => {
    const { spec } = Space.of(oneOf([0, 1, 2, 3, 4, 5]))
    const second = pairs('second', (_, other) => [other])
    const children = apply(second, population([1], [2], [3], [4], [5]), { spec })
    expect(children.map(({ genes }) => genes[0])).to.deep.equal([2, 4, 5])
    expect(children.map(({ parents }) => parents)).to.deep.equal([[1, 2], [3, 4], []])
    expect(idsOf(children)).to.deep.equal([null, null, 5])
  })

  it('names each parent once', () => {
    const both = population([1], [1]).map(each => ({ ...each, id: 7 }))
    const { spec } = Space.of(oneOf([0, 1]))
    expect(
      apply(
        pairs('first', one => [one]),
        both,
        { spec },
      )[0]?.parents,
    ).to.deep.equal([7])
  })
})

describe('child', () => {
  const { spec } = Space.of([oneOf<unknown>([[oneOf([1, 2]), floatV(0, 1)], 7]), oneOf([1, 2, 3])])
  const [one, other] = [Dna.fromNumbers([0, 1, 0.5, 0], spec), Dna.fromNumbers([1, 2], spec)]

  it('takes from the other parent what the first does not have', () => {
    const branchOf = (from: Dna, rest: Dna): Dna => child(from, rest, point => point.id === '[0]', rng)
    expect(branchOf(one, other).genes).to.deep.equal([0, 1, 0.5, 2])
    expect(branchOf(other, one).genes).to.deep.equal([1, 0])
  })

  it('lends no candidate twice where all must differ', () => {
    const rows = Space.of(manyOf(3, [1, 2, 3, 4])).spec
    const [a, b] = [Dna.fromNumbers([0, 1, 2], rows), Dna.fromNumbers([1, 2, 0], rows)]
    // The second would be 1 again, so it stays; the third is left with what neither parent has there, or has.
    const mixed = child(a, b, point => point.id !== '[0]' && point.id !== '[1]', rng)
    expect(mixed.genes.slice(0, 2)).to.deep.equal([1, 2])
    rows.validate(mixed)
  })

  it('is a point of the space, and with one parent alone that parent', () => {
    fc.assert(
      fc.property(fc.integer(), seed => {
        const rng = Rng.from(seed)
        const [one, other] = [everything.random(rng), everything.random(rng)]
        everything.validate(child(one, other, () => rng.int(2) === 0, rng))
        expect(child(one, other, () => true, rng).equals(one)).to.equal(true)
        expect(child(one, other, () => false, rng).equals(other)).to.equal(true)
      }),
    )
  })
})

describe('positionsOf', () => {
  it('numbers all decisions, closed ones too', () => {
    const { spec } = Space.of([oneOf<unknown>([[oneOf([1, 2])], [oneOf([1, 2])]]), oneOf([1, 2])])
    expect([...positionsOf(spec)].map(([point, at]) => `${at} ${point.id}`)).to.deep.equal([
      '0 [0]',
      '1 [0][=0/2][0]',
      '2 [0][=1/2][0]',
      '3 [1]',
    ])
    expect(positionsOf(spec)).to.equal(positionsOf(spec))
  })
})

import { expect } from 'chai'
import fc from 'fast-check'
import {
  cycle,
  cycled,
  mapped,
  order,
  ordered,
  partiallyMapped,
  type Stretch,
} from '../../../src/search/evolution/recombine-orders.ts'
import { Dna, oneOf, permutate, Rng, Space } from '../../../src/search/index.ts'
import { apply, individual } from './population.ts'

const [one, other]: [number[], number[]] = [
  [0, 1, 2, 3, 4],
  [4, 2, 0, 1, 3],
]

describe('orders', () => {
  it('are recombined as in the tables of PyGlove', () => {
    expect([mapped(one, other, [1, 3]), mapped(other, one, [1, 3])]).to.deep.equal([
      [1, 2, 0, 3, 4],
      [4, 1, 2, 0, 3],
    ])
    expect([ordered(other, one, [1, 3]), ordered(one, other, [1, 3])]).to.deep.equal([
      [1, 2, 0, 3, 4],
      [0, 1, 2, 3, 4],
    ])
  })

  it('are recombined by cycles, in turn from one and the other', () => {
    // The places 0, 3, 5 and 8 are the first cycle, 1, 2, 7 and 9 the second, 4 and 6 the third.
    const [own, other] = [
      [9, 8, 2, 1, 7, 4, 5, 10, 6, 3],
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
    ]
    expect(cycled(own, other)).to.deep.equal([9, 2, 3, 1, 7, 4, 5, 8, 6, 10])
  })

  it('stay orders, with something of both', () => {
    const permutation = (length: number) =>
      fc.shuffledSubarray([...Array(length).keys()], { minLength: length, maxLength: length })
    const cases = fc
      .integer({ min: 1, max: 9 })
      .chain(n => fc.tuple(permutation(n), permutation(n), fc.nat(n - 1), fc.nat(n - 1)))
    fc.assert(
      fc.property(cases, ([own, other, x, y]) => {
        const cut: Stretch = [Math.min(x, y), Math.max(x, y) + 1]
        const results = { pmx: mapped(own, other, cut), ox: ordered(own, other, cut), cx: cycled(own, other) }
        for (const result of Object.values(results)) {
          expect([...result].sort((a, b) => a - b)).to.deep.equal([...own.keys()])
        }
        expect(results.pmx.slice(...cut)).to.deep.equal(other.slice(...cut))
        expect(results.ox.slice(...cut)).to.deep.equal(own.slice(...cut))
        results.cx.forEach((number, i) => {
          expect([own[i], other[i]]).to.include(number)
        })
      }),
    )
  })

  it('move with what is decided inside, and rows inside rows with them', () => {
    const { spec } = Space.of(permutate(['a', [permutate([1, 2, 3])], [oneOf([1, 2])]]))
    const parents = [
      Dna.fromNumbers([0, 1, 2, 0, 1, 2, 1], spec),
      Dna.fromNumbers([1, 0, 1, 2, 2, 0, 0], spec),
    ].map(dna => individual(dna))
    for (const operator of [partiallyMapped(), order(), cycle()]) {
      for (let seed = 0; seed < 20; seed++) {
        const children = apply(operator, parents, { spec, rng: Rng.from(seed) })
        children.forEach(({ genes }, i) => {
          const text = String(Dna.fromNumbers(genes, spec))
          expect(text)
            .to.include(i === 0 ? '(1, [2, 0, 1])' : '(1, [0, 1, 2])')
            .and.include(i === 0 ? '(2, 1)' : '(2, 0)')
        })
      }
    }
  })

  it('leave a row alone that only one parent has open', () => {
    const { spec } = Space.of(oneOf<unknown>([[permutate([1, 2, 3])], 7]))
    const parents = [Dna.fromNumbers([0, 2, 1, 0], spec), Dna.fromNumbers([1], spec)].map(dna =>
      individual(dna),
    )
    expect(apply(order(), parents, { spec }).map(({ genes }) => genes)).to.deep.equal([[0, 2, 1, 0], [1]])
  })
})

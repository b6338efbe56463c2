import { expect } from 'chai'
import fc from 'fast-check'
import { byFront, byReward, crowdingOf, frontsOf } from '../../../src/search/evolution/ranking.ts'
import { population } from './population.ts'

const beats = (one: readonly number[], other: readonly number[]): boolean =>
  one.every((value, i) => value >= (other[i] as number)) &&
  one.some((value, i) => value > (other[i] as number))

describe('frontsOf', () => {
  it('peels off one front after the other', () => {
    const rows = [
      [1, 5],
      [3, 3],
      [5, 1],
      [1, 4],
      [2, 2],
      [0, 0],
      [3, 3],
    ]
    expect(frontsOf(rows)).to.deep.equal([[0, 1, 2, 6], [3, 4], [5]])
    expect(frontsOf([])).to.deep.equal([])
  })

  it('agrees with its definition', () => {
    const row = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), rows => {
        let left = rows.map((_, i) => i)
        for (const front of frontsOf(rows)) {
          const best = left.filter(i => !left.some(j => beats(rows[j] as number[], rows[i] as number[])))
          expect(front).to.deep.equal(best)
          left = left.filter(i => !front.includes(i))
        }
        expect(left).to.deep.equal([])
      }),
    )
  })
})

describe('crowdingOf', () => {
  it('is the distance from neighbor to neighbor as a share of the whole', () => {
    expect(
      crowdingOf([
        [0, 10],
        [2, 6],
        [3, 5],
        [10, 0],
      ]),
    ).to.deep.equal([Infinity, 0.8, 1.4, Infinity])
  })

  it('gives what is there twice no room, and is not upset by the hugest numbers', () => {
    expect(
      crowdingOf([
        [0, 1],
        [1, 0],
        [0, 1],
      ]),
    ).to.deep.equal([Infinity, Infinity, 0])
    expect(
      crowdingOf([
        [-1.7e308, 1.7e308],
        [0, 0],
        [1.7e308, -1.7e308],
      ])[1],
    ).to.equal(2)
  })
})

describe('rankings', () => {
  it('go by the reward, or by front and room', () => {
    const all = population([0, 10], [2, 6], [3, 5], [10, 0], [1, 1], [0, 0])
    expect(byReward.scores(all)).to.deep.equal([0, 2, 3, 10, 1, 0])
    const scores = byFront.scores(all)
    const order = [...scores.keys()].sort((a, b) => (scores[b] as number) - (scores[a] as number))
    expect(order).to.deep.equal([0, 3, 2, 1, 4, 5])
  })

  it('with one objective are the same order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer(), { maxLength: 20 }), numbers => {
        const [fronts, rewards] = [byFront, byReward].map(by =>
          by.scores(population(...numbers.map(n => [n]))),
        )
        const order = (scores: readonly number[] = []) =>
          [...scores.keys()].sort((a, b) => (scores[b] as number) - (scores[a] as number))
        expect(order(fronts)).to.deep.equal(order(rewards))
      }),
    )
  })
})

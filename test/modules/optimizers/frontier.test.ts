import { expect } from 'chai'
import fc from 'fast-check'
import { bestOf, drawFrontier, frontierCounts } from '../../../src/modules/optimizers/frontier.ts'
import { Rng } from '../../../src/search/index.ts'

const pools = fc.integer({ min: 1, max: 6 }).chain(samples =>
  fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: samples, maxLength: samples }), {
    minLength: 1,
    maxLength: 8,
  }),
)

describe('frontierCounts', () => {
  it('counts the samples on which each is among the best', () => {
    expect([
      ...frontierCounts([
        [1, 0, 0],
        [0, 1, 1],
        [0, 0, 0],
      ]),
    ]).to.deep.equal([
      [0, 1],
      [1, 2],
    ])
  })

  it('leaves out whom others make redundant, the weakest first', () => {
    expect([
      ...frontierCounts([
        [1, 0],
        [1, 1],
      ]).keys(),
    ]).to.deep.equal([1])
    expect([
      ...frontierCounts([
        [1, 0.5, 0],
        [0, 0.5, 1],
        [0.2, 0.5, 0.2],
      ]).keys(),
    ]).to.deep.equal([0, 1])
  })

  it('covers every sample, and needs everyone it keeps', () => {
    fc.assert(
      fc.property(pools, pool => {
        const kept = [...frontierCounts(pool).keys()]
        const best = (pool[0] as number[]).map((_, i) =>
          Math.max(...pool.map(rewards => rewards[i] as number)),
        )
        const covers = (members: readonly number[]) =>
          best.every((most, i) => members.some(member => pool[member]?.[i] === most))
        expect(covers(kept)).to.equal(true)
        for (const member of kept) expect(covers(kept.filter(other => other !== member))).to.equal(false)
      }),
    )
  })
})

describe('drawFrontier', () => {
  it('draws the more often the more samples one is best on', () => {
    const pool = [
      [1, 0, 0, 0],
      [0, 1, 1, 1],
      [0, 0, 0, 0],
    ]
    const random = Rng.from(1)
    const drawn = Array.from({ length: 400 }, () => drawFrontier(pool, random))
    const counts = [0, 1, 2].map(member => drawn.filter(each => each === member).length)
    expect(counts[0]).to.be.within(70, 130)
    expect(counts[2]).to.equal(0)
  })

  it('draws when nobody has any reward', () => {
    expect(drawFrontier([[0, 0]], Rng.from(1))).to.equal(0)
  })
})

describe('bestOf', () => {
  it('is the highest mean, the first of equals', () => {
    expect(
      bestOf([
        [0, 0],
        [1, 0],
        [0, 1],
      ]),
    ).to.equal(1)
  })
})

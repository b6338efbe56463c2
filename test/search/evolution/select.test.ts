import { expect } from 'chai'
import type { Operator } from '../../../src/search/evolution/operator.ts'
import { byFront } from '../../../src/search/evolution/ranking.ts'
import { linear } from '../../../src/search/evolution/schedule.ts'
import * as select from '../../../src/search/evolution/select.ts'
import { Rng, SpaceError } from '../../../src/search/index.ts'
import { apply, idsOf, population } from './population.ts'

const all = population([3], [1], [4], [1], [5])
const ids = (operator: Operator, step = 0, rng = Rng.from(1)) => idsOf(apply(operator, all, { step, rng }))

describe('selectors', () => {
  it('take the best, the worst, the oldest and the latest', () => {
    expect(ids(select.top(2))).to.deep.equal([5, 3])
    expect(ids(select.bottom(3))).to.deep.equal([2, 4, 1])
    expect(ids(select.first(2))).to.deep.equal([1, 2])
    expect(ids(select.last(2))).to.deep.equal([4, 5])
    expect(ids(select.all())).to.deep.equal([1, 2, 3, 4, 5])
    expect(ids(select.last(0))).to.deep.equal([])
    for (const selector of [select.top(9), select.first(9), select.last(9), select.random(9)]) {
      expect(ids(selector).sort()).to.deep.equal([1, 2, 3, 4, 5])
    }
  })

  it('take as many as a schedule says', () => {
    const growing = select.top(linear(1, 5, 4))
    expect([0, 1, 2, 9].map(step => ids(growing, step).length)).to.deep.equal([1, 2, 3, 5])
  })

  it('draw evenly, each once', () => {
    const rng = Rng.from(2)
    const counts = new Map<number | null, number>()
    for (let i = 0; i < 1_000; i++) {
      const drawn = ids(select.random(2), 0, rng)
      expect(new Set(drawn).size).to.equal(2)
      for (const id of drawn) counts.set(id, (counts.get(id) ?? 0) + 1)
    }
    for (const id of [1, 2, 3, 4, 5]) expect(counts.get(id)).to.be.within(340, 460)
  })

  it('hold tournaments', () => {
    expect(ids(select.tournament(5, { count: 3 }))).to.deep.equal([5, 5, 5])
    const rng = Rng.from(3)
    let wins = 0
    for (let i = 0; i < 1_000; i++) wins += Number(ids(select.tournament(2), 0, rng)[0] === 5)
    // Who is best wins whenever it is drawn: two of five.
    expect(wins).to.be.within(340, 460)
    expect(apply(select.tournament(2), [])).to.deep.equal([])
  })

  it('draw in proportion to what is better than the worst', () => {
    const rng = Rng.from(4)
    const counts = new Map<number | null, number>()
    // 2, 0, 3, 0 and 4 above the worst: of 9 draws each has its due exactly.
    for (const id of ids(select.proportional(9), 0, rng)) counts.set(id, (counts.get(id) ?? 0) + 1)
    expect([...counts].sort()).to.deep.equal([
      [1, 2],
      [3, 3],
      [5, 4],
    ])
    const alike = population([7], [7])
    expect(idsOf(apply(select.proportional(4), alike)).sort()).to.deep.equal([1, 1, 2, 2])
    const huge = population([-1.7e308], [1.7e308])
    expect(idsOf(apply(select.proportional(2), huge))).to.deep.equal([2, 2])
    expect(apply(select.proportional(2), [])).to.deep.equal([])
  })

  it('go by fronts when there are several objectives', () => {
    const points = population([0, 10], [5, 5], [10, 0], [4, 4], [9, 0])
    expect(idsOf(apply(select.top(3, { by: byFront }), points)).sort()).to.deep.equal([1, 2, 3])
    expect(idsOf(apply(select.bottom(2, { by: byFront }), points)).sort()).to.deep.equal([4, 5])
  })

  it('have names that tell them apart', () => {
    const names = [
      select.top(2),
      select.top(3),
      select.top(2, { by: byFront }),
      select.tournament(2),
      select.tournament(2, { count: 2 }),
      select.tournament(2, { by: byFront }),
    ].map(({ name }) => name)
    expect(new Set(names).size).to.equal(6)
    expect(names[2]).to.equal('top(2, front)')
  })

  it('refuse counts that make no sense', () => {
    expect(() => select.top(-1)).to.throw(SpaceError, 'top needs a count of at least 0, got -1')
    expect(() => select.tournament(Number.NaN)).to.throw(SpaceError, 'tournament needs a count')
  })
})

import { expect } from 'chai'
import {
  type Ranked,
  SELECTIONS,
  type Selection,
  selectorFor,
  surviving,
} from '../../../src/modules/grammar/selection.ts'
import { Rng } from '../../../src/search/index.ts'

interface One extends Ranked {
  readonly name: string
}

const one = (name: string, rewards: readonly number[], size = 1): One => ({
  name,
  rewards,
  size,
  reward: rewards.reduce((sum, reward) => sum + reward, 0) / rewards.length,
})

/** How often each is picked in a thousand times. */
function picked(selection: Selection, population: readonly One[]): Record<string, number> {
  const rng = Rng.from(selection)
  const selector = selectorFor(selection, population)
  const counts: Record<string, number> = {}
  for (let i = 0; i < 1000; i++) {
    const { name } = selector.select(() => rng.float())
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}

const left = one('left', [1, 0, 0])
const right = one('right', [0, 1, 0])
const middling = one('middling', [0.6, 0.6, 0.6])
const poor = one('poor', [0, 0, 0])

describe('selection of parents', () => {
  it('never picks by lexicase who is best at nothing', () => {
    for (const selection of ['lexicase', 'epsilon-lexicase'] as const) {
      expect(picked(selection, [left, right, middling, poor])).to.have.all.keys('left', 'right', 'middling')
    }
  })

  it('goes by the mean in a tournament, and by size where means are equal', () => {
    const counts = picked('tournament', [left, right, middling, poor])
    expect(counts.middling).to.be.greaterThan(700)
    const sizes = picked('tournament', [one('large', [1], 9), one('small', [1], 2)])
    expect(sizes.small).to.be.greaterThan(900)
  })

  it('picks the same with the same numbers, and the only one there is', () => {
    for (const selection of SELECTIONS) {
      const population = [left, right, middling]
      expect(picked(selection, population)).to.deep.equal(picked(selection, population))
      expect(picked(selection, [poor])).to.deep.equal({ poor: 1000 })
    }
  })
})

describe('survival by dominated novelty', () => {
  it('keeps who is good, and who is unlike all that are better', () => {
    const twin = one('twin', [0.6, 0.6, 0.59])
    const names = surviving([middling, twin, left, poor], 2).map(({ name }) => name)
    expect(names).to.have.members(['middling', 'left'])
  })

  it('keeps all when there is room', () => {
    expect(surviving([left, right], 5)).to.deep.equal([left, right])
  })
})

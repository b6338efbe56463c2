import { expect } from 'chai'
import type { Evaluation, OptimizerContext } from '../../../src/modules/index.ts'
import {
  type Attempt,
  freshAttempts,
  type GepaState,
  positionsOf,
  sumOf,
  withText,
  withTried,
} from '../../../src/modules/optimizers/gepa-state.ts'

const attempt = (text: string, more: Partial<Attempt> = {}): Attempt => ({
  operator: 'reflection',
  parents: [0],
  path: 'p',
  samples: [0, 1],
  again: [],
  goal: 1,
  texts: { p: text },
  ...more,
})
const evaluation = (rewards: readonly number[], refusal?: string) =>
  ({ rewards, ...(refusal === undefined ? {} : { refusal }) }) as unknown as Evaluation
const state = (attempts: readonly Attempt[]) =>
  ({
    attempts,
    pool: [{ id: 0, texts: { p: 'old' }, rewards: [0], parents: [], turn: 0, seen: [] }],
    known: [],
    rejected: [],
  }) as unknown as GepaState

describe('withTried', () => {
  it('passes what is strictly better, and merges that are as good', () => {
    const attempts = [attempt('same'), attempt('better'), attempt('merged', { operator: 'merge' })]
    const next = withTried(state(attempts), [evaluation([1, 0]), evaluation([1, 0.5]), evaluation([0, 1])])
    expect(next.phase).to.equal('keep')
    expect(next.attempts.map(({ texts }) => texts?.p)).to.deep.equal(['better', 'merged'])
    expect(next.known).to.have.length(3)
  })

  it('remembers what failed, and why', () => {
    const next = withTried(state([attempt('same'), attempt('bad')]), [
      evaluation([1, 0]),
      evaluation([0, 0], 'must be short'),
    ])
    expect(next.phase).to.equal('choose')
    expect(next.rejected).to.deep.equal([
      { path: 'p', before: 'old', text: 'same', why: 'rewards of 1 in all where 1 were to be beaten' },
      { path: 'p', before: 'old', text: 'bad', why: 'must be short' },
    ])
  })
})

describe('freshAttempts', () => {
  it('are new to the run and to one another', () => {
    const attempts = [attempt('a'), attempt('b'), attempt('a')]
    expect(freshAttempts(state(attempts))).to.deep.equal(attempts.slice(0, 2))
    const { known } = withTried(state([attempt('a')]), [evaluation([0, 0])])
    expect(freshAttempts({ ...state(attempts), known })).to.deep.equal([attempts[1]])
  })
})

describe('withText', () => {
  it('changes one text of the parent, or none', () => {
    const { texts: _, ...open } = attempt('')
    expect(withText(state([]), open, 'new').texts).to.deep.equal({ p: 'new' })
    expect(freshAttempts(state([withText(state([]), open, undefined)]))).to.deep.equal([])
  })
})

describe('positionsOf', () => {
  const samples = [0, 1, 2, 3].map(i => ({ inputs: i, outputs: i }))
  const context = { samples, seed: 1 } as unknown as OptimizerContext

  it('divides the samples, or takes them all for both', () => {
    expect(positionsOf(context, sample => sample.inputs === 2)).to.deep.equal({
      frontier: [2],
      learning: [0, 1, 3],
    })
    const { frontier, learning } = positionsOf(context, 3)
    expect([frontier.length, [...frontier, ...learning].sort()]).to.deep.equal([3, [0, 1, 2, 3]])
    expect(positionsOf(context, undefined).learning).to.deep.equal([0, 1, 2, 3])
  })
})

describe('sumOf', () => {
  it('is 0 for nothing', () => {
    expect([sumOf([]), sumOf([1, 2])]).to.deep.equal([0, 3])
  })
})

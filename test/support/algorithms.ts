/** Runs of search algorithms by themselves, and the laws that all of them keep to. */

import { expect } from 'chai'
import {
  type Algorithm,
  type Dna,
  type DnaProposal,
  oneOf,
  Space,
  type SpaceSpec,
  type Told,
} from '../../src/search/index.ts'

export type Reward = (dna: Dna) => number | null

export interface RunOptions<State> {
  readonly spec: SpaceSpec
  readonly trials: number
  readonly reward: Reward
  readonly seed?: number
  /** How many proposals late the answers come, and one. */
  readonly window?: number
  /** Stands between any two steps. */
  readonly between?: (state: State) => State
}

export interface Ran<State> {
  readonly proposals: readonly DnaProposal[]
  readonly texts: readonly string[]
  readonly rewards: readonly (number | null)[]
  readonly state: State
}

export function run<State>(
  algorithm: Algorithm<State>,
  { spec, trials, reward, seed = 1, window = 1, between = state => state }: RunOptions<State>,
): Ran<State> {
  let state = algorithm.init(spec, seed)
  const proposals: DnaProposal[] = []
  const told: Told[] = []
  for (let id = 1; id <= trials; id++) {
    if (id > window) state = algorithm.tell(between(state), told[id - window - 1] as Told, spec)
    const [proposal, next] = algorithm.ask(between(state), spec)
    state = next
    if (proposal === null) break
    proposals.push(proposal)
    told.push({ id, dna: proposal.dna, reward: reward(proposal.dna) })
  }
  return {
    proposals,
    texts: proposals.map(({ dna }) => String(dna)),
    rewards: told.map(each => each.reward),
    state,
  }
}

/** The best reward of the first so many trials. */
export const bestOf = ({ rewards }: Ran<unknown>, trials = rewards.length): number =>
  Math.max(...rewards.slice(0, trials).map(reward => reward ?? Number.NEGATIVE_INFINITY))

export const throughJson = <State>(state: State): State => JSON.parse(JSON.stringify(state))

/** The same state, which throws when it is written to. */
export function frozen<State>(state: State): State {
  if (typeof state === 'object' && state !== null && !Object.isFrozen(state)) {
    Object.freeze(state)
    Object.values(state).forEach(frozen)
  }
  return state
}

/** Tests that hold for every algorithm, over spaces that it can search. */
export function itIsAnAlgorithm<State>(
  make: () => Algorithm<State>,
  { spaces, finite, reward }: { spaces: readonly SpaceSpec[]; finite: SpaceSpec; reward: Reward },
): void {
  const runs = (options: Partial<RunOptions<State>> = {}): Ran<State>[] =>
    spaces.map(spec => run(make(), { spec, trials: 60, reward, ...options }))
  const texts = (some: readonly Ran<State>[]): (readonly string[])[] => some.map(each => each.texts)

  it('proposes what fits the space, and nothing twice', () => {
    for (const { proposals, texts } of runs()) {
      for (const { dna } of proposals) dna.spec.validate(dna)
      expect(new Set(texts).size).to.equal(texts.length)
    }
  })

  it('names only earlier trials as parents', () => {
    for (const { proposals } of runs({ window: 4 })) {
      proposals.forEach(({ parents }, i) => {
        expect(parents.every(parent => 1 <= parent && parent <= i)).to.equal(true)
      })
    }
  })

  it('proposes every point of a finite space once, then nothing', () => {
    const { texts } = run(make(), { spec: finite, trials: finite.size + 5, reward })
    expect([...texts].sort()).to.deep.equal([...finite.iterate()].map(String).sort())
  })

  it('goes on from a state that went through JSON at any step, and never writes to one', () => {
    for (const window of [1, 4]) {
      const plain = texts(runs({ window }))
      expect(texts(runs({ window, between: throughJson }))).to.deep.equal(plain)
      expect(texts(runs({ window, between: frozen }))).to.deep.equal(plain)
    }
  })

  it('goes on without rewards, and when answers come in another order', () => {
    for (const { proposals } of runs({ reward: () => null })) expect(proposals.length).to.equal(60)
    for (const spec of spaces) {
      const algorithm = make()
      let state = algorithm.init(spec, 1)
      for (let round = 0; round < 10; round++) {
        const open: Told[] = []
        for (let i = 1; i <= 4; i++) {
          const [proposal, next] = algorithm.ask(state, spec)
          state = next
          const dna = (proposal as DnaProposal).dna
          open.push({ id: 4 * round + i, dna, reward: reward(dna) })
        }
        for (const told of open.reverse()) state = algorithm.tell(state, told, spec)
      }
    }
  })
}

/** Six choices without conditions. */
export const six = Space.of(Array.from({ length: 6 }, () => oneOf([0, 1, 2, 3, 4]))).spec

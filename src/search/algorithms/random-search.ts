/** Random search: every proposal drawn by itself. The baseline that any other algorithm has to beat. */

import { Rng, type Seed } from '../rng.ts'
import type { Algorithm } from './algorithm.ts'
import { NOTHING_SEEN, randomUnseen, type Seen, withSeen } from './seen.ts'

export interface RandomSearchOptions {
  /** Whether the same DNA may be proposed again; by default it is not, and a finite space comes to an end. */
  readonly repeats?: boolean
}

export interface RandomSearchState {
  readonly seed: Seed
  readonly asked: number
  readonly seen: Seen
}

/**
 * Random proposals.
 *
 *     new Study(space, randomSearch(), { seed: 1, budget: { trials: 100 } })
 */
export function randomSearch({ repeats = false }: RandomSearchOptions = {}): Algorithm<RandomSearchState> {
  return {
    name: 'random-search',
    settings: { repeats },
    repeats,
    objectives: 'any',
    init: (_spec, seed) => ({ seed, asked: 0, seen: NOTHING_SEEN }),
    ask(state, spec) {
      const { seed, seen } = state
      const asked = state.asked + 1
      const rng = Rng.from(seed).split(asked)
      if (repeats)
        return [
          { dna: spec.randomDna(rng), parents: [] },
          { seed, asked, seen },
        ]
      const dna = randomUnseen(seen, spec, rng)
      if (dna === null) return [null, state]
      return [
        { dna, parents: [] },
        { seed, asked, seen: withSeen(seen, dna) },
      ]
    },
    tell(state, { dna }) {
      // It may have been enqueued, and not proposed.
      const seen = repeats ? state.seen : withSeen(state.seen, dna)
      return seen === state.seen ? state : { ...state, seen }
    },
  }
}

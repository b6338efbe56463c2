/**
 * Hill climbing with restarts: go to the first neighbor that is better, and start afresh somewhere else when none is
 * found. Local search of this kind is hard to beat on small spaces (White, Nolen and Savani, UAI 2021,
 * arXiv 2005.02960), as long as it proposes nothing twice.
 */

import { needInteger } from '../checks.ts'
import { Dna } from '../dna/dna.ts'
import type { Gene } from '../dna/dna-spec.ts'
import { Rng, type Seed } from '../rng.ts'
import type { Algorithm } from './algorithm.ts'
import { type Mutator, uniformMutator } from './mutators.ts'
import { type Pending, pendingOf, withoutPending } from './pending.ts'
import { drawUnseen, NOTHING_SEEN, randomUnseen, type Seen, withSeen } from './seen.ts'

export interface HillClimbOptions {
  /**
   * How many neighbors in a row may be no better before a new climb begins; by default thrice as many as there are
   * decisions open, and at least 30.
   */
  readonly patience?: number
  readonly mutator?: Mutator
}

/** A proposal, and the climb it is a step of; an answer that comes after its climb is of no use. */
interface PendingStep extends Pending {
  readonly climb: number
}

export interface HillClimbState {
  readonly seed: Seed
  readonly asked: number
  readonly seen: Seen
  readonly pending: readonly PendingStep[]
  /** The number of the climb. */
  readonly climb: number
  /** Where the climb has come to; null until its start is answered. */
  readonly place: { readonly id: number; readonly reward: number; readonly genes: readonly Gene[] } | null
  /** How many neighbors have been no better since. */
  readonly failures: number
}

/**
 * Hill climbing with restarts.
 *
 *     new Study(space, hillClimb(), { seed: 1, budget: { trials: 200 } })
 */
export function hillClimb({
  patience,
  mutator = uniformMutator,
}: HillClimbOptions = {}): Algorithm<HillClimbState> {
  needInteger('patience', patience, 1)
  return {
    name: 'hill-climb',
    settings: { patience: patience ?? null, mutator: mutator.name },

    init: (_spec, seed) => ({
      seed,
      asked: 0,
      seen: NOTHING_SEEN,
      pending: [],
      climb: 1,
      place: null,
      failures: 0,
    }),

    ask(state, spec) {
      const { place, seen } = state
      const asked = state.asked + 1
      const rng = Rng.from(state.seed).split(asked)
      const neighbor = (from: readonly Gene[]): Dna => mutator.mutate(new Dna(spec, from), rng)
      const near = place === null ? null : drawUnseen(seen, () => neighbor(place.genes))
      const dna = near ?? randomUnseen(seen, spec, rng)
      if (dna === null) return [null, state]
      // Without a new neighbor the climb is over, and what was drawn is the start of the next.
      const isStart = place !== null && near === null
      const climb = isStart ? state.climb + 1 : state.climb
      const next = {
        ...state,
        asked,
        seen: withSeen(seen, dna),
        pending: [...state.pending, { genes: dna.genes, climb }],
        ...(isStart ? { climb, place: null, failures: 0 } : {}),
      }
      return [{ dna, parents: place === null || isStart ? [] : [place.id] }, next]
    },

    tell(state, { id, dna, reward }) {
      const asked = pendingOf(state.pending, dna)
      const next = {
        ...state,
        seen: withSeen(state.seen, dna),
        pending: withoutPending(state.pending, asked),
      }
      if (asked !== undefined && asked.climb !== state.climb) return next
      const { place } = state
      if (reward !== null && (place === null || reward > place.reward)) {
        return { ...next, place: { id, reward, genes: dna.genes }, failures: 0 }
      }
      const failures = state.failures + 1
      const enough = patience ?? Math.max(30, 3 * dna.genes.length)
      if (place === null || failures < enough) return { ...next, failures }
      return { ...next, climb: state.climb + 1, place: null, failures: 0 }
    },
  }
}

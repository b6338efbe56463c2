/**
 * What a search algorithm is: three pure functions over a state that is JSON. Nothing is kept elsewhere, so a study
 * can stop, move to another machine and go on as if nothing had happened, and every algorithm is tested alike.
 */

import type { Json } from '../symbolic/index.ts'
import type { Dna } from './dna.ts'
import type { Seed } from './rng.ts'
import type { SpaceSpec } from './space-spec.ts'

/** What an algorithm wants to see evaluated. */
export interface DnaProposal {
  readonly dna: Dna
  /** The ids of the trials it was made from; none for a fresh one. */
  readonly parents: readonly number[]
}

/** What became of a proposal. */
export interface Told {
  /** The first proposal is 1, the next 2. */
  readonly id: number
  readonly dna: Dna
  /** The more the better, whatever the direction of the study; null when the trial was skipped or failed. */
  readonly reward: number | null
}

/**
 * A way to search. To write one, keep to four rules, and `Study` gives the rest (storage, resumption, concurrency):
 *
 * - The state is JSON, and is never written to: `ask` and `tell` give back another one, which may share parts.
 * - Randomness comes from the seed: `Rng.from(seed).split(n)` for the n-th proposal, so nothing but `n` is to be kept.
 * - `tell` comes in the order of the ids, some proposals late (the window of the study), with no id left out.
 * - `ask` gives null when there is nothing left to propose.
 *
 * A complete one:
 *
 *     const inOrder: Algorithm<number> = {
 *       name: 'in-order',
 *       settings: {},
 *       init: () => 0,
 *       ask: (n, spec) => [n < spec.size ? { dna: spec.dnaAt(n), parents: [] } : null, n + 1],
 *       tell: n => n,
 *     }
 */
export interface Algorithm<State = unknown> {
  /** A study refuses to go on with another algorithm than it was begun with; it knows them by name and settings. */
  readonly name: string
  readonly settings: Json
  init(spec: SpaceSpec, seed: Seed): State
  ask(state: State, spec: SpaceSpec): readonly [proposal: DnaProposal | null, next: State]
  tell(state: State, trial: Told, spec: SpaceSpec): State
}

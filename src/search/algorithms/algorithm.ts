/**
 * What a search algorithm is: three pure functions over a state that is JSON. Nothing is kept elsewhere, so a study
 * can stop, move to another machine and go on as if nothing had happened, and every algorithm is tested alike.
 */

import type { Json } from '../../symbolic/index.ts'
import type { Dna } from '../dna/dna.ts'
import type { SpaceSpec } from '../dna/space-spec.ts'
import { StudyError } from '../errors.ts'
import type { Seed } from '../rng.ts'
import type { TrialReport } from '../study/pruner.ts'

/** What an algorithm wants to see evaluated. */
export interface DnaProposal {
  readonly dna: Dna
  /** The ids of the trials it was made from; none for a fresh one. */
  readonly parents: readonly number[]
}

/** What became of a trial. */
export interface Told {
  /** The first trial is 1, the next 2. */
  readonly id: number
  readonly dna: Dna
  /**
   * The more the better, whatever the direction of the study; with several objectives the first of the values. Null when
   * the trial was skipped, failed, was pruned or broke a constraint.
   */
  readonly reward: number | null
  /** One for each objective, the more the better; a study gives them whenever there is a reward. */
  readonly values?: readonly number[]
  /** What the trial reported before it was pruned, as it was reported; only given then. */
  readonly reports?: readonly TrialReport[]
}

/**
 * A way to search. To write one, keep to four rules, and `Study` gives the rest (storage, resumption, concurrency):
 *
 * - The state is JSON, and is never written to: `ask` and `tell` give back another one, which may share parts.
 * - Randomness comes from the seed: `Rng.from(seed).split(n)` for the n-th proposal, so nothing but `n` is to be kept.
 * - `tell` comes some proposals late (the window of the study), once for each trial; in the order of the ids unless the
 *   study is `asap`. Trials that were enqueued are told too, though they were never proposed.
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
  /** How many objectives it can learn from; one when it does not say. */
  readonly objectives?: 'one' | 'any'
  /** Whether it may propose a point again, and so never has nothing left to propose. */
  readonly repeats?: boolean
  init(spec: SpaceSpec, seed: Seed): State
  ask(state: State, spec: SpaceSpec): readonly [proposal: DnaProposal | null, next: State]
  tell(state: State, trial: Told, spec: SpaceSpec): State
}

/** Throws `StudyError` for what is no algorithm, and for one that cannot learn from as many objectives. */
export function checkAlgorithm(algorithm: Algorithm, count: number): void {
  if (typeof algorithm?.ask !== 'function') {
    const hint = typeof algorithm === 'function' ? '; is a call missing, as in tpe()?' : ''
    throw new StudyError('', `a study needs an algorithm, such as tpe(), got ${typeof algorithm}${hint}`)
  }
  const { name, objectives = 'one' } = algorithm
  if (count === 1 || objectives === 'any') return
  throw new StudyError(
    '',
    `${name} learns from one objective, and the study has ${count}; take an algorithm for several`,
  )
}

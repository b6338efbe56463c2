/**
 * What an optimizer is: pure functions over a state that can be saved. `propose` says what to try, as updates to the
 * program given to `fit`; `fit` scores the candidates; `observe` takes the scores in. An optimizer never runs a
 * program, never changes one, keeps nothing outside its state, and draws only from the seed in its context.
 */

import type { Json } from '../runtime/index.ts'
import type { Seed } from '../search/index.ts'
import type { Program } from './program.ts'
import type { Sample } from './samples.ts'

/** A candidate: what to change in the base program. */
export interface Proposal {
  /**
   * Pairs of key path and value, for `rebind` on the program given to `fit`: always relative to that base program,
   * never to a parent. Values are what `rebind` takes, trees included.
   */
  readonly updates: Updates
  /** The ids of the evaluations it was made from; empty for a start. */
  readonly parents: readonly number[]
  /** How it was made, in a word: `'seed'`, `'mutation'`, `'crossover'`, … */
  readonly operator: string
}

export type Updates = readonly (readonly [path: string, value: unknown])[]

/** How a proposal did on the samples of its generation, which are the same for all proposals of that generation. */
export interface Evaluation {
  readonly proposal: Proposal
  /** Counts up from 0 in the order proposed, whatever the order of finishing; the base program itself is `BASE_ID`. */
  readonly id: number
  /** One per sample of the batch, from 0 to 1; 0 where the program failed. */
  readonly rewards: readonly number[]
  /** Their mean. */
  readonly reward: number
  /** On how many samples the program failed. */
  readonly failures: number
  /** Why the updates could not be made, when they could not: a value that does not fit its place. All rewards are 0. */
  readonly refusal?: string
}

/** The id of the base program's own evaluation, for `parents`. */
export const BASE_ID = -1

/** What every function of an optimizer is given; the same in all generations of a run. */
export interface OptimizerContext {
  /** The base program: what was given to `fit`. */
  readonly program: Program
  /** The key paths that may be changed; a proposal that touches anything else is refused. */
  readonly targets: readonly string[]
  /** The training samples. Validation and test samples are never shown. */
  readonly samples: readonly Sample[]
  readonly seed: Seed
}

/**
 * A way to find better programs.
 *
 *     const lowerBound: Optimizer<number> = {
 *       name: 'countdown',
 *       init: () => 10,
 *       propose: next => [[{ updates: [['rate', next]], parents: [], operator: 'count' }], next - 1],
 *       observe: next => next,
 *       save: next => next,
 *       restore: data => Number(data),
 *     }
 */
export interface Optimizer<State = unknown> {
  /** The word for this kind of optimizer, in reports and files. */
  readonly name: string
  /** The state before the first generation. */
  init(context: OptimizerContext): State
  /** The candidates of the next generation, and the state after. No candidates: there is nothing left to try. */
  propose(state: State, context: OptimizerContext): Step<State> | Promise<Step<State>>
  /** The state after the scores of a generation, given in the order proposed. */
  observe(state: State, evaluations: readonly Evaluation[], context: OptimizerContext): State
  /**
   * A simpler proposal that means the same, asked for the winner. `keeps` says whether a proposal scores no worse
   * than the winner on every sample it was chosen by; the answer must be one that was kept, or the proposal itself.
   */
  simplify?(proposal: Proposal, keeps: Keeps, context: OptimizerContext): Promise<Proposal>
  /** The state as JSON, from which `restore` makes one that goes on exactly alike. */
  save(state: State): Json
  restore(data: Json, context: OptimizerContext): State
}

export type Step<State> = readonly [proposals: readonly Proposal[], state: State]

export type Keeps = (proposal: Proposal) => Promise<boolean>

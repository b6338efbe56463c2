/**
 * What an optimizer is: pure functions over a state that can be saved. `propose` says what to try, as updates to the
 * program given to `fit`, and what to ask language models; `fit` scores the candidates and asks; `observe` takes scores
 * and answers in. An optimizer never runs a program or a model, never changes a program, keeps nothing outside its
 * state, and draws only from the seed in its context.
 */

import type { Json } from '../runtime/index.ts'
import type { Seed } from '../search/index.ts'
import type { LanguageRequest, Usage } from './language/language-model.ts'
import type { LanguageFailure } from './language/language-model-error.ts'
import type { Trace } from './module.ts'
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
  /** The samples it is scored on, by their positions in the context. Default: those of the generation. */
  readonly samples?: readonly number[]
  /** Whether it is only looked at: it can neither win nor count as progress. For scores on a few samples. */
  readonly isProbe?: boolean
  /** Whether the evaluation should have the records of what happened. */
  readonly isRecorded?: boolean
}

export type Updates = readonly (readonly [path: string, value: unknown])[]

/** How a proposal did on its samples: those of its generation, the same for all, unless it names others. */
export interface Evaluation {
  readonly proposal: Proposal
  /** Counts up from 0 in the order proposed, whatever the order of finishing; the base program itself is `BASE_ID`. */
  readonly id: number
  /** The samples, by their positions in the context. */
  readonly samples: readonly number[]
  /** One per sample, from 0 to 1; 0 where the program failed. */
  readonly rewards: readonly number[]
  /** Their mean. */
  readonly reward: number
  /** On how many samples the program failed. */
  readonly failures: number
  /** Why the updates could not be made, when they could not: a value that does not fit its place. All rewards are 0. */
  readonly refusal?: string
  /** What happened, one per sample; only when the proposal asked for it and was not refused. */
  readonly records?: readonly SampleRecord[]
}

/** What a program did with one sample, the same whenever it does the same: without times and costs. */
export interface SampleRecord {
  readonly output: Json
  readonly reward: number
  /** What the reward had to say, if anything. */
  readonly feedback?: string
  readonly error?: { readonly kind: string; readonly message: string }
  /** What the modules did, by their paths. */
  readonly traces: readonly RecordedTrace[]
}

export type RecordedTrace = Omit<Trace, 'sample' | 'ms' | 'calls'>

/** What an optimizer asks a language model, as data: `fit` asks, counts it, and hands the answer to `observe`. */
export interface Question extends Omit<LanguageRequest, 'signal'> {
  /** The name of the model, among those given to `fit`. */
  readonly languageModel: string
}

/** What came of a question. A reply to a question with a schema fits it. A failure costs the question, not the run. */
export type Answer =
  | { readonly ok: true; readonly value: Json; readonly usage: Usage; readonly cost?: number | undefined }
  | { readonly ok: false; readonly kind: LanguageFailure; readonly message: string }

/** The id of the base program's own evaluation, for `parents`. */
export const BASE_ID = -1

/** What every function of an optimizer is given; the same in all generations of a run. */
export interface OptimizerContext {
  /** The base program: what was given to `fit`, with every hyper value in it at its first choice. */
  readonly program: Program
  /** What was given to `fit`, with its hyper values. */
  readonly template: Program
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
  /**
   * The candidates of the next generation, the state after, and what to ask, if anything. Neither candidates nor
   * questions: there is nothing left to try.
   */
  propose(state: State, context: OptimizerContext): Step<State> | Promise<Step<State>>
  /** The state after the scores of a generation and the answers, each in the order proposed and asked. */
  observe(
    state: State,
    evaluations: readonly Evaluation[],
    context: OptimizerContext,
    answers?: readonly Answer[],
  ): State
  /**
   * A simpler proposal that means the same, asked for the winner. `keeps` says whether a proposal scores no worse
   * than the winner on every sample it was chosen by; the answer must be one that was kept, or the proposal itself.
   */
  simplify?(proposal: Proposal, keeps: Keeps, context: OptimizerContext): Promise<Proposal>
  /** The state as JSON, from which `restore` makes one that goes on exactly alike. */
  save(state: State): Json
  restore(data: Json, context: OptimizerContext): State
}

export type Step<State> = readonly [
  proposals: readonly Proposal[],
  state: State,
  questions?: readonly Question[],
]

export type Keeps = (proposal: Proposal) => Promise<boolean>

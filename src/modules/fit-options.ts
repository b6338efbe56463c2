/** What `fit` takes, gives and tells on the way, and the check of what it takes. */

import type { ScriptRunner } from '../runtime/index.ts'
import type { Seed, StopReason } from '../search/index.ts'
import type { LanguageModelOption } from './language/language-models.ts'
import type { Answer, Optimizer, Proposal, Question } from './optimizer.ts'
import type { Program } from './program.ts'
import type { Asked } from './questions.ts'
import type { Reward } from './reward.ts'
import type { Sample } from './samples.ts'
import type { Score } from './score.ts'

/**
 * When to stop at the latest; the first limit reached counts, and at least one must be given. With `seconds` the
 * result depends on the speed of the machine, unless the target is reached first; with the others runs repeat.
 */
export interface FitBudget {
  readonly seconds?: number
  readonly generations?: number
  /** Candidates scored, those known already among them. */
  readonly evaluations?: number
  /** Samples that candidates and the base program are run on while searching; what is known is not run. */
  readonly runs?: number
  /** Questions that the optimizer asks language models. */
  readonly questions?: number
}

export interface FitOptions<State = unknown> {
  readonly optimizer: Optimizer<State>
  readonly reward: Reward
  readonly budget: FitBudget
  /** Stop when a candidate has this reward on all samples that choose the winner. Default 1. */
  readonly target?: number
  /** Stop after so many generations without a better candidate. Default: never. */
  readonly patience?: number
  /** Everything random starts here: the same seed gives the same run. Default 0. */
  readonly seed?: Seed
  /** How many samples each generation is scored on, drawn by seed. Default: all. */
  readonly batchSize?: number
  /** Samples that choose the winner among the best; optimizers never see them. Default: the training samples. */
  readonly validation?: readonly Sample[]
  /** Samples that only report on the winner, and choose nothing. */
  readonly test?: readonly Sample[]
  /** How many of the best candidates the winner is chosen from. Default 5. */
  readonly finalists?: number
  /** Which of the program's trainable places may change, by key path. Default: all. */
  readonly targets?: (path: string) => boolean
  /** Runs the scripts. Default: a sandbox for this run, with its seed. */
  readonly runner?: ScriptRunner
  /** The language model, or several by name. Default: the one that the environment names. */
  readonly languageModel?: LanguageModelOption
  /** Candidates scored at the same time; changes nothing but the speed. Default 8. */
  readonly concurrency?: number
  readonly signal?: AbortSignal
  readonly onEvent?: (event: FitEvent) => void
}

/** One generation, in a line. */
export interface Generation {
  readonly generation: number
  /** The best reward in this generation. */
  readonly best: number
  readonly mean: number
  /** Candidates in this generation. */
  readonly evaluations: number
  readonly ms: number
}

/** A candidate that was scored on everything that chooses the winner. */
export interface Finalist extends Score {
  /** The id of its evaluation; -1 for the base program. */
  readonly id: number
  /** What it changes in the base program. */
  readonly proposal: Proposal
  /** The reward in its generation, on the samples of that generation; of the base program, on those that decide. */
  readonly trainReward: number
}

export interface FitResult<Trained extends Program = Program> {
  /** The winner, simplified; the program given when nothing was better. */
  readonly program: Trained
  readonly best: Finalist
  /** The program given, on the samples that choose the winner. */
  readonly baseline: Score
  /** Winner and baseline on the test samples, when there are any. */
  readonly test?: { readonly best: Score; readonly baseline: Score }
  readonly history: readonly Generation[]
  /**
   * Why the run ended: a candidate reached the target, a limit of the budget was reached, no progress for long enough,
   * the signal, or an optimizer with nothing left to propose.
   */
  readonly stopReason: StopReason
  /** Candidates that were scored, and how many of them were known already. */
  readonly evaluations: number
  readonly cached: number
  /** Samples that were run while searching, the base program's among them. */
  readonly runs: number
  /** What the optimizer asked language models; what programs asked stands in their traces. */
  readonly asked: Asked
  readonly seed: Seed
}

/** What `fit` tells while it runs. */
export type FitEvent =
  | { readonly type: 'baseline'; readonly reward: number; readonly failures: number }
  | ({ readonly type: 'generation' } & Generation)
  | { readonly type: 'answered'; readonly question: Question; readonly answer: Answer }
  | {
      /** A candidate is better than all before, on the samples of its generation. */
      readonly type: 'improved'
      readonly generation: number
      readonly id: number
      readonly reward: number
      readonly operator: string
    }
  | {
      readonly type: 'validated'
      readonly id: number
      readonly reward: number
      readonly standardError: number
    }
  | { readonly type: 'simplified'; readonly from: Proposal; readonly to: Proposal }
  | { readonly type: 'stopped'; readonly reason: StopReason; readonly reward: number }

/** Throws `RangeError` for options that no run could go by. */
export function checkFitOptions(options: Omit<FitOptions, 'optimizer'>): void {
  const { budget, patience, batchSize, finalists, concurrency, target } = options
  const { seconds, generations, evaluations, runs, questions } = budget ?? {}
  const limits = [seconds, generations, evaluations, runs, questions].filter(limit => limit !== undefined)
  const isBounded = limits.length > 0 && limits.every(limit => limit >= 0)
  if (!isBounded) {
    throw new RangeError(
      'fit needs a budget, like { generations: 50 }, { evaluations: 10_000 } or { seconds: 30 }',
    )
  }
  const counts = { patience, batchSize, finalists, concurrency }
  for (const [name, count] of Object.entries(counts)) {
    const isCount = count === undefined || (Number.isInteger(count) && count >= 1)
    if (!isCount) throw new RangeError(`${name} must be a whole number of at least 1, got ${count}`)
  }
  if (Number.isNaN(target)) throw new RangeError('target must be a number, got NaN')
}

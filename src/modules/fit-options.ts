/** What `fit` takes, gives and tells on the way, and the check of what it takes. */

import type { ScriptRunner } from '../runtime/index.ts'
import type { Seed, StopReason } from '../search/index.ts'
import type { LanguageModelOption } from './language/language-models.ts'
import type { LedgerStorage } from './ledger/storage.ts'
import type { Metric } from './metric.ts'
import type { Answer, Optimizer, Proposal, Question } from './optimizer.ts'
import type { Program } from './program.ts'
import type { Asked } from './questions.ts'
import type { Reward } from './reward.ts'
import type { Sample } from './samples.ts'
import { checkSampleTimeout, type Score } from './score.ts'
import type { Prices, Spent } from './spending.ts'

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
  /**
   * Calls of language models, by programs and optimizer, those that choose and report on the winner included: for these
   * some of the budget is kept back. Exceeded by no more than what is under way. So are the two below.
   */
  readonly calls?: number
  /** Tokens of language models, input and output together. */
  readonly tokens?: number
  /** What language models cost, in the money of `prices`. */
  readonly money?: number
}

/** A limit of the budget; `over_budget` is one around a language model itself, as `budgeted` makes it. */
export type Limit = keyof FitBudget | 'over_budget'

export interface FitOptions<State = unknown> {
  readonly optimizer: Optimizer<State>
  readonly reward: Reward
  readonly budget: FitBudget
  /** Stop when a candidate has this reward on all samples that choose the winner. Default 1. */
  readonly target?: number
  /** Stop after so many generations without a better candidate. Default: never. */
  readonly patience?: number
  /** By how much a candidate must be better to count as progress for `patience`. Default 0. */
  readonly minDelta?: number
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
  /** What language models cost, by their names, for `spent` and a budget in money. */
  readonly prices?: Prices
  /**
   * Milliseconds that one sample may take: then it has failed, and the others go on. Samples run one by one with it, and
   * not as a batch, so many at a time as candidates. Default: scripts and models have limits of their own.
   */
  readonly sampleTimeout?: number
  /**
   * What a failure of the machinery does, such as a server that is gone: it counts as a failure of the program, or `fit`
   * rejects, and goes on from its ledger the next time. Failures of programs themselves always count. Default `score`.
   */
  readonly onFailure?: 'score' | 'throw'
  /** Figures that inform and choose nothing, for the best of each generation, the winner and the baseline. */
  // biome-ignore lint/suspicious/noExplicitAny: each metric has a state of its own, which only it reads
  readonly metrics?: { readonly [name: string]: Metric<any> }
  /** Where everything is written down that a run goes on from, or is checked by: the name of a file, or a storage. */
  readonly ledger?: string | LedgerStorage
  /** A file for the best program so far, written whole at each improvement, and for the winner in the end. */
  readonly checkpoint?: string
  /** A file for one line per generation. */
  readonly csv?: string
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
  /** Of the best one. */
  readonly metrics?: MetricFigures
}

/** The figures of the metrics given to `fit`, by name. */
export type MetricFigures = { readonly [name: string]: number }

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
  /** Winner and baseline on the test samples, when there are any and the budget was enough for them. */
  readonly test?: { readonly best: Score; readonly baseline: Score }
  /** The figures of the metrics on the same samples as these. */
  readonly metrics?: {
    readonly best: MetricFigures
    readonly baseline: MetricFigures
    readonly test?: { readonly best: MetricFigures; readonly baseline: MetricFigures }
  }
  readonly history: readonly Generation[]
  /**
   * Why the run ended: a candidate reached the target, a limit of the budget was reached, no progress for long enough,
   * the signal, or an optimizer with nothing left to propose.
   */
  readonly stopReason: StopReason
  /** Which limit of the budget, when that is the reason. */
  readonly limit?: Limit
  /** Candidates that were scored, and how many of them were known already. */
  readonly evaluations: number
  readonly cached: number
  /** Samples that were run while searching, the base program's among them. */
  readonly runs: number
  /** What the optimizer asked language models; what programs asked stands in their traces. */
  readonly asked: Asked
  /** What language models took, asked by programs and by the optimizer. */
  readonly spent: Spent
  readonly seed: Seed
}

/** What `fit` tells while it runs. */
export type FitEvent =
  | {
      /** The run goes on from a ledger; what it did before is told again from the start. */
      readonly type: 'resumed'
      readonly records: number
      /** Milliseconds that it has taken before. */
      readonly elapsed: number
    }
  | {
      readonly type: 'baseline'
      readonly reward: number
      readonly failures: number
      readonly metrics?: MetricFigures
    }
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
      /** Samples that took longer than `sampleTimeout`. */
      readonly type: 'timed_out'
      readonly id: number
      readonly samples: number
    }
  | { readonly type: 'checkpointed'; readonly file: string; readonly id: number; readonly reward: number }
  | {
      readonly type: 'validated'
      readonly id: number
      readonly reward: number
      readonly standardError: number
    }
  | { readonly type: 'simplified'; readonly from: Proposal; readonly to: Proposal }
  | {
      readonly type: 'stopped'
      readonly reason: StopReason
      readonly limit?: Limit
      readonly reward: number
    }

/** Throws `RangeError` for options that no run could go by. */
export function checkFitOptions(options: Omit<FitOptions, 'optimizer'>): void {
  const { budget, patience, batchSize, finalists, concurrency, target, minDelta, sampleTimeout } = options
  const limits = Object.values(limitsOf(budget ?? {})).filter(limit => limit !== undefined)
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
  const isDelta = minDelta === undefined || (minDelta >= 0 && minDelta < 1)
  if (!isDelta) throw new RangeError(`minDelta must be a number from 0 to 1, got ${minDelta}`)
  checkSampleTimeout(sampleTimeout)
  const { onFailure, ledger, checkpoint, csv } = options
  if (onFailure !== undefined && onFailure !== 'score' && onFailure !== 'throw') {
    throw new RangeError(`onFailure must be 'score' or 'throw', got ${JSON.stringify(onFailure)}`)
  }
  const files = { ledger, checkpoint, csv }
  for (const [name, file] of Object.entries(files)) {
    if (file === '') throw new RangeError(`${name} must be the name of a file, got ''`)
  }
}

/** The limits that `fit` knows of. */
const limitsOf = ({
  seconds,
  generations,
  evaluations,
  runs,
  questions,
  calls,
  tokens,
  money,
}: FitBudget): { readonly [Name in keyof Required<FitBudget>]: number | undefined } => ({
  seconds,
  generations,
  evaluations,
  runs,
  questions,
  calls,
  tokens,
  money,
})

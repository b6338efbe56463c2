/**
 * How a program does on samples. All samples run as one batch; what comes out is put in the order of the samples, so
 * it does not depend on which run finished first. A sample on which anything failed has the reward 0, whatever the
 * default output happens to be worth: a program never gains by failing.
 */

import type { ScriptRunner } from '../runtime/index.ts'
import type { Json } from './json.ts'
import { JudgeError, type Judgement, judgementOf } from './judgement.ts'
import { LanguageModelError } from './language/language-model-error.ts'
import { type LanguageModelOption, languageModelsOf } from './language/language-models.ts'
import { mapLimited } from './map-limited.ts'
import { type CallContext, callSettled, type Trace, type TraceError } from './module.ts'
import type { Program } from './program.ts'
import { FAILURE_REWARD, type Reward } from './reward.ts'
import { withRunner } from './runner.ts'
import type { Sample } from './samples.ts'

/** How a program did on some samples. */
export interface Score {
  /** The mean of the rewards; 0 when there are no samples. */
  readonly reward: number
  /** One per sample, from 0 to 1. */
  readonly rewards: readonly number[]
  /** On how many samples the program failed. */
  readonly failures: number
  /** Of the mean; 0 for fewer than two samples. */
  readonly standardError: number
}

export interface EvaluateOptions {
  readonly reward: Reward
  /** Runs the scripts; by default a sandbox that such calls share. */
  readonly runner?: ScriptRunner | undefined
  /** The language model, or several by name; by default the one that the environment names. */
  readonly languageModel?: LanguageModelOption | undefined
  /** Milliseconds that one sample may take; without it, only scripts and models have limits of their own. */
  readonly sampleTimeout?: number | undefined
  readonly signal?: AbortSignal | undefined
  readonly onTrace?: ((trace: Trace) => void) | undefined
}

/**
 * The score of a program.
 *
 *     const { reward, failures } = await evaluate(program, samples, { reward: exactMatch() })
 *
 * Throws what a reward throws, and when a reward is not a number from 0 to 1: a broken measure is no zero.
 */
export async function evaluate(
  program: Program,
  samples: readonly Sample[],
  { reward, runner, languageModel, sampleTimeout, signal, onTrace }: EvaluateOptions,
): Promise<Score> {
  const languageModels = languageModelsOf(languageModel)
  checkSampleTimeout(sampleTimeout)
  return withRunner(runner, async given => {
    const context = { runner: given, languageModels, signal, onTrace }
    const run = await runSamples(program, samples, context, { sampleTimeout })
    signal?.throwIfAborted()
    return scoreOf(run, samples, reward, { runner: given, languageModels, signal })
  })
}

/** What a program gave for samples. */
export interface Run {
  readonly outputs: readonly Json[]
  /** The failures, by position of the sample. */
  readonly errors: ReadonlyMap<number, RunError>
}

export type RunError = Omit<TraceError, 'kind'> & {
  /**
   * `threw` for an exception of a module, `no_output` for a null, `timed_out` after `sampleTimeout`, `not_judged` for an
   * output without a reward.
   */
  readonly kind: TraceError['kind'] | 'threw' | 'no_output' | 'timed_out' | 'not_judged'
}

/** Whether what happened is the fault of the machinery, so that another run may go another way. */
export const isInfrastructure = ({ kind }: Pick<RunError, 'kind'>): boolean => INFRASTRUCTURE.has(kind)

const INFRASTRUCTURE: ReadonlySet<RunError['kind']> = new Set([
  'crashed',
  'unavailable',
  'cancelled',
  'rate_limited',
  'misconfigured',
  'bad_reply',
  'failed',
  'over_budget',
  'not_recorded',
  'timed_out',
  'not_judged',
])

export interface RunSamplesOptions {
  readonly sampleTimeout?: number | undefined
  /** With a timeout, samples run one by one, so many at a time. Default 8. */
  readonly concurrency?: number | undefined
}

/**
 * Runs a program on all samples, each once. All are one batch, unless each has a time of its own: then they run one by
 * one, and what is late is told to stop, and not waited for.
 */
export async function runSamples(
  program: Program,
  samples: readonly Sample[],
  context: CallContext,
  { sampleTimeout, concurrency = 8 }: RunSamplesOptions = {},
): Promise<Run> {
  const errors = new Map<number, RunError>()
  const fail = (sample: number, error: RunError): void => {
    if (!errors.has(sample)) errors.set(sample, error)
  }
  const listening: CallContext = {
    ...context,
    onTrace: trace => {
      if (trace.error !== undefined) fail(trace.sample, trace.error)
      context.onTrace?.(trace)
    },
    onThrow: (sample, error) => fail(sample, threw(error)),
  }
  const outputs =
    sampleTimeout === undefined
      ? await callSettled(
          program,
          samples.map(sample => sample.inputs),
          listening,
        )
      : await mapLimited(samples, concurrency, ({ inputs }, sample) =>
          outputInTime(program, inputs, { ...listening, sample }, sampleTimeout, fail),
        )
  outputs.forEach((output, i) => {
    if (output === null) fail(i, { kind: 'no_output', message: 'the output is null' })
  })
  return { outputs, errors }
}

export function checkSampleTimeout(sampleTimeout: number | undefined): void {
  const isFine = sampleTimeout === undefined || (sampleTimeout > 0 && sampleTimeout <= MAX_TIMEOUT)
  if (isFine) return
  throw new RangeError(
    `sampleTimeout must be a number of milliseconds up to ${MAX_TIMEOUT}, got ${sampleTimeout}`,
  )
}

/** Timers can wait no longer. */
const MAX_TIMEOUT = 2 ** 31 - 1

/** The output for one input, or null at its time; nothing that happens later counts. */
async function outputInTime(
  program: Program,
  input: Json,
  context: CallContext & { readonly sample: number },
  ms: number,
  fail: (sample: number, error: RunError) => void,
): Promise<Json> {
  const { sample, signal, onTrace } = context
  const end = new AbortController()
  let isOver = false
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>(resolve => {
    timer = setTimeout(() => {
      isOver = true
      fail(sample, { kind: 'timed_out', message: `the sample took longer than ${ms} ms` })
      end.abort(new Error('the time of the sample is over'))
      resolve(null)
    }, ms)
  })
  const own: CallContext = {
    ...context,
    onThrow: undefined,
    signal: signal === undefined ? end.signal : AbortSignal.any([signal, end.signal]),
    onTrace: trace => {
      if (!isOver) onTrace?.(trace)
    },
  }
  const output = program.call(input, own).catch((error: unknown) => {
    if (!isOver) fail(sample, threw(error))
    return null
  })
  try {
    return await Promise.race([output, late])
  } finally {
    isOver = true
    clearTimeout(timer)
  }
}

/** What a module throws is its own failure, unless it passes on that of a language model. */
const threw = (error: unknown): RunError => ({
  kind: error instanceof LanguageModelError ? error.kind : 'threw',
  message: error instanceof Error ? error.message : String(error),
})

/** The score of what a program gave. */
export async function scoreOf(
  run: Run,
  samples: readonly Sample[],
  reward: Reward,
  context: CallContext,
): Promise<Score> {
  const judged = await judgedRun(run, samples, reward, context)
  return summed(
    judged.map(each => each.reward),
    judged.filter(({ error }) => error !== undefined).length,
  )
}

/** What a program gave for a sample is worth, and why it failed, if it did. */
export interface Judged extends Judgement {
  readonly error: RunError | undefined
}

/** The judgements of what a program gave, in the order of the samples. */
export function judgedRun(
  { outputs, errors }: Run,
  samples: readonly Sample[],
  reward: Reward,
  context: CallContext,
): Promise<Judged[]> {
  return mapLimited(samples, JUDGED_AT_ONCE, async ({ inputs, outputs: expected }, i): Promise<Judged> => {
    const error = errors.get(i)
    if (error !== undefined) return { reward: FAILURE_REWARD, error }
    try {
      const given = judgementOf(await reward(outputs[i] as Json, expected, { ...context, sample: i, inputs }))
      const isFine = 0 <= given.reward && given.reward <= 1
      if (isFine) return { ...given, error: undefined }
      throw new RangeError(`a reward must be a number from 0 to 1, got ${given.reward} for sample ${i}`)
    } catch (error) {
      if (!(error instanceof JudgeError)) throw error
      const { kind, message } = error
      return { reward: FAILURE_REWARD, error: { kind, message } }
    }
  })
}

/** How many outputs of one run are judged side by side. */
const JUDGED_AT_ONCE = 8

/** The score that rewards amount to. */
export function summed(rewards: readonly number[], failures: number): Score {
  const mean = meanOf(rewards)
  return { reward: mean, rewards, failures, standardError: standardErrorOf(rewards, mean) }
}

/** The mean; 0 for nothing. */
export const meanOf = (numbers: readonly number[]): number =>
  numbers.length === 0 ? 0 : numbers.reduce((sum, number) => sum + number, 0) / numbers.length

function standardErrorOf(numbers: readonly number[], mean: number): number {
  const count = numbers.length
  if (count < 2) return 0
  const squares = numbers.reduce((sum, number) => sum + (number - mean) ** 2, 0)
  return Math.sqrt(squares / (count - 1) / count)
}

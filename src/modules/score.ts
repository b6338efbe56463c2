/**
 * How a program does on samples. All samples run as one batch; what comes out is put in the order of the samples, so
 * it does not depend on which run finished first. A sample on which anything failed has the reward 0, whatever the
 * default output happens to be worth: a program never gains by failing.
 */

import type { ScriptRunner } from '../runtime/index.ts'
import type { Json } from './json.ts'
import { type LanguageModelOption, languageModelsOf } from './language/language-models.ts'
import type { CallContext, Trace, TraceError } from './module.ts'
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
  { reward, runner, languageModel, signal, onTrace }: EvaluateOptions,
): Promise<Score> {
  const languageModels = languageModelsOf(languageModel)
  return withRunner(runner, async given => {
    const run = await runSamples(program, samples, { runner: given, languageModels, signal, onTrace })
    signal?.throwIfAborted()
    return scoreOf(run, samples, reward)
  })
}

/** What a program gave for samples. */
export interface Run {
  readonly outputs: readonly Json[]
  /** The failures, by position of the sample. */
  readonly errors: ReadonlyMap<number, RunError>
}

export type RunError = Omit<TraceError, 'kind'> & {
  /** `threw` for an exception of a module, `no_output` for a null. */
  readonly kind: TraceError['kind'] | 'threw' | 'no_output'
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
])

/** Runs a program on all samples. */
export async function runSamples(
  program: Program,
  samples: readonly Sample[],
  context: CallContext,
): Promise<Run> {
  const errors = new Map<number, RunError>()
  const listening: CallContext = {
    ...context,
    onTrace: trace => {
      if (trace.error !== undefined && !errors.has(trace.sample)) errors.set(trace.sample, trace.error)
      context.onTrace?.(trace)
    },
  }
  const inputs = samples.map(sample => sample.inputs)
  const outputs = await outputsOf(program, inputs, listening, errors)
  outputs.forEach((output, i) => {
    if (output === null && !errors.has(i)) errors.set(i, { kind: 'no_output', message: 'the output is null' })
  })
  return { outputs, errors }
}

/** The score of what a program gave. */
export async function scoreOf(run: Run, samples: readonly Sample[], reward: Reward): Promise<Score> {
  const rewards: number[] = []
  for (const [i, sample] of samples.entries()) {
    if (run.errors.has(i)) {
      rewards.push(FAILURE_REWARD)
      continue
    }
    const given = await reward(run.outputs[i] as Json, sample.outputs)
    if (!(0 <= given && given <= 1)) {
      throw new RangeError(`a reward must be a number from 0 to 1, got ${given} for sample ${i}`)
    }
    rewards.push(given)
  }
  return summed(rewards, run.errors.size)
}

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

/** One batch; should a module throw, then one by one, so that it costs only the samples it throws for. */
async function outputsOf(
  program: Program,
  inputs: readonly Json[],
  context: CallContext,
  errors: Map<number, RunError>,
): Promise<readonly Json[]> {
  try {
    const outputs = await program.callMany(inputs, context)
    if (outputs.length === inputs.length) return outputs
    throw new Error(`callMany gave ${outputs.length} outputs for ${inputs.length} inputs`)
  } catch {
    errors.clear()
    return Promise.all(
      inputs.map(async (input, i) => {
        try {
          return await program.call(input, { ...context, sample: i })
        } catch (error) {
          const message = error instanceof Error ? error.message : String(error)
          errors.set(i, { kind: 'threw', message })
          return null
        }
      }),
    )
  }
}

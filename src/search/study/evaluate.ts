/** Evaluating a trial for `study.optimize`: whatever the evaluation does, and however long it takes, it comes to an end. */

import { needInteger } from '../checks.ts'
import { StudyError } from '../errors.ts'
import type { Output } from '../report/status-line.ts'
import { reasonOf, type Trial } from './trial.ts'

/** Gives the reward of a tree, or answers the trial itself (`trial.skip('too big')`) and gives nothing. */
export type Evaluate<Value> = (value: Value, trial: Trial<Value>) => Reward | Promise<Reward>

// biome-ignore lint/suspicious/noConfusingVoidType: a function that only answers the trial returns void.
type Reward = number | readonly number[] | undefined | void

export interface OptimizeOptions {
  /** How many trials are evaluated at once; up to the window. */
  readonly concurrency?: number
  /** Ends the study as `aborted`; the trials it has open may be handed out again later. */
  readonly signal?: AbortSignal
  /**
   * Milliseconds that an evaluation may take. When they are up `trial.signal` aborts, and the evaluation has failed; what
   * it does after that is ignored. One that never lets go of the thread is noticed when it does.
   */
  readonly timeout?: number
  /** How often an evaluation that failed is tried again before the trial has failed. */
  readonly retries?: number
  /** Whether a trial that failed ends `optimize` with an error, or is written down and passed over. */
  readonly onFailure?: 'stop' | 'skip'
  /** Where progress is shown, such as `process.stderr`; nowhere unless this is given. */
  readonly progress?: Output
}

/** Throws `StudyError` about an option of `optimize` that makes no sense. */
export function checkOptimize(
  { concurrency = 1, timeout, retries = 0, onFailure }: OptimizeOptions,
  window: number,
): void {
  const refuse = (problem: string): never => {
    throw new StudyError('', problem)
  }
  needInteger('concurrency', concurrency, 1, StudyError)
  if (concurrency > window) {
    refuse(
      `concurrency ${concurrency} is more than the window of ${window} trials; write: new Study(…, { window: ${concurrency} })`,
    )
  }
  if (timeout !== undefined && !(timeout > 0 && timeout <= MAX_TIMEOUT)) {
    refuse(`timeout must be a number of milliseconds from 1 to ${MAX_TIMEOUT}, got ${timeout}`)
  }
  needInteger('retries', retries, 0, StudyError)
  if (onFailure !== undefined && onFailure !== 'stop' && onFailure !== 'skip') {
    refuse(`onFailure must be 'stop' or 'skip', got '${String(onFailure)}'`)
  }
}

/** What timers can count to. */
const MAX_TIMEOUT = 2 ** 31 - 1

/**
 * Evaluates a trial and tells it its reward; gives back the error if that went wrong, and leaves it to the caller to
 * answer the trial then. A dropped trial needs no answer.
 */
export async function evaluated<Value>(
  trial: Trial<Value>,
  evaluate: Evaluate<Value>,
  timeout = Number.POSITIVE_INFINITY,
): Promise<{ readonly error: unknown } | null> {
  const start = performance.now()
  try {
    const result = evaluate(trial.value, trial)
    const reward = isPromise(result) ? await beforeItsEnd(result, trial, timeout) : result
    if (trial.state !== 'open') return null
    if (performance.now() - start > timeout) return timedOut(trial, timeout)
    trial.tell(reward as number)
    return null
  } catch (error) {
    return trial.state === 'dropped' ? null : { error }
  }
}

/** The error that an evaluation which failed ends `optimize` with. */
export function failureOf(trial: AnyTrial, cause: unknown): StudyError {
  const where = `trial ${trial.id}`
  return new StudyError(where, `${where} (${trial.dna}) failed: ${reasonOf(cause)}`, { cause })
}

type AnyTrial = Trial<never> | Trial<unknown>

const isPromise = (value: unknown): value is PromiseLike<Reward> =>
  typeof value === 'object' && value !== null && 'then' in value

/** What a promise gives, or nothing once the trial is wanted no more or its time is up: what goes on then is ignored. */
async function beforeItsEnd(result: PromiseLike<Reward>, trial: AnyTrial, timeout: number): Promise<Reward> {
  let timer: NodeJS.Timeout | undefined
  const end = new Promise<void>(resolve => {
    if (trial.state === 'dropped') resolve()
    trial.onDrop = resolve
    // Timers may come a little early, and the time is to be up when they do.
    if (timeout <= MAX_TIMEOUT) timer = setTimeout(resolve, timeout + 1)
  })
  try {
    return await Promise.race([result, end])
  } finally {
    clearTimeout(timer)
  }
}

/** Ends a trial whose time is up; whoever hears its signal may still answer there and then. */
function timedOut(trial: AnyTrial, timeout: number): { readonly error: unknown } | null {
  const error = new DOMException(`no answer within ${timeout} ms`, 'TimeoutError')
  trial.expire(error)
  return trial.state === 'open' ? { error } : null
}

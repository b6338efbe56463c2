/**
 * How a call of a language model fails: always in one of a few kinds, so that whoever goes around a model knows whether
 * to try again, and training knows whether it was the program's fault.
 */

import { SymError } from '../../symbolic/index.ts'

/**
 * - `rate_limited`, `unavailable`: too many requests; no answer, or not a whole one. Another try may go well.
 * - `misconfigured`: no such model, no right to it, no money left there.
 * - `refused`: the server does not take this request; it may be too long.
 * - `bad_reply`: the answer is not one of the protocol.
 * - `failed`: the function or package behind the model threw something.
 * - `cut_off`, `filtered`: the reply ended at the most tokens allowed, or its content was refused.
 * - `invalid_result`: the reply is not JSON, or does not fit its schema.
 * - `over_budget`, `not_recorded`: a layer of ours did not let the call through.
 * - `cancelled`: the signal.
 */
export type LanguageFailure =
  | 'rate_limited'
  | 'unavailable'
  | 'misconfigured'
  | 'refused'
  | 'bad_reply'
  | 'failed'
  | 'cut_off'
  | 'filtered'
  | 'invalid_result'
  | 'over_budget'
  | 'not_recorded'
  | 'cancelled'

export interface LanguageErrorOptions {
  readonly cause?: unknown
  /** The status of HTTP, where there was one. */
  readonly status?: number | undefined
  /** Milliseconds after which the server wants to be asked again. */
  readonly retryAfter?: number | undefined
}

/** Thrown when a language model has no reply to give. */
export class LanguageModelError extends SymError {
  override readonly name = 'LanguageModelError'
  override readonly code = 'language_model'
  readonly kind: LanguageFailure
  readonly status: number | undefined
  readonly retryAfter: number | undefined

  constructor(
    kind: LanguageFailure,
    message: string,
    { status, retryAfter, ...options }: LanguageErrorOptions = {},
  ) {
    super('', message, options)
    this.kind = kind
    this.status = status
    this.retryAfter = retryAfter
  }

  /** Any error as one of these; what nobody knows the kind of is `failed`. */
  static from(error: unknown, signal?: AbortSignal): LanguageModelError {
    if (error instanceof LanguageModelError) return error
    if (signal?.aborted) return cancelled(signal)
    const message = error instanceof Error ? error.message : String(error)
    return new LanguageModelError('failed', message, { cause: error })
  }

  /** Whether the same request may go well another time. */
  get isPassing(): boolean {
    return this.kind === 'rate_limited' || this.kind === 'unavailable'
  }
}

/** The error of a request that its signal has ended. */
export const cancelled = (signal: AbortSignal): LanguageModelError =>
  new LanguageModelError('cancelled', 'the request was cancelled', { cause: signal.reason })

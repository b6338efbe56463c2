/**
 * Another try for what may pass: a server that is busy, or an answer that broke off. It waits as long as the server says,
 * or else ever longer, with a jitter that depends on the request alone.
 */

import { Rng, type Seed } from '../../search/index.ts'
import { checkNumber } from './check-number.ts'
import { type LanguageModel, type LanguageModelLike, languageModel } from './language-model.ts'
import { LanguageModelError } from './language-model-error.ts'
import { requestKey } from './request-key.ts'
import { wait } from './wait.ts'

export interface RetryOptions {
  /** How often a request is sent at most. Default 5. */
  readonly attempts?: number
  /** Milliseconds before the second try; each further one waits twice as long. Default 500. */
  readonly minDelay?: number
  /** The longest wait; a server that wants a longer one is not asked again. Default 60,000. */
  readonly maxDelay?: number
  /** Seed of the jitter, which keeps requests that failed together from coming back together. Default 0. */
  readonly seed?: Seed
}

/**
 * A model that tries again.
 *
 *     retrying(openAiCompatible(), { attempts: 8 })
 */
export function retrying(
  like: LanguageModelLike,
  { attempts = 5, minDelay = 500, maxDelay = 60_000, seed = 0 }: RetryOptions = {},
): LanguageModel {
  const model = languageModel(like)
  checkNumber('attempts', attempts, { min: 1, isInteger: true })
  checkNumber('minDelay', minDelay, { min: 0 })
  checkNumber('maxDelay', maxDelay, { min: 0 })
  const jitter = Rng.from(seed).split('retry')
  return {
    id: model.id,
    generate: async request => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await model.generate(request)
        } catch (caught) {
          const error = LanguageModelError.from(caught, request.signal)
          if (!error.isPassing || attempt >= attempts) throw error
          const random = jitter.split(requestKey(model.id, request)).split(attempt).float()
          const delay =
            error.retryAfter ?? Math.min(maxDelay, minDelay * 2 ** (attempt - 1)) * (0.5 + random / 2)
          if (delay > maxDelay) throw error
          await wait(delay, request.signal)
        }
      }
    },
  }
}

/**
 * A limit that all requests to a model share: how many are under way at once, and how many tokens a minute. Requests wait
 * in a queue, first come, first served. What a request will take is guessed beforehand and put right by its reply.
 */

import { checkNumber } from './check-number.ts'
import {
  estimatedTokens,
  type LanguageModel,
  type LanguageModelLike,
  languageModel,
} from './language-model.ts'
import { cancelled } from './language-model-error.ts'

export interface LimitOptions {
  /** Requests under way at once. Default: any number. */
  readonly concurrency?: number
  /** Tokens a minute, of input and output together. Default: any number. */
  readonly tokensPerMinute?: number
}

/**
 * A model that is never asked more than it can take. Put it around `retrying`, so that a request that waits for another
 * try keeps its place and slows the others down.
 *
 *     limited(retrying(openAiCompatible()), { concurrency: 4, tokensPerMinute: 200_000 })
 */
export function limited(
  like: LanguageModelLike,
  { concurrency = Number.POSITIVE_INFINITY, tokensPerMinute = Number.POSITIVE_INFINITY }: LimitOptions = {},
): LanguageModel {
  const model = languageModel(like)
  if (concurrency !== Number.POSITIVE_INFINITY)
    checkNumber('concurrency', concurrency, { min: 1, isInteger: true })
  checkNumber('tokensPerMinute', tokensPerMinute, { min: 1 })
  const gate = new Gate(concurrency, tokensPerMinute)
  return {
    id: model.id,
    generate: async request => {
      const tokens = estimatedTokens(request)
      await gate.enter(tokens, request.signal)
      let taken = tokens
      try {
        const reply = await model.generate(request)
        const { inputTokens, outputTokens } = reply.usage
        if (reply.isCached) taken = 0
        else if (inputTokens !== undefined) taken = inputTokens + (outputTokens ?? 0)
        return reply
      } finally {
        gate.leave(taken - tokens)
      }
    },
  }
}

interface Waiting {
  readonly tokens: number
  readonly enter: () => void
}

/** Lets requests in, in the order they came. Tokens flow in all the time, up to those of one minute. */
class Gate {
  readonly #concurrency: number
  readonly #perMinute: number
  readonly #queue: Waiting[] = []
  #underWay = 0
  #tokens: number
  #filled = performance.now()
  #timer: NodeJS.Timeout | undefined

  constructor(concurrency: number, perMinute: number) {
    this.#concurrency = concurrency
    this.#perMinute = perMinute
    this.#tokens = perMinute
  }

  enter(tokens: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(cancelled(signal))
      const leave = (): void => {
        this.#queue.splice(this.#queue.indexOf(waiting), 1)
        reject(cancelled(signal as AbortSignal))
        this.#letIn()
      }
      const waiting: Waiting = {
        tokens,
        enter: () => {
          signal?.removeEventListener('abort', leave)
          resolve()
        },
      }
      signal?.addEventListener('abort', leave, { once: true })
      this.#queue.push(waiting)
      this.#letIn()
    })
  }

  /** `further` are the tokens that it took beyond the guess. */
  leave(further: number): void {
    this.#underWay--
    this.#tokens -= further
    this.#letIn()
  }

  #letIn(): void {
    clearTimeout(this.#timer)
    this.#fill()
    for (let next = this.#queue[0]; next !== undefined; next = this.#queue[0]) {
      if (this.#underWay >= this.#concurrency) return
      // A request of more than a minute's tokens goes when the minute is full.
      const lacking = Math.min(next.tokens, this.#perMinute) - this.#tokens
      if (lacking > 0) {
        this.#timer = setTimeout(() => this.#letIn(), Math.ceil((lacking / this.#perMinute) * MINUTE))
        return
      }
      this.#queue.shift()
      this.#underWay++
      this.#tokens -= next.tokens
      next.enter()
    }
  }

  #fill(): void {
    if (this.#perMinute === Number.POSITIVE_INFINITY) return
    const now = performance.now()
    const flown = ((now - this.#filled) / MINUTE) * this.#perMinute
    this.#tokens = Math.min(this.#perMinute, this.#tokens + flown)
    this.#filled = now
  }
}

const MINUTE = 60_000

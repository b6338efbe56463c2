/**
 * Replies kept by what was asked, so that nothing is paid for twice. A failure is never kept, and neither is a reply that
 * was cut off or filtered. Who wants another answer to the same request asks for another `rollout`.
 */

import { CallFile, type CallRecord, callRecord, readCalls } from './call-record.ts'
import {
  type LanguageModel,
  type LanguageModelLike,
  type LanguageReply,
  languageModel,
} from './language-model.ts'
import { cancelled } from './language-model-error.ts'
import { requestKey } from './request-key.ts'

export interface CacheOptions {
  /** A file of JSON Lines that the replies are kept in beyond this process. Default: memory alone. */
  readonly file?: string
}

/**
 * A model that answers equal requests once. Equal requests at the same time wait for one answer.
 *
 *     cached(limited(retrying(openAiCompatible())), { file: 'replies.jsonl' })
 */
export function cached(like: LanguageModelLike, { file }: CacheOptions = {}): LanguageModel {
  if (file !== undefined && typeof like === 'function') {
    throw new TypeError('a cache in a file needs a model with an id: pass { id, generate }')
  }
  const model = languageModel(like)
  const replies = new Replies(file)
  const underWay = new Map<string, Promise<unknown>>()
  return {
    id: model.id,
    generate: async request => {
      const { signal } = request
      const key = requestKey(model.id, request)
      for (;;) {
        const known = replies.get(key)
        if (known !== undefined) return { ...known, isCached: true }
        const other = underWay.get(key)
        if (other === undefined) break
        // What became of the other's call is in the cache or, if it failed, is no concern of this one.
        await unlessAborted(other, signal)
      }
      const begun = performance.now()
      const call = model.generate(request)
      const settled = call.then(
        () => undefined,
        () => undefined,
      )
      underWay.set(key, settled)
      try {
        const reply = await call
        if (reply.finishReason !== 'length' && reply.finishReason !== 'filtered') {
          await replies.keep(callRecord(model.id, request, reply, performance.now() - begun))
        }
        return reply
      } finally {
        underWay.delete(key)
      }
    },
  }
}

type Kept = Omit<LanguageReply, 'raw' | 'cost'>

/** Replies by key; the file is read when the first is asked for. */
class Replies {
  readonly #file: string | undefined
  readonly #writer: CallFile | undefined
  #kept: Map<string, Kept> | undefined

  constructor(file: string | undefined) {
    this.#file = file
    this.#writer = file === undefined ? undefined : new CallFile(file)
  }

  get(key: string): Kept | undefined {
    return this.#all().get(key)
  }

  async keep(record: CallRecord): Promise<void> {
    put(this.#all(), record)
    await this.#writer?.append(record)
  }

  #all(): Map<string, Kept> {
    if (this.#kept === undefined) {
      this.#kept = new Map()
      for (const record of this.#file === undefined ? [] : readCalls(this.#file)) put(this.#kept, record)
    }
    return this.#kept
  }
}

function put(kept: Map<string, Kept>, { key, reply }: CallRecord): void {
  if (reply === undefined) return
  const { cost: _, ...rest } = reply
  kept.set(key, rest)
}

/** Waits for a promise that never rejects. Rejects as `cancelled` when the signal aborts first. */
function unlessAborted(settled: Promise<unknown>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return settled.then(() => {})
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(cancelled(signal))
    if (signal.aborted) return stop()
    signal.addEventListener('abort', stop, { once: true })
    void settled.then(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    })
  })
}

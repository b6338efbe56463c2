/** A language model for tests: it answers by a script, counts, and is as slow or broken as a test wants it to be. */

import type {
  GivenReply,
  LanguageModel,
  LanguageReply,
  LanguageRequest,
} from '../../src/modules/language/language-model.ts'
import { LanguageModelError } from '../../src/modules/language/language-model-error.ts'

/** What becomes of a call: a reply, or an error that is thrown. */
export type Line = GivenReply | Error | ((request: LanguageRequest, call: number) => GivenReply | Error)

export class ScriptedModel implements LanguageModel {
  readonly id = 'scripted'
  readonly requests: LanguageRequest[] = []
  readonly #lines: readonly Line[]
  readonly #delay: number
  underWay = 0
  mostUnderWay = 0

  /** Each call gets the next line, and the last one again. */
  constructor(lines: Line | readonly Line[], delay = 0) {
    this.#lines = Array.isArray(lines) ? lines : [lines as Line]
    this.#delay = delay
  }

  get calls(): number {
    return this.requests.length
  }

  /** The last message of each call. */
  get asked(): string[] {
    return this.requests.map(({ messages }) => messages.at(-1)?.content ?? '')
  }

  async generate(request: LanguageRequest): Promise<LanguageReply> {
    const call = this.requests.push(request) - 1
    this.mostUnderWay = Math.max(this.mostUnderWay, ++this.underWay)
    await new Promise(resolve => setTimeout(resolve, this.#delay))
    this.underWay--
    if (request.signal?.aborted) throw new LanguageModelError('cancelled', 'the request was cancelled')
    const line = this.#lines[Math.min(call, this.#lines.length - 1)] as Line
    const given = typeof line === 'function' ? line(request, call) : line
    if (given instanceof Error) throw given
    const reply = typeof given === 'string' ? { text: given } : given
    const usage = { inputTokens: 10, outputTokens: 5 }
    return { text: JSON.stringify(reply.object), usage, finishReason: 'stop', model: 'scripted', ...reply }
  }
}

/** A request with one message. */
export const ask = (content: string, more: Omit<LanguageRequest, 'messages'> = {}): LanguageRequest => ({
  messages: [{ role: 'user', content }],
  ...more,
})

/** The kind and the sentence of the error that a promise rejects with. */
export async function failureOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
  } catch (error) {
    if (error instanceof LanguageModelError) return `${error.kind}: ${error.message}`
    return String(error)
  }
  return 'no error'
}

/**
 * A server on loopback that speaks OpenAI's chat protocol, and answers as well or as badly as a test wants: each request
 * gets the next of its answers, and the last one again.
 */

import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Writes an answer, given the body of the request. */
export type ChatAnswer = (response: ServerResponse, body: ChatBody) => unknown

/** What a request says, as far as tests look at it. */
export interface ChatBody {
  readonly model?: string
  readonly messages?: readonly { readonly role: string; readonly content: string }[]
  readonly stream?: boolean
  readonly response_format?: { readonly type: string; readonly json_schema?: { readonly schema?: unknown } }
  readonly [key: string]: unknown
}

export interface ChatRequest {
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: ChatBody
}

export class ChatServer {
  readonly #server = createServer()
  readonly requests: ChatRequest[] = []
  answers: readonly ChatAnswer[] = []
  underWay = 0
  mostUnderWay = 0

  static async start(...answers: readonly ChatAnswer[]): Promise<ChatServer> {
    const server = new ChatServer()
    server.answers = answers
    server.#server.on('request', async (request, response) => {
      server.mostUnderWay = Math.max(server.mostUnderWay, ++server.underWay)
      response.on('close', () => server.underWay--)
      let text = ''
      for await (const piece of request) text += piece
      const body = JSON.parse(text) as ChatBody
      const answer = server.answers[Math.min(server.requests.length, server.answers.length - 1)]
      server.requests.push({ url: request.url ?? '', headers: request.headers, body })
      answer?.(response, body)
    })
    server.#server.listen(0, '127.0.0.1')
    await once(server.#server, 'listening')
    return server
  }

  get baseURL(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`
  }

  /** Forgets the requests so far, and answers like this from now on. */
  reset(...answers: readonly ChatAnswer[]): void {
    this.requests.length = 0
    this.mostUnderWay = 0
    this.answers = answers
  }

  close(): void {
    this.#server.close()
    this.#server.closeAllConnections()
  }
}

const JSON_TYPE = { 'content-type': 'application/json' }

/** A completion as JSON. */
export const completion = (text: string, more: object = {}): object => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'served',
  choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }],
  usage: {
    prompt_tokens: 11,
    completion_tokens: 7,
    total_tokens: 18,
    prompt_tokens_details: { cached_tokens: 4 },
  },
  ...more,
})

/** A good answer. */
export const says =
  (text: string | ((body: ChatBody) => string), more: object = {}): ChatAnswer =>
  (response, body) => {
    const said = typeof text === 'string' ? text : text(body)
    response.writeHead(200, JSON_TYPE).end(JSON.stringify(completion(said, more)))
  }

/** An answer of any status and text. */
export const answers =
  (status: number, text: string, headers: Record<string, string> = JSON_TYPE): ChatAnswer =>
  response => {
    response.writeHead(status, headers).end(text)
  }

/** No answer at all. */
export const stalls: ChatAnswer = () => {}

/** The start of a good answer, and then nothing more. */
export const stallsInBody: ChatAnswer = response => {
  response.writeHead(200, JSON_TYPE).write('{"choices":')
}

/** The start of a good answer, and then a broken connection. */
export const breaksOff: ChatAnswer = response => {
  response
    .writeHead(200, { ...JSON_TYPE, 'content-length': '500' })
    .write('{"choices":', () => response.destroy())
}

/** A good answer, in many small pieces. */
export const saysSlowly =
  (text: string, ms: number): ChatAnswer =>
  async response => {
    response.writeHead(200, JSON_TYPE)
    const body = JSON.stringify(completion(text))
    const size = Math.ceil(body.length / 8)
    for (let at = 0; at < body.length; at += size) {
      response.write(body.slice(at, at + size))
      await new Promise(resolve => setTimeout(resolve, ms / 8))
    }
    response.end()
  }

/** Events of a stream, whether one was asked for or not. */
export const streams =
  (...events: readonly (object | string)[]): ChatAnswer =>
  response => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const event of events)
      response.write(`data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`)
    response.end()
  }

/** One piece of a streamed reply. */
export const delta = (content: string, more: object = {}): object => ({
  model: 'served',
  choices: [{ index: 0, delta: { content }, ...more }],
})

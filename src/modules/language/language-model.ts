/**
 * A language model, as this library sees it: one function from messages to a reply. What stands behind it (a server, a
 * package, recorded replies, a function) is made into one of these, and what goes around it (retries, limits, a cache, a
 * budget) takes one and gives one.
 */

import type { Json, JsonSchema } from '../json.ts'
import { LanguageModelError } from './language-model-error.ts'

/** Something that answers messages. */
export interface LanguageModel {
  /** What it is called in caches, records and tables of prices. */
  readonly id: string
  /** The reply to a request. Rejects with a `LanguageModelError` that says what kind of failure it was. */
  generate(request: LanguageRequest): Promise<LanguageReply>
}

export interface LanguageRequest {
  readonly messages: readonly Message[]
  /** The reply should be JSON that fits. The model is asked for it; whether it complied is for the caller to check. */
  readonly schema?: JsonSchema | undefined
  readonly temperature?: number | undefined
  readonly seed?: number | undefined
  /** The most tokens that the reply may have. */
  readonly maxTokens?: number | undefined
  /** Which of several answers to the same request is wanted: a cache keeps one for each number. Default 0. */
  readonly rollout?: number | undefined
  /** Ends the request, waiting or under way. */
  readonly signal?: AbortSignal | undefined
}

export interface Message {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
}

export interface LanguageReply {
  readonly text: string
  /** The JSON of a reply to a request with a schema, where whoever answered has read it already. */
  readonly object?: Json | undefined
  readonly usage: Usage
  readonly finishReason: FinishReason
  /** The name of the model, as whoever answered gives it. */
  readonly model: string
  /** What it cost, in the money of the table of prices; set by `budgeted`. */
  readonly cost?: number | undefined
  /** Whether it was answered from memory or a record, at no cost. */
  readonly isCached?: boolean | undefined
  /** The reply as it came. */
  readonly raw?: unknown
}

/** What a reply took, without what it says. */
export type LanguageCall = Omit<LanguageReply, 'text' | 'object' | 'raw'>

/** Tokens, as far as whoever answered counts them. */
export interface Usage {
  readonly inputTokens?: number | undefined
  readonly outputTokens?: number | undefined
  /** Those of the input that were read from the server's own cache. */
  readonly cachedTokens?: number | undefined
  /** Those of the output that nobody sees. */
  readonly reasoningTokens?: number | undefined
}

/** Why a reply ended: `length` when it was cut off at the most tokens allowed, `filtered` when its content was refused. */
export type FinishReason = 'stop' | 'length' | 'filtered' | 'other'

/** A language model, or a function that does as one. */
export type LanguageModelLike = LanguageModel | LanguageFunction

/**
 * A plain function as a language model: it gives the text of the reply, or as much of a reply as it knows.
 *
 *     const parrot: LanguageFunction = ({ messages }) => messages.at(-1)?.content ?? ''
 */
export type LanguageFunction = (request: LanguageRequest) => GivenReply | Promise<GivenReply>

/** The text of a reply, or a reply whose other parts may be missing. */
export type GivenReply = string | Partial<LanguageReply>

/** A language model as it is; a function with all that it leaves out filled in, and its errors made ours. */
export function languageModel(like: LanguageModelLike): LanguageModel {
  if (typeof like !== 'function') return like
  const id = like.name === '' ? 'function' : like.name
  return {
    id,
    generate: async request => {
      try {
        request.signal?.throwIfAborted()
        return completed(await like(request), id)
      } catch (error) {
        throw LanguageModelError.from(error, request.signal)
      }
    },
  }
}

/** The sum of two usages; what neither knows stays unknown. */
export const addUsage = (a: Usage, b: Usage): Usage => ({
  inputTokens: sum(a.inputTokens, b.inputTokens),
  outputTokens: sum(a.outputTokens, b.outputTokens),
  cachedTokens: sum(a.cachedTokens, b.cachedTokens),
  reasoningTokens: sum(a.reasoningTokens, b.reasoningTokens),
})

/** Whether a schema is of plain text, which is taken as it comes and not asked for as JSON. */
export const isOfText = (schema: JsonSchema): boolean => schema.type === 'string'

/** Whether a schema is of records: servers take no others for the whole of a reply. */
export const isOfRecords = (schema: JsonSchema): boolean => schema.type === 'object'

/** About how many tokens a request will take, reply included, for limits that must decide beforehand. */
export function estimatedTokens({ messages, schema, maxTokens = 0 }: LanguageRequest): number {
  const characters = messages.reduce((total, { content }) => total + content.length + 8, 0)
  const ofSchema = schema === undefined ? 0 : JSON.stringify(schema).length
  return Math.ceil((characters + ofSchema) / CHARACTERS_PER_TOKEN) + maxTokens
}

/** English text has about four. */
const CHARACTERS_PER_TOKEN = 4

function completed(given: GivenReply, id: string): LanguageReply {
  if (typeof given === 'string') return { text: given, usage: {}, finishReason: 'stop', model: id }
  const isReply = typeof given === 'object' && given !== null
  if (!isReply || (typeof given.text !== 'string' && given.object === undefined)) {
    throw new LanguageModelError('bad_reply', `the function '${id}' gave neither a text nor a reply`)
  }
  const text = given.text ?? JSON.stringify(given.object)
  return { usage: {}, finishReason: 'stop', model: id, ...given, text }
}

const sum = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined ? b : b === undefined ? a : a + b

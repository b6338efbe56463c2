/**
 * Any model of the Vercel AI SDK as a language model. The package `ai` is an optional peer, loaded when a model is first
 * asked; only what its versions 5, 6 and 7 share is used. Retries are left to our own layer, which knows the budget.
 */

import type { JsonSchema } from '../json.ts'
import {
  type FinishReason,
  isOfRecords,
  type LanguageModel,
  type LanguageReply,
  type LanguageRequest,
  type Usage,
} from './language-model.ts'
import { cancelled, type LanguageFailure, LanguageModelError } from './language-model-error.ts'
import { retryAfterOf, statusKind } from './post.ts'

/** A model of the AI SDK: an object made by one of its providers, or a name that its gateway knows. */
export type AiSdkModel = string | { readonly modelId: string }

export interface AiSdkOptions {
  /** What the model is called in caches and prices. Default: the name that the provider has for it. */
  readonly id?: string
  /** Gives the package, for those who have it under another name. Default: `() => import('ai')`. */
  readonly load?: () => Promise<unknown>
  /** Options of the provider, as `generateText` takes them. */
  readonly providerOptions?: Readonly<Record<string, unknown>>
}

/**
 * A language model behind the AI SDK.
 *
 *     import { anthropic } from '@ai-sdk/anthropic'
 *     const model = retrying(fromAiSdk(anthropic('claude-sonnet-4-5')))
 */
export function fromAiSdk(
  model: AiSdkModel,
  { id, load = loadAi, providerOptions }: AiSdkOptions = {},
): LanguageModel {
  const name = id ?? (typeof model === 'string' ? model : model?.modelId)
  if (typeof name !== 'string') throw new TypeError('fromAiSdk needs a model of the AI SDK, or an id')
  let loaded: Promise<AiSdk> | undefined
  return {
    id: name,
    generate: async request => {
      const ai = await (loaded ??= loadWith(load))
      try {
        request.signal?.throwIfAborted()
        const settings = settingsOf(ai, model, request)
        return replyOf(
          await ai.generateText({ ...settings, ...(providerOptions && { providerOptions }) }),
          name,
        )
      } catch (error) {
        const reply = replyIn(error, name)
        if (reply !== undefined) return reply
        throw errorOf(error, request.signal)
      }
    },
  }
}

/** What versions 5, 6 and 7 of the package have in common, as far as it is needed. */
interface AiSdk {
  generateText(settings: Readonly<Record<string, unknown>>): Promise<AiResult>
  jsonSchema(schema: unknown): unknown
  readonly Output: { object(options: { readonly schema: unknown }): unknown }
}

interface AiResult {
  readonly text: string
  readonly usage?: AiUsage
  readonly finishReason?: string
  readonly response?: { readonly modelId?: string }
}

/** The details have one place in version 5 and another in 7. */
interface AiUsage {
  readonly inputTokens?: number
  readonly outputTokens?: number
  readonly cachedInputTokens?: number
  readonly reasoningTokens?: number
  readonly inputTokenDetails?: { readonly cacheReadTokens?: number }
  readonly outputTokenDetails?: { readonly reasoningTokens?: number }
}

// The compiler must not look for a package that need not be there.
const loadAi = (): Promise<unknown> => import('ai' as string)

async function loadWith(load: () => Promise<unknown>): Promise<AiSdk> {
  try {
    return (await load()) as AiSdk
  } catch (cause) {
    const message = 'fromAiSdk needs the package ai, version 5, 6 or 7: npm install ai'
    throw new LanguageModelError('misconfigured', message, { cause })
  }
}

function settingsOf(
  ai: AiSdk,
  model: AiSdkModel,
  request: LanguageRequest,
): Readonly<Record<string, unknown>> {
  const { messages, schema, temperature, seed, maxTokens, signal } = request
  const system = messages.filter(({ role }) => role === 'system').map(({ content }) => content)
  return {
    model,
    ...(system.length === 0 ? {} : { system: system.join('\n\n') }),
    messages: messages
      .filter(({ role }) => role !== 'system')
      .map(({ role, content }) => ({ role, content })),
    maxRetries: 0,
    ...(temperature === undefined ? {} : { temperature }),
    ...(seed === undefined ? {} : { seed }),
    ...(maxTokens === undefined ? {} : { maxOutputTokens: maxTokens }),
    ...(signal === undefined ? {} : { abortSignal: signal }),
    ...(schema !== undefined && isOfRecords(schema) ? outputSettings(ai, schema) : {}),
  }
}

/** Version 5 has it under the one name, 7 under the other, and 6 takes either. */
function outputSettings(ai: AiSdk, schema: JsonSchema): Readonly<Record<string, unknown>> {
  const output = ai.Output.object({ schema: ai.jsonSchema(schema) })
  return { output, experimental_output: output }
}

function replyOf({ text, usage, finishReason, response }: AiResult, id: string): LanguageReply {
  return {
    text,
    usage: usageOf(usage),
    finishReason: finishOf(finishReason),
    model: response?.modelId || id,
    raw: response,
  }
}

function usageOf(usage: AiUsage | undefined): Usage {
  return {
    inputTokens: usage?.inputTokens,
    outputTokens: usage?.outputTokens,
    cachedTokens: usage?.inputTokenDetails?.cacheReadTokens ?? usage?.cachedInputTokens,
    reasoningTokens: usage?.outputTokenDetails?.reasoningTokens ?? usage?.reasoningTokens,
  }
}

function finishOf(reason: string | undefined): FinishReason {
  if (reason === 'stop' || reason === 'length') return reason
  return reason === 'content-filter' ? 'filtered' : 'other'
}

/** The reply in the error that the package throws for text that is not JSON: whether it can be used is for us to say. */
function replyIn(error: unknown, id: string): LanguageReply | undefined {
  if (!(error instanceof Error) || error.name !== 'AI_NoObjectGeneratedError') return undefined
  const result = error as Error & Partial<AiResult>
  return typeof result.text === 'string' ? replyOf({ ...result, text: result.text }, id) : undefined
}

function errorOf(error: unknown, signal: AbortSignal | undefined): LanguageModelError {
  if (signal?.aborted) return cancelled(signal)
  if (!(error instanceof Error)) return LanguageModelError.from(error)
  const { statusCode, responseHeaders, isRetryable } = error as Error & AiCallError
  if (statusCode === undefined && isRetryable === undefined) return LanguageModelError.from(error)
  const headers = { get: (name: string) => responseHeaders?.[name] ?? null }
  return new LanguageModelError(kindOf(error), error.message, {
    cause: error,
    status: statusCode,
    retryAfter: retryAfterOf(headers),
  })
}

function kindOf({ cause, statusCode, responseBody }: Error & AiCallError): LanguageFailure {
  if (statusCode !== undefined && statusCode >= 400) return statusKind(statusCode, responseBody ?? '')
  // A good status and an error: the answer could not be read, if it came to its end.
  const isMisread = cause instanceof Error && /^AI_(?:JSONParse|TypeValidation)Error$/.test(cause.name)
  return isMisread ? 'bad_reply' : 'unavailable'
}

/** The fields of `APICallError`. */
interface AiCallError {
  readonly statusCode?: number
  readonly responseHeaders?: Readonly<Record<string, string>>
  readonly responseBody?: string
  readonly isRetryable?: boolean
}

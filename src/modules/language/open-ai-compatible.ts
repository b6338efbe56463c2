/**
 * A client for servers that speak OpenAI's chat protocol, which nearly all do: Ollama, llama.cpp, vLLM, LM Studio,
 * LiteLLM, and the hosted ones. It needs no package, and only asks: retries, limits and the rest go around it.
 */

import type { Json } from '../json.ts'
import { chatReply } from './chat-reply.ts'
import { checkNumber } from './check-number.ts'
import {
  isOfRecords,
  type LanguageModel,
  type LanguageReply,
  type LanguageRequest,
} from './language-model.ts'
import { LanguageModelError } from './language-model-error.ts'
import { post } from './post.ts'

export interface OpenAiCompatibleOptions {
  /** Where the server is, as in `http://localhost:11434/v1`. Default: `ESPALIER_LM_URL`. */
  readonly baseURL?: string
  /** Default: `ESPALIER_LM_MODEL`. */
  readonly model?: string
  /** Default: `ESPALIER_LM_KEY`, for the server of `ESPALIER_LM_URL`; else none. */
  readonly apiKey?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Milliseconds for one request. Default 300,000: a large model may have to be loaded first. */
  readonly timeout?: number
  /**
   * How a request with a schema is sent: with the schema, as a wish for any JSON, or without a word. By default with the
   * schema when it is one of records, unless the server has refused it; the prompts of modules show it in any case.
   */
  readonly structured?: 'schema' | 'json' | 'none'
  /** More for the body of each request, as the server knows it: `{ top_p: 0.9 }`. */
  readonly extra?: { readonly [key: string]: Json }
}

/**
 * A model behind a server of OpenAI's chat protocol.
 *
 *     openAiCompatible({ baseURL: 'http://localhost:11434/v1', model: 'llama3.2' })
 */
export function openAiCompatible(options: OpenAiCompatibleOptions = {}): LanguageModel {
  const { ESPALIER_LM_URL, ESPALIER_LM_MODEL, ESPALIER_LM_KEY } = process.env
  const { baseURL = ESPALIER_LM_URL, model = ESPALIER_LM_MODEL } = options
  // The key of the environment is for its server, and for no other.
  const { apiKey = (baseURL === ESPALIER_LM_URL && ESPALIER_LM_KEY) || '' } = options
  const { headers = {}, timeout = 300_000, structured, extra = {} } = options
  if (!model) throw new TypeError('openAiCompatible needs a model, or ESPALIER_LM_MODEL')
  checkNumber('timeout', timeout, { min: 1 })
  const url = chatUrl(baseURL)
  const authorization: Record<string, string> = apiKey === '' ? {} : { authorization: `Bearer ${apiKey}` }
  const secrets = [apiKey, ...Object.values(headers)]
  const ask = async (request: LanguageRequest, form: Form): Promise<LanguageReply> => {
    const body = { ...bodyOf(model, request, form), ...extra }
    const { signal } = request
    const sent = { headers: { ...authorization, ...headers }, body, timeout, signal, secrets }
    const { text, contentType } = await post(url, sent)
    return chatReply(text, contentType, model)
  }
  /** The schemas that the server has refused, as text. */
  const refused = new Set<string>()
  return {
    id: model,
    generate: async request => {
      const { schema } = request
      if (structured !== undefined) return ask(request, structured)
      if (schema === undefined || !isOfRecords(schema)) return ask(request, 'none')
      const text = JSON.stringify(schema)
      if (refused.has(text)) return ask(request, 'none')
      try {
        return await ask(request, 'schema')
      } catch (error) {
        if (!(error instanceof LanguageModelError) || error.kind !== 'refused') throw error
        // Whether it was the schema that it refused shows when it takes the same without.
        const reply = await ask(request, 'none')
        refused.add(text)
        return reply
      }
    },
  }
}

type Form = 'schema' | 'json' | 'none'

function bodyOf(model: string, request: LanguageRequest, form: Form): { readonly [key: string]: Json } {
  const { messages, schema, temperature, seed, maxTokens } = request
  return {
    model,
    messages: messages.map(({ role, content }) => ({ role, content })),
    stream: false,
    ...(temperature === undefined ? {} : { temperature }),
    ...(seed === undefined ? {} : { seed }),
    ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
    ...(schema === undefined || form === 'none' ? {} : { response_format: formatOf(schema, form) }),
  }
}

const formatOf = (schema: { readonly [key: string]: Json }, form: 'schema' | 'json'): Json =>
  form === 'json' ? { type: 'json_object' } : { type: 'json_schema', json_schema: { name: 'output', schema } }

function chatUrl(baseURL: string | undefined): string {
  let url: URL
  try {
    url = new URL(baseURL ?? '')
  } catch {
    const got = baseURL === undefined ? 'nothing' : JSON.stringify(baseURL)
    throw new TypeError(
      `openAiCompatible needs a baseURL like http://localhost:11434/v1, or ESPALIER_LM_URL, got ${got}`,
    )
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new TypeError(`baseURL must be a URL of http or https, got ${url.protocol}`)
  }
  if (url.username !== '' || url.password !== '') {
    throw new TypeError('baseURL must not hold a name and password; pass them as headers')
  }
  // Everybody's root is /v1, and a host alone is what people have in mind.
  if (url.pathname === '/') url.pathname = '/v1'
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/chat/completions`
  return url.href
}

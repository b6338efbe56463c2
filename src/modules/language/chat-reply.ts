/**
 * Reading what a server of OpenAI's chat protocol answers: one JSON document, or, from servers that stream whether asked
 * to or not, a row of events. Nothing in it is trusted to be of the type it should be.
 */

import { isJsonRecord, type Json } from '../json.ts'
import type { FinishReason, LanguageReply, Usage } from './language-model.ts'
import { LanguageModelError } from './language-model-error.ts'

/** The reply in the body of an answer. `model` is its name where the answer has none. */
export function chatReply(text: string, contentType: string, model: string): LanguageReply {
  const isStream = contentType.includes('event-stream') || /^\s*(?:data|event|id|retry)?:/.test(text)
  return isStream ? streamedReply(text, model) : wholeReply(text, model)
}

function wholeReply(body: string, model: string): LanguageReply {
  let raw: Json
  try {
    raw = JSON.parse(body) as Json
  } catch (cause) {
    throw badReply(`is not JSON: ${JSON.stringify(body.slice(0, 100))}`, cause)
  }
  const choice = at(at(raw, 'choices'), 0)
  const message = at(choice, 'message')
  if (message === undefined) throw badReply(`has no message: ${JSON.stringify(raw).slice(0, 200)}`)
  const text = textOf(at(message, 'content'))
  const refusal = at(message, 'refusal')
  return {
    text: text ?? '',
    usage: usageOf(at(raw, 'usage')),
    finishReason: typeof refusal === 'string' ? 'filtered' : finishOf(at(choice, 'finish_reason')),
    model: nameOf(raw) ?? model,
    raw,
  }
}

/** A stream that ends without a reason to has broken off, however much of it has come. */
function streamedReply(body: string, model: string): LanguageReply {
  let text = ''
  let finish: Json | undefined
  let usage: Usage = {}
  let name: string | undefined
  let isDone = false
  for (const data of eventsIn(body)) {
    if (data.trim() === '[DONE]') {
      isDone = true
      break
    }
    let event: Json
    try {
      event = JSON.parse(data) as Json
    } catch {
      break
    }
    const error = at(event, 'error')
    if (error !== undefined && error !== null) {
      throw new LanguageModelError(
        'unavailable',
        `the stream ended with an error: ${JSON.stringify(error).slice(0, 300)}`,
      )
    }
    const choice = at(at(event, 'choices'), 0)
    text += textOf(at(at(choice, 'delta'), 'content')) ?? ''
    finish = at(choice, 'finish_reason') ?? finish
    name ??= nameOf(event)
    const told = at(event, 'usage')
    if (isJsonRecord(told)) usage = usageOf(told)
  }
  if (!isDone && finish === undefined) throw new LanguageModelError('unavailable', 'the stream broke off')
  return { text, usage, finishReason: finishOf(finish), model: name ?? model }
}

/** The data of server-sent events. */
function eventsIn(body: string): string[] {
  return body
    .split(/\r\n\r\n|\n\n|\r\r/)
    .map(event =>
      event
        .split(/\r\n|\n|\r/)
        .filter(line => line.startsWith('data:'))
        .map(line => line.slice(5).replace(/^ /, ''))
        .join('\n'),
    )
    .filter(data => data !== '')
}

function usageOf(given: Json | undefined): Usage {
  return {
    inputTokens: countOf(at(given, 'prompt_tokens')),
    outputTokens: countOf(at(given, 'completion_tokens')),
    cachedTokens: countOf(at(at(given, 'prompt_tokens_details'), 'cached_tokens')),
    reasoningTokens: countOf(at(at(given, 'completion_tokens_details'), 'reasoning_tokens')),
  }
}

function finishOf(reason: Json | undefined): FinishReason {
  if (reason === 'stop' || reason === 'length') return reason
  return reason === 'content_filter' ? 'filtered' : 'other'
}

/** The text of a content, which may come in parts. */
function textOf(content: Json | undefined): string | undefined {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return undefined
  return content.map(part => (typeof part === 'string' ? part : (at(part, 'text') ?? ''))).join('')
}

function nameOf(answer: Json): string | undefined {
  const name = at(answer, 'model')
  return typeof name === 'string' && name !== '' ? name : undefined
}

function countOf(count: Json | undefined): number | undefined {
  return typeof count === 'number' && Number.isFinite(count) && count >= 0 ? count : undefined
}

function at(json: Json | undefined, key: string | number): Json | undefined {
  if (typeof key === 'number') return Array.isArray(json) ? json[key] : undefined
  return isJsonRecord(json) && Object.hasOwn(json, key) ? json[key] : undefined
}

const badReply = (what: string, cause?: unknown): LanguageModelError =>
  new LanguageModelError('bad_reply', `the answer ${what}`, cause === undefined ? {} : { cause })

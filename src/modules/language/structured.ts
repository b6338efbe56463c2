/**
 * Replies that fit a schema. What comes back is read and checked; when it does not fit, the model is shown its reply and
 * what is wrong with it, and asked again, a bounded number of times.
 */

import { DataError } from '../data-error.ts'
import { DataModel } from '../data-model.ts'
import type { Json } from '../json.ts'
import {
  addUsage,
  isOfText,
  type LanguageModel,
  type LanguageModelLike,
  type LanguageReply,
  type LanguageRequest,
  languageModel,
  type Message,
  type Usage,
} from './language-model.ts'
import { LanguageModelError } from './language-model-error.ts'
import { readJson, withoutThoughts } from './read-json.ts'

export interface RepairOptions {
  /** How often the model may be asked again about one reply. Default 1. */
  readonly repairs?: number
}

/**
 * A model whose replies to requests with a schema fit it: their `object` is checked, with defaults filled in.
 *
 *     const model = repairing(retrying(openAiCompatible()), { repairs: 2 })
 */
export function repairing(like: LanguageModelLike, { repairs = 1 }: RepairOptions = {}): LanguageModel {
  const model = languageModel(like)
  return {
    id: model.id,
    generate: async request => {
      if (request.schema === undefined) return model.generate(request)
      let usage: Usage = {}
      let cost: number | undefined
      const { value, reply } = await askFor(model, request, DataModel.of(request.schema), {
        repairs,
        onReply: each => {
          usage = addUsage(usage, each.usage)
          if (each.cost !== undefined) cost = (cost ?? 0) + each.cost
        },
      })
      return { ...reply, object: value, usage, cost }
    },
  }
}

export interface AskOptions extends RepairOptions {
  /** Is told every reply, those that did not fit among them. */
  readonly onReply?: ((reply: LanguageReply) => void) | undefined
}

export interface CheckedReply {
  readonly value: Json
  /** The reply that fitted. */
  readonly reply: LanguageReply
}

/** The value of a reply that fits a data model. Rejects with `invalid_result` when none does. */
export async function askFor(
  model: LanguageModel,
  request: LanguageRequest,
  data: DataModel<unknown>,
  { repairs = 1, onReply }: AskOptions = {},
): Promise<CheckedReply> {
  let messages = request.messages
  for (let left = repairs; ; left--) {
    const reply = await model.generate({ ...request, messages })
    onReply?.(reply)
    if (reply.finishReason === 'length') {
      throw new LanguageModelError('cut_off', 'the reply was cut off at the most tokens it may have')
    }
    if (reply.finishReason === 'filtered') {
      throw new LanguageModelError('filtered', 'the content of the reply was refused')
    }
    const read = readReply(reply, data)
    if ('value' in read) return { value: read.value, reply }
    if (left <= 0) throw new LanguageModelError('invalid_result', read.problem)
    messages = [...request.messages, ...repairMessages(reply.text, read.problem)]
  }
}

type Read = { readonly value: Json } | { readonly problem: string }

function readReply(reply: LanguageReply, data: DataModel<unknown>): Read {
  const found =
    reply.object ??
    (isOfText(data.schema) ? withoutThoughts(reply.text) : readJson(reply.text, json => data.accepts(json)))
  if (found === undefined) return { problem: 'the reply is not JSON' }
  try {
    return { value: data.parse(found, 'reply') as Json }
  } catch (error) {
    if (!(error instanceof DataError)) throw error
    return { problem: error.message }
  }
}

const repairMessages = (text: string, problem: string): Message[] => [
  { role: 'assistant', content: text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text },
  {
    role: 'user',
    content: `That cannot be used: ${problem}\nAnswer again, whole and corrected, and with nothing else.`,
  },
]

/** How much of a reply that did not fit is shown to the model again. */
const MAX_SHOWN = 8000

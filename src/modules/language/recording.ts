/**
 * Calls written down as they end, and a model that answers from what was written: for tests without a server, and for
 * running again what was run once, to the letter.
 */

import { CallFile, type CallRecord, callRecord, readCalls } from './call-record.ts'
import { type LanguageModel, type LanguageModelLike, languageModel } from './language-model.ts'
import { LanguageModelError } from './language-model-error.ts'
import { requestKey } from './request-key.ts'

/** Where records go: a file of JSON Lines, or a function. */
export type Recorder = string | ((record: CallRecord) => void | Promise<void>)

/**
 * A model whose calls are written down, failures too.
 *
 *     recording(retrying(openAiCompatible()), 'calls.jsonl')
 */
export function recording(like: LanguageModelLike, recorder: Recorder): LanguageModel {
  const model = languageModel(like)
  const write = typeof recorder === 'string' ? writerTo(recorder) : recorder
  return {
    id: model.id,
    generate: async request => {
      const begun = performance.now()
      try {
        const reply = await model.generate(request)
        await write(callRecord(model.id, request, reply, performance.now() - begun))
        return reply
      } catch (caught) {
        const error = LanguageModelError.from(caught, request.signal)
        await write(callRecord(model.id, request, error, performance.now() - begun))
        throw error
      }
    },
  }
}

/**
 * A model that answers from records, those of a file or given ones. Equal requests get what was recorded for them in
 * turn, and then the last again. What was not recorded fails as `not_recorded`.
 *
 *     const model = replaying('calls.jsonl')
 */
export function replaying(source: string | readonly CallRecord[]): LanguageModel {
  const records = typeof source === 'string' ? readCalls(source) : source
  const [first] = records
  if (first === undefined) throw new TypeError(`there is nothing to replay in ${describe(source)}`)
  const stranger = records.find(({ model }) => model !== first.model)
  if (stranger !== undefined) {
    throw new TypeError(
      `${describe(source)} has calls of '${first.model}' and of '${stranger.model}'; replay those of one model`,
    )
  }
  const byKey = new Map<string, CallRecord[]>()
  for (const record of records) byKey.set(record.key, [...(byKey.get(record.key) ?? []), record])
  return {
    id: first.model,
    generate: async request => {
      const left = byKey.get(requestKey(first.model, request)) ?? []
      const record = left.length > 1 ? left.shift() : left[0]
      if (record === undefined) {
        const last = request.messages.at(-1)?.content ?? ''
        const start = JSON.stringify(last.slice(0, 100))
        throw new LanguageModelError(
          'not_recorded',
          `no reply was recorded for the request that ends with ${start}`,
        )
      }
      const { reply, error } = record
      if (reply !== undefined) return { ...reply, isCached: true }
      throw new LanguageModelError(error?.kind ?? 'failed', error?.message ?? 'the record has no reply')
    },
  }
}

const writerTo = (file: string): ((record: CallRecord) => Promise<void>) => {
  const calls = new CallFile(file)
  return record => calls.append(record)
}

const describe = (source: string | readonly CallRecord[]): string =>
  typeof source === 'string' ? `'${source}'` : 'the records'

/**
 * Calls of language models in a file, one a line: what was asked, and what became of it. Caches and recordings have the
 * same lines, so either can be replayed, and a person can read both. A line that a crash cut short is passed over.
 */

import { readFileSync } from 'node:fs'
import { appendFile, open } from 'node:fs/promises'
import { isJsonRecord } from '../json.ts'
import type { LanguageReply, LanguageRequest } from './language-model.ts'
import type { LanguageFailure, LanguageModelError } from './language-model-error.ts'
import { requestKey } from './request-key.ts'

/** A call that has ended. */
export interface CallRecord {
  /** Equal for equal requests to equal models. */
  readonly key: string
  /** The id of the model. */
  readonly model: string
  readonly request: Omit<LanguageRequest, 'signal'>
  readonly reply?: Omit<LanguageReply, 'raw'>
  readonly error?: { readonly kind: LanguageFailure; readonly message: string }
  readonly ms: number
}

/** The record of a call with a reply, or with an error. */
export function callRecord(
  model: string,
  { signal: _, ...request }: LanguageRequest,
  became: LanguageReply | LanguageModelError,
  ms: number,
): CallRecord {
  const call = { key: requestKey(model, request), model, request, ms }
  if (became instanceof Error) return { ...call, error: { kind: became.kind, message: became.message } }
  const { raw: __, ...reply } = became
  return { ...call, reply }
}

/** The records in a file; none when there is no file. */
export function readCalls(file: string): CallRecord[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
  return text.split('\n').flatMap(line => {
    try {
      const record: unknown = JSON.parse(line)
      return isCall(record) ? [record] : []
    } catch {
      return []
    }
  })
}

/** Appends records to a file, in the order of the calls, each in one write. */
export class CallFile {
  readonly #file: string
  #last: Promise<void> | undefined

  constructor(file: string) {
    this.#file = file
  }

  /** Resolves when the record is in the file. */
  append(record: CallRecord): Promise<void> {
    const line = `${JSON.stringify(record)}\n`
    const before = this.#last ?? endLine(this.#file)
    const done = before.then(() => appendFile(this.#file, line))
    // A write that failed is told to its caller, and keeps nobody else from writing.
    this.#last = done.catch(() => {})
    return done
  }
}

/** Ends a last line that a crash cut short, so that the next one stands alone. */
async function endLine(file: string): Promise<void> {
  const handle = await open(file, 'a+')
  try {
    const { size } = await handle.stat()
    if (size === 0) return
    const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1)
    if (buffer.toString() !== '\n') await handle.appendFile('\n')
  } finally {
    await handle.close()
  }
}

/** Whether data is a record: files may come from anybody. */
function isCall(data: unknown): data is CallRecord {
  if (!isJsonRecord(data) || typeof data.key !== 'string' || typeof data.model !== 'string') return false
  const { reply, error } = data
  if (error !== undefined) {
    return isJsonRecord(error) && typeof error.kind === 'string' && typeof error.message === 'string'
  }
  return (
    isJsonRecord(reply) &&
    typeof reply.text === 'string' &&
    typeof reply.model === 'string' &&
    typeof reply.finishReason === 'string' &&
    isJsonRecord(reply.usage)
  )
}

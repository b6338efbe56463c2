/**
 * One POST of JSON to a server that may be slow, wrong or hostile: with a deadline, a largest size, and failures sorted
 * into the kinds of `LanguageModelError`. Secrets that are sent never come back in the text of an error.
 */

import type { Json } from '../json.ts'
import { cancelled, type LanguageFailure, LanguageModelError } from './language-model-error.ts'
import { withDeadline } from './wait.ts'

export interface PostOptions {
  readonly headers: Readonly<Record<string, string>>
  readonly body: Json
  /** Milliseconds from the request to the last byte of the answer. */
  readonly timeout: number
  readonly signal: AbortSignal | undefined
  /** Texts that no error may show. */
  readonly secrets: readonly string[]
}

export interface Posted {
  readonly text: string
  readonly contentType: string
}

/** The body of a good answer. */
export function post(url: string, { headers, body, timeout, signal, secrets }: PostOptions): Promise<Posted> {
  const hide = (text: string): string =>
    secrets.reduce((shown, secret) => (secret === '' ? shown : shown.replaceAll(secret, '[hidden]')), text)
  return withDeadline(timeout, signal, async (ending, isLate) => {
    let answer: { readonly response: Response; readonly text: string }
    try {
      // A redirect would send the prompt, and perhaps the key, to somewhere that nobody named.
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
        redirect: 'error',
        signal: ending,
      })
      answer = { response, text: await readText(response) }
    } catch (cause) {
      if (signal?.aborted) throw cancelled(signal)
      if (cause instanceof LanguageModelError) throw cause
      const why = isLate()
        ? `gave no whole answer within ${timeout} ms`
        : `cannot be reached: ${reasonOf(cause)}`
      throw new LanguageModelError('unavailable', hide(`${url} ${why}`), { cause })
    }
    const { response, text } = answer
    if (!response.ok) throw errorOf(url, response, hide(text))
    return { text, contentType: response.headers.get('content-type') ?? '' }
  })
}

/** The largest answer that is read, in bytes. */
const MAX_ANSWER = 8 * 1024 * 1024
/** How much of the body of a bad answer an error shows. */
const MAX_SHOWN = 500

async function readText(response: Response): Promise<string> {
  if (response.body === null) return ''
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for await (const piece of response.body as ReadableStream<Uint8Array> & AsyncIterable<Uint8Array>) {
    size += piece.byteLength
    if (size > MAX_ANSWER)
      throw new LanguageModelError('bad_reply', `the answer is larger than ${MAX_ANSWER} bytes`)
    text += decoder.decode(piece, { stream: true })
  }
  return text + decoder.decode()
}

function errorOf(url: string, { status, headers }: Response, text: string): LanguageModelError {
  const kind = statusKind(status, text)
  const said = messageIn(text)
  const shown = said.length > MAX_SHOWN ? `${said.slice(0, MAX_SHOWN)}…` : said
  const message = `${url} answered ${status}${shown === '' ? '' : `: ${shown}`}`
  return new LanguageModelError(kind, message, { status, retryAfter: retryAfterOf(headers) })
}

/** The kind of failure that a status of HTTP stands for. */
export function statusKind(status: number, text: string): LanguageFailure {
  // Asking again does not help against an empty account.
  if (status === 429) return text.includes('insufficient_quota') ? 'misconfigured' : 'rate_limited'
  if (status === 408 || status === 409 || status === 425 || status >= 500) return 'unavailable'
  return status === 400 || status === 413 || status === 422 ? 'refused' : 'misconfigured'
}

/** What the body of a bad answer says: `{ "error": { "message": … } }`, or all of it. */
function messageIn(text: string): string {
  try {
    const { error } = JSON.parse(text) as { readonly error?: unknown }
    const said =
      typeof error === 'object' && error !== null ? (error as { message?: unknown }).message : error
    if (typeof said === 'string') return said
  } catch {}
  return text.trim()
}

/**
 * Milliseconds to wait, by `retry-after-ms` or `retry-after` (seconds, or a date of RFC 9110 section 5.6.7).
 * Undefined when neither says so.
 */
export function retryAfterOf(headers: Pick<Headers, 'get'>, now: number = Date.now()): number | undefined {
  const inMs = amount(headers.get('retry-after-ms'))
  if (inMs !== undefined) return inMs
  const given = headers.get('retry-after')
  const inSeconds = amount(given)
  if (inSeconds !== undefined) return inSeconds * 1000
  const date = Date.parse(given ?? '')
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

function amount(text: string | null): number | undefined {
  return text !== null && /^\s*\d+(?:\.\d+)?\s*$/.test(text) ? Number(text) : undefined
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const inner = error.cause instanceof Error ? error.cause : undefined
  return inner === undefined
    ? error.message
    : inner.message || String((inner as { code?: unknown }).code ?? inner.name)
}

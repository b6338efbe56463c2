// What became of one script on one input: a value or a failure, always as data.
// A script that fails is an ordinary event here, so nothing in this file throws on its account.
// The second half reads the answers of a child process, which is trusted with nothing: an answer that is
// not exactly of the agreed form is no answer.

import type { Json } from './json.ts'

/** How well a script was confined. `'process'`: its own killable process with limits; see the README. */
export type IsolationLevel = 'process'

export type OutcomeKind =
  | 'syntax'
  | 'runtime'
  | 'no_result'
  | 'bad_result'
  | 'result_too_large'
  | 'timeout'
  | 'out_of_memory'
  | 'never_settles'
  | 'source_too_large'
  | 'cancelled'
  | 'crashed'
  | 'unavailable'

export interface Success {
  readonly ok: true
  readonly value: Json
  /** What the script wrote with `console.log`, `info` and `debug`, up to the limit. */
  readonly stdout: string
  /** What the script wrote with `console.warn` and `error`, up to the limit. */
  readonly stderr: string
  /** Milliseconds spent on this input. */
  readonly ms: number
  readonly isolation: IsolationLevel
}

export interface Failure {
  readonly ok: false
  readonly kind: OutcomeKind
  readonly message: string
  /** Line of the script, from 1, where it is known. */
  readonly line?: number
  /** Column in that line, from 1, where it is known. */
  readonly column?: number
  readonly stdout: string
  readonly stderr: string
  readonly ms: number
  readonly isolation: IsolationLevel
}

export type Outcome = Success | Failure

/** A failure found outside the script: it has written nothing. */
export function failure(kind: OutcomeKind, message: string, ms = 0, place: Place = {}): Failure {
  return {
    ok: false,
    kind,
    message,
    ...place,
    stdout: '',
    stderr: '',
    ms: toMicroseconds(ms),
    isolation: 'process',
  }
}

export interface Place {
  readonly line?: number
  readonly column?: number
}

/** The kinds a child may report; the others are for the parent to find. */
const CHILD_KINDS: ReadonlySet<unknown> = new Set<OutcomeKind>([
  'syntax',
  'runtime',
  'no_result',
  'bad_result',
  'result_too_large',
  'out_of_memory',
  'never_settles',
])

/**
 * The outcomes in a child's answer, or `undefined` when the text is not an answer for `count` items.
 * An item is `{"v": value}` or `{"k": kind, "m": message, "l"?: line, "c"?: column}`, either with the
 * outputs `"o"` and `"e"` where there are any; the keys are short since there may be thousands of them.
 */
export function readOutcomes(text: string, count: number, ms: number): Outcome[] | undefined {
  let items: unknown
  try {
    items = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!Array.isArray(items) || items.length !== count) return undefined
  const outcomes: Outcome[] = []
  ms = toMicroseconds(ms)
  for (const item of items) {
    const outcome = readOutcome(item, ms)
    if (!outcome) return undefined
    outcomes.push(outcome)
  }
  return outcomes
}

function toMicroseconds(ms: number): number {
  return Math.round(ms * 1000) / 1000
}

interface Item {
  readonly v?: Json
  readonly k?: OutcomeKind
  readonly m?: string
  readonly l?: number
  readonly c?: number
  readonly o?: string
  readonly e?: string
}

function readOutcome(item: unknown, ms: number): Outcome | undefined {
  if (typeof item !== 'object' || item === null) return undefined
  const { v, k, m, l, c, o = '', e = '' } = item as Item
  if (typeof o !== 'string' || typeof e !== 'string') return undefined
  if (v !== undefined) {
    return k === undefined
      ? { ok: true, value: v, stdout: o, stderr: e, ms, isolation: 'process' }
      : undefined
  }
  if (k === undefined || !CHILD_KINDS.has(k) || typeof m !== 'string') return undefined
  const isPlaced = typeof l === 'number' && typeof c === 'number'
  const place = isPlaced ? { line: l, column: c } : typeof l === 'number' ? { line: l } : {}
  return { ok: false, kind: k, message: m, ...place, stdout: o, stderr: e, ms, isolation: 'process' }
}

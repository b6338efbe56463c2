// What became of one script on one input: a value or a failure, always as data.
// A script that fails is an ordinary event here, so nothing in this file throws on its account.
// The second half reads the answers of a child process, which is trusted with nothing: an answer that is
// not exactly of the agreed form is no answer.

import { hasInfinity, isDeepText, isDeepValue, isHugeText, type Json, MAX_DEPTH } from './json.ts'
import type { Place } from './place.ts'

/**
 * How well a script was confined; the README says what each promises.
 * `'process'`: a killable process of its own, with limits. `'os'`: that, in namespaces of its own, without network,
 * files or other processes, and with the system calls of computing alone.
 */
export type IsolationLevel = 'os' | 'process'

export type OutcomeKind =
  | 'syntax'
  | 'runtime'
  | 'no_result'
  | 'bad_result'
  | 'result_too_large'
  | 'timeout'
  | 'out_of_memory'
  | 'never_settles'
  | 'tool_timeout'
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
  /** Milliseconds spent on this input, without those its tools took. */
  readonly ms: number
  readonly isolation: IsolationLevel
  /** Calls of tools that were made, when the script had any tools. */
  readonly toolCalls?: number
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
  readonly toolCalls?: number
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

/** The kinds a child may report, if it is one that watches over others; the rest is for the parent to find. */
const CHILD_KINDS: ReadonlySet<unknown> = new Set<OutcomeKind>([
  'syntax',
  'runtime',
  'no_result',
  'bad_result',
  'result_too_large',
  'out_of_memory',
  'never_settles',
  'tool_timeout',
  'timeout',
  'crashed',
])

/** Under what the items of an answer were run. */
export interface Conditions {
  /** Milliseconds spent on each. */
  readonly ms: number
  readonly isolation: IsolationLevel
  /** Megabytes and characters of each output that were allowed. */
  readonly memory: number
  readonly maxOutput: number
}

/**
 * The outcomes in a child's answer, or `undefined` when the text is not an answer for `count` items.
 * An item is `{"v": value}` or `{"k": kind, "m": message, "l"?: line, "c"?: column}`, either with the
 * outputs `"o"` and `"e"` where there are any; the keys are short since there may be thousands of them.
 */
export function readOutcomes(text: string, count: number, conditions: Conditions): Outcome[] | undefined {
  let items: unknown
  try {
    items = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!Array.isArray(items) || items.length !== count) return undefined
  if (isHugeText(text) && hasInfinity(items)) return undefined
  const outcomes: Outcome[] = []
  const rounded = { ...conditions, ms: toMicroseconds(conditions.ms) }
  // A value stands in a list of items.
  const mayBeDeep = isDeepText(text, MAX_DEPTH + 3)
  for (const item of items) {
    const outcome = readOutcome(item, rounded)
    if (!outcome) return undefined
    outcomes.push(mayBeDeep ? refuseDeep(outcome) : outcome)
  }
  return outcomes
}

/** Whoever gets a value may walk through it by recursion. */
function refuseDeep(outcome: Outcome): Outcome {
  if (!outcome.ok || !isDeepValue(outcome.value)) return outcome
  const { value: _value, ok: _ok, ...rest } = outcome
  return { ok: false, kind: 'bad_result', message: `result is over ${MAX_DEPTH} levels deep`, ...rest }
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

function readOutcome(item: unknown, conditions: Conditions): Outcome | undefined {
  if (typeof item !== 'object' || item === null) return undefined
  const { ms, isolation, memory, maxOutput } = conditions
  const { v, k, m, l, c, o = '', e = '' } = item as Item
  const isOutput = (text: unknown) => typeof text === 'string' && text.length <= 2 * maxOutput + CUT_NOTE
  if (!isOutput(o) || !isOutput(e)) return undefined
  if (v !== undefined) {
    return k === undefined ? { ok: true, value: v, stdout: o, stderr: e, ms, isolation } : undefined
  }
  if (k === undefined || !CHILD_KINDS.has(k) || typeof m !== 'string') return undefined
  if (!isOrdinal(l) || !isOrdinal(c) || (l === undefined && c !== undefined)) return undefined
  const place = { ...(l !== undefined && { line: l }), ...(c !== undefined && { column: c }) }
  const said = m.length <= MAX_MESSAGE ? m : `${m.slice(0, MAX_MESSAGE)}…`
  const message = k === 'out_of_memory' ? `${said} (the limit is ${memory} MB: memory)` : said
  return { ok: false, kind: k, message, ...place, stdout: o, stderr: e, ms, isolation }
}

/** An output that was cut says so in a line more; it is counted in characters of which some are pairs. */
const CUT_NOTE = 100
const MAX_MESSAGE = 4000

/** Whether something is a line, a column, or left out. */
function isOrdinal(value: unknown): boolean {
  return value === undefined || (Number.isSafeInteger(value) && (value as number) >= 1)
}

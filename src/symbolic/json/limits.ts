/**
 * Limits for text that nobody vouches for. They are checked before anything is built, by one walk over what was parsed
 * that stops at the first value too many; without limits there is no walk.
 */

import { JsonError, SymError } from '../errors.ts'
import { isRecord, MAX_DEPTH } from '../fields/accept.ts'
import { KeyPath } from '../key-path.ts'

/** What a document may be at most. */
export interface Limits {
  /** How deep arrays and objects may stand inside each other: 1000 unless it is set lower. */
  readonly maxDepth?: number
  /** How many values it may have, each array, object and leaf counted: unlimited unless set. */
  readonly maxNodes?: number
  /** The length of the text in bytes of UTF-8: unlimited unless set. */
  readonly maxSize?: number
}

/** Throws `JsonError` for a text that is longer than allowed. */
export function checkSize(text: string, { maxSize }: Limits): void {
  if (maxSize === undefined) return
  checkLimit('maxSize', maxSize)
  // A character is one to three bytes of UTF-8, so that most texts need not be counted.
  if (text.length * 3 <= maxSize) return
  const size = Buffer.byteLength(text, 'utf8')
  if (size > maxSize) throw tooLong(size, maxSize)
}

/** The error for a text of so many bytes. */
export const tooLong = (size: number, maxSize: number): JsonError =>
  new JsonError('', `the text has ${size} bytes, more than maxSize ${maxSize} allows`)

/** Throws `JsonError` for data that is deeper, or has more values, than allowed. */
export function checkShape(data: unknown, { maxDepth, maxNodes }: Limits): void {
  if (maxDepth === undefined && maxNodes === undefined) return
  const depths = maxDepth ?? MAX_DEPTH
  const nodes = maxNodes ?? Infinity
  checkLimit('maxDepth', depths)
  checkLimit('maxNodes', nodes)
  if (depths > MAX_DEPTH) throw new SymError('', `maxDepth can be at most ${MAX_DEPTH}, got ${depths}`)
  let count = 0
  const path: (string | number)[] = []
  const visit = (value: unknown): void => {
    if (++count > nodes) {
      throw new JsonError(placeOf(path), `the data has more values than maxNodes ${nodes} allows`)
    }
    // Nodes among the data are trees already.
    if (!Array.isArray(value) && !isRecord(value)) return
    if (path.length > depths) {
      throw new JsonError(placeOf(path), `the data is nested deeper than maxDepth ${depths} allows`)
    }
    const keys = Array.isArray(value) ? value.keys() : Object.keys(value)
    for (const key of keys) {
      path.push(key)
      visit((value as Record<string | number, unknown>)[key])
      path.pop()
    }
  }
  visit(data)
}

/** The first steps of a path: with all of them, a message about depth would be as long as the text is deep. */
const placeOf = (path: readonly (string | number)[]): string => KeyPath.of(...path.slice(0, 8)).toString()

function checkLimit(name: string, limit: number): void {
  if (typeof limit === 'number' && limit >= 0) return
  throw new SymError('', `${name} must be a number of at least 0, got ${String(limit)}`)
}

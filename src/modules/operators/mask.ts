/**
 * Masks choose keys at any depth: `inMask` keeps what they name, whole, with the way that leads there; `outMask` takes
 * it away. Keys are compared exactly unless they are to be folded. This file has the masks and what they make of values;
 * `mask-schema.ts` has what they make of schemas.
 */

import { isJsonRecord, type Json, setKey } from '../json.ts'
import { type Fold, foldKey } from './keys.ts'

/** The keys that a mask names: exact keys, and patterns that may match anywhere in a key. */
export type Mask = readonly (string | RegExp)[]

export interface MaskOptions {
  /** Whether keys are looked for inside of records and lists, too. Default true. */
  readonly recursive?: boolean
  /** Fold keys before they are compared: `'suffix'` (`answer_2` as `answer`) or `'plural'` (`answers`, too). */
  readonly fold?: Fold | undefined
}

/** A mask that was found fit. */
export interface Masking {
  /** Whether what is named is kept; else it is taken away. */
  readonly keeps: boolean
  readonly recursive: boolean
  matches(key: string): boolean
  /** The same text for masks that do the same. */
  readonly id: string
}

/** The masking of a mask. Throws `RangeError` for a mask that names nothing. */
export function maskingOf(keeps: boolean, mask: Mask, { recursive = true, fold }: MaskOptions = {}): Masking {
  const verb = keeps ? 'inMask' : 'outMask'
  const isMask = Array.isArray(mask) && mask.every(each => typeof each === 'string' || each instanceof RegExp)
  if (!isMask) throw new TypeError(`${verb} takes a list of keys and patterns, like ['answer', /^draft_/]`)
  if (mask.length === 0) throw new RangeError(`${verb} needs at least one key or pattern, got []`)
  if (fold !== undefined && fold !== 'suffix' && fold !== 'plural') {
    throw new RangeError(`fold must be 'suffix' or 'plural', got ${JSON.stringify(fold)}`)
  }
  const keys = new Set(mask.flatMap(each => (typeof each === 'string' ? [foldKey(each, fold)] : [])))
  // Such flags make a pattern remember where it was.
  const patterns = mask.flatMap(each =>
    typeof each === 'string' ? [] : [new RegExp(each.source, each.flags.replace(/[gy]/g, ''))],
  )
  return {
    keeps,
    recursive,
    id: `${verb} ${recursive} ${fold} ${JSON.stringify([...keys])} ${patterns.join(' ')}`,
    matches(key) {
      const folded = foldKey(key, fold)
      return keys.has(folded) || patterns.some(pattern => pattern.test(folded))
    },
  }
}

/** What a mask leaves of a value. The elements of lists keep their places. */
export function maskedValue(value: Json, masking: Masking): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(item => maskedValue(item, masking))
  if (!isJsonRecord(value)) return value
  const { keeps, recursive, matches } = masking
  const result: Record<string, Json> = {}
  for (const [key, item] of Object.entries(value)) {
    if (matches(key)) {
      if (keeps) setKey(result, key, item)
    } else if (!keeps) setKey(result, key, recursive ? maskedValue(item, masking) : item)
    else if (recursive && holdsMatch(item, masking)) setKey(result, key, maskedValue(item, masking))
  }
  return result
}

/** Whether a mask names anything in a value. */
export function holdsMatch(value: Json, masking: Masking): boolean {
  if (Array.isArray(value)) return (value as readonly Json[]).some(item => holdsMatch(item, masking))
  if (!isJsonRecord(value)) return false
  const keys = Object.keys(value)
  return keys.some(masking.matches) || keys.some(key => holdsMatch(value[key] as Json, masking))
}

/** Comparing values of any kind: trees, or plain data that is read as a tree would be. */

import { INVALID } from '../change/missing.ts'
import { acceptAny } from '../fields/accept.ts'
import { compareValues } from './compare.ts'
import { equalValues } from './equal.ts'
import { hashValue } from './hash.ts'

/** Whether two values have the same content; plain arrays and records count as lists and dicts. */
export const equals = (a: unknown, b: unknown): boolean => a === b || equalValues(storedFor(a), storedFor(b))

/** The hash of a value: equal values have equal hashes, on every run and machine. */
export const hash = (value: unknown): number => hashValue(storedFor(value))

/** Negative, zero or positive: absent < null < boolean < number < string < list < dict < object < anything else. */
export const compare = (a: unknown, b: unknown): number => compareValues(storedFor(a), storedFor(b))

/** What a tree would store for a value of any kind. */
export function storedFor(value: unknown): unknown {
  const stored = acceptAny(value, null, 0)
  // An array that no tree can hold must not be taken for a green: it counts as opaque.
  return stored !== INVALID ? stored : Array.isArray(value) ? { value } : value
}

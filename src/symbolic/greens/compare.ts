/**
 * One total order over everything a tree can hold: absent < null < boolean < number < string < list < tuple < dict < object <
 * anything else. It never throws, and two values compare as 0 exactly when they are equal or both opaque of one type.
 * PyGlove's `pg.lt` throws on two equal `None`s, on functions, and depends on the order of dict keys.
 */

import { MISSING } from '../change/missing.ts'
import { compareLeaves } from '../fields/leaf.ts'
import { dictFind, dictGet, dictKeys } from './dict-green.ts'
import { equalValues } from './equal.ts'
import { listGet, listLength } from './list-green.ts'
import { FIRST, type Green, isDictKind, isGreen, isListKind } from './spec.ts'

/** Negative, zero or positive as the first value comes before, with, or after the second. */
export function compareValues(a: unknown, b: unknown): number {
  if (a === b) return 0
  const rank = rankOf(a)
  const otherRank = rankOf(b)
  if (rank !== otherRank) return rank - otherRank
  switch (rank) {
    case BOOLEAN:
      return Number(a) - Number(b)
    case NUMBER:
      return compareNumbers(a as number, b as number)
    case STRING:
      return compareStrings(a as string, b as string)
    case LIST_RANK:
    case TUPLE_RANK:
      return compareLists(a as Green, b as Green)
    case DICT_RANK:
      return compareDicts(a as Green, b as Green)
    case OBJECT_RANK:
      return compareObjects(a as Green, b as Green)
    case OPAQUE:
      return compareStrings(opaqueName(a), opaqueName(b)) || compareLeaves(a, b)
    default:
      return 0
  }
}

const BOOLEAN = 2
const NUMBER = 3
const STRING = 4
const LIST_RANK = 5
const TUPLE_RANK = 6
const DICT_RANK = 7
const OBJECT_RANK = 8
const OPAQUE = 9

function rankOf(value: unknown): number {
  if (value === undefined || value === MISSING) return 0
  if (value === null) return 1
  switch (typeof value) {
    case 'boolean':
      return BOOLEAN
    case 'number':
      return NUMBER
    case 'string':
      return STRING
  }
  if (!isGreen(value)) return OPAQUE
  const kind = value[0].kind
  if (value[0].isTuple) return TUPLE_RANK
  return isListKind(kind) ? LIST_RANK : isDictKind(kind) ? DICT_RANK : OBJECT_RANK
}

/** NaN comes before all other numbers. */
function compareNumbers(a: number, b: number): number {
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : -1
  if (Number.isNaN(b)) return 1
  return a < b ? -1 : a > b ? 1 : 0
}

const compareStrings = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function compareLists(a: Green, b: Green): number {
  const length = listLength(a)
  const other = listLength(b)
  for (let i = 0; i < length && i < other; i++) {
    const order = compareValues(listGet(a, i), listGet(b, i))
    if (order !== 0) return order
  }
  return length - other
}

/** Dicts compare as lists of entries sorted by key, since their order is none of equality's business. */
function compareDicts(a: Green, b: Green): number {
  if (equalValues(a, b)) return 0
  const keys = [...dictKeys(a)].sort(compareStrings)
  const others = [...dictKeys(b)].sort(compareStrings)
  for (let i = 0; i < keys.length && i < others.length; i++) {
    const key = keys[i] as string
    const order =
      compareStrings(key, others[i] as string) ||
      compareValues(dictGet(a, dictFind(a, key)), dictGet(b, dictFind(b, key)))
    if (order !== 0) return order
  }
  return keys.length - others.length
}

function compareObjects(a: Green, b: Green): number {
  const byName = compareStrings(a[0].name, b[0].name)
  if (byName !== 0) return byName
  for (let slot = FIRST; slot < a.length && slot < b.length; slot++) {
    const order = compareValues(a[slot], b[slot])
    if (order !== 0) return order
  }
  return a.length - b.length
}

/** The class of an opaque value, as far as it says; nothing that users' classes do may make the order throw. */
function opaqueName(value: unknown): string {
  if (typeof value !== 'object') return typeof value
  try {
    const name: unknown = value?.constructor?.name
    return typeof name === 'string' ? name : 'Object'
  } catch {
    return 'Object'
  }
}

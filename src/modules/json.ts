/**
 * Plain JSON as modules pass it on: copies that share nothing with their source, and plain data from trees.
 * Keys like `__proto__` are ordinary keys here: they are defined, never assigned.
 */

import type { Json } from '../runtime/index.ts'
import { isSymbolic, type Key, KeyPath, SymDict, SymList } from '../symbolic/index.ts'

export type { Json }

/** A JSON Schema as data. */
export type JsonSchema = { readonly [key: string]: Json }

/** Values nested deeper than this are refused: they are cycles, or attacks. */
export const MAX_DEPTH = 500

/** Data as plain JSON, or the place where it stops being JSON; of places very far down, only the way there. */
export type Copied =
  | { readonly ok: true; readonly json: Json }
  | { readonly ok: false; readonly path: string; readonly value: unknown; readonly isTooDeep: boolean }

/** A copy of data as plain JSON; lists and dicts of a tree become arrays and records. */
export function copyJson(value: unknown): Copied {
  const flaw: Flaw = { keys: [], value: undefined, isTooDeep: false }
  const json = copy(value, 0, flaw)
  if (json !== undefined) return { ok: true, json }
  const { value: found, isTooDeep } = flaw
  const keys = flaw.keys.reverse().slice(0, isTooDeep ? 8 : MAX_DEPTH)
  return { ok: false, path: KeyPath.of(...keys).toString(), value: found, isTooDeep }
}

/** Plain JSON for data that is known to be JSON. Throws `TypeError` for anything else. */
export function jsonOf(value: unknown): Json {
  const copied = copyJson(value)
  if (copied.ok) return copied.json
  throw new TypeError(`the value${copied.path === '' ? '' : ` at '${copied.path}'`} is not JSON`)
}

/** Writes an own, ordinary key, whatever its name. */
export function setKey(record: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true })
  } else record[key] = value
}

/** Whether JSON is a record, as opposed to a list or a leaf. */
export const isJsonRecord = (value: unknown): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Whether two values of JSON are equal, whatever the order of keys. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => sameJson(item, b[i]))
  }
  if (!isJsonRecord(a) || !isJsonRecord(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every(key => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
  )
}

/** The value, with everything in it frozen; for values that nobody else holds. */
export function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    for (const item of Object.values(value)) frozen(item)
    Object.freeze(value)
  }
  return value
}

/** The first thing met that is not JSON; its keys are collected on the way back up, so that copying costs none. */
interface Flaw {
  readonly keys: Key[]
  value: unknown
  isTooDeep: boolean
}

function copy(value: unknown, depth: number, flaw: Flaw): Json | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      if (Number.isFinite(value)) return value
      break
    case 'object':
      if (value === null) return null
      if (depth > MAX_DEPTH) {
        flaw.isTooDeep = true
        break
      }
      if (Array.isArray(value) || value instanceof SymList) return copyList(value, depth, flaw)
      if (value instanceof SymDict) return copyRecord(value.entries(), depth, flaw)
      if (isPlainRecord(value)) return copyRecord(Object.entries(value), depth, flaw)
  }
  flaw.value = value
  return undefined
}

function copyList(values: Iterable<unknown>, depth: number, flaw: Flaw): Json | undefined {
  const list: Json[] = []
  for (const value of values) {
    const item = copy(value, depth + 1, flaw)
    if (item === undefined) return fail(list.length, flaw)
    list.push(item)
  }
  return list
}

function copyRecord(
  entries: Iterable<readonly [string, unknown]>,
  depth: number,
  flaw: Flaw,
): Json | undefined {
  const record: Record<string, Json> = {}
  for (const [key, value] of entries) {
    const item = copy(value, depth + 1, flaw)
    if (item === undefined) return fail(key, flaw)
    setKey(record, key, item)
  }
  return record
}

function fail(key: Key, flaw: Flaw): undefined {
  flaw.keys.push(key)
  return undefined
}

/** Whether a value is an object literal, of this realm or another one, or has no prototype. */
function isPlainRecord(value: object): boolean {
  if (isSymbolic(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null
}

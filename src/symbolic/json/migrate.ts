/**
 * Versions of classes: JSON carries `_version` beside `_type` when a class is past its first, and what an older program
 * wrote goes through the class's `migrate` before its fields are checked. A migration gets a copy of its own, so it may
 * write to it; copies are made once, whatever is nested in what, and the data that was given stays as it is.
 */

import { DefinitionError, JsonError } from '../errors.ts'
import { isRecord, isStored, MAX_DEPTH } from '../fields/accept.ts'
import type { Spec } from '../greens/spec.ts'
import { show } from '../view/format.ts'

/** The key beside `_type` that says by which version of the class an object was written. */
export const VERSION_KEY = '_version'

type Data = Readonly<Record<string, unknown>>

/** What a class may say about its JSON, as static members. Both are inherited, as statics are. */
export interface Versioned {
  /** The version that is written now: 1 unless said otherwise. */
  readonly version?: number
  /**
   * JSON of this version for JSON of an older one, which it may change in place. Called once, with the version that the
   * JSON has: `if (from < 2) …`, `if (from < 3) …`, and `return json`.
   */
  readonly migrate?: (json: Record<string, unknown>, from: number) => unknown
}

/** The version of a class's JSON. Asked for when JSON is first read or written: by then the class is complete. */
export function versionOf(spec: Spec): number {
  const base = spec.base
  if (base.version > 0) return base.version
  const cls = classOf(spec)
  if (cls === null) return 1
  const { version = 1 } = cls
  if (!isVersion(version)) {
    throw new DefinitionError('', `${base.name}.version must be a positive integer, got ${show(version)}`)
  }
  base.version = version
  return version
}

/** The class of a spec, also of that of its partial instances. */
const classOf = ({ base }: Spec): Versioned | null => (base.whole ?? base).boundClass

/**
 * The record of an object as the class has it now: itself when it is of the current version. Without `_version` it is
 * of the first when it has a `_type`; data without either was not written by an older program, and is taken as current.
 * Throws `JsonError` for a version that is newer than the class, or none.
 */
export function current(spec: Spec, record: Data): Data {
  const version = versionOf(spec)
  const given = Object.hasOwn(record, VERSION_KEY) ? record[VERSION_KEY] : undefined
  const isTagged = Object.hasOwn(record, '_type')
  const from = given !== undefined ? given : isTagged ? 1 : version
  if (from === version) return record
  if (!isVersion(from)) {
    throw new JsonError('', `'${VERSION_KEY}' must be a positive integer, got ${show(from)}`)
  }
  if (from > version) {
    throw new JsonError(
      '',
      `this ${spec.name} was written by a newer program: it is of version ${from}, known here is ${version}`,
    )
  }
  // A tagged copy is read by one class only, so it can be changed in place, and is changed only once.
  if (!isTagged || !outcomes.has(record))
    return migrated(spec, copied(record, 0) as Record<string, unknown>, from)
  let outcome = outcomes.get(record) ?? null
  if (outcome === null)
    outcomes.set(record, (outcome = attempt(spec, record as Record<string, unknown>, from)))
  if (outcome.error !== null) throw outcome.error
  return outcome.record
}

/** What a migration has made of a record, or why it failed. */
interface Outcome {
  readonly record: Data
  readonly error: Error | null
}

/** The records that are copies of ours, and what has become of those that were migrated. */
const outcomes = new WeakMap<object, Outcome | null>()

function attempt(spec: Spec, record: Record<string, unknown>, from: number): Outcome {
  try {
    return { record: migrated(spec, record, from), error: null }
  } catch (error) {
    return { record, error: error as Error }
  }
}

function migrated(spec: Spec, record: Record<string, unknown>, from: number): Data {
  const version = versionOf(spec)
  const migrate = classOf(spec)?.migrate
  const what = `JSON of ${spec.name} of version ${from}`
  if (typeof migrate !== 'function') {
    throw new JsonError('', `the ${what} cannot be read: ${spec.name} has no static migrate(json, from)`)
  }
  const type = record._type
  let result: unknown
  try {
    result = migrate.call(classOf(spec), record, from)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new JsonError('', `the ${what} could not be migrated to version ${version}: ${why}`, { cause })
  }
  if (!isRecord(result)) {
    throw new JsonError('', `${spec.name}.migrate must give back the JSON of an object, got ${show(result)}`)
  }
  if (Object.hasOwn(result, '_type') && result._type !== type) {
    throw new JsonError('', `${spec.name}.migrate may not change '_type' to ${show(result._type)}`)
  }
  return { ...result, [VERSION_KEY]: version }
}

/** The same data in arrays and records of our own; nodes and other values stay what they are. */
function copied(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || isStored(value)) return value
  if (depth > MAX_DEPTH) {
    throw new JsonError(
      '',
      `is nested deeper than ${MAX_DEPTH} levels, or in a cycle, and cannot be migrated`,
    )
  }
  if (Array.isArray(value)) return value.map(element => copied(element, depth + 1))
  if (!isRecord(value)) return value
  const copy: Record<string, unknown> = {}
  for (const key of Object.keys(value)) {
    const part = copied(value[key], depth + 1)
    // Assigning to `__proto__` would set the prototype instead of a key.
    if (key === '__proto__') Object.defineProperty(copy, key, { value: part, ...OWN })
    else copy[key] = part
  }
  outcomes.set(copy, null)
  return copy
}

const OWN = { enumerable: true, configurable: true, writable: true } as const

const isVersion = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0

/**
 * Trees from JSON. The text is hostile until shown otherwise: only registered type names come to life, every value is
 * checked by its field, depth is bounded, and keys like `__proto__` are data in dicts and unknown fields in objects.
 * Nothing is imported, evaluated or guessed.
 */

import { accept, construct, forgetRefused, isRecord, MAX_DEPTH, type Reader, UNTAGGED } from './accept.ts'
import { boundSpec, nearestType, specNamed } from './class-spec.ts'
import { dictFrom, UNTYPED_DICT } from './dict-green.ts'
import { JsonError } from './errors.ts'
import { acceptOrThrow, constructOrThrow } from './explain.ts'
import { show } from './format.ts'
import { DICT_TYPE, LIST_TYPE, NUMBER_TYPE, SEALED_TYPE } from './json-out.ts'
import { placeOfJsonError } from './json-place.ts'
import { listFrom, UNTYPED_LIST } from './list-green.ts'
import { INVALID } from './missing.ts'
import { isGreen, isKindOf, type Spec, withSeal } from './spec.ts'

/**
 * What is stored for JSON data, as `JSON.parse` gives it. With a class, the data must be an instance of it, and may
 * leave `_type` out. Throws `JsonError` for unknown types, `FieldError` listing everything that does not fit.
 */
export function fromJsonData(data: unknown, expected: Spec | null = null): unknown {
  forgetRefused()
  const result = readRoot(data, expected)
  const isRight = expected === null || (isGreen(result) && isKindOf(result[0], expected))
  if (isRight) return result
  const got = isGreen(result) ? result[0].name : typeof result
  throw new JsonError('', `expected the JSON of ${expected.name}, got that of ${got}`)
}

function readRoot(data: unknown, expected: Spec | null): unknown {
  if (isRecord(data)) {
    const spec = typeof data._type === 'string' && !SPECIAL.has(data._type) ? known(data._type) : null
    const isUntagged = data._type === undefined && expected !== null
    const cls = isUntagged ? boundSpec(expected) : spec
    if (cls !== null) return constructOrThrow(cls, data, READER)
  }
  return acceptOrThrow('JSON', [], null, data, READER)
}

/**
 * The data of a JSON text. Throws `JsonError` with line and column where the text breaks off or goes wrong, or where
 * it nests too deeply.
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new JsonError('', `the text is not JSON${placeOfJsonError(text)}: ${why}`, { cause })
  }
}

const SPECIAL: ReadonlySet<string> = new Set([NUMBER_TYPE, SEALED_TYPE, DICT_TYPE, LIST_TYPE])

/** Reads tagged data wherever it stands in a document. */
export const READER: Reader = {
  read(data, depth) {
    if (Array.isArray(data)) return UNTAGGED
    const record = data as Record<string, unknown>
    const type = record._type
    if (type === undefined || !isRecord(record) || !Object.hasOwn(record, '_type')) return UNTAGGED
    if (depth > MAX_DEPTH) return INVALID
    if (typeof type !== 'string') throw new JsonError('', `'_type' must be a type name, got ${show(type)}`)
    return SPECIAL.has(type)
      ? readSpecial(type, record, depth)
      : construct(known(type), record, READER, depth)
  },
  find: specNamed,
}

function known(type: string): Spec {
  const spec = specNamed(type)
  if (spec !== null) return boundSpec(spec)
  const near = nearestType(type)
  const hint = near === null ? 'register its class before loading' : `did you mean '${near}'?`
  throw new JsonError('', `the type '${type}' is not registered; ${hint}`)
}

function readSpecial(type: string, record: Record<string, unknown>, depth: number): unknown {
  switch (type) {
    case NUMBER_TYPE: {
      const { value } = record
      return value === 'NaN'
        ? Number.NaN
        : value === 'Infinity'
          ? Infinity
          : value === '-Infinity'
            ? -Infinity
            : INVALID
    }
    case SEALED_TYPE: {
      const green = accept(null, record.value, READER, depth + 1)
      if (!isGreen(green)) return INVALID
      const copy = green.slice() as typeof green
      copy[0] = withSeal(green[0], true)
      return copy
    }
    case LIST_TYPE: {
      if (!Array.isArray(record.items)) return INVALID
      const elements = record.items.map(item => accept(null, item, READER, depth + 1))
      return elements.includes(INVALID) ? INVALID : listFrom(UNTYPED_LIST, elements)
    }
    default:
      return readEntries(record.entries, depth)
  }
}

function readEntries(entries: unknown, depth: number): unknown {
  if (!Array.isArray(entries)) return INVALID
  const values = new Map<string, unknown>()
  for (const entry of entries) {
    if (!Array.isArray(entry) || entry.length !== 2 || typeof entry[0] !== 'string') return INVALID
    const value = accept(null, entry[1], READER, depth + 1)
    if (value === INVALID) return INVALID
    values.set(entry[0], value)
  }
  return dictFrom(UNTYPED_DICT, [...values.keys()], [...values.values()])
}

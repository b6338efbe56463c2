/**
 * Trees from JSON. The text is hostile until shown otherwise: only registered type names come to life, every value is
 * checked by its field, depth is bounded, and keys like `__proto__` are data in dicts and unknown fields in objects.
 * Nothing is imported, evaluated or guessed.
 */

import { INVALID } from '../change/missing.ts'
import { boundSpec } from '../class-spec.ts'
import { JsonError } from '../errors.ts'
import {
  accept,
  construct,
  forgetRefused,
  isRecord,
  MAX_DEPTH,
  type Reader,
  UNTAGGED,
} from '../fields/accept.ts'
import { leafFromJson } from '../fields/leaf.ts'
import { acceptOrThrow, constructOrThrow } from '../fields/refusal.ts'
import { dictFrom, UNTYPED_DICT } from '../greens/dict-green.ts'
import { listFrom, UNTYPED_LIST } from '../greens/list-green.ts'
import { looseSpec } from '../greens/loose.ts'
import { type Green, isGreen, isKindOf, type Spec, wholeSpec, withSeal } from '../greens/spec.ts'
import { isUnknownSpec, unknownGreen, unknownParts } from '../greens/unknown-green.ts'
import { abstractError } from '../hook.ts'
import { OPAQUE_TYPE, opaqueFromJson } from '../values/opaque.ts'
import { show } from '../view/format.ts'
import { DICT_TYPE, FORM_TYPES, LIST_TYPE, NUMBER_TYPE, SEALED_TYPE } from './json-out.ts'
import { jsonErrorIndex, placeOfJsonError } from './json-place.ts'
import { checkShape } from './limits.ts'
import { current } from './migrate.ts'
import { keepsUnknown, type ReadOptions, reading, readsPartial, typesInScope } from './reading.ts'
import { fullName, nearestType, specNamed } from './registry.ts'

/**
 * What is stored for JSON data, as `JSON.parse` gives it. With a class, the data must be an instance of it, and may
 * leave `_type` out. Throws `JsonError` for unknown types, `FieldError` listing everything that does not fit.
 */
export function fromJsonData(data: unknown, expected: Spec | null = null, options?: ReadOptions): unknown {
  forgetRefused()
  if (options !== undefined) checkShape(data, options)
  const result = reading(options, () => readRoot(data, expected))
  const isRight = expected === null || (isGreen(result) && isKindOf(wholeSpec(result[0]), expected))
  if (isRight) return result
  const got = isGreen(result) ? typeOf(result) : typeof result
  throw new JsonError('', `expected the JSON of ${expected.name}, got that of ${got}`)
}

const typeOf = (green: Green): string =>
  isUnknownSpec(green[0]) ? `the unknown ${unknownParts(green)[0]}` : green[0].name

function readRoot(data: unknown, expected: Spec | null): unknown {
  if (isRecord(data)) {
    const isOfType =
      typeof data._type === 'string' && Object.hasOwn(data, '_type') && !FORM_TYPES.has(data._type)
    const spec = isOfType ? known(data._type as string) : null
    const isUntagged = data._type === undefined && expected !== null
    const cls = isUntagged ? specToRead(expected) : spec
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
    const token = /^(?:NaN|-?Infinity)/.exec(text.slice(Math.max(0, jsonErrorIndex(text))).slice(0, 9))?.[0]
    // Python writes these, and PyGlove with it.
    const hint =
      token === undefined ? why : `JSON has no ${token}; write {"_type":"${NUMBER_TYPE}","value":"${token}"}`
    throw new JsonError('', `the text is not JSON${placeOfJsonError(text)}: ${hint}`, { cause })
  }
}

/** Reads tagged data wherever it stands in a document. */
export const READER: Reader = {
  read(data, depth) {
    if (Array.isArray(data)) return UNTAGGED
    const record = data as Record<string, unknown>
    const type = record._type
    if (type === undefined || !isRecord(record) || !Object.hasOwn(record, '_type')) return UNTAGGED
    if (depth > MAX_DEPTH) return INVALID
    if (typeof type !== 'string') throw new JsonError('', `'_type' must be a type name, got ${show(type)}`)
    if (FORM_TYPES.has(type)) return readSpecial(type, record, depth)
    const spec = known(type)
    return spec === null ? readUnknown(type, record, depth) : construct(spec, record, READER, depth)
  },
  find: specFor,
  current,
  isKept: type => keepsUnknown() && !FORM_TYPES.has(type) && specFor(type) === null,
}

/** The spec of a type that may come to life here; null when there is none. */
function specFor(type: string): Spec | null {
  const scope = typesInScope()
  return scope === null ? specNamed(type) : (scope.get(type) ?? scope.get(fullName(type)) ?? null)
}

/** A spec as instances are made of it here: where values may be missing, that of partial ones. */
const specToRead = (spec: Spec): Spec => (readsPartial() ? looseSpec(boundSpec(spec)) : boundSpec(spec))

/** The same, ready for instances; null only for an unknown type that is to be kept. */
function known(type: string): Spec | null {
  const spec = specFor(type)
  if (spec !== null) {
    if (spec.isAbstract) throw abstractError(spec)
    return specToRead(spec)
  }
  if (keepsUnknown()) return null
  const name = type.length <= 100 ? `'${type}'` : show(type, 100)
  if (specNamed(type) !== null) {
    throw new JsonError('', `the type ${name} may not come to life here; give its class to withTypes`)
  }
  const near = nearestType(type)
  const hint = near === null ? 'register its class before loading' : `did you mean '${near}'?`
  throw new JsonError('', `the type ${name} is not registered; ${hint}`)
}

/** An object of an unknown type, with what is known inside it brought to life. */
function readUnknown(type: string, record: Record<string, unknown>, depth: number): unknown {
  const { _type, ...rest } = record
  const data = accept(null, rest, READER, depth)
  return isGreen(data) ? unknownGreen(type, data) : INVALID
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
    case DICT_TYPE:
      return readEntries(record.entries, depth)
    case OPAQUE_TYPE:
      return opaqueFromJson(record)
    default:
      return leafFromJson(type, record.value, classNamed) ?? INVALID
  }
}

/** The class of a type name, as a value. */
function classNamed(name: string): unknown {
  const spec = specFor(name)
  if (spec === null) throw new JsonError('', `the class '${show(name, 100).slice(1, -1)}' is not registered`)
  return boundSpec(spec).boundClass
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

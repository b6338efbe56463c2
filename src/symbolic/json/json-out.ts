/**
 * Trees to JSON. Objects carry `_type`; lists and dicts are arrays and records. What plain JSON cannot say has an
 * explicit form under a `_type` of ours: numbers that are not finite, sealed nodes, and lists and dicts that would read
 * as tagged data. `toJsonText` writes the text itself, from fragments prepared per class, since building plain data
 * first costs as much as the text.
 */

import { MISSING } from '../change/missing.ts'
import { JsonError } from '../errors.ts'
import { MAX_DEPTH } from '../fields/accept.ts'
import type { Field } from '../fields/field.ts'
import { LEAF_TYPES, leafToJson } from '../fields/leaf.ts'
import { keysTo } from '../greens/children.ts'
import { dictEach, dictFind, shapeKeys } from '../greens/dict-green.ts'
import { equalValues, sameSeals } from '../greens/equal.ts'
import { listEach, listGet, listLength, TUPLE_WORD } from '../greens/list-green.ts'
import { DICT, FIRST, type Green, isDictKind, isGreen, LIST, OBJECT, type Spec } from '../greens/spec.ts'
import { isUnknownSpec, unknownParts } from '../greens/unknown-green.ts'
import { KeyPath } from '../key-path.ts'
import { OPAQUE_TYPE, opaqueToJson } from '../values/opaque.ts'
import { VERSION_KEY, versionOf } from './migrate.ts'

export const NUMBER_TYPE = 'espalier.Number'
export const SEALED_TYPE = 'espalier.Sealed'
export const DICT_TYPE = 'espalier.Dict'
export const LIST_TYPE = 'espalier.List'

/** The names that JSON gives a meaning of its own. */
export const FORM_TYPES: ReadonlySet<string> = new Set([
  NUMBER_TYPE,
  SEALED_TYPE,
  DICT_TYPE,
  LIST_TYPE,
  OPAQUE_TYPE,
  ...LEAF_TYPES,
])

/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** How trees are written. What is hidden comes back as it was: reading fills it in. */
export interface WriteOptions {
  /** Leave out fields that have the value of their default. A later version of the class may have another one. */
  readonly hideDefaults?: boolean
  /** Leave out frozen fields, which can have one value only. */
  readonly hideFrozen?: boolean
}

/** The JSON data of a stored value. Throws `JsonError` for values that have none, like functions. */
export function toJsonData(value: unknown, options?: WriteOptions): Json {
  return JSON.parse(toJsonText(value, options)) as Json
}

/** The JSON text of a stored value. */
export function toJsonText(value: unknown, options?: WriteOptions): string {
  // A codec of the user's may write other trees meanwhile.
  const before = { depth, hiding }
  depth = -1
  hiding = options?.hideDefaults === true || options?.hideFrozen === true ? options : null
  try {
    return write(value)
  } catch (error) {
    if (!(error instanceof Unsaveable)) throw error
    const culprit = error.value
    const where = KeyPath.of(...((isGreen(value) ? keysTo(value, culprit) : null) ?? [])).toString()
    const kind = typeof culprit === 'object' ? (culprit?.constructor?.name ?? 'object') : typeof culprit
    throw new JsonError(where, `the value at '${where}' has no JSON form: ${kind} values cannot be saved`)
  } finally {
    depth = before.depth
    hiding = before.hiding
  }
}

function write(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return quote(value)
    case 'number':
      return Number.isFinite(value) ? `${value}` : `{"_type":"${NUMBER_TYPE}","value":"${value}"}`
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      if (value === null) return 'null'
      if (isGreen(value)) return writeGreen(value)
  }
  const text = leafToJson(value) ?? opaqueToJson(value)
  if (text !== null) return text
  throw new Unsaveable(value)
}

/** How deep the green that is being written stands. */
let depth = -1

/** What is left out of what is being written; null for nothing. */
let hiding: WriteOptions | null = null

function writeGreen(green: Green): string {
  const spec = green[0]
  const levels = spec.sealed ? 2 : 1
  depth += levels
  if (depth > MAX_DEPTH) {
    throw new JsonError(
      '',
      `a tree of more than ${MAX_DEPTH} levels is not saved, since it would not be read back`,
    )
  }
  const text =
    spec.kind === OBJECT ? writeObject(green) : isDictKind(spec.kind) ? writeDict(green) : writeList(green)
  depth -= levels
  return spec.sealed ? `{"_type":"${SEALED_TYPE}","value":${text}}` : flat(text)
}

function writeObject(green: Green): string {
  if (hiding !== null) return writeShown(green, hiding)
  const fragments = fragmentsOf(green[0].base)
  let text = fragments[0] as string
  if (text === '') return writeUnknown(green)
  for (let slot = FIRST; slot < green.length; slot++) {
    const value = green[slot]
    if (value === undefined || value === MISSING) continue
    text += (fragments[slot - FIRST + 1] as string) + write(value)
  }
  return `${text}}`
}

/** An object without the fields that the options hide. */
function writeShown(green: Green, { hideDefaults, hideFrozen }: WriteOptions): string {
  const { base, fields } = green[0]
  const fragments = fragmentsOf(base)
  let text = fragments[0] as string
  if (text === '') return writeUnknown(green)
  for (let slot = FIRST; slot < green.length; slot++) {
    const value = green[slot]
    const { hasDefault, initial, isFrozen } = (fields[slot - FIRST] as Field).rules
    if (value === undefined || value === MISSING || (hideFrozen === true && isFrozen)) continue
    if (hideDefaults === true && hasDefault && equalValues(initial, value) && sameSeals(initial, value))
      continue
    text += (fragments[slot - FIRST + 1] as string) + write(value)
  }
  return `${text}}`
}

/** An object of an unknown type, as it was read. */
function writeUnknown(green: Green): string {
  const [type, data] = unknownParts(green)
  let text = `{"_type":${quote(type)}`
  dictEach(data, (value, key) => {
    if (value !== undefined) text += `,${quote(key)}:${write(value)}`
  })
  // Its data has no place of its own in JSON, so a seal of the data alone becomes one of the whole.
  const isSealedInside = data[0].sealed && !green[0].sealed
  return isSealedInside ? `{"_type":"${SEALED_TYPE}","value":${text}}}` : `${text}}`
}

function writeList(green: Green): string {
  const length = listLength(green)
  const { isTuple } = green[0]
  if (length === 0) return isTuple ? `["${TUPLE_WORD}"]` : '[]'
  let text = ''
  if (green[0].kind === LIST) {
    for (let slot = FIRST; slot < green.length; slot++)
      text += (slot === FIRST ? '[' : ',') + writeElement(green[slot])
  } else {
    listEach(green, (element, index) => {
      text += (index === 0 ? '[' : ',') + writeElement(element)
      if (index % 1024 === 1023) flat(text)
    })
  }
  if (isTuple) return `["${TUPLE_WORD}",${text.slice(1)}]`
  return listGet(green, 0) === TUPLE_WORD ? `{"_type":"${LIST_TYPE}","items":${text}]}` : `${text}]`
}

const writeElement = (element: unknown): string => (element === undefined ? 'null' : write(element))

function writeDict(green: Green): string {
  if (green[0].kind === DICT) {
    const fragments = fragmentsOf(green[0].base)
    let text = fragments[0] as string
    if (text === '{') {
      for (let slot = FIRST; slot < green.length; slot++) {
        const value = green[slot]
        if (value === undefined) return writeEntries(green)
        text += (fragments[slot - FIRST + 1] as string) + write(value)
      }
      return `${text}}`
    }
  }
  return writeEntries(green)
}

function writeEntries(green: Green): string {
  const looksTagged = dictFind(green, '_type') >= 0
  let text = ''
  let count = 0
  dictEach(green, (value, key) => {
    if (value === undefined) return
    const entry = looksTagged ? `[${quote(key)},${write(value)}]` : `${quote(key)}:${write(value)}`
    text += count === 0 ? entry : `,${entry}`
    if (++count % 1024 === 0) flat(text)
  })
  return looksTagged ? `{"_type":"${DICT_TYPE}","entries":[${text}]}` : `{${text}}`
}

/** Between these lengths strings are flattened: a rope of 100,000 pieces costs more to read than its text. */
const FLATTEN_FROM = 4096
const FLATTEN_TO = 65536

/** The same text; reading one character makes V8 copy a rope into one piece. Ropes of long pieces do no harm. */
function flat(text: string): string {
  if (FLATTEN_FROM < text.length && text.length < FLATTEN_TO) text.charCodeAt(0)
  return text
}

/** Thrown inside this file at a value without a JSON form; the place is looked up only then. */
class Unsaveable {
  readonly value: unknown

  constructor(value: unknown) {
    this.value = value
  }
}

const fragments = new WeakMap<Spec, readonly string[]>()

/**
 * What stands before each value of a class or shape: `{"_type":"nn.Dense"`, `,"units":`, … The first is '' for shapes
 * with a key that reads as a tag, and for the class of unknown objects.
 */
function fragmentsOf(spec: Spec): readonly string[] {
  let known = fragments.get(spec)
  if (known === undefined) {
    const isObject = spec.kind === OBJECT
    const keys = isObject ? spec.names : shapeKeys(spec)
    const first = isObject ? startOf(spec) : keys.includes('_type') ? '' : '{'
    const comma = (i: number): string => (isObject || i > 0 ? ',' : '')
    known = [first, ...keys.map((key, i) => `${comma(i)}${JSON.stringify(key)}:`)]
    fragments.set(spec, known)
  }
  return known
}

function startOf(spec: Spec): string {
  if (isUnknownSpec(spec)) return ''
  const version = versionOf(spec)
  return `{"_type":${JSON.stringify(spec.name)}${version === 1 ? '' : `,"${VERSION_KEY}":${version}`}`
}

/** The string in quotes. Most are short and plain: looking at their characters beats asking a regular expression. */
function quote(text: string): string {
  if (text.length > 40) return NEEDS_ESCAPE.test(text) ? JSON.stringify(text) : `"${text}"`
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x20 || code === 0x22 || code === 0x5c || (0xd800 <= code && code <= 0xdfff)) {
      return JSON.stringify(text)
    }
  }
  return `"${text}"`
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that JSON strings must escape.
const NEEDS_ESCAPE = /[\u0000-\u001f"\\\ud800-\udfff]/

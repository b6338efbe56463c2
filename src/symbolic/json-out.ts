/**
 * Trees to JSON. Objects carry `_type`; lists and dicts are arrays and records. What plain JSON cannot say has an
 * explicit form under a `_type` of ours: numbers that are not finite, sealed nodes, and lists and dicts that would read
 * as tagged data. `toJsonText` writes the text itself, from fragments prepared per class, since building plain data
 * first costs as much as the text.
 */

import { dictEach, dictSize } from './dict-green.ts'
import { JsonError } from './errors.ts'
import { type Key, KeyPath } from './key-path.ts'
import { listEach, listLength } from './list-green.ts'
import { FIRST, type Green, isDictKind, isGreen, OBJECT, type Spec } from './spec.ts'

export const NUMBER_TYPE = 'espalier.Number'
export const SEALED_TYPE = 'espalier.Sealed'
export const DICT_TYPE = 'espalier.Dict'
export const LIST_TYPE = 'espalier.List'

/** The word PyGlove starts the JSON of a tuple with. */
export const TUPLE_WORD = '__tuple__'

/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** The JSON data of a stored value. Throws `JsonError` for values that have none, like functions. */
export function toJsonData(value: unknown): Json {
  return JSON.parse(toJsonText(value)) as Json
}

/** The JSON text of a stored value. */
export function toJsonText(value: unknown): string {
  return write(value, [])
}

/** Pieces longer than this are flattened at once: a rope of 100,000 pieces costs more than its text. */
const FLATTEN = 4096

function write(value: unknown, path: Key[]): string {
  switch (typeof value) {
    case 'string':
      return quote(value)
    case 'number':
      return Number.isFinite(value)
        ? String(value === 0 ? 0 : value)
        : tagged(NUMBER_TYPE, `"value":"${value}"`)
    case 'boolean':
      return value ? 'true' : 'false'
    case 'object':
      if (value === null) return 'null'
      if (isGreen(value)) return writeGreen(value, path)
  }
  const kind = typeof value === 'object' ? (value?.constructor?.name ?? 'object') : typeof value
  const where = KeyPath.of(...path).toString()
  throw new JsonError(where, `the value at '${where}' has no JSON form: ${kind} values cannot be saved`)
}

function writeGreen(green: Green, path: Key[]): string {
  const spec = green[0]
  const text =
    spec.kind === OBJECT
      ? writeObject(green, path)
      : isDictKind(spec.kind)
        ? writeDict(green, path)
        : writeList(green, path)
  return spec.sealed ? tagged(SEALED_TYPE, `"value":${text}`) : text
}

function writeObject(green: Green, path: Key[]): string {
  const spec = green[0].base
  const fragments = fragmentsOf(spec)
  let text = fragments[0] as string
  for (let slot = FIRST; slot < green.length; slot++) {
    const value = green[slot]
    if (value === undefined) continue
    const fragment = fragments[slot - FIRST + 1] as string
    if (typeof value === 'number' && Number.isFinite(value)) {
      text += fragment + (value === 0 ? 0 : value)
    } else if (typeof value === 'string') {
      text += fragment + quote(value)
    } else {
      path.push(spec.names[slot - FIRST] as string)
      text += fragment + write(value, path)
      path.pop()
    }
  }
  return flat(`${text}}`)
}

function writeList(green: Green, path: Key[]): string {
  if (listLength(green) === 0) return '[]'
  let text = ''
  let looksTagged = false
  listEach(green, (element, index) => {
    path.push(index)
    if (index === 0) looksTagged = element === TUPLE_WORD
    text += (index === 0 ? '[' : ',') + (element === undefined ? 'null' : write(element, path))
    path.pop()
    if (text.length > FLATTEN) text = flat(text)
    return true
  })
  text += ']'
  return looksTagged ? tagged(LIST_TYPE, `"items":${text}`) : flat(text)
}

function writeDict(green: Green, path: Key[]): string {
  if (dictSize(green) === 0) return '{}'
  let text = ''
  let looksTagged = false
  dictEach(green, (value, key) => {
    if (value === undefined) return
    path.push(key)
    if (key === '_type') looksTagged = true
    text += `${(text === '' ? '{' : ',') + quote(key)}:${write(value, path)}`
    path.pop()
    if (text.length > FLATTEN) text = flat(text)
  })
  if (!looksTagged) return flat(text === '' ? '{}' : `${text}}`)
  const entries: string[] = []
  dictEach(green, (value, key) => {
    if (value !== undefined) entries.push(`[${quote(key)},${write(value, path)}]`)
  })
  return tagged(DICT_TYPE, `"entries":[${entries.join(',')}]`)
}

const tagged = (type: string, rest: string): string => `{"_type":"${type}",${rest}}`

const fragments = new WeakMap<Spec, readonly string[]>()

/** What stands before each value of a class: `{"_type":"nn.Dense"`, `,"units":`, … */
function fragmentsOf(spec: Spec): readonly string[] {
  let known = fragments.get(spec)
  if (known === undefined) {
    known = [`{"_type":${JSON.stringify(spec.name)}`, ...spec.names.map(name => `,${JSON.stringify(name)}:`)]
    fragments.set(spec, known)
  }
  return known
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that JSON strings must escape.
const NEEDS_ESCAPE = /[\u0000-\u001f"\\\ud800-\udfff]/

const quote = (text: string): string => (NEEDS_ESCAPE.test(text) ? JSON.stringify(text) : `"${text}"`)

/** The same text; reading one character makes V8 copy a long rope into one piece. */
function flat(text: string): string {
  if (text.length > FLATTEN) text.charCodeAt(0)
  return text
}

/**
 * Patchers as text, `name?x=1&y=abc`: reading the name and the arguments, which the fields of the patcher turn into
 * values, and writing them. Names and values are percent-encoded where they need it; a list is written `1,2,3`, or in
 * brackets as JSON; an argument without a name goes to the next field in their order.
 */

import { SymError } from '../errors.ts'
import { ANY, BOOL, ENUM, type Field, FLOAT, INT, LIST_OF, STRING, UNION } from '../fields/field.ts'
import { isSymbolic } from '../symbolic.ts'
import { show } from '../view/format.ts'
import { INVALID } from './missing.ts'

/** The name and the arguments of a text, as they are written; the name of an argument is null where it has none. */
export interface PatcherText {
  readonly name: string
  readonly args: readonly (readonly [name: string | null, text: string])[]
}

/** A patcher's name: words joined by dots, dashes or slashes. */
export const PATCHER_NAME = /^[A-Za-z_$][\w$]*(?:[./-][\w$]+)*$/

/** The parts of a patcher's text. Throws `SymError` when it cannot be read. */
export function readPatcherText(text: string): PatcherText {
  const mark = text.indexOf('?')
  const name = mark < 0 ? text : text.slice(0, mark)
  if (!PATCHER_NAME.test(name)) {
    throw new SymError('', `cannot read the patcher ${show(text)}: write a name, or 'name?argument=value&…'`)
  }
  const query = mark < 0 ? '' : text.slice(mark + 1)
  const args = query === '' ? [] : query.split('&').map(part => readArgument(part, text))
  return { name, args }
}

function readArgument(part: string, text: string): readonly [string | null, string] {
  if (part === '')
    throw new SymError('', `cannot read the patcher ${show(text)}: an argument is missing at a '&'`)
  const equals = part.indexOf('=')
  return equals < 0 ? [null, part] : [decoded(part.slice(0, equals)), part.slice(equals + 1)]
}

/** The value that a text stands for under a field, or `INVALID`. The field itself is to check what comes out. */
export function readValue(field: Field, text: string): unknown {
  const { rules, tag } = field
  switch (tag) {
    case LIST_OF:
      return readList(field.spec?.element ?? null, text)
    case UNION:
      for (const option of rules.options) {
        const value = readValue(option, text)
        if (value !== INVALID) return value
      }
      return INVALID
  }
  const plain = decoded(text)
  if (plain === 'null' && rules.isNullable) return null
  switch (tag) {
    case STRING:
    case ANY:
      return plain
    case ENUM: {
      const choice = rules.choices.find(each => String(each) === plain)
      if (choice !== undefined) return choice
      break
    }
    case BOOL:
      if (/^(?:true|false)$/i.test(plain)) return plain.toLowerCase() === 'true'
      break
    case INT:
      if (/^[+-]?\d+$/.test(plain)) return Number(plain)
      break
    case FLOAT:
      if (NUMBER.test(plain)) return Number(plain.replace(/^\+/, ''))
      break
  }
  return INVALID
}

const NUMBER = /^(?:[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|Infinity)|NaN)$/

function readList(element: Field | null, text: string): unknown {
  if (text === '') return []
  if (text.startsWith('[')) return readJson(text)
  const values = text.split(',').map(part => (element === null ? decoded(part) : readValue(element, part)))
  return values.includes(INVALID) ? INVALID : values
}

function readJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(decoded(text))
    return Array.isArray(value) ? value : INVALID
  } catch {
    return INVALID
  }
}

/** Whether the values of a field can be written as text. */
export function canBeText(field: Field | null, isInList = false): boolean {
  if (field === null) return true
  switch (field.tag) {
    case BOOL:
    case INT:
    case FLOAT:
    case STRING:
    case ENUM:
    case ANY:
      return true
    case LIST_OF:
      return !isInList && canBeText(field.spec?.element ?? null, true)
    case UNION:
      return field.rules.options.every(option => canBeText(option, isInList))
  }
  return false
}

/** The text of a value, which `readValue` reads back under the value's field. */
export function writeValue(value: unknown): string {
  const plain = isSymbolic(value) ? value.toJS() : value
  if (!Array.isArray(plain)) return encodeURIComponent(String(plain))
  const isSimple = plain.length !== 1 || plain[0] !== ''
  return isSimple
    ? plain.map(each => encodeURIComponent(String(each))).join(',')
    : `[${encodeURIComponent('""')}]`
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new SymError('', `cannot read ${show(text)}: a '%' must be followed by two hexadecimal digits`)
  }
}

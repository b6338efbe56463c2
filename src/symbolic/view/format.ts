/**
 * Trees as text for people: `show` gives one short line for messages, `format` the whole value, compact
 * (`Dense(units=32)`) or over several lines.
 */

import { MISSING } from '../change/missing.ts'
import type { Field } from '../fields/field.ts'
import { leafText } from '../fields/leaf.ts'
import { dictEach, dictSize } from '../greens/dict-green.ts'
import { equalValues } from '../greens/equal.ts'
import { listEach, listLength } from '../greens/list-green.ts'
import { FIRST, type Green, isGreen, isListKind, OBJECT, Spec } from '../greens/spec.ts'
import { Node } from '../node.ts'

export interface FormatOptions {
  /** One line when true (the default), one line per entry when false. */
  readonly compact?: boolean
  /** Leave out fields that have their default value. */
  readonly hideDefaults?: boolean
  /** Leave out what a partial object lacks, instead of writing `MISSING`. */
  readonly hideMissing?: boolean
  /** Over several lines, write what each field means in a comment above it. */
  readonly verbose?: boolean
}

/** A stored value as text. */
export function format(value: unknown, options: FormatOptions = {}): string {
  return write(value, options.compact === false ? '' : null, options)
}

/** A value of any kind in at most some 60 characters, for messages. */
export function show(value: unknown, limit = 60): string {
  let text: string
  if (value instanceof Node) text = showGreen(value._g, limit)
  else if (Array.isArray(value) && value[0] instanceof Spec) text = showGreen(value as Green, limit)
  else if (value === undefined || value === MISSING) text = 'nothing'
  else if (leafText(value) !== null) text = leafText(value) as string
  else if (typeof value === 'function') text = `function ${value.name || '(anonymous)'}`
  else if (typeof value === 'string') text = quote(value.length > limit ? value.slice(0, limit) : value)
  else if (typeof value === 'object' && value !== null) text = showData(value)
  else text = String(value)
  return text.length > limit ? `${text.slice(0, limit - 1)}…` : text
}

/** How much of the text of a tree is still wanted: shared parts can make it longer than any memory. */
let wanted = Number.POSITIVE_INFINITY

function showGreen(green: Green, limit: number): string {
  wanted = limit
  try {
    return write(green, null, {})
  } finally {
    wanted = Number.POSITIVE_INFINITY
  }
}

function showData(value: object): string {
  try {
    const name = Array.isArray(value)
      ? 'Array'
      : (Object.getPrototypeOf(value)?.constructor?.name ?? 'Object')
    const text = name === 'Object' || name === 'Array' ? JSON.stringify(value) : `an instance of ${name}`
    return text ?? name
  } catch {
    return Array.isArray(value) ? 'a list' : 'an object'
  }
}

/** `indent` is null for one line, else what the current line starts with. */
function write(value: unknown, indent: string | null, style: FormatOptions): string {
  if (value instanceof Node) return write(value._g, indent, style)
  if (--wanted < 0) return '…'
  if (!isGreen(value)) return leaf(value)
  const inner = indent === null ? null : `${indent}  `
  const spec = value[0]
  if (spec.kind === OBJECT) return writeObject(value, indent, inner, style)
  const parts: string[] = []
  if (isListKind(spec.kind)) {
    listEach(value, element => {
      parts.push(write(element, inner, style))
      return wanted >= 0
    })
    const [open, close] = spec.isTuple ? ['(', ')'] : ['[', ']']
    return wrap(open, parts, close, indent, listLength(value) === 0)
  }
  dictEach(value, (entry, key) => {
    parts.push(`${keyText(key)}: ${write(entry, inner, style)}`)
    return wanted >= 0
  })
  return wrap('{', parts, '}', indent, dictSize(value) === 0)
}

function writeObject(
  green: Green,
  indent: string | null,
  inner: string | null,
  style: FormatOptions,
): string {
  const spec = green[0]
  const parts: string[] = []
  for (let slot = FIRST; slot < green.length; slot++) {
    const value = green[slot]
    if (value === undefined || (style.hideMissing && value === MISSING)) continue
    const { hasDefault, initial, description } = (spec.fields[slot - FIRST] as Field).rules
    // What is missing is the default of a partial object.
    if (style.hideDefaults && hasDefault && value !== MISSING && equalValues(initial, value)) continue
    const separator = indent === null ? '=' : ' = '
    const comment = style.verbose && inner !== null ? commentOf(description, inner) : ''
    parts.push(`${comment}${spec.names[slot - FIRST]}${separator}${write(value, inner, style)}`)
  }
  return wrap(`${shortName(spec.name)}(`, parts, ')', indent, parts.length === 0)
}

/** A description in a comment for each of its lines, with what the line after it starts with. */
const commentOf = (description: string, inner: string): string =>
  description === '' ? '' : `${description.replaceAll(/^/gm, '// ').replaceAll('\n', `\n${inner}`)}\n${inner}`

function wrap(
  open: string,
  parts: readonly string[],
  close: string,
  indent: string | null,
  isEmpty: boolean,
): string {
  if (isEmpty) return open + close
  if (indent === null) return open + parts.join(', ') + close
  return `${open}\n${parts.map(part => `${indent}  ${part},\n`).join('')}${indent}${close}`
}

const shortName = (name: string): string => name.slice(name.lastIndexOf('.') + 1)
const keyText = (key: string): string => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key))

function leaf(value: unknown): string {
  if (typeof value === 'string') return quote(value)
  if (value === MISSING) return 'MISSING'
  if (typeof value === 'bigint') return `${value}n`
  const text = leafText(value)
  if (text !== null) return text
  if (typeof value === 'function') return `function ${value.name || '(anonymous)'}`
  if (typeof value === 'object' && value !== null) return showData(value)
  return String(value)
}

/** A string in single quotes, with what needs it escaped. */
const quote = (text: string): string =>
  `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`

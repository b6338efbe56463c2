/**
 * Where a value stands in a tree: string keys for fields and dict entries, integers for list elements.
 * A path is a linked list from its last key up to the root, so a walk over a tree makes one small object per step,
 * and keys, text and pointer are worked out when asked for.
 */

import { PathError } from './errors.ts'

export type Key = string | number

/** Everything that can name a place: a path, its text (`'layers[0].units'`), or a list of keys. */
export type PathLike = KeyPath | string | readonly Key[]

/**
 * An immutable key path.
 *
 *     KeyPath.parse('layers[0].units').keys     // ['layers', 0, 'units']
 *     KeyPath.root.child('a.b').toString()      // '[a.b]': a key with a dot is bracketed
 */
export class KeyPath {
  /** The path one step up; null at the root. */
  readonly parent: KeyPath | null
  /** The last key; '' at the root. */
  readonly key: Key
  /** How many keys lead here. */
  readonly depth: number

  static readonly root = new KeyPath(null, '')

  private constructor(parent: KeyPath | null, key: Key) {
    this.parent = parent
    this.key = key
    this.depth = parent === null ? 0 : parent.depth + 1
  }

  /** The path of the given keys, from the root down. */
  static of(...keys: readonly Key[]): KeyPath {
    return KeyPath.from(keys)
  }

  /** The path that a path, a text or a list of keys stands for. Throws `PathError` when the text cannot be read. */
  static from(path: PathLike): KeyPath {
    if (path instanceof KeyPath) return path
    let at = KeyPath.root
    for (const key of typeof path === 'string' ? parseKeys(path) : path) at = at.child(key)
    return at
  }

  /**
   * The path written as text: `a.b`, `a[0]`, `[-1]`, `a[x.y]` for a key with dots, `a["…"]` (a JSON string) for any
   * other key. Throws `PathError` saying what is wrong and where.
   */
  static parse(text: string): KeyPath {
    return KeyPath.from(parseKeys(text))
  }

  /** The path of an RFC 6901 pointer; a step of digits only (or `-`) stays text, since only the tree knows better. */
  static fromPointer(pointer: string): KeyPath {
    return KeyPath.from(pointerKeys(pointer))
  }

  child(key: Key): KeyPath {
    return new KeyPath(this, key)
  }

  get isRoot(): boolean {
    return this.parent === null
  }

  get keys(): Key[] {
    const keys: Key[] = []
    for (let at: KeyPath = this; at.parent !== null; at = at.parent) keys.push(at.key)
    return keys.reverse()
  }

  /** This path, and then the other one. */
  concat(other: PathLike): KeyPath {
    let path: KeyPath = this
    for (const key of KeyPath.from(other).keys) path = path.child(key)
    return path
  }

  /** Whether the other path is this one or leads to it. */
  startsWith(other: PathLike): boolean {
    const start = KeyPath.from(other)
    let at: KeyPath = this
    while (at.depth > start.depth && at.parent !== null) at = at.parent
    return at.equals(start)
  }

  /** What is left of this path below an ancestor; throws `PathError` when it does not stand below it. */
  relativeTo(ancestor: PathLike): KeyPath {
    const start = KeyPath.from(ancestor)
    if (!this.startsWith(start)) {
      throw new PathError(this.toString(), `'${this}' does not stand below '${start}'`)
    }
    return KeyPath.from(this.keys.slice(start.depth))
  }

  /** The longest path that both this and the other start with. */
  commonPrefix(other: PathLike): KeyPath {
    let a: KeyPath = this
    let b = KeyPath.from(other)
    while (a.depth > b.depth && a.parent !== null) a = a.parent
    while (b.depth > a.depth && b.parent !== null) b = b.parent
    // The last place where the two differ; everything above it is common.
    let common = a
    while (a !== b && a.parent !== null && b.parent !== null) {
      if (a.key !== b.key) common = a.parent
      a = a.parent
      b = b.parent
    }
    return common
  }

  equals(other: PathLike): boolean {
    let a: KeyPath = this
    let b = KeyPath.from(other)
    if (a.depth !== b.depth) return false
    while (a.parent !== null && b.parent !== null) {
      if (a === b) return true
      if (a.key !== b.key) return false
      a = a.parent
      b = b.parent
    }
    return true
  }

  /**
   * Negative, zero or positive: key by key, integers by size and before strings, a path before its extensions.
   * A total order, unlike PyGlove's, which compares an integer with a string by text and so runs in circles.
   */
  compare(other: KeyPath): number {
    const a = this.keys
    const b = other.keys
    for (let i = 0; i < a.length && i < b.length; i++) {
      const order = compareKeys(a[i] ?? '', b[i] ?? '')
      if (order !== 0) return order
    }
    return a.length - b.length
  }

  /** The text form, which `parse` reads back to an equal path. */
  toString(): string {
    return formatKeys(this.keys)
  }

  /** The RFC 6901 form, as JSON Patch uses it. */
  toPointer(): string {
    return this.keys.map(key => `/${escapePointer(key)}`).join('')
  }

  toJSON(): string {
    return this.toString()
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `KeyPath(${this})`
  }
}

export function compareKeys(a: Key, b: Key): number {
  if (typeof a === 'number') return typeof b === 'number' ? a - b : -1
  if (typeof b === 'number') return 1
  return a < b ? -1 : a > b ? 1 : 0
}

const PLAIN_KEY = /^[^.[\]"]+$/
const DOTTED_KEY = /^[^[\]"]+$/
const INTEGER = /^(?:0|-?[1-9][0-9]*)$/

/** The text of a list of keys. */
export function formatKeys(keys: readonly Key[]): string {
  let text = ''
  for (const key of keys) {
    if (typeof key === 'number') text += `[${key}]`
    else if (PLAIN_KEY.test(key)) text += text === '' ? key : `.${key}`
    else if (DOTTED_KEY.test(key) && !INTEGER.test(key)) text += `[${key}]`
    else text += `[${JSON.stringify(key)}]`
  }
  return text
}

/** The keys that a path's text names. */
export function parseKeys(text: string): Key[] {
  const keys: Key[] = []
  let at = 0
  while (at < text.length) {
    if (text[at] === '[') {
      at = text[at + 1] === '"' ? readQuoted(text, at, keys) : readBracket(text, at, keys)
      const next = text[at]
      if (next !== undefined && next !== '.' && next !== '[') {
        throw unreadable(text, at, `expected '.', '[' or the end, got '${next}'`)
      }
      if (next === '.' && at + 1 === text.length) throw unreadable(text, at, 'a key must follow the dot')
      if (next === '.') at++
      if (next === '.' && text[at] === '[') throw unreadable(text, at, `write '[' without a dot before it`)
      continue
    }
    let end = at
    while (end < text.length && text[end] !== '.' && text[end] !== '[') {
      if (text[end] === ']') throw unreadable(text, end, `there is no '[' for this ']'`)
      end++
    }
    if (end === at) throw unreadable(text, at, 'a key is missing here')
    keys.push(text.slice(at, end))
    at = end
    if (text[at] === '.') {
      at++
      if (at === text.length) throw unreadable(text, at, 'a key must follow the dot')
      if (text[at] === '[') throw unreadable(text, at, `write '[' without a dot before it`)
    }
  }
  return keys
}

function readBracket(text: string, start: number, keys: Key[]): number {
  let depth = 1
  let end = start + 1
  while (end < text.length && depth > 0) {
    if (text[end] === '[') depth++
    else if (text[end] === ']') depth--
    end++
  }
  if (depth > 0) throw unreadable(text, start, `this '[' is never closed`)
  const inside = text.slice(start + 1, end - 1)
  if (inside === '') throw unreadable(text, start, 'an index or a key is missing between the brackets')
  keys.push(INTEGER.test(inside) && Number.isSafeInteger(Number(inside)) ? Number(inside) : inside)
  return end
}

function readQuoted(text: string, start: number, keys: Key[]): number {
  let end = start + 2
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1
  if (text[end + 1] !== ']') throw unreadable(text, start, `expected '"]' at the end of the quoted key`)
  try {
    keys.push(JSON.parse(text.slice(start + 1, end + 1)) as string)
  } catch (cause) {
    throw unreadable(text, start, 'the quoted key is not a JSON string', cause)
  }
  return end + 2
}

function unreadable(text: string, at: number, why: string, cause?: unknown): PathError {
  return new PathError(text, `cannot read the key path '${text}' at column ${at + 1}: ${why}`, { cause })
}

/** The unescaped steps of an RFC 6901 pointer, as strings. */
export function pointerKeys(pointer: string): string[] {
  if (pointer === '') return []
  if (!pointer.startsWith('/')) {
    throw new PathError(pointer, `the JSON pointer '${pointer}' must be '' or start with '/'`)
  }
  return pointer
    .slice(1)
    .split('/')
    .map(step => {
      if (/~(?![01])/.test(step)) {
        throw new PathError(pointer, `the JSON pointer '${pointer}' has a '~' that is neither ~0 nor ~1`)
      }
      return step.includes('~') ? step.replaceAll('~1', '/').replaceAll('~0', '~') : step
    })
}

export const escapePointer = (key: Key): string =>
  typeof key === 'number'
    ? String(key)
    : key.includes('~') || key.includes('/')
      ? key.replaceAll('~', '~0').replaceAll('/', '~1')
      : key

/**
 * Plain data and trees looked at alike: records, arrays and nodes are containers, everything else is a leaf. What goes in
 * comes out as plain data of the caller's own. Data nested deeper than a tree can be is refused, so that data that holds
 * itself ends in a sentence; keys such as `__proto__` are keys like any other.
 */

import { PathError, SymError } from './errors.ts'
import { isRecord, MAX_DEPTH } from './fields/accept.ts'
import { eachChild } from './greens/children.ts'
import { isListKind, OBJECT } from './greens/spec.ts'
import { stepsOf } from './greens/steps.ts'
import { type Key, KeyPath, type PathLike } from './key-path.ts'
import { Node } from './node.ts'
import { leadsNowhere, NOTHING, nodeOrLeaf, readPath } from './read.ts'
import { show } from './view/format.ts'
import { CONTINUE, STOP } from './walk.ts'

/** Sees one place of plain data or of a tree, and may answer ENTER, CONTINUE or STOP. */
export type PlainVisitor = (path: KeyPath, value: unknown, parent: unknown) => unknown

/**
 * Visits a value and everything below it: `visit` before what is below a value, `leave` after it, children in order.
 * `CONTINUE` goes on but not below, `STOP` ends at once; any other answer enters. False when it was stopped.
 */
export function traverse(value: unknown, visit: PlainVisitor, leave?: PlainVisitor): boolean {
  return traverseAt(KeyPath.root, value, null, visit, leave)
}

function traverseAt(
  path: KeyPath,
  value: unknown,
  parent: unknown,
  visit: PlainVisitor,
  leave: PlainVisitor | undefined,
): boolean {
  const action = visit(path, value, parent)
  if (action === STOP) return false
  if (action !== CONTINUE) {
    const isDone = eachEntry(value, path, (child, key) =>
      traverseAt(path.child(key), child, value, visit, leave),
    )
    if (!isDone) return false
  }
  return leave === undefined || leave(path, value, parent) !== STOP
}

/**
 * The leaves of plain data or of a tree by the text of their path, which `KeyPath.parse` and `rebind` read back. Empty
 * lists and dicts count as leaves; absent fields are left out, and a leaf alone stands under `''`.
 *
 *     flatten({ a: { b: 1 }, c: [2, {}] })     // { 'a.b': 1, 'c[0]': 2, 'c[1]': {} }
 */
export function flatten(value: unknown): Record<string, unknown> {
  const flat: Record<string, unknown> = {}
  flattenAt(KeyPath.root, value, flat)
  return flat
}

function flattenAt(path: KeyPath, value: unknown, flat: Record<string, unknown>): void {
  if (!isContainer(value)) {
    setOwn(flat, path.toString(), value)
    return
  }
  let isEmpty = true
  eachEntry(value, path, (child, key) => {
    if (child === undefined && isObject(value)) return
    isEmpty = false
    flattenAt(path.child(key), child, flat)
  })
  if (isEmpty) setOwn(flat, path.toString(), isListLike(value) ? [] : {})
}

export interface CanonicalizeOptions {
  /** Whether a list that lacks elements is an error (the default), or its elements close up. */
  readonly gaps?: 'error' | 'close'
}

/**
 * The plain data whose leaves stand at the given paths: the inverse of `flatten`. Indices make arrays, other keys make
 * records. Throws `PathError` when two of the paths cannot both be, as when one leads through the value of another.
 *
 *     canonicalize({ 'a.b': 1, 'c[0]': 2 })     // { a: { b: 1 }, c: [2] }
 */
export function canonicalize(
  flat: Readonly<Record<string, unknown>> | Iterable<readonly [PathLike, unknown]>,
  { gaps = 'error' }: CanonicalizeOptions = {},
): unknown {
  const root: Growing = { path: KeyPath.root, value: NOTHING, children: new Map() }
  for (const [given, value] of pairsOf(flat)) {
    const path = KeyPath.from(given)
    if (path.depth > MAX_DEPTH) throw tooDeep(KeyPath.root)
    let at = root
    for (const key of path.keys) {
      if (at.value !== NOTHING) throw leadsThrough(at.path, path)
      let next = at.children.get(key)
      if (next === undefined) {
        next = { path: at.path.child(key), value: NOTHING, children: new Map() }
        at.children.set(key, next)
      }
      at = next
    }
    if (at.value !== NOTHING) throw new PathError(path.toString(), `two values are given for '${path}'`)
    if (at.children.size > 0) throw leadsThrough(at.path, firstBelow(at))
    at.value = value
  }
  return root.children.size === 0 && root.value === NOTHING ? {} : grown(root, gaps)
}

/** A place that values are being put at or below. */
interface Growing {
  readonly path: KeyPath
  value: unknown
  readonly children: Map<Key, Growing>
}

function grown({ path, value, children }: Growing, gaps: 'error' | 'close'): unknown {
  if (value !== NOTHING) return value
  const keys = [...children.keys()]
  const indices = keys.filter(key => typeof key === 'number').sort((a, b) => a - b)
  if (indices.length === 0) {
    const record: Record<string, unknown> = {}
    for (const [key, child] of children) setOwn(record, String(key), grown(child, gaps))
    return record
  }
  const here = path.isRoot ? 'the root' : `'${path}'`
  const other = keys.find(key => typeof key === 'string')
  if (other !== undefined) {
    const message = `${here} would be a list, by '${path.child(indices[0] as Key)}', and a dict, by '${path.child(other)}'`
    throw new PathError(path.toString(), message)
  }
  const first = indices[0] as number
  if (first < 0)
    throw new PathError(path.toString(), `'${path.child(first)}' counts from the end of a new list`)
  const gap = indices.findIndex((index, i) => index !== i)
  if (gap >= 0 && gaps === 'error') {
    throw new PathError(path.toString(), `${here} would be a list with nothing at '${path.child(gap)}'`)
  }
  return indices.map(index => grown(children.get(index) as Growing, gaps))
}

function firstBelow(at: Growing): KeyPath {
  for (let place = at; ; ) {
    const [child] = place.children.values()
    if (child === undefined) return place.path
    place = child
  }
}

function leadsThrough(path: KeyPath, further: KeyPath): PathError {
  const message = `'${path}' is given a value, and '${further}' leads through it; give one or the other`
  return new PathError(path.toString(), message)
}

/** What stands at a path in plain data or a tree. Throws `PathError` when nothing does, unless a default is given. */
export function valueAt(value: unknown, path: PathLike, ...whenAbsent: [] | [value: unknown]): unknown {
  const keys = KeyPath.from(path).keys
  let at = value
  for (let i = 0; i < keys.length; i++) {
    if (at instanceof Node) {
      const steps = stepsOf(keys.slice(i))
      const found = readPath(at, steps)
      if (found !== NOTHING) return found
      if (whenAbsent.length > 0) return whenAbsent[0]
      throw leadsNowhere(at, steps)
    }
    const next = childOf(at, keys[i] as Key)
    if (next === NOTHING) {
      if (whenAbsent.length > 0) return whenAbsent[0]
      const before = i === 0 ? 'the root' : `'${KeyPath.of(...keys.slice(0, i))}'`
      const here = KeyPath.of(...keys.slice(0, i + 1))
      throw new PathError(here.toString(), `there is nothing at '${here}': ${before} is ${show(at)}`)
    }
    at = next
  }
  return at
}

/** Whether anything stands at a path in plain data or a tree. */
export const hasAt = (value: unknown, path: PathLike): boolean => valueAt(value, path, NOTHING) !== NOTHING

function childOf(value: unknown, key: Key): unknown {
  if (typeof key === 'string') return isRecord(value) && Object.hasOwn(value, key) ? value[key] : NOTHING
  if (!Array.isArray(value)) return NOTHING
  const index = key < 0 ? value.length + key : key
  return 0 <= index && index < value.length ? value[index] : NOTHING
}

/** Whether a value is a record, an array, or a node. */
export const isContainer = (value: unknown): value is object =>
  value instanceof Node || Array.isArray(value) || isRecord(value)

/** Whether a value is an array, or a node of a list. */
export const isListLike = (value: unknown): boolean =>
  value instanceof Node ? isListKind(value._g[0].kind) : Array.isArray(value)

const isObject = (value: unknown): boolean => value instanceof Node && value._g[0].kind === OBJECT

/**
 * Calls back with each child of a container and its key, in order, until the callback gives back false; leaves have no
 * children. Throws when the container stands deeper than trees may be.
 */
export function eachEntry(
  value: unknown,
  path: KeyPath,
  visit: (child: unknown, key: Key) => unknown,
): boolean {
  if (path.depth > MAX_DEPTH) throw tooDeep(path)
  if (value instanceof Node) {
    return eachChild(value._g, (stored, key, slot) => visit(nodeOrLeaf(value, slot, key, stored), key))
  }
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) if (visit(value[i], i) === false) return false
  } else if (isRecord(value)) {
    for (const key of Object.keys(value)) if (visit(value[key], key) === false) return false
  }
  return true
}

/** Sets a key of a record, even where assigning would set the prototype instead. */
export function setOwn(record: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true })
  } else record[key] = value
}

export function tooDeep(path: KeyPath): SymError {
  const start = KeyPath.from(path.keys.slice(0, 3))
  return new SymError(
    start.toString(),
    `the data is nested deeper than ${MAX_DEPTH} levels; does it hold itself?`,
  )
}

function pairsOf(
  flat: Readonly<Record<string, unknown>> | Iterable<readonly [PathLike, unknown]>,
): Iterable<readonly [PathLike, unknown]> {
  if (typeof flat === 'object' && flat !== null) {
    return Symbol.iterator in flat ? (flat as Iterable<readonly [PathLike, unknown]>) : Object.entries(flat)
  }
  throw new SymError('', `values by path are a record, a Map or pairs of path and value, got ${show(flat)}`)
}

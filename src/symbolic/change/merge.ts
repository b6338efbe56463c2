/**
 * Deep merge, right over left, of plain data and trees. Records are merged key by key, a record of indices patches a
 * list, and everything else replaces what it is put over. Plain containers are copied, so that inputs and result share
 * none; over a tree the merge is a map from paths to values, which `rebind` applies.
 */

import { PathError, SymError } from '../errors.ts'
import { isRecord } from '../fields/accept.ts'
import { isDictKind } from '../greens/spec.ts'
import { type Key, KeyPath } from '../key-path.ts'
import { Node } from '../node.ts'
import { eachEntry, isListLike, setOwn } from '../plain-tree.ts'
import { type Symbolic, same } from '../symbolic.ts'
import { show } from '../view/format.ts'
import { Insertion, MISSING } from './missing.ts'

/**
 * Decides what stands at a path: it is given what the left and the right have there, `MISSING` for a side that has
 * nothing. Giving back `MISSING` takes the place away.
 */
export type Combine = (path: KeyPath, left: unknown, right: unknown) => unknown

/** What merging gives: a tree of the same kind over a tree, plain data otherwise. */
export type Merged<First> = First extends { readonly '~symbolic': true } ? First : unknown

/**
 * The values merged from left to right. `null` and `undefined` among them are skipped, `MISSING` inside one takes away
 * what is there, and a record whose keys are indices changes a list: indices of the list replace, further ones append.
 * An object, a list or a leaf replaces whole. `combine`, when given, is asked about each place that is not merged
 * further, those that only the left has included.
 *
 *     merge([{ a: { x: 1 }, b: [1, 2] }, { a: { y: 2 }, b: { 1: 9, 2: 3 } }])     // { a: { x: 1, y: 2 }, b: [1, 9, 3] }
 *     merge([model, { head: { units: 64 } }])                                     // a Model
 */
export function merge<const First>(values: readonly [First, ...unknown[]], combine?: Combine): Merged<First>
export function merge(values: readonly unknown[], combine?: Combine): unknown {
  if (!Array.isArray(values)) throw new SymError('', `merge takes a list of values, got ${show(values)}`)
  let result: unknown
  let isFirst = true
  for (const value of values) {
    if (value === null || value === undefined) continue
    result = isFirst ? copied(value, KeyPath.root) : mergedOver(result, value, KeyPath.root, combine)
    isFirst = false
  }
  return result
}

/** What stands at a path after the right is put over the left; the left is the merge's own. */
function mergedOver(left: unknown, right: unknown, path: KeyPath, combine: Combine | undefined): unknown {
  if (isMergeable(left, right)) {
    if (left instanceof Node) return rebound(left as Symbolic, right, path, combine)
    return Array.isArray(left)
      ? patchedList(left, right, path, combine)
      : mergedRecord(left as Record<string, unknown>, right, path, combine)
  }
  const value = right === MISSING ? MISSING : copied(right, path)
  return combine === undefined ? value : combine(path, left, value)
}

/** Whether a value is merged entry by entry into what it is put over: a record or a dict, over any container. */
const isMergeable = (left: unknown, right: unknown): right is object =>
  isDictLike(right) && (left instanceof Node || Array.isArray(left) || isRecord(left))

const isDictLike = (value: unknown): boolean =>
  value instanceof Node ? isDictKind(value._g[0].kind) : isRecord(value)

function mergedRecord(
  left: Readonly<Record<string, unknown>>,
  right: object,
  path: KeyPath,
  combine: Combine | undefined,
): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  const theirs = entriesOf(right, path)
  const put = (key: string, value: unknown): void => {
    if (value !== MISSING) setOwn(result, key, value)
  }
  for (const key of Object.keys(left)) put(key, mergedEntry(left[key], theirs, key, path, combine))
  for (const [key, value] of theirs) {
    if (!Object.hasOwn(left, key)) put(String(key), mergedOver(MISSING, value, path.child(key), combine))
  }
  return result
}

function patchedList(
  left: readonly unknown[],
  right: object,
  path: KeyPath,
  combine: Combine | undefined,
): unknown[] {
  const theirs = indicesOf(right, path)
  const result: unknown[] = []
  left.forEach((element, i) => {
    const given = theirs.get(i)
    if (given instanceof Insertion) result.push(copied(given.value, path.child(i)), element)
    else result.push(mergedEntry(element, theirs, i, path, combine))
  })
  for (const [index, given] of theirs) {
    if (index < left.length) continue
    const value = given instanceof Insertion ? given.value : given
    result.push(mergedOver(MISSING, value, path.child(index), combine))
  }
  return result.filter(element => element !== MISSING)
}

/** What becomes of an entry of the left, for which the right may have a value. */
function mergedEntry<K extends Key>(
  left: unknown,
  theirs: ReadonlyMap<K, unknown>,
  key: K,
  path: KeyPath,
  combine: Combine | undefined,
): unknown {
  if (theirs.has(key)) return mergedOver(left, theirs.get(key), path.child(key), combine)
  return combine === undefined ? left : combine(path.child(key), left, MISSING)
}

/** A node with a record put over it: all that is put where, in one `rebind`. */
function rebound(node: Symbolic, right: object, path: KeyPath, combine: Combine | undefined): Symbolic {
  const pairs: [KeyPath, unknown][] = []
  collect(node, right, KeyPath.root, path, combine, pairs)
  const next = pairs.length === 0 ? node : node.detached().rebind(pairs)
  return same(next, node) ? node : next
}

function collect(
  node: Symbolic,
  right: object,
  below: KeyPath,
  path: KeyPath,
  combine: Combine | undefined,
  pairs: [KeyPath, unknown][],
): void {
  const theirs: ReadonlyMap<Key, unknown> = isListLike(node) ? indicesOf(right, path) : entriesOf(right, path)
  const known = new Set<Key>()
  eachEntry(node, path, (child, key) => {
    known.add(key)
    const at = below.child(key)
    const value = theirs.get(key)
    if (child instanceof Node && isMergeable(child, value)) {
      collect(child as Symbolic, value, at, path.child(key), combine, pairs)
      return
    }
    // A field that is absent is a place where the left has nothing.
    const left = child === undefined ? MISSING : child
    if (left === MISSING && !theirs.has(key)) return
    const merged = value instanceof Insertion ? value : mergedEntry(left, theirs, key, path, combine)
    if (merged !== left) pairs.push([at, merged])
  })
  for (const [key, value] of theirs) {
    if (known.has(key)) continue
    const added = mergedOver(MISSING, value, path.child(key), combine)
    if (added !== MISSING) pairs.push([below.child(key), added])
  }
}

function entriesOf(value: object, path: KeyPath): Map<Key, unknown> {
  const entries = new Map<Key, unknown>()
  eachEntry(value, path, (child, key) => {
    entries.set(key, child)
  })
  return entries
}

/** The entries of a record that is put over a list, by index and in their order. */
function indicesOf(value: object, path: KeyPath): Map<number, unknown> {
  const entries: [number, unknown][] = []
  eachEntry(value, path, (child, key) => {
    if (!/^(?:0|[1-9]\d{0,14})$/.test(String(key))) {
      const here = path.isRoot ? 'the root' : `'${path}'`
      throw new PathError(
        path.toString(),
        `${here} is a list, and '${key}' is not an index that could be put over it`,
      )
    }
    entries.push([Number(key), child])
  })
  return new Map(entries.sort(([a], [b]) => a - b))
}

/** A value without `MISSING` in it, whose plain containers are the caller's own. */
function copied(value: unknown, path: KeyPath): unknown {
  if (Array.isArray(value)) {
    const array: unknown[] = []
    eachEntry(value, path, (child, key) => {
      if (child !== MISSING) array.push(copied(child, path.child(key)))
    })
    return array
  }
  if (!isRecord(value)) return value
  const record: Record<string, unknown> = {}
  eachEntry(value, path, (child, key) => {
    if (child !== MISSING) setOwn(record, String(key), copied(child, path.child(key)))
  })
  return record
}

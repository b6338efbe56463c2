/**
 * What differs between two trees, as a list of path, before and after. Parts that the trees share are skipped at once,
 * lists are aligned as in `diff`, and the list is in path order by the way it is made. Unlike a JSON Patch it holds the
 * values themselves, so that nodes and opaque values come through; `updatesOf` turns it back into a `rebind`.
 */

import { type Insertion, insertion, MISSING } from '../change/missing.ts'
import { Branch, type BTree } from '../greens/b-tree.ts'
import { dictEach, dictFind, dictGet } from '../greens/dict-green.ts'
import { equalValues } from '../greens/equal.ts'
import { listGet, listLength, listValues } from '../greens/list-green.ts'
import { BIG_LIST, FIRST, type Green, isDictKind, isGreen, OBJECT, type Spec } from '../greens/spec.ts'
import { compareKeys, KeyPath } from '../key-path.ts'
import type { Node } from '../node.ts'
import { nodeOrLeaf } from '../read.ts'
import type { Symbolic } from '../symbolic.ts'
import { eachUnaligned, looksShifted, NO_INDEX } from './align.ts'

/** One difference: a path in the tree before, what stood there, and what stands there now. */
export interface TreeChange {
  /** In the tree before; for an element that came, the index it came in front of. */
  readonly path: KeyPath
  /** What stood there, a node at its place or a leaf; `MISSING` for an element or key that came. */
  readonly before: unknown
  /** What stands there now, or where its element has moved to; `MISSING` for an element or key that went. */
  readonly after: unknown
}

/**
 * The differences between two trees, in the order of their paths; none exactly when the trees are equal.
 *
 *     changes(model, model.rebind({ 'head.units': 64 }))    // [{ path: head.units, before: 10, after: 64 }]
 */
export function changes(before: Symbolic, after: Symbolic): TreeChange[] {
  const found: TreeChange[] = []
  if (before._g === after._g) return found
  if (hasSameKind(before._g, after._g)) compareNodes(before, after, KeyPath.root, found)
  else found.push({ path: KeyPath.root, before, after })
  return found
}

/**
 * The updates that a list of changes amounts to: `before.rebind(updatesOf(changes(before, after)))` equals `after`.
 * Elements that came are insertions, and what went is `MISSING`.
 */
export function updatesOf(list: readonly TreeChange[]): [path: KeyPath, value: unknown | Insertion][] {
  return list.map(({ path, before, after }) => {
    const isElement = before === MISSING && typeof path.key === 'number'
    return [path, isElement ? insertion(after) : after]
  })
}

/** Whether two greens are compared part by part: objects of one class, two lists or tuples, or two dicts. */
function hasSameKind(a: Green, b: Green): boolean {
  const from = a[0]
  const to = b[0]
  if (from.kind === OBJECT || to.kind === OBJECT) return classOf(from) === classOf(to)
  if (isDictKind(from.kind) || isDictKind(to.kind)) return isDictKind(from.kind) && isDictKind(to.kind)
  if (from.isTuple !== to.isTuple) return false
  return !(isFixed(from) || isFixed(to)) || listLength(a) === listLength(b)
}

/** Whether a list has a field for each position, so that nothing can come between. */
const isFixed = (spec: Spec): boolean => spec.places !== null

/** The spec of a class, whether its instance is partial or sealed. */
const classOf = ({ base }: Spec): Spec => base.whole ?? base

function compareNodes(a: Node, b: Node, path: KeyPath, found: TreeChange[]): void {
  const { kind } = a._g[0]
  if (kind === OBJECT) compareObjects(a, b, path, found)
  else if (isDictKind(kind)) compareDicts(a, b, path, found)
  else compareLists(a, b, path, found)
}

/** Adds what differs between two stored values that stand at a path, given as a slot and key of both parents. */
function comparePlaces(a: Place, b: Place, path: KeyPath, found: TreeChange[]): void {
  const old = a.value
  const now = b.value
  if (old === now) return
  if (isGreen(old) && isGreen(now)) {
    if (hasSameKind(old, now)) compareNodes(seen(a) as Node, seen(b) as Node, path, found)
    else found.push({ path, before: seen(a), after: seen(b) })
  } else if (!equalValues(old, now)) found.push({ path, before: seen(a), after: seen(b) })
}

/** A stored value and where it stands; the value may be MISSING, where nothing does. */
interface Place {
  readonly node: Node
  readonly slot: number
  readonly key: string | number
  readonly value: unknown
}

const seen = ({ node, slot, key, value }: Place): unknown => nodeOrLeaf(node, slot, key, value)

function compareObjects(a: Node, b: Node, path: KeyPath, found: TreeChange[]): void {
  const { names } = a._g[0]
  const changed: number[] = []
  for (let slot = FIRST; slot < a._g.length; slot++) if (a._g[slot] !== b._g[slot]) changed.push(slot)
  const nameOf = (slot: number): string => names[slot - FIRST] as string
  changed.sort((x, y) => compareKeys(nameOf(x), nameOf(y)))
  for (const slot of changed) {
    const key = nameOf(slot)
    const old = { node: a, slot, key, value: a._g[slot] }
    comparePlaces(old, { node: b, slot, key, value: b._g[slot] }, path.child(key), found)
  }
}

function compareDicts(a: Node, b: Node, path: KeyPath, found: TreeChange[]): void {
  const changed: [old: Place, now: Place][] = []
  const place = (node: Node, key: string, position: number): Place => ({
    node,
    slot: position + FIRST,
    key,
    value: position < 0 ? MISSING : dictGet(node._g, position),
  })
  dictEach(a._g, (value, key, position) => {
    const other = dictFind(b._g, key)
    if (other < 0 || dictGet(b._g, other) !== value) {
      changed.push([place(a, key, position), place(b, key, other)])
    }
  })
  dictEach(b._g, (_, key, position) => {
    if (dictFind(a._g, key) < 0) changed.push([place(a, key, -1), place(b, key, position)])
  })
  changed.sort(([x], [y]) => compareKeys(x.key, y.key))
  for (const [old, now] of changed) comparePlaces(old, now, path.child(old.key), found)
}

function compareLists(a: Node, b: Node, path: KeyPath, found: TreeChange[]): void {
  const length = listLength(a._g)
  if (length === listLength(b._g)) {
    const indices = differingIndices(a._g, b._g, length)
    const isRigid = isFixed(a._g[0]) || isFixed(b._g[0])
    const isShifted = !isRigid && indices.length > 1 && indices.some(i => looksShifted(a._g, b._g, i, length))
    if (!isShifted) {
      for (const i of indices) comparePlaces(element(a, i), element(b, i), path.child(i), found)
      return
    }
  }
  // How many elements the changes so far have put in more than taken out.
  let shift = 0
  eachUnaligned(listValues(a._g), listValues(b._g), (i, j) => {
    if (i === NO_INDEX) {
      found.push({ path: path.child(j - shift), before: MISSING, after: seen(element(b, j)) })
      shift++
    } else if (j === NO_INDEX) {
      found.push({ path: path.child(i), before: seen(element(a, i)), after: MISSING })
      shift--
    } else comparePlaces(element(a, i), element(b, j), path.child(i), found)
  })
}

const element = (node: Node, index: number): Place => ({
  node,
  slot: index + FIRST,
  key: index,
  value: listGet(node._g, index),
})

/** The indices at which two lists of one length hold different values, as far as can be told without looking into them. */
function differingIndices(a: Green, b: Green, length: number): number[] {
  const indices: number[] = []
  if (a[0].kind === BIG_LIST && eachDifferent(a[2] as BTree, b[2] as BTree, 0, i => indices.push(i))) {
    return indices
  }
  indices.length = 0
  for (let i = 0; i < length; i++) if (listGet(a, i) !== listGet(b, i)) indices.push(i)
  return indices
}

/** Calls back with the indices at which two B+trees differ, skipping shared chunks; false when they are cut differently. */
function eachDifferent(a: BTree, b: BTree, start: number, visit: (index: number) => void): boolean {
  if (a === b) return true
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return false
    for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) visit(start + i)
    return true
  }
  if (!(b instanceof Branch) || a.children.length !== b.children.length) return false
  return a.children.every(
    (child, i) =>
      a.ends[i] === b.ends[i] &&
      eachDifferent(child, b.children[i] as BTree, start + (i === 0 ? 0 : (a.ends[i - 1] as number)), visit),
  )
}

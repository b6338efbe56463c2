/**
 * Dict greens. Up to 256 keys a dict is `[shape, mark, ...values]`: the keys stand in the shape, which all dicts with the
 * same keys in the same order share. Above, it is `[spec, mark, keys, tree, limit, added, size]`: all versions share one
 * append-only table of keys; a version sees the first `limit` of them, and after those the few `added` keys that are its
 * own because the table had already moved on. Values stand in a B+tree by position; a removed key leaves a hole.
 */

import { type BTree, treeFrom, treeGet, treeInsert, treeRemove, treeSet } from './b-tree.ts'
import { BIG_DICT, DICT, FIRST, type Green, type Shape, SMALL, Spec, withSeal } from './spec.ts'

/** The keys of a family of big dicts, only ever appended to. */
interface KeyTable {
  readonly keys: string[]
  readonly positions: Map<string, number>
}

type BigDict = [
  spec: Spec,
  mark: number,
  table: KeyTable,
  tree: BTree,
  limit: number,
  added: readonly string[],
  size: number,
]

/** A green of kind `BIG_DICT`, seen as what it is. */
const asBig = (green: Green): BigDict => green as unknown as BigDict

/** Where a removed key's value stood. */
const HOLE: unique symbol = Symbol('HOLE')

/** More added keys than this are folded into a table of the dict's own: reading them is a linear search. */
const MAX_ADDED = 128

/** More shapes than this after one shape are not remembered. */
const MAX_NEXT = 64

/** The spec of dicts with the given rules: the shape without keys. */
export function dictSpec(rules?: ConstructorParameters<typeof Spec>[2]): Spec {
  const small = new Spec(DICT, 'dict', rules)
  small.shape = {
    parent: null,
    key: '',
    size: 0,
    next: null,
    lastKey: '',
    last: null,
    keys: [],
    slots: new Map(),
    hashes: null,
  }
  const big = new Spec(BIG_DICT, 'dict', rules)
  small.small = big.small = small
  small.big = big.big = big
  return small
}

/** Dicts in which anything may stand. */
export const UNTYPED_DICT = dictSpec()

/** The shape with one more key. */
export function shapeWith(spec: Spec, key: string): Spec {
  const shape = spec.shape as Shape
  if (shape.lastKey === key && shape.last !== null) return shape.last
  let next = shape.next?.get(key)
  if (next === undefined) {
    next = new Spec(DICT, 'dict', spec)
    next.shape = {
      parent: spec,
      key,
      size: shape.size + 1,
      next: null,
      lastKey: '',
      last: null,
      keys: null,
      slots: null,
      hashes: null,
    }
    next.small = spec.small
    next.big = spec.big
    shape.next ??= new Map()
    if (shape.next.size < MAX_NEXT) shape.next.set(key, next)
  }
  const memo = shape as { lastKey: string; last: Spec | null }
  memo.lastKey = key
  memo.last = next
  return next
}

/** The keys of a shape, in order. */
export function shapeKeys(spec: Spec): readonly string[] {
  const shape = spec.shape as Shape
  if (shape.keys === null) {
    const keys = new Array<string>(shape.size)
    for (let at: Shape = shape; at.parent !== null; at = at.parent.shape as Shape) keys[at.size - 1] = at.key
    shape.keys = keys
  }
  return shape.keys
}

/** The slot of a key in dicts of a shape, or 0. */
export function shapeSlot(spec: Spec, key: string): number {
  const shape = spec.shape as Shape
  if (shape.slots === null) {
    const slots = new Map<string, number>()
    const keys = shapeKeys(spec)
    for (let i = 0; i < keys.length; i++) slots.set(keys[i] as string, i + FIRST)
    shape.slots = slots
  }
  return shape.slots.get(key) ?? 0
}

/** A dict of finished values under the rules of any dict spec; keys must be distinct. */
export function dictFrom(spec: Spec, keys: readonly string[], values: readonly unknown[]): Green {
  const base = spec.base
  if (keys.length > SMALL) {
    const positions = new Map<string, number>()
    for (let i = 0; i < keys.length; i++) positions.set(keys[i] as string, i)
    const big = spec.sealed ? withSeal(base.big as Spec, true) : (base.big as Spec)
    const table: KeyTable = { keys: keys.slice(), positions }
    return [big, 0, table, treeFrom(values), keys.length, [], keys.length]
  }
  let shape = base.small as Spec
  for (let i = 0; i < keys.length; i++) shape = shapeWith(shape, keys[i] as string)
  if (spec.sealed) shape = withSeal(shape, true)
  if (keys.length === 0) return (shape.empty ??= [shape, 0])
  return [shape, 0, ...values]
}

export const dictSize = (green: Green): number =>
  green[0].kind === BIG_DICT ? asBig(green)[6] : green.length - FIRST

/** The keys, in the order of insertion; do not write to the array. */
export function dictKeys(green: Green): readonly string[] {
  if (green[0].kind !== BIG_DICT) return shapeKeys(green[0].base)
  const keys: string[] = []
  dictEach(green, (_, key) => {
    keys.push(key)
  })
  return keys
}

/**
 * Where the value of a key stands, to be given to `dictGet` and `dictSet`; -1 when the dict has no such key.
 * It stays the same in versions with the same keys.
 */
export function dictFind(green: Green, key: string): number {
  if (green[0].kind !== BIG_DICT) {
    const slot = shapeSlot(green[0].base, key)
    return slot === 0 ? -1 : slot - FIRST
  }
  const [, , table, tree, limit, added] = asBig(green)
  const extra = added.length === 0 ? -1 : added.lastIndexOf(key)
  const position = extra >= 0 ? limit + extra : (table.positions.get(key) ?? -1)
  if (extra < 0 && position >= limit) return -1
  return position < 0 || treeGet(tree, position) === HOLE ? -1 : position
}

export const dictGet = (green: Green, position: number): unknown =>
  green[0].kind === BIG_DICT ? treeGet(asBig(green)[3], position) : green[position + FIRST]

/** The dict with the value at a position replaced. */
export function dictSet(green: Green, position: number, value: unknown): Green {
  const copy = green.slice() as Green
  copy[1] = 0
  if (green[0].kind === BIG_DICT) copy[3] = treeSet(copy[3] as BTree, position, value)
  else copy[position + FIRST] = value
  return copy
}

/** The dict with a new key at the end. */
export function dictAdd(green: Green, key: string, value: unknown): Green {
  if (green[0].kind !== BIG_DICT) {
    if (green.length - FIRST === SMALL) {
      return dictFrom(green[0], [...shapeKeys(green[0].base), key], [...green.slice(FIRST), value])
    }
    const copy = green.toSpliced(green.length, 0, value) as Green
    copy[0] = withSealOf(shapeWith(green[0].base, key), green[0])
    copy[1] = 0
    return copy
  }
  const [spec, , table, tree, limit, added, size] = asBig(green)
  const longer = treeInsert(tree, limit + added.length, value)
  if (added.length === 0 && limit === table.keys.length && !table.positions.has(key)) {
    table.positions.set(key, limit)
    table.keys.push(key)
    return [spec, 0, table, longer, limit + 1, added, size + 1]
  }
  if (added.length < MAX_ADDED) return [spec, 0, table, longer, limit, [...added, key], size + 1]
  return rebuilt(green, key, value)
}

/** The dict without the key at a position. */
export function dictRemove(green: Green, position: number): Green {
  if (green[0].kind !== BIG_DICT) {
    const keys = shapeKeys(green[0].base).toSpliced(position, 1)
    return dictFrom(green[0], keys, green.toSpliced(position + FIRST, 1).slice(FIRST))
  }
  const [spec, , table, tree, limit, added, size] = asBig(green)
  const isLast = position === limit + added.length - 1
  const next: BigDict =
    isLast && added.length > 0
      ? [spec, 0, table, treeRemove(tree, position), limit, added.slice(0, -1), size - 1]
      : [spec, 0, table, treeSet(tree, position, HOLE), limit, added, size - 1]
  const mostlyHoles = next[6] < (limit + added.length) / 2
  return next[6] <= SMALL || mostlyHoles ? rebuilt(next as Green) : (next as Green)
}

/** Calls back with each value and its key, in order, until the callback gives back false. */
export function dictEach(
  green: Green,
  visit: (value: unknown, key: string, position: number) => unknown,
): boolean {
  if (green[0].kind !== BIG_DICT) {
    const keys = shapeKeys(green[0].base)
    for (let i = 0; i < keys.length; i++)
      if (visit(green[i + FIRST], keys[i] as string, i) === false) return false
    return true
  }
  const [, , table, tree, limit, added] = asBig(green)
  for (let i = 0; i < limit + added.length; i++) {
    const value = treeGet(tree, i)
    const key = i < limit ? table.keys[i] : added[i - limit]
    if (value !== HOLE && visit(value, key as string, i) === false) return false
  }
  return true
}

/** The dict under a table of its own, perhaps with one more key; small again when it has become small. */
function rebuilt(green: Green, key?: string, value?: unknown): Green {
  const keys: string[] = []
  const values: unknown[] = []
  dictEach(green, (each, name) => {
    keys.push(name)
    values.push(each)
  })
  if (key !== undefined) {
    keys.push(key)
    values.push(value)
  }
  return dictFrom(green[0], keys, values)
}

const withSealOf = (spec: Spec, like: Spec): Spec => (like.sealed ? withSeal(spec, true) : spec)

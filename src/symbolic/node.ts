/**
 * A node is a light handle on a green: `{green, parent, key}`, made when first read and kept by its parent's handle.
 * It is what users hold, and what knows parent, root and path; greens know neither. This file has the bare handle;
 * `symbolic.ts` gives it its methods.
 */

import {
  BIG_DICT,
  BIG_LIST,
  type Green,
  type HandleConstructor,
  isListKind,
  OBJECT,
  type Spec,
} from './greens/spec.ts'
import { type Key, KeyPath } from './key-path.ts'

/** The fields of a handle. Plain underscore properties, assigned in one order: private names cost 8 to 20 ns a read. */
export class Node {
  /** @internal */
  declare _g: Green
  /** @internal */
  declare _p: Node | null
  /** @internal */
  declare _k: Key
  /** @internal The slot of the first child that was asked for; 0 when none was. */
  declare _s: number
  /** @internal The node of that child. */
  declare _h: Node | null
  /** @internal The nodes of the other children, by slot; in big lists and dicts they stand in the map. */
  declare _c: (Node | undefined)[] | null
  /** @internal */
  declare _m: Map<number, Node> | null
}

/** The node of the child green that stands in a slot of a node. One node per place: asked twice, it is the same. */
export function childNode(node: Node, slot: number, key: Key, green: Green): Node {
  return knownChild(node, slot) ?? addChild(node, slot, key, green)
}

/** The node of a slot, if it was asked for before; found without looking at the green. */
export function knownChild(node: Node, slot: number): Node | undefined {
  if (node._s === slot) return node._h as Node
  return node._c === null ? undefined : node._c[slot]
}

/**
 * What reading gives where a green stands: the node of its place, or what a placeholder infers there. This is not kept:
 * one green may stand in many places, and in each infer something else.
 */
export function readChild(node: Node, slot: number, key: Key, green: Green): unknown {
  return green[0].infers ? inference.read(node, key, green) : childNode(node, slot, key, green)
}

/** Set by `inferred.ts` and `context.ts`, which know classes: this file knows only greens. */
export const inference: {
  /** What a placeholder infers at a place. */
  read: (holder: Node, key: Key, placeholder: Green) => unknown
  /** The value of a field that may be taken from the context. */
  readContextual: (holder: Node, slot: number, key: string) => unknown
} = {
  read: (holder, key, placeholder) => makeNode(placeholder, holder, key),
  readContextual: (holder, slot) => holder._g[slot],
}

/** Set by `origin.ts` once it is used: called with each new tree, how it was made, and from what. */
export const tracking: { note: ((tag: string, node: Node, source: Node | null) => void) | null } = {
  note: null,
}

function addChild(node: Node, slot: number, key: Key, green: Green): Node {
  const known = node._m?.get(slot)
  if (known !== undefined) return known
  const child = makeNode(green, node, key)
  // Getters look among the known children first, where a placeholder must not be found.
  if (green[0].infers) return child
  if (node._s === 0) {
    node._s = slot
    node._h = child
    return child
  }
  const { kind } = node._g[0]
  if (kind === BIG_LIST || kind === BIG_DICT) {
    node._m ??= new Map()
    node._m.set(slot, child)
  } else {
    node._c ??= new Array(node._g.length)
    node._c[slot] = child
  }
  return child
}

/** A new node for a green at a place; parent is null for a root. */
export function makeNode(green: Green, parent: Node | null, key: Key): Node {
  const Handle = green[0].Handle ?? findHandle(green[0])
  return new Handle(green, parent, key)
}

/** The handles of all lists, tuples and dicts, set by `sym-list.ts`, `sym-tuple.ts` and `sym-dict.ts`. */
export const containerHandles: {
  list: HandleConstructor | null
  tuple: HandleConstructor | null
  dict: HandleConstructor | null
} = { list: null, tuple: null, dict: null }

function findHandle(spec: Spec): HandleConstructor {
  const { kind } = spec
  const listHandle = spec.isTuple ? containerHandles.tuple : containerHandles.list
  const found = kind === OBJECT ? spec.base.Handle : isListKind(kind) ? listHandle : containerHandles.dict
  if (found === null) throw new Error(`nothing can hold a '${spec.name}' yet`)
  spec.Handle = found
  return found
}

/** The path from the root to a node. */
export function pathOf(node: Node): KeyPath {
  return node._p === null ? KeyPath.root : pathOf(node._p).child(node._k)
}

/**
 * A constructor of handles for one class. Each is written out on its own, since V8 keeps type feedback per function:
 * a constructor shared by 20 classes stores its fields at 134 ns, one of its own at 46. Past the end of the row they
 * are shared.
 */
export function handleConstructor(prototype: object): HandleConstructor {
  const make = makers[taken++ % makers.length] as (prototype: object) => HandleConstructor
  return make(prototype)
}

let taken = 0

type Maker = (prototype: object) => HandleConstructor

/** Gives a plain function the prototype of a class, which makes what it constructs an instance of that class. */
function finish(
  Handle: (this: Node, green: Green, parent: Node | null, key: Key) => void,
  prototype: object,
) {
  Handle.prototype = prototype
  return Handle as unknown as HandleConstructor
}

// biome-ignore format: one line a constructor, all alike on purpose.
const makers: readonly Maker[] = [
  p => finish(function (g, q, k) { this._g = g; this._p = q; this._k = k; this._s = 0; this._h = null; this._c = null; this._m = null }, p),
  p => finish(function (g, q, k) { this._g = g; this._p = q; this._k = k; this._s = 0; this._h = null; this._c = null; this._m = null }, p),
  p => finish(function (g, q, k) { this._g = g; this._p = q; this._k = k; this._s = 0; this._h = null; this._c = null; this._m = null }, p),
  p => finish(function (g, q, k) { this._g = g; this._p = q; this._k = k; this._s = 0; this._h = null; this._c = null; this._m = null }, p),
  p => finish(function (g, q, k) { this._g = g; this._p = q; this._k = k; this._s = 0; this._h = null; this._c = null; this._m = null }, p),
  p => finish(function (g, q, k) { this._g = g; this._p = q; this._k = k; this._s = 0; this._h = null; this._c = null; this._m = null }, p),
  p => finish(function (g, q, k) { this._g = g; this._p = q; this._k = k; this._s = 0; this._h = null; this._c = null; this._m = null }, p),
  p => finish(function (g, q, k) { this._g = g; this._p = q; this._k = k; this._s = 0; this._h = null; this._c = null; this._m = null }, p),
  p => finish(function (g, q, k) { this._g = g; this._p = q; this._k = k; this._s = 0; this._h = null; this._c = null; this._m = null }, p),
  p => finish(function (g, q, k) { this._g = g; this._p = q; this._k = k; this._s = 0; this._h = null; this._c = null; this._m = null }, p),
  p => finish(function (g, q, k) { this._g = g; this._p = q; this._k = k; this._s = 0; this._h = null; this._c = null; this._m = null }, p),
  p => finish(function (g, q, k) { this._g = g; this._p = q; this._k = k; this._s = 0; this._h = null; this._c = null; this._m = null }, p),
  p => finish(function (g, q, k) { this._g = g; this._p = q; this._k = k; this._s = 0; this._h = null; this._c = null; this._m = null }, p),
  p => finish(function (g, q, k) { this._g = g; this._p = q; this._k = k; this._s = 0; this._h = null; this._c = null; this._m = null }, p),
  p => finish(function (g, q, k) { this._g = g; this._p = q; this._k = k; this._s = 0; this._h = null; this._c = null; this._m = null }, p),
  p => finish(function (g, q, k) { this._g = g; this._p = q; this._k = k; this._s = 0; this._h = null; this._c = null; this._m = null }, p),
  p => finish(function (g, q, k) { this._g = g; this._p = q; this._k = k; this._s = 0; this._h = null; this._c = null; this._m = null }, p),
  p => finish(function (g, q, k) { this._g = g; this._p = q; this._k = k; this._s = 0; this._h = null; this._c = null; this._m = null }, p),
  p => finish(function (g, q, k) { this._g = g; this._p = q; this._k = k; this._s = 0; this._h = null; this._c = null; this._m = null }, p),
  p => finish(function (g, q, k) { this._g = g; this._p = q; this._k = k; this._s = 0; this._h = null; this._c = null; this._m = null }, p),
  p => finish(function (g, q, k) { this._g = g; this._p = q; this._k = k; this._s = 0; this._h = null; this._c = null; this._m = null }, p),
  p => finish(function (g, q, k) { this._g = g; this._p = q; this._k = k; this._s = 0; this._h = null; this._c = null; this._m = null }, p),
  p => finish(function (g, q, k) { this._g = g; this._p = q; this._k = k; this._s = 0; this._h = null; this._c = null; this._m = null }, p),
  p => finish(function (g, q, k) { this._g = g; this._p = q; this._k = k; this._s = 0; this._h = null; this._c = null; this._m = null }, p),
]

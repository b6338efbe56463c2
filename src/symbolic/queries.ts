/**
 * Questions to a tree: what it contains, which of its descendants are of a kind, what its children are, and which field
 * rules a place. They are functions and not methods, since the name of a method is taken from the fields of all classes.
 */

import { INVALID } from './change/missing.ts'
import { type AnyType, ofType } from './change/patch-rules.ts'
import { acceptAny } from './fields/accept.ts'
import type { Field } from './fields/field.ts'
import { eachChild } from './greens/children.ts'
import { equalValues } from './greens/equal.ts'
import { listLength } from './greens/list-green.ts'
import { FIRST, type Green, isDictKind, isListKind, OBJECT, ruleAt } from './greens/spec.ts'
import { stepsOf } from './greens/steps.ts'
import { type Key, KeyPath, type PathLike } from './key-path.ts'
import { Node } from './node.ts'
import { eachEntry } from './plain-tree.ts'
import { leadsNowhere, NOTHING, nodeOrLeaf, readPath } from './read.ts'
import type { Symbolic } from './symbolic.ts'
import { show } from './view/format.ts'
import { CONTINUE, ENTER, type QueryOptions, queryNode, walkNode } from './walk.ts'

/**
 * Whether a tree, or plain data, is or holds a value equal to the given one, or an instance of the given class.
 *
 *     contains(model, Dense)     // true
 *     contains(model, 'relu')    // true
 */
export function contains(value: unknown, wanted: unknown): boolean {
  const isWanted = isType(wanted) ? ofType(wanted) : equalTo(wanted)
  return containsAt(KeyPath.root, value, isWanted, new Set())
}

/** The question whether a value is equal to a given one; what no tree can hold is equal to nothing. */
function equalTo(wanted: unknown): (value: unknown) => boolean {
  const stored = acceptAny(wanted, null, 0)
  if (stored === INVALID) return () => false
  return value => equalValues(acceptAny(value, null, 0), stored)
}

function containsAt(
  path: KeyPath,
  value: unknown,
  isWanted: (value: unknown) => boolean,
  seen: Set<Green>,
): boolean {
  if (value instanceof Node) {
    // A part that stands in many places is looked through once.
    if (seen.has(value._g)) return false
    seen.add(value._g)
  }
  if (isWanted(value)) return true
  return !eachEntry(value, path, (child, key) => !containsAt(path.child(key), child, isWanted, seen))
}

/** Whether a value is a class or a constructor of the language; other functions are values. */
function isType(value: unknown): value is AnyType {
  if (typeof value !== 'function') return false
  const prototype = Object.getOwnPropertyDescriptor(value, 'prototype')
  return prototype !== undefined && prototype.writable === false
}

/** Which descendants: all that match, the nearest below each path, or those with no match below them. */
export type DescendantOption = 'all' | 'immediate' | 'leaf'

export interface DescendantOptions<Found> {
  /** Which values are wanted; all when it is left out. */
  readonly where?:
    | ((value: unknown, path: KeyPath) => value is Found)
    | ((value: unknown, path: KeyPath) => boolean)
  readonly option?: DescendantOption
  /** Whether the node itself may be among them. */
  readonly includeSelf?: boolean
}

/**
 * The nodes and leaves below a node that are wanted, parents before children.
 *
 *     descendants(model, { where: value => value instanceof Dense, option: 'immediate' })
 */
export function descendants<Found = unknown>(
  node: Symbolic,
  { where, option = 'all', includeSelf = false }: DescendantOptions<Found> = {},
): Found[] {
  const found: Match[] = []
  // The matches that are being looked into, outermost first.
  const open: Match[] = []
  walkNode(
    node,
    (path, value) => {
      const isCandidate = includeSelf || !path.isRoot
      if (!isCandidate || (where !== undefined && !where(value, path))) return ENTER
      const above = open[open.length - 1]
      if (above !== undefined) above.hasBelow = true
      const match = { value, path, hasBelow: false }
      found.push(match)
      open.push(match)
      return option === 'immediate' ? CONTINUE : ENTER
    },
    path => {
      if (open[open.length - 1]?.path === path) open.pop()
    },
  )
  const wanted = option === 'leaf' ? found.filter(each => !each.hasBelow) : found
  return wanted.map(each => each.value as Found)
}

interface Match {
  readonly value: unknown
  readonly path: KeyPath
  /** Whether there is another match below it. */
  hasBelow: boolean
}

/** The keys of a node's children: names of fields, indices, or keys of a dict. */
export function keysOf(node: Symbolic): Key[] {
  return itemsOf(node).map(([key]) => key)
}

/** The children of a node, nodes and leaves; an absent field is undefined. */
export function valuesOf(node: Symbolic): unknown[] {
  return itemsOf(node).map(([, value]) => value)
}

/** The children of a node with their keys, in order. */
export function itemsOf(node: Symbolic): [key: Key, value: unknown][] {
  const items: [Key, unknown][] = []
  eachChild(node._g, (value, key, slot) => {
    items.push([key, nodeOrLeaf(node, slot, key, value)])
  })
  return items
}

/**
 * The field that says what may stand at a path below a node; null where anything may. The path may lead to an entry or
 * element that is not there yet. For `''` it is the field of the node's own place. Throws `PathError` when the path
 * leads nowhere.
 *
 *     fieldAt(model, 'layers[0].units')     // an integer of at least 1
 */
export function fieldAt(node: Symbolic, path: PathLike): Field | null {
  const keys = KeyPath.from(path).keys
  const last = keys.pop()
  if (last === undefined) return node.parent === null ? null : fieldAt(node.parent, [node._k])
  const parent = readPath(node, stepsOf(keys))
  const found = parent instanceof Node ? ruleIn(parent._g, last) : NOTHING
  if (found === NOTHING) throw leadsNowhere(node, stepsOf([...keys, last]))
  return found
}

/** The field for a key of a green; `NOTHING` when there can be no such key. */
function ruleIn(green: Green, key: Key): Field | null | typeof NOTHING {
  const spec = green[0]
  if (spec.kind === OBJECT) {
    const slot = typeof key === 'string' ? spec.slots.get(key) : undefined
    // A partial object is ruled by looser fields than its class has; what is asked for are those of the class.
    return slot === undefined ? NOTHING : ((spec.whole ?? spec).fields[slot - FIRST] as Field)
  }
  if (typeof key === 'string') return isDictKind(spec.kind) ? ruleAt(spec, key) : NOTHING
  if (!isListKind(spec.kind)) return NOTHING
  const index = key < 0 ? listLength(green) + key : key
  if (index < 0 || (spec.places !== null && index >= spec.maxSize)) return NOTHING
  return ruleAt(spec, index)
}

export interface InspectOptions extends QueryOptions {
  /** One line for each value that was found (the default), or the whole of it. */
  readonly compact?: boolean
}

/**
 * A tree, or what a query finds in it, as text for people: a line for each place.
 *
 *     inspect(model, { path: /units$/ })
 *     // layers[0].units: 32
 *     // head.units: 10
 */
export function inspect(node: Symbolic, { compact = true, ...query }: InspectOptions = {}): string {
  if (query.path === undefined && query.where === undefined) return node.format({ compact: false })
  const lines: string[] = []
  for (const [path, value] of queryNode(node, query)) {
    const text =
      value instanceof Node ? (value as Symbolic).format({ compact }) : show(value, Number.POSITIVE_INFINITY)
    lines.push(`${path === '' ? '(root)' : path}: ${text}`)
  }
  return lines.length === 0 ? 'nothing found' : lines.join('\n')
}

/** Visiting a tree: `walkNode` with a say in where to go, and `queryNode` for the places that match. */

import { eachChild } from './greens/children.ts'
import { isGreen } from './greens/spec.ts'
import { KeyPath } from './key-path.ts'
import type { Node } from './node.ts'
import { nodeOrLeaf } from './read.ts'

/** What a visitor answers: go on below, go on but not below, or end the walk. No answer means ENTER. */
export const ENTER = 'enter'
export const CONTINUE = 'continue'
export const STOP = 'stop'
export type WalkAction = typeof ENTER | typeof CONTINUE | typeof STOP

export type Visitor = (path: KeyPath, value: unknown, parent: Node | null) => unknown

/**
 * Visits a node and everything below it: `visit` before what is below a value, `leave` after it. False when one of them
 * stopped the walk, which then ends at once: nothing more is visited or left.
 */
export function walkNode(node: Node, visit: Visitor, leave?: Visitor): boolean {
  const action = visit(KeyPath.root, node, node._p)
  if (action === STOP) return false
  if (action !== CONTINUE && !walkChildren(node, visit, leave, KeyPath.root)) return false
  return leave === undefined || leave(KeyPath.root, node, node._p) !== STOP
}

function walkChildren(node: Node, visit: Visitor, leave: Visitor | undefined, path: KeyPath): boolean {
  return eachChild(node._g, (value, key, slot) => {
    const here = path.child(key)
    const child = nodeOrLeaf(node, slot, key, value)
    const action = visit(here, child, node)
    if (action === STOP) return false
    const isEntered = action !== CONTINUE && isGreen(value)
    if (isEntered && !walkChildren(child as Node, visit, leave, here)) return false
    return leave === undefined || leave(here, child, node) !== STOP
  })
}

export interface QueryOptions {
  /** Matches the text of the path, anywhere in it; anchor it as you need. */
  readonly path?: RegExp
  /** Says yes to the values that are wanted. */
  readonly where?: (value: unknown, path: KeyPath, parent: Node | null) => boolean
  /** Whether to look on below what was found; false by default, as in PyGlove. */
  readonly enterSelected?: boolean
}

/** The values below a node that match, by the text of their path. */
export function queryNode(
  node: Node,
  { path, where, enterSelected = false }: QueryOptions,
): Map<string, unknown> {
  const found = new Map<string, unknown>()
  const pattern = path === undefined ? null : new RegExp(path.source, path.flags.replace(/[gy]/g, ''))
  walkNode(node, (at, value, parent) => {
    const isWanted =
      (pattern === null || pattern.test(at.toString())) && (where === undefined || where(value, at, parent))
    if (!isWanted) return ENTER
    found.set(at.toString(), value)
    return enterSelected ? ENTER : CONTINUE
  })
  return found
}

/**
 * Visiting a tree: `walkNode` in pre-order with a say in where to go, `queryNode` for the places that match, and
 * `transformNode`, the rule that rebuilds what it changes.
 */

import { accept, isInitial } from './accept.ts'
import { dictSet } from './dict-green.ts'
import { FieldError, SealedError } from './errors.ts'
import { frozenMessage, refusal } from './explain.ts'
import type { Field } from './field.ts'
import { KeyPath } from './key-path.ts'
import { listSet } from './list-green.ts'
import { INVALID, MISSING } from './missing.ts'
import { type Node, runHook } from './node.ts'
import { eachChild, nodeOrLeaf } from './read.ts'
import { isLocked } from './seal-scope.ts'
import { BIG_DICT, BIG_LIST, FIRST, type Green, isDictKind, isGreen, OBJECT } from './spec.ts'
import { stepsOf } from './steps.ts'
import { updateAll } from './update.ts'

/** What a visitor answers: go on below, go on but not below, or end the walk. No answer means ENTER. */
export const ENTER = 'enter'
export const CONTINUE = 'continue'
export const STOP = 'stop'
export type WalkAction = typeof ENTER | typeof CONTINUE | typeof STOP

export type Visitor = (path: KeyPath, value: unknown, parent: Node | null) => unknown

/** Visits a node and everything below it, parents first; false when the visitor stopped it. */
export function walkNode(node: Node, visit: Visitor, path: KeyPath = KeyPath.root): boolean {
  const action = visit(path, node, node._p)
  if (action === STOP) return false
  return action === CONTINUE || walkChildren(node, visit, path)
}

function walkChildren(node: Node, visit: Visitor, path: KeyPath): boolean {
  return eachChild(node._g, (value, key, slot) => {
    const here = path.child(key)
    const child = nodeOrLeaf(node, slot, key, value)
    const action = visit(here, child, node)
    if (action === STOP) return false
    return action === CONTINUE || !isGreen(value) || walkChildren(child as Node, visit, here)
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

/** What stands at a place, what it becomes. Giving back the value itself leaves it, and goes on below it. */
export type Rule = (path: KeyPath, value: unknown, parent: Node | null) => unknown

/** The green of a node after a rule was asked about it and everything below, parents first. */
export function transformNode(node: Node, rule: Rule): Green {
  const replaced = rule(KeyPath.root, node, node._p)
  if (replaced !== node) return updateAll(node._g, [{ steps: [], value: replaced }])
  return transformChildren(node, rule, KeyPath.root, node)
}

function transformChildren(node: Node, rule: Rule, path: KeyPath, root: Node): Green {
  const green = node._g
  const spec = green[0]
  const isObject = spec.kind === OBJECT
  let next = green
  let removed: (string | number)[] | null = null
  eachChild(green, (value, key, slot) => {
    const here = path.child(key)
    const child = nodeOrLeaf(node, slot, key, value)
    const replaced = rule(here, child, node)
    let stored: unknown
    if (replaced === child || (Number.isNaN(replaced) && Number.isNaN(child))) {
      if (!isGreen(value)) return
      stored = transformChildren(child as Node, rule, here, root)
      if (stored === value) return
    } else {
      const field = isObject ? (spec.fields[slot - FIRST] as Field) : spec.element
      if (replaced === MISSING && !isObject) {
        removed ??= []
        removed.push(key)
        return
      }
      stored = storedBy(root, field, here, replaced)
    }
    if (isLocked(spec.sealed)) throw SealedError.at(root._g[0].name, path.toString())
    if (spec.kind === BIG_LIST || spec.kind === BIG_DICT) {
      const isDict = isDictKind(spec.kind)
      next = isDict ? dictSet(next, slot - FIRST, stored) : listSet(next, slot - FIRST, stored)
      return
    }
    if (next === green) {
      next = green.slice() as Green
      next[1] = 0
    }
    next[slot] = stored
  })
  if (removed !== null) {
    next = updateAll(
      next,
      (removed as (string | number)[]).map(key => ({ steps: stepsOf([key]), value: MISSING })),
    )
  }
  if (next !== green) runHook(next)
  return next
}

function storedBy(root: Node, field: Field | null, path: KeyPath, value: unknown): unknown {
  const on = root._g[0].name
  const { hasDefault = false, isOptional = false, initial } = field?.rules ?? {}
  if (value === MISSING && (hasDefault || isOptional)) return initial
  const stored = accept(field, value, null, path.depth)
  if (stored === INVALID) throw refusal(on, path.keys, field, value)
  if (field?.rules.isFrozen && !isInitial(field, stored)) {
    throw FieldError.of(on, [{ path: path.toString(), message: frozenMessage(field, value) }])
  }
  return stored
}

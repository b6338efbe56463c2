/**
 * The rule: a function asked about every place of a tree, parents first, whose answers make the next version. Nodes are
 * copied at their first change only, and what the rule leaves alone is shared.
 */

import { errorAt, FieldError, SealedError } from '../errors.ts'
import { accept, isInitial } from '../fields/accept.ts'
import { frozenMessage } from '../fields/explain.ts'
import type { Field } from '../fields/field.ts'
import { refusal } from '../fields/refusal.ts'
import { eachChild } from '../greens/children.ts'
import { dictSet, shapeKeys } from '../greens/dict-green.ts'
import { equalValues, sameSeals } from '../greens/equal.ts'
import { listSet } from '../greens/list-green.ts'
import { BIG_DICT, BIG_LIST, DICT, FIRST, type Green, isGreen, OBJECT, ruleAt } from '../greens/spec.ts'
import { stepsOf } from '../greens/steps.ts'
import { runHookAt } from '../hook.ts'
import { type Key, KeyPath } from '../key-path.ts'
import { childNode, type Node } from '../node.ts'
import { INVALID, MISSING } from './missing.ts'
import { isLocked } from './seal-scope.ts'
import { updateAll } from './update.ts'
import { checkStandIn } from './update-errors.ts'

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
  const { kind } = spec
  if (kind === BIG_LIST || kind === BIG_DICT) return transformBig(node, rule, path, root)
  const keys = kind === OBJECT ? spec.names : kind === DICT ? shapeKeys(spec.base) : null
  let next = green
  let removed: Key[] | null = null
  for (let slot = FIRST; slot < green.length; slot++) {
    const value = green[slot]
    const key = keys === null ? slot - FIRST : (keys[slot - FIRST] as string)
    const field = kind === OBJECT ? (spec.fields[slot - FIRST] as Field) : ruleAt(spec, key)
    const stored = transformChild(node, slot, key, value, field, rule, path, root)
    if (stored === value || (Number.isNaN(stored) && Number.isNaN(value))) continue
    if (isLocked(spec.sealed)) throw SealedError.at(root._g[0].name, path.toString())
    if (stored === MISSING) {
      removed ??= []
      removed.push(key)
      continue
    }
    if (next === green) {
      next = green.slice() as Green
      next[1] = 0
    }
    next[slot] = stored
  }
  return finished(green, next, removed, path, root)
}

/** Lists and dicts that are trees: only what changes is written, one by one. */
function transformBig(node: Node, rule: Rule, path: KeyPath, root: Node): Green {
  const green = node._g
  const spec = green[0]
  let next = green
  const removed: Key[] = []
  eachChild(green, (value, key, slot) => {
    const stored = transformChild(node, slot, key, value, ruleAt(spec, key), rule, path, root)
    if (stored === value || (Number.isNaN(stored) && Number.isNaN(value))) return
    if (isLocked(spec.sealed)) throw SealedError.at(root._g[0].name, path.toString())
    if (stored === MISSING) removed.push(key)
    else if (spec.kind === BIG_DICT) next = dictSet(next, slot - FIRST, stored)
    else next = listSet(next, slot - FIRST, stored)
  })
  return finished(green, next, removed.length === 0 ? null : removed, path, root)
}

function finished(
  before: Green,
  after: Green,
  removed: readonly Key[] | null,
  path: KeyPath,
  root: Node,
): Green {
  if (removed !== null) {
    try {
      after = updateAll(
        after,
        removed.map(key => ({ steps: stepsOf([key]), value: MISSING })),
      )
    } catch (error) {
      throw errorAt(error, root._g[0].name, path.toString())
    }
  }
  if (after !== before) runHookAt(after, root._g[0].name, () => path.toString())
  return after
}

/** What is stored for a child after the rule: the old value when nothing changed, MISSING when it is to go. */
function transformChild(
  node: Node,
  slot: number,
  key: Key,
  value: unknown,
  field: Field | null,
  rule: Rule,
  path: KeyPath,
  root: Node,
): unknown {
  const here = path.child(key)
  // What is missing from a partial object is asked for as undefined: the rule may fill it in.
  const child = isGreen(value) ? childNode(node, slot, key, value) : value === MISSING ? undefined : value
  const replaced = rule(here, child, node)
  if (replaced === child || (Number.isNaN(replaced) && Number.isNaN(child))) {
    if (!isGreen(value)) return value
    const next = transformChildren(child as Node, rule, here, root)
    if (next !== value) checkStandIn(root._g[0].name, () => here.toString(), field, next)
    return next
  }
  if (replaced === MISSING && node._g[0].kind !== OBJECT) return MISSING
  const stored = storedBy(root, field, here, replaced)
  return typeof stored === 'object' && equalValues(stored, value) && sameSeals(stored, value) ? value : stored
}

function storedBy(root: Node, field: Field | null, path: KeyPath, value: unknown): unknown {
  if (value === MISSING && (field?.rules.hasDefault || field?.rules.isOptional)) return field.rules.initial
  const stored = accept(field, value, null, path.depth)
  if (stored === INVALID) throw refusal(root._g[0].name, path.keys, field, value)
  if (field?.rules.isFrozen && !isInitial(field, stored)) {
    throw FieldError.of(root._g[0].name, [{ path: path.toString(), message: frozenMessage(field, value) }])
  }
  return stored
}

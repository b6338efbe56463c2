/** From a changed node up to a changed root: the spine above it is copied, and its seals are asked. */

import { SealedError } from '../errors.ts'
import type { Field } from '../fields/field.ts'
import { dictFind, dictSet } from '../greens/dict-green.ts'
import { listSet } from '../greens/list-green.ts'
import { FIRST, type Green, isDictKind, OBJECT } from '../greens/spec.ts'
import { runHookAt } from '../hook.ts'
import { makeNode, type Node, pathOf } from '../node.ts'
import { isLocked } from './seal-scope.ts'
import { checkStandIn, fieldUnder, frozen } from './update-errors.ts'

/** The root green with the green at a node's place replaced: the spine above the node is copied. */
export function replaceUp(node: Node, green: Green): Green {
  checkAncestors(node)
  let next = green
  for (let at = node; at._p !== null; at = at._p) {
    const parent = at._p
    const on = rootOf(node)._g[0].name
    const child = at
    checkStandIn(on, () => pathOf(child).toString(), fieldUnder(parent._g, at._k), next)
    next = withChild(parent._g, at._k, next)
    runHookAt(next, on, () => pathOf(parent).toString())
  }
  return next
}

/** Throws when a node stands below a sealed one. */
function checkAncestors(node: Node): void {
  for (let at = node._p; at !== null; at = at._p) {
    if (!isLocked(at._g[0].sealed)) continue
    throw SealedError.at(rootOf(at)._g[0].name, pathOf(at).toString())
  }
}

function rootOf(node: Node): Node {
  while (node._p !== null) node = node._p
  return node
}

/** A parent with the child under a key replaced; the child's kind is the one that stood there. */
function withChild(parent: Green, key: string | number, child: Green): Green {
  const spec = parent[0]
  if (spec.kind === OBJECT) {
    const slot = spec.slots.get(key as string) as number
    const field = spec.fields[slot - FIRST] as Field
    if (field.rules.isFrozen) throw frozen(spec.name, String(key), field, makeNode(child, null, ''))
    const copy = parent.slice() as Green
    copy[slot] = child
    copy[1] = 0
    return copy
  }
  if (isDictKind(spec.kind)) return dictSet(parent, dictFind(parent, key as string), child)
  return listSet(parent, key as number, child)
}

/**
 * Symbolic equality over greens. Shared parts are the same array and cost nothing; different cached hashes settle the
 * rest early. Lists and dicts are equal by content whatever their rules, objects also by class; the order of dict keys
 * and seals do not matter; NaN equals itself; dates and bytes are equal by content; others when they are the same.
 */

import { equalLeaves } from '../fields/leaf.ts'
import { Branch, type BTree } from './b-tree.ts'
import { dictEach, dictFind, dictGet, dictSize } from './dict-green.ts'
import { listEach, listGet, listLength } from './list-green.ts'
import { BIG_LIST, DICT, FIRST, type Green, isGreen, LIST, OBJECT, wholeSpec } from './spec.ts'

/** Whether two stored values are equal. */
export function equalValues(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object') return typeof a === 'number' && Number.isNaN(a) && Number.isNaN(b)
  return isGreen(a) ? isGreen(b) && equalGreens(a, b) : equalLeaves(a, b)
}

/** Whether two equal values carry the same seals, which equality does not look at. */
export function sameSeals(a: unknown, b: unknown): boolean {
  if (a === b || !isGreen(a) || !isGreen(b)) return true
  const { kind, sealed } = a[0]
  if (sealed !== b[0].sealed) return false
  if (kind >= DICT) return dictEach(a, (value, key) => sameSeals(value, dictGet(b, dictFind(b, key))))
  if (kind !== OBJECT) return listEach(a, (element, i) => sameSeals(element, listGet(b, i)))
  for (let slot = FIRST; slot < a.length; slot++) if (!sameSeals(a[slot], b[slot])) return false
  return true
}

export function equalGreens(a: Green, b: Green): boolean {
  if (a === b) return true
  if (a[1] > 0 && b[1] > 0 && a[1] !== b[1]) return false
  const from = a[0]
  const to = b[0]
  if (from === to || from.base === to.base) {
    if (from.kind === OBJECT || from.kind === LIST || from.kind === DICT) return equalSlots(a, b)
    if (from.kind === BIG_LIST) return a[3] === b[3] && equalTrees(a[2] as BTree, b[2] as BTree, a, b)
    return equalDicts(a, b)
  }
  // Partial and whole instances of one class are equal by what they hold.
  if (from.kind === OBJECT || to.kind === OBJECT) return wholeSpec(from) === wholeSpec(to) && equalSlots(a, b)
  const isDict = from.kind >= DICT
  if (isDict !== to.kind >= DICT) return false
  return isDict ? equalDicts(a, b) : from.isTuple === to.isTuple && equalLists(a, b)
}

function equalSlots(a: Green, b: Green): boolean {
  const length = a.length
  if (length !== b.length) return false
  for (let slot = FIRST; slot < length; slot++) {
    const x = a[slot]
    const y = b[slot]
    if (x === y) continue
    // Leaves are settled here: most slots hold one, and a call for each would cost more than the look.
    if (typeof x === 'object' ? !equalObjects(x, y) : !bothNaN(x, y)) return false
  }
  return true
}

const equalObjects = (x: unknown, y: unknown): boolean =>
  isGreen(x) ? isGreen(y) && equalGreens(x, y) : equalLeaves(x, y)

const bothNaN = (x: unknown, y: unknown): boolean => Number.isNaN(x) && Number.isNaN(y)

/** Big lists are compared chunk by chunk where their trees have one form, and element by element elsewhere. */
function equalTrees(a: BTree, b: BTree, whole: Green, other: Green): boolean {
  if (a === b) return true
  if (Array.isArray(a)) {
    if (!Array.isArray(b) || a.length !== b.length) return equalLists(whole, other)
    return a.every((value, i) => equalValues(value, b[i]))
  }
  if (!(b instanceof Branch) || !sameEnds(a, b)) return equalLists(whole, other)
  return a.children.every((child, i) => equalTrees(child, b.children[i] as BTree, whole, other))
}

const sameEnds = (a: Branch, b: Branch): boolean =>
  a.ends === b.ends || (a.ends.length === b.ends.length && a.ends.every((end, i) => end === b.ends[i]))

function equalLists(a: Green, b: Green): boolean {
  return listLength(a) === listLength(b) && listEach(a, (element, i) => equalValues(element, listGet(b, i)))
}

function equalDicts(a: Green, b: Green): boolean {
  if (dictSize(a) !== dictSize(b)) return false
  return dictEach(a, (value, key) => {
    const position = dictFind(b, key)
    return position >= 0 && equalValues(value, dictGet(b, position))
  })
}

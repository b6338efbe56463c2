/**
 * List greens: `[spec, mark, ...elements]` up to 256 elements, `[spec, mark, tree, length]` above. Everything that
 * reads or changes a list goes through here, so the rest of the room need not know which of the two it has.
 */

import {
  type BTree,
  forEachLeaf,
  treeFrom,
  treeGet,
  treeInsert,
  treeRemove,
  treeSet,
  treeValues,
} from './b-tree.ts'
import { BIG_LIST, FIRST, type Green, LIST, SMALL, Spec, withSeal } from './spec.ts'

/** The spec of lists with the given rules. */
export function listSpec(rules?: ConstructorParameters<typeof Spec>[2]): Spec {
  const name = rules?.isTuple === true ? 'tuple' : 'list'
  const small = new Spec(LIST, name, rules)
  const big = new Spec(BIG_LIST, name, rules)
  small.small = big.small = small
  small.big = big.big = big
  return small
}

/** Lists in which anything may stand. */
export const UNTYPED_LIST = listSpec()

/** Tuples in which anything may stand, in any number. */
export const UNTYPED_TUPLE = listSpec({ isTuple: true })

/** The word that the JSON of a tuple starts with, as PyGlove has it. */
export const TUPLE_WORD = '__tuple__'

/** A list of finished elements under the rules of a spec, big or small as their number demands. */
export function listFrom(spec: Spec, elements: readonly unknown[]): Green {
  const fitting = specFor(spec, elements.length)
  if (fitting.kind === BIG_LIST) return [fitting, 0, treeFrom(elements), elements.length]
  if (elements.length === 0) return (fitting.empty ??= [fitting, 0])
  const green = [fitting, 0, ...elements] as Green
  return green
}

export const listLength = (green: Green): number =>
  green[0].kind === BIG_LIST ? (green[3] as number) : green.length - FIRST

/** The element at an index that is in range. */
export const listGet = (green: Green, index: number): unknown =>
  green[0].kind === BIG_LIST ? treeGet(green[2] as BTree, index) : green[index + FIRST]

/** The elements, as an array of the caller's own. */
export const listValues = (green: Green): unknown[] =>
  green[0].kind === BIG_LIST ? treeValues(green[2] as BTree) : green.slice(FIRST)

/** The list with the element at an index in range replaced. */
export function listSet(green: Green, index: number, element: unknown): Green {
  const copy = green.slice() as Green
  copy[1] = 0
  if (green[0].kind === BIG_LIST) copy[2] = treeSet(green[2] as BTree, index, element)
  else copy[index + FIRST] = element
  return copy
}

/** The list with an element put in before an index; at the length it is appended. */
export function listInsert(green: Green, index: number, element: unknown): Green {
  if (green[0].kind === BIG_LIST) {
    return [green[0], 0, treeInsert(green[2] as BTree, index, element), (green[3] as number) + 1]
  }
  if (green.length - FIRST === SMALL)
    return listFrom(green[0], green.toSpliced(index + FIRST, 0, element).slice(FIRST))
  const copy = green.toSpliced(index + FIRST, 0, element) as Green
  copy[1] = 0
  return copy
}

/** The list without the element at an index in range. */
export function listRemove(green: Green, index: number): Green {
  if (green[0].kind === BIG_LIST) {
    const length = (green[3] as number) - 1
    const tree = treeRemove(green[2] as BTree, index)
    return length > SMALL ? [green[0], 0, tree, length] : listFrom(green[0], treeValues(tree))
  }
  const copy = green.toSpliced(index + FIRST, 1) as Green
  copy[1] = 0
  return copy
}

/** Calls back with each element and its index, in order, until the callback gives back false. */
export function listEach(green: Green, visit: (element: unknown, index: number) => unknown): boolean {
  if (green[0].kind !== BIG_LIST) {
    for (let i = FIRST; i < green.length; i++) if (visit(green[i], i - FIRST) === false) return false
    return true
  }
  let going = true
  forEachLeaf(green[2] as BTree, (leaf, start) => {
    for (let i = 0; going && i < leaf.length; i++) going = visit(leaf[i], start + i) !== false
  })
  return going
}

/** The spec of the same rules and seal that fits a length. */
function specFor(spec: Spec, length: number): Spec {
  const base = (length > SMALL ? spec.base.big : spec.base.small) as Spec
  return spec.sealed ? withSeal(base, true) : base
}

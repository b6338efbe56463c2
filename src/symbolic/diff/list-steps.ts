/**
 * The steps that make one list of another, each for the list as the steps before have left it. Elements that went from
 * one place to another are moved: of what alignment leaves over, what was taken out here and put in there is one thing.
 */

import { equalValues } from '../greens/equal.ts'
import { hashGreen } from '../greens/hash.ts'
import { isGreen } from '../greens/spec.ts'
import { eachUnaligned, NO_INDEX } from './align.ts'

/** One step; indices into the second list are `other`, all others are of the list as it is by then. */
export type ListStep =
  | { readonly do: 'change'; readonly at: number; readonly from: number; readonly other: number }
  | { readonly do: 'add'; readonly at: number; readonly other: number }
  | { readonly do: 'remove'; readonly at: number }
  | { readonly do: 'move'; readonly from: number; readonly at: number }

/** The steps from one list to another. */
export function listSteps(a: readonly unknown[], b: readonly unknown[]): ListStep[] {
  const unaligned: Pair[] = []
  eachUnaligned(a, b, (i, j) => unaligned.push([i, j]))
  const moves = movesAmong(unaligned, a, b)
  // Each move looks through the list for its place.
  return moves.size === 0 || moves.size * b.length > MAX_LOOKS
    ? inOrder(unaligned)
    : moving(unaligned, moves, a, b)
}

type Pair = readonly [i: number, j: number]

const MAX_LOOKS = 20_000_000

/** Without moves, all steps come from the left to the right. */
function inOrder(unaligned: readonly Pair[]): ListStep[] {
  // An index now is the old index and how far the steps so far have moved what follows.
  let shift = 0
  return unaligned.map(([i, j]) => {
    if (j === NO_INDEX) return { do: 'remove', at: i + shift-- }
    if (i !== NO_INDEX) return { do: 'change', at: i + shift, from: i, other: j }
    shift++
    return { do: 'add', at: j, other: j }
  })
}

/** Where elements that were taken out here are put in again, by their old index. */
function movesAmong(
  unaligned: readonly Pair[],
  a: readonly unknown[],
  b: readonly unknown[],
): Map<number, number> {
  const moves = new Map<number, number>()
  const places = new Map<unknown, number[]>()
  // A leaf that became another in its place is one step already.
  const isFree = (value: unknown, [i, j]: Pair): boolean => isGreen(value) || i === NO_INDEX || j === NO_INDEX
  for (const pair of unaligned) {
    const value = b[pair[1]]
    if (pair[1] === NO_INDEX || !isFree(value, pair)) continue
    const known = places.get(keyOf(value))
    if (known === undefined) places.set(keyOf(value), [pair[1]])
    else known.push(pair[1])
  }
  for (const pair of unaligned) {
    const value = a[pair[0]]
    if (pair[0] === NO_INDEX || !isFree(value, pair)) continue
    const candidates = places.get(keyOf(value)) ?? []
    const found = candidates.findIndex(j => equalValues(value, b[j]))
    if (found >= 0) moves.set(pair[0], candidates.splice(found, 1)[0] as number)
  }
  return moves
}

const keyOf = (value: unknown): unknown => (isGreen(value) ? hashGreen(value) : String(value))

const REMOVED = -1

/**
 * With moves, the list is built from the left: everything before `at` is as it shall be. `goals` are the indices that
 * the elements of the list as it is by now shall have; those not to be moved any more stand in order.
 */
function moving(
  unaligned: readonly Pair[],
  moves: ReadonlyMap<number, number>,
  a: readonly unknown[],
  b: readonly unknown[],
): ListStep[] {
  const steps: ListStep[] = []
  const movable = new Set(moves.values())
  const { goals, changed, isNew } = goalsOf(unaligned, moves, movable, a.length)
  for (let at = 0; at < Math.max(b.length, goals.length); ) {
    const goal = goals[at]
    if (goal === at) {
      const from = changed.get(at)
      if (from !== undefined) steps.push({ do: 'change', at, from, other: at })
      at++
    } else if (goal === REMOVED) {
      goals.splice(at, 1)
      steps.push({ do: 'remove', at })
    } else if (isNew.has(at)) {
      goals.splice(at, 0, at)
      steps.push({ do: 'add', at, other: at })
    } else if (goal !== undefined && movable.has(goal) && !movable.has(at)) {
      const to = placeFor(goal, goals, at, movable)
      goals.splice(at, 1)
      goals.splice(to, 0, goal)
      movable.delete(goal)
      steps.push({ do: 'move', from: at, at: to })
    } else {
      const from = goals.indexOf(at, at)
      goals.splice(from, 1)
      goals.splice(at, 0, at)
      movable.delete(at)
      steps.push({ do: 'move', from, at })
    }
  }
  return steps
}

/** Where what is taken out at an index goes: before the first that stays and shall stand behind it. */
function placeFor(goal: number, goals: readonly number[], at: number, movable: ReadonlySet<number>): number {
  let next = at + 1
  while (next < goals.length) {
    const other = goals[next] as number
    if (other > goal && !movable.has(other)) break
    next++
  }
  return next - 1
}

/** Where each element of the first list shall stand, which become others in their place, and what is new. */
function goalsOf(
  unaligned: readonly Pair[],
  moves: ReadonlyMap<number, number>,
  moved: ReadonlySet<number>,
  length: number,
): { goals: number[]; changed: Map<number, number>; isNew: Set<number> } {
  const goals: number[] = []
  const changed = new Map<number, number>()
  const isNew = new Set<number>()
  let next = 0
  const keepUpTo = (i: number): void => {
    while (goals.length < i) goals.push(next++)
  }
  for (const [i, j] of unaligned) {
    // What stands before the pair is equal, element by element, in both lists.
    keepUpTo(i === NO_INDEX ? goals.length + (j - next) : i)
    const isPair = i !== NO_INDEX && j !== NO_INDEX
    const stays = isPair && !moves.has(i) && !moved.has(j)
    if (stays) changed.set(j, i)
    else if (j !== NO_INDEX && !moved.has(j)) isNew.add(j)
    if (i !== NO_INDEX) goals.push(stays ? j : (moves.get(i) ?? REMOVED))
    if (j !== NO_INDEX) next = j + 1
  }
  keepUpTo(length)
  return { goals, changed, isNew }
}

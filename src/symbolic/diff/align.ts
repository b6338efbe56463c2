/**
 * Which elements of two lists belong together. Elements that stayed equal anchor the rest (a longest common
 * subsequence), so that something put in or taken out is one difference and not a rewrite of the tail.
 */

import { equalValues } from '../greens/equal.ts'
import { listGet } from '../greens/list-green.ts'
import { type Green, isDictKind, isGreen, OBJECT, wholeSpec } from '../greens/spec.ts'

/** The index of what the other list does not have. */
export const NO_INDEX = -1

/**
 * Calls back for each place where two lists differ, in order, with the index in the first and in the second;
 * `NO_INDEX` for an element put in or taken out. What stands between two calls is equal, pair by pair.
 */
export function eachUnaligned(
  a: readonly unknown[],
  b: readonly unknown[],
  visit: (index: number, otherIndex: number) => void,
): void {
  let start = 0
  while (start < a.length && start < b.length && equalValues(a[start], b[start])) start++
  let end = a.length
  let otherEnd = b.length
  while (end > start && otherEnd > start && equalValues(a[end - 1], b[otherEnd - 1])) {
    end--
    otherEnd--
  }
  const anchors = commonSubsequence(a.slice(start, end), b.slice(start, otherEnd))
  anchors.push([end - start, otherEnd - start])
  let [i, j] = [0, 0]
  for (const [nextI, nextJ] of anchors) {
    while (i < nextI || j < nextJ) {
      const [left, right] = [nextI - i, nextJ - j]
      // Where one side has more, what is of another kind than its counterpart came or went.
      const isGone =
        left > right && (right === 0 || isNextAlike(a[start + i], a[start + i + 1], b[start + j]))
      const isNew = right > left && (left === 0 || isNextAlike(b[start + j], b[start + j + 1], a[start + i]))
      visit(isNew ? NO_INDEX : start + i++, isGone ? NO_INDEX : start + j++)
    }
    i = nextI + 1
    j = nextJ + 1
  }
}

/** Whether an element is of another kind than its counterpart, and the one after it is not. */
const isNextAlike = (element: unknown, next: unknown, other: unknown): boolean =>
  !isAlike(element, other) && isAlike(next, other)

/** Whether two elements are of one kind: both leaves, lists, dicts, or objects of one class. */
function isAlike(x: unknown, y: unknown): boolean {
  if (!isGreen(x) || !isGreen(y)) return !isGreen(x) && !isGreen(y)
  const [from, to] = [x[0], y[0]]
  return from.kind === OBJECT || to.kind === OBJECT
    ? wholeSpec(from) === wholeSpec(to)
    : isDictKind(from.kind) === isDictKind(to.kind)
}

/** Whether the difference at an index of two lists of one length is better read as an element put in or taken out. */
export const looksShifted = (a: Green, b: Green, index: number, length: number): boolean =>
  index + 1 < length &&
  (equalValues(listGet(a, index), listGet(b, index + 1)) ||
    equalValues(listGet(a, index + 1), listGet(b, index)))

/** Among so many places that differ, parts that only went elsewhere are looked for. */
const MAX_SWAPPED = 8

/** Whether some part that is gone from one of these places stands at another of them now. */
export const areSwapped = (a: Green, b: Green, places: readonly number[]): boolean =>
  1 < places.length &&
  places.length <= MAX_SWAPPED &&
  places.some(from => {
    const part = listGet(a, from)
    return isGreen(part) && places.some(to => equalValues(part, listGet(b, to)))
  })

/** With more differences than this the middle of two lists is taken as rewritten: the work grows with their square. */
const MAX_DIFFERENCES = 1000

/**
 * The index pairs of a longest common subsequence, by the greedy algorithm of Myers ("An O(ND) difference algorithm and
 * its variations", 1986): quick for lists of any length that differ in few places.
 */
function commonSubsequence(a: readonly unknown[], b: readonly unknown[]): [number, number][] {
  if (a.length === 0 || b.length === 0) return []
  const most = Math.min(a.length + b.length, MAX_DIFFERENCES)
  // How far down each diagonal i - j the paths with so many differences lead; `trace` keeps it for each number.
  const reach = new Int32Array(2 * most + 3)
  const trace: Int32Array[] = []
  for (let count = 0; count <= most; count++) {
    trace.push(reach.slice(most + 1 - count - 1, most + 1 + count + 2))
    for (let diagonal = -count; diagonal <= count; diagonal += 2) {
      const below = reach[most + 1 + diagonal + 1] as number
      const right = (reach[most + 1 + diagonal - 1] as number) + 1
      const isDown = diagonal === -count || (diagonal !== count && right <= below)
      let i = isDown ? below : right
      let j = i - diagonal
      while (i < a.length && j < b.length && equalValues(a[i], b[j])) {
        i++
        j++
      }
      reach[most + 1 + diagonal] = i
      if (i >= a.length && j >= b.length) return pairsOf(trace, a.length, b.length)
    }
  }
  return []
}

/** The pairs on the path that the trace leads to, read backwards. */
function pairsOf(trace: readonly Int32Array[], length: number, otherLength: number): [number, number][] {
  const pairs: [number, number][] = []
  let [i, j] = [length, otherLength]
  for (let count = trace.length - 1; i > 0 || j > 0; count--) {
    const reach = trace[count] as Int32Array
    const at = (diagonal: number): number => reach[diagonal + count + 1] as number
    const diagonal = i - j
    const isDown = diagonal === -count || (diagonal !== count && at(diagonal - 1) + 1 <= at(diagonal + 1))
    const before = isDown ? diagonal + 1 : diagonal - 1
    const [startI, startJ] = count === 0 ? [0, 0] : [at(before), at(before) - before]
    while (i > startI && j > startJ) pairs.push([--i, --j])
    ;[i, j] = [startI, startJ]
  }
  return pairs.reverse()
}

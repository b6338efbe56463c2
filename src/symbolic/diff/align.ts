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

/** Beyond this many comparisons the middle of two lists is taken as rewritten. */
const MAX_CELLS = 250_000

/** The index pairs of a longest common subsequence. */
function commonSubsequence(a: readonly unknown[], b: readonly unknown[]): [number, number][] {
  const width = b.length + 1
  const pairs: [number, number][] = []
  if (a.length === 0 || b.length === 0 || a.length * b.length > MAX_CELLS) return pairs
  const lengths = new Uint32Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const cell = i * width + j
      lengths[cell] = equalValues(a[i], b[j])
        ? (lengths[cell + width + 1] as number) + 1
        : Math.max(lengths[cell + width] as number, lengths[cell + 1] as number)
    }
  }
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const cell = i * width + j
    if (equalValues(a[i], b[j])) pairs.push([i++, j++])
    else if ((lengths[cell + width] as number) >= (lengths[cell + 1] as number)) i++
    else j++
  }
  return pairs
}

/**
 * The differences of two trees as a tree: `diffTree` gives a `Diff` that has the shape of what it compares, down to the
 * places that differ. It is for people and for programs that ask where and what; to apply a difference, use `diff`.
 * Shared parts are the same green and cost nothing; lists are aligned as `diff` aligns them, and always, since what
 * was put in or taken out should be seen as that.
 */

import { MISSING } from '../change/missing.ts'
import { SymError } from '../errors.ts'
import { eachChild } from '../greens/children.ts'
import { dictFind, dictGet } from '../greens/dict-green.ts'
import { equalValues } from '../greens/equal.ts'
import { listValues } from '../greens/list-green.ts'
import { type Green, isDictKind, isGreen, isListKind, OBJECT, wholeSpec } from '../greens/spec.ts'
import { storedFor } from '../greens/values.ts'
import type { Key } from '../key-path.ts'
import { makeNode, Node } from '../node.ts'
import { show } from '../view/format.ts'
import { eachUnaligned, NO_INDEX } from './align.ts'
import { Diff, type DiffKind, type DiffMode } from './diff-node.ts'

export interface DiffOptions {
  /** What to list: what differs (the default), what is the same, or both. */
  readonly mode?: DiffMode
  /**
   * Which pairs of different objects, lists and dicts are compared part by part: those of one type (the default), all
   * whose keys can be compared (true), none (false), or those the function says yes to.
   */
  readonly collapse?: 'sameType' | boolean | ((left: unknown, right: unknown) => boolean)
}

/**
 * What is different between two trees, or two values of any kind, as a tree of `Diff`s.
 *
 *     const diff = diffTree(model, wider)
 *     diff.isEmpty                    // false
 *     diff.flatten().get('rate')      // Diff: left 0.01, right 0.1
 *     String(diff)                    // ~ rate: 0.01 → 0.1
 */
export function diffTree(
  left: unknown,
  right: unknown,
  { mode = 'diff', collapse = 'sameType' }: DiffOptions = {},
): Diff {
  if (mode !== 'diff' && mode !== 'same' && mode !== 'both') {
    throw new SymError('', `the mode of a diff is 'diff', 'same' or 'both', got ${show(mode)}`)
  }
  if (typeof collapse !== 'boolean' && typeof collapse !== 'function' && collapse !== 'sameType') {
    throw new SymError('', `collapse is 'sameType', true, false or a function, got ${show(collapse)}`)
  }
  const [a, b] = [storedFor(left), storedFor(right)]
  return build(['', ''], a, b, { mode, collapse }, [nodeOf(left, a), nodeOf(right, b)])
}

type Keys = readonly [Key | null, Key | null]
type Asked = Required<DiffOptions>

/** The node of a side, if it is one: the one given, at its place, or one of its own for plain data. */
const nodeOf = (value: unknown, stored: unknown): Node | null =>
  value instanceof Node ? value : isGreen(stored) ? makeNode(stored, null, '') : null

function build(
  keys: Keys,
  a: unknown,
  b: unknown,
  asked: Asked,
  nodes?: readonly [Node | null, Node | null],
): Diff {
  const make = (kind: DiffKind, children: readonly Diff[] = []): Diff =>
    new Diff(kind, asked.mode, keys, [a, b], children, nodes)
  if (a === b) return make('same')
  if (a === MISSING) return make('added')
  if (b === MISSING) return make('removed')
  if (!isGreen(a) || !isGreen(b) || !mayCollapse(a, b, asked)) {
    return make(equalValues(a, b) ? 'same' : 'changed')
  }
  const children: Diff[] = []
  let isSame = isSameType(a, b)
  eachPair(a, b, asked, (pair, x, y) => {
    // What is shared, and the leaves, are most of a tree: nothing is made for them when they are not wanted.
    if (asked.mode === 'diff' && (x === y || (!isGreen(x) && equalValues(x, y)))) return
    const child = build(pair, x, y, asked)
    if (child.kind !== 'same') isSame = false
    if (asked.mode === 'diff' ? child.kind !== 'same' : asked.mode === 'both' || isShared(child))
      children.push(child)
  })
  return isSame ? make('same') : make('changed', children)
}

/** Whether there is anything in a difference that is the same on both sides. */
const isShared = (diff: Diff): boolean => diff.kind === 'same' || !diff.isLeaf

function mayCollapse(a: Green, b: Green, { collapse }: Asked): boolean {
  const [from, to] = [a[0], b[0]]
  if (isListKind(from.kind) !== isListKind(to.kind) || from.isTuple !== to.isTuple) return false
  if (typeof collapse === 'function') return collapse(makeNode(a, null, ''), makeNode(b, null, ''))
  return typeof collapse === 'boolean' ? collapse : isSameType(a, b)
}

/** Whether two greens are lists, tuples, dicts, or objects of one class. */
function isSameType(a: Green, b: Green): boolean {
  const [from, to] = [a[0], b[0]]
  if (from.kind === OBJECT || to.kind === OBJECT) return wholeSpec(from) === wholeSpec(to)
  return isDictKind(from.kind) === isDictKind(to.kind) && from.isTuple === to.isTuple
}

type PairVisitor = (keys: Keys, left: unknown, right: unknown) => void

/** Calls back with the parts of two greens that belong together; with those that are alike only if they are wanted. */
function eachPair(a: Green, b: Green, asked: Asked, visit: PairVisitor): void {
  if (isListKind(a[0].kind)) return eachListPair(a, b, asked, visit)
  eachChild(a, (value, key) => visitPresent([key, key], value, keyed(b, key as string), visit))
  eachChild(b, (value, key) => {
    if (!hasKey(a, key as string)) visitPresent([null, key], MISSING, value, visit)
  })
}

/** Whether `eachChild` comes by a key: absent fields are there, missing ones are not. */
const hasKey = (green: Green, key: string): boolean =>
  green[0].kind !== OBJECT
    ? dictFind(green, key) >= 0
    : green[0].slots.has(key) && green[green[0].slots.get(key) as number] !== MISSING

/** The value of a field or key; `MISSING` for a field that is absent. */
function keyed(green: Green, key: string): unknown {
  if (green[0].kind === OBJECT) {
    const slot = green[0].slots.get(key)
    return slot === undefined || green[slot] === undefined ? MISSING : green[slot]
  }
  const position = dictFind(green, key)
  return position < 0 ? MISSING : dictGet(green, position)
}

function visitPresent([leftKey, rightKey]: Keys, left: unknown, right: unknown, visit: PairVisitor): void {
  const isLeft = left !== MISSING && left !== undefined
  const isRight = right !== MISSING && right !== undefined
  if (!isLeft && !isRight) return
  visit(
    [isLeft ? leftKey : null, isRight ? rightKey : null],
    isLeft ? left : MISSING,
    isRight ? right : MISSING,
  )
}

function eachListPair(a: Green, b: Green, asked: Asked, visit: PairVisitor): void {
  const [left, right] = [listValues(a), listValues(b)]
  const steps: [number, number][] = []
  eachUnaligned(left, right, (i, j) => steps.push([i, j]))
  if (left.length === right.length && steps.length > countUnequal(left, right)) {
    for (let i = 0; i < left.length; i++) visit([i, i], left[i], right[i])
    return
  }
  let [next, otherNext] = [0, 0]
  const visitAnchors = (end: number): void => {
    if (asked.mode !== 'diff') {
      while (next < end) visit([next, otherNext], left[next++], right[otherNext++])
    } else [next, otherNext] = [end, otherNext + end - next]
  }
  for (const [i, j] of steps) {
    // Between two differences the lists go in step, so either index tells how far.
    visitAnchors(i !== NO_INDEX ? i : next + j - otherNext)
    if (i === NO_INDEX) visit([null, j], MISSING, right[otherNext++])
    else if (j === NO_INDEX) visit([i, null], left[next++], MISSING)
    else visit([i, j], left[next++], right[otherNext++])
  }
  visitAnchors(left.length)
}

/** How many places of two lists of one length differ when nothing is taken as moved. */
function countUnequal(left: readonly unknown[], right: readonly unknown[]): number {
  let count = 0
  for (let i = 0; i < left.length; i++) if (!equalValues(left[i], right[i])) count++
  return count
}

/**
 * One place of a diff tree: what is on the left, what on the right, and the differences below. A `Diff` holds stored
 * values; the nodes at their places are made when asked for, so a diff of big trees costs what differs.
 */

import { SymError } from '../errors.ts'
import { type Green, isGreen } from '../greens/spec.ts'
import { type Step, stepsOf } from '../greens/steps.ts'
import { formatKeys, type Key, KeyPath } from '../key-path.ts'
import { childNode, type Node } from '../node.ts'
import { slotOf } from '../read.ts'
import { show } from '../view/format.ts'

/** What a `Diff` lists: the places that differ, those that are the same, or both. */
export type DiffMode = 'diff' | 'same' | 'both'

/** How the two sides of a place stand to each other. */
export type DiffKind = 'added' | 'removed' | 'changed' | 'same'

/**
 * The difference of two values. `left` and `right` are the values at their places, `MISSING` on the side that has
 * none; `children` are the differences below, of which there are none where the values differ as a whole.
 */
export class Diff {
  /** Why the two sides are listed. What has children is changed, or it would have none. */
  readonly kind: DiffKind
  /** The key in the left tree: for list elements, the index there; null when nothing is there. */
  readonly leftKey: Key | null
  /** The key in the right tree; null when nothing is there. */
  readonly rightKey: Key | null
  /** The differences below, in the order of the keys; elements of lists in the order of both lists. */
  readonly children: readonly Diff[]
  readonly mode: DiffMode
  /** @internal The values as they are stored. */
  readonly _sides: readonly [left: unknown, right: unknown]
  #parent: Diff | null = null
  #nodes: readonly [left: Node | null, right: Node | null]

  /** @internal */
  constructor(
    kind: DiffKind,
    mode: DiffMode,
    keys: readonly [Key | null, Key | null],
    sides: readonly [unknown, unknown],
    children: readonly Diff[],
    nodes: readonly [Node | null, Node | null] = [null, null],
  ) {
    this.kind = kind
    this.leftKey = keys[0]
    this.rightKey = keys[1]
    this.children = children
    this.mode = mode
    this._sides = sides
    this.#nodes = nodes
    for (const child of children) child.#parent = this
  }

  /** The value in the left tree, a node at its place where it is one; `MISSING` when there is none. */
  get left(): unknown {
    return this.#side(0)
  }

  /** The value in the right tree, a node at its place where it is one; `MISSING` when there is none. */
  get right(): unknown {
    return this.#side(1)
  }

  /** The one value of both sides. Throws when they differ. */
  get value(): unknown {
    if (this.kind === 'same') return this.right
    const [left, right] = this._sides
    throw new SymError(
      this.path.toString(),
      `'${this.path}' has no one value: it is ${show(left)} on the left and ${show(right)} on the right`,
    )
  }

  /** The difference that this one is part of; null for the whole. */
  get parent(): Diff | null {
    return this.#parent
  }

  /** The key in the right tree, or for what was removed, in the left. */
  get key(): Key {
    return this.rightKey ?? (this.leftKey as Key)
  }

  /** Where this is in the right tree, or for what was removed, its old key below that of what it was removed from. */
  get path(): KeyPath {
    return this.#parent === null ? KeyPath.root : this.#parent.path.child(this.key)
  }

  /** Where this is in the left tree; null when it is not there. */
  get leftPath(): KeyPath | null {
    return pathOn(this, diff => diff.leftKey)
  }

  /** Where this is in the right tree; null when it is not there. */
  get rightPath(): KeyPath | null {
    return pathOn(this, diff => diff.rightKey)
  }

  /** Whether nothing further is listed below: the sides are taken as a whole. */
  get isLeaf(): boolean {
    return this.children.length === 0
  }

  /** Whether there is nothing to list: no difference, or for the mode `'same'`, nothing that is the same. */
  get isEmpty(): boolean {
    return this.isLeaf && (this.mode === 'same') === (this.kind !== 'same')
  }

  /** How many leaves of each kind there are. */
  get counts(): Record<DiffKind, number> {
    const counts = { added: 0, removed: 0, changed: 0, same: 0 }
    for (const leaf of this.leaves()) counts[leaf.kind]++
    return counts
  }

  /** The leaves, from left to right. */
  *leaves(): IterableIterator<Diff> {
    if (this.isLeaf && !(this.#parent === null && this.isEmpty)) yield this
    for (const child of this.children) yield* child.leaves()
  }

  /**
   * The leaves by the text of their path, elements of lists included. Where an element that came has the index of one
   * that was removed, the one removed is found at its path and ` (removed)`.
   *
   *     diffTree(model, wider).flatten()     // Map { 'head.units' => Diff, … }
   */
  flatten(): Map<string, Diff> {
    const found = new Map<string, Diff>()
    const removed: [string, Diff][] = []
    for (const leaf of this.leaves()) {
      if (leaf.kind === 'removed') removed.push([leaf.path.toString(), leaf])
      else found.set(leaf.path.toString(), leaf)
    }
    if (removed.length === 0) return found
    // Removed elements of a list that others moved into the place of give way to them.
    const taken = new Set([...found.keys()])
    for (const diff of inner(this)) taken.add(diff.path.toString())
    for (const [path, leaf] of removed) found.set(taken.has(path) ? `${path} (removed)` : path, leaf)
    return found
  }

  /** One line for each place, with `+`, `-` and `~` before what was added, removed and changed; or `No diff`. */
  toString(): string {
    if (this.isEmpty) return this.mode === 'same' ? 'Nothing in common' : 'No diff'
    return linesOf(this, '').join('\n')
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString()
  }

  #side(at: 0 | 1): unknown {
    const stored = this._sides[at]
    if (!isGreen(stored)) return stored
    if (this.#parent === null) return this.#nodes[at]
    const parent = this.#parent.#side(at) as Node
    const key = (at === 0 ? this.leftKey : this.rightKey) as Key
    return childNode(parent, slotOf(parent._g, stepsOf([key])[0] as Step), key, stored)
  }
}

function* inner(diff: Diff): IterableIterator<Diff> {
  if (!diff.isLeaf) yield diff
  for (const child of diff.children) yield* inner(child)
}

function pathOn(diff: Diff, keyOf: (diff: Diff) => Key | null): KeyPath | null {
  if (diff.parent === null) return KeyPath.root
  const key = keyOf(diff)
  return key === null ? null : (pathOn(diff.parent, keyOf)?.child(key) ?? null)
}

const SIGNS: Record<DiffKind, string> = { added: '+', removed: '-', changed: '~', same: ' ' }

function linesOf(diff: Diff, indent: string): string[] {
  const [left, right] = diff._sides
  const isRoot = diff.parent === null
  const key = isRoot ? '' : formatKeys([diff.key])
  if (diff.isLeaf) {
    const values =
      diff.kind === 'changed'
        ? `${show(left)} → ${show(right)}`
        : show(diff.kind === 'removed' ? left : right)
    return [`${SIGNS[diff.kind]} ${indent}${isRoot ? '' : `${key}: `}${values}`]
  }
  const types = [left, right].map(side => (side as Green)[0].name)
  const type = types[0] === types[1] ? types[0] : types.join(' → ')
  const head = isRoot ? type : types[0] === types[1] ? key : `${key}: ${type}`
  return [`  ${indent}${head}`, ...diff.children.flatMap(child => linesOf(child, `${indent}  `))]
}

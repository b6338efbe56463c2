/**
 * A persistent counted B+tree: what lists and dicts above 256 entries keep their values in. Leaves are plain arrays of
 * up to 64 values, branches hold up to 64 children and where each ends, so replacing one of a million elements copies
 * three small arrays (2 us; copying the list takes 6 ms). Values are never looked at. Sharing is by chunk: two versions
 * hold identical leaves wherever they agree, which is what makes comparing them cheap.
 */

export const WIDTH = 64

export type Leaf = unknown[]

export class Branch {
  readonly children: readonly BTree[]
  /** The number of values up to and including each child. */
  readonly ends: readonly number[]
  /** How many values a full child holds: the guess that finds the child of an index in one step. */
  readonly span: number

  constructor(children: readonly BTree[], ends: readonly number[], span: number) {
    this.children = children
    this.ends = ends
    this.span = span
  }
}

function branch(children: readonly BTree[], span: number): Branch {
  const ends: number[] = []
  let end = 0
  for (let i = 0; i < children.length; i++) ends.push((end += sizeOf(children[i] as BTree)))
  return new Branch(children, ends, span)
}

export type BTree = Leaf | Branch

export const EMPTY_TREE: BTree = []

export const sizeOf = (tree: BTree): number =>
  Array.isArray(tree) ? tree.length : (tree.ends[tree.ends.length - 1] ?? 0)

/** The tree of the values, in order, with full leaves. */
export function treeFrom(values: readonly unknown[]): BTree {
  let level: BTree[] = []
  for (let i = 0; i < values.length; i += WIDTH) level.push(values.slice(i, i + WIDTH))
  let span = WIDTH
  while (level.length > 1) {
    const above: BTree[] = []
    for (let i = 0; i < level.length; i += WIDTH) above.push(branch(level.slice(i, i + WIDTH), span))
    level = above
    span *= WIDTH
  }
  return level[0] ?? EMPTY_TREE
}

/** The value at an index that is in range. */
export function treeGet(tree: BTree, index: number): unknown {
  while (!Array.isArray(tree)) {
    const at = childAt(tree, index)
    if (at > 0) index -= tree.ends[at - 1] as number
    tree = tree.children[at] as BTree
  }
  return tree[index]
}

/** The tree with the value at an index in range replaced; the same tree when it is the same value. */
export function treeSet(tree: BTree, index: number, value: unknown): BTree {
  if (Array.isArray(tree)) {
    if (Object.is(tree[index], value)) return tree
    const leaf = tree.slice()
    leaf[index] = value
    return leaf
  }
  const at = childAt(tree, index)
  const old = tree.children[at] as BTree
  const child = treeSet(old, at > 0 ? index - (tree.ends[at - 1] as number) : index, value)
  return child === old ? tree : withChild(tree, at, child, 0)
}

/** The tree with the value put in before an index; at the size of the tree it is appended. */
export function treeInsert(tree: BTree, index: number, value: unknown): BTree {
  const parts = insertInto(tree, index, value)
  if (parts.length === 1) return parts[0] as BTree
  return branch(parts, Array.isArray(tree) ? WIDTH : tree.span * WIDTH)
}

/** The tree without the value at an index in range. */
export function treeRemove(tree: BTree, index: number): BTree {
  let result = removeFrom(tree, index)
  while (!Array.isArray(result) && result.children.length <= 1) result = result.children[0] ?? EMPTY_TREE
  return result
}

/** All values, in order. */
export function treeValues(tree: BTree): unknown[] {
  const values: unknown[] = []
  forEachLeaf(tree, leaf => {
    for (let i = 0; i < leaf.length; i++) values.push(leaf[i])
  })
  return values
}

/** Calls back with each leaf in order and the index of its first value. */
export function forEachLeaf(tree: BTree, visit: (leaf: Leaf, start: number) => void, start = 0): void {
  if (Array.isArray(tree)) {
    visit(tree, start)
    return
  }
  for (let i = 0; i < tree.children.length; i++) {
    forEachLeaf(tree.children[i] as BTree, visit, i === 0 ? start : start + (tree.ends[i - 1] as number))
  }
}

/** The child that holds an index; the last one for the index just past the end. */
function childAt({ ends, span }: Branch, index: number): number {
  const last = ends.length - 1
  let at = Math.min(last, Math.floor(index / span))
  // Leaves are at most full, so the guess is never too far right.
  while (at < last && (ends[at] as number) <= index) at++
  return at
}

/** A branch with one child replaced by another of `delta` more values. */
function withChild(old: Branch, at: number, child: BTree, delta: number): Branch {
  const children = old.children.slice()
  children[at] = child
  if (delta === 0) return new Branch(children, old.ends, old.span)
  const ends = old.ends.slice()
  for (let i = at; i < ends.length; i++) ends[i] = (ends[i] as number) + delta
  return new Branch(children, ends, old.span)
}

function insertInto(tree: BTree, index: number, value: unknown): BTree[] {
  if (Array.isArray(tree)) {
    if (tree.length < WIDTH) return [tree.toSpliced(index, 0, value)]
    // Appending leaves full leaves behind; anywhere else the leaf splits in halves.
    if (index === tree.length) return [tree, [value]]
    const half = WIDTH / 2
    const left = tree.slice(0, half)
    const right = tree.slice(half)
    return index <= half
      ? [left.toSpliced(index, 0, value), right]
      : [left, right.toSpliced(index - half, 0, value)]
  }
  const at = childAt(tree, index)
  const parts = insertInto(
    tree.children[at] as BTree,
    at > 0 ? index - (tree.ends[at - 1] as number) : index,
    value,
  )
  if (parts.length === 1) return [withChild(tree, at, parts[0] as BTree, 1)]
  const children = tree.children.toSpliced(at, 1, ...parts)
  if (children.length <= WIDTH) return [branch(children, tree.span)]
  const cut = at === tree.children.length - 1 && parts.length === 2 ? WIDTH : children.length >> 1
  return [branch(children.slice(0, cut), tree.span), branch(children.slice(cut), tree.span)]
}

function removeFrom(tree: BTree, index: number): BTree {
  if (Array.isArray(tree)) return tree.toSpliced(index, 1)
  const at = childAt(tree, index)
  const child = removeFrom(tree.children[at] as BTree, at > 0 ? index - (tree.ends[at - 1] as number) : index)
  const width = Array.isArray(child) ? child.length : child.children.length
  if (width === 0) return branch(tree.children.toSpliced(at, 1), tree.span)
  if (width < WIDTH / 4 && tree.children.length > 1) {
    // A thin child joins its neighbor when both fit into one, so that trees shrink as they empty.
    const left = at > 0 ? at - 1 : at
    const pair = at > 0 ? [tree.children[left] as BTree, child] : [child, tree.children[1] as BTree]
    const joined = join(pair[0] as BTree, pair[1] as BTree)
    if (joined !== null) return branch(tree.children.toSpliced(left, 2, joined), tree.span)
  }
  return withChild(tree, at, child, -1)
}

function join(left: BTree, right: BTree): BTree | null {
  if (Array.isArray(left)) {
    return Array.isArray(right) && left.length + right.length <= WIDTH ? left.concat(right) : null
  }
  if (Array.isArray(right) || left.children.length + right.children.length > WIDTH) return null
  return branch(left.children.concat(right.children), left.span)
}

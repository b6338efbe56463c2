/**
 * Immutable sets of key paths, as tries: paths that begin alike share their beginning, so that asking for everything
 * below a place, or whether a place is covered, takes as many steps as the path has keys. Sets that were made of each
 * other share what they have in common. A branch without members is never kept, so equal sets have equal tries.
 */

import { PathError } from './errors.ts'
import { MAX_DEPTH } from './fields/accept.ts'
import { compareKeys, type Key, KeyPath, type PathLike } from './key-path.ts'

export interface KeyPathSetOptions {
  /** Whether every path above a path is put in as well, the root included. */
  readonly includeIntermediate?: boolean
}

interface Trie {
  /** Whether the path that leads here is in the set. */
  readonly isMember: boolean
  /** How many members there are here and below. */
  readonly size: number
  readonly children: ReadonlyMap<Key, Trie>
}

const NO_CHILDREN: ReadonlyMap<Key, Trie> = new Map()
const EMPTY: Trie = { isMember: false, size: 0, children: NO_CHILDREN }
const LEAF: Trie = { isMember: true, size: 1, children: NO_CHILDREN }

/**
 * An immutable set of key paths. What changes nothing gives back the same set.
 *
 *     const frozen = KeyPathSet.of('head', 'layers[0].units')
 *     frozen.has('head')                  // true
 *     frozen.hasPrefix('layers')          // true: something below layers is in it
 *     frozen.covers('head.units')         // true: head is in it
 */
export class KeyPathSet implements Iterable<KeyPath> {
  /** The set without paths. */
  static readonly empty = new KeyPathSet(EMPTY)
  readonly #trie: Trie

  /** @internal */
  constructor(trie: Trie) {
    this.#trie = trie
  }

  /** The set of the given paths. */
  static of(...paths: readonly PathLike[]): KeyPathSet {
    return KeyPathSet.from(paths)
  }

  /** The set of the paths of an iterable, another set among them. Throws `PathError` for text that is no path. */
  static from(
    paths: Iterable<PathLike>,
    { includeIntermediate = false }: KeyPathSetOptions = {},
  ): KeyPathSet {
    if (paths instanceof KeyPathSet && !includeIntermediate) return paths
    const root: Draft = { isMember: false, children: new Map() }
    for (const path of paths) {
      let at = root
      for (const key of keysOf(path)) {
        if (includeIntermediate) at.isMember = true
        let next = at.children.get(key)
        if (next === undefined) at.children.set(key, (next = { isMember: false, children: new Map() }))
        at = next
      }
      at.isMember = true
    }
    return setOf(finish(root))
  }

  /** How many paths are in the set. */
  get size(): number {
    return this.#trie.size
  }

  get isEmpty(): boolean {
    return this.#trie.size === 0
  }

  has(path: PathLike): boolean {
    return find(this.#trie, keysOf(path)).isMember
  }

  /** Whether a path of the set starts with the given one: stands there or below. */
  hasPrefix(path: PathLike): boolean {
    return find(this.#trie, keysOf(path)).size > 0
  }

  /** Whether the given path or one above it is in the set. */
  covers(path: PathLike): boolean {
    let at = this.#trie
    for (const key of keysOf(path)) {
      if (at.isMember) return true
      const next = at.children.get(key)
      if (next === undefined) return false
      at = next
    }
    return at.isMember
  }

  add(path: PathLike): KeyPathSet {
    return this.#with(unite(this.#trie, below(keysOf(path), LEAF)))
  }

  remove(path: PathLike): KeyPathSet {
    return this.#with(subtract(this.#trie, below(keysOf(path), LEAF)))
  }

  /** The paths that are in this set or in the other. */
  union(other: Iterable<PathLike>): KeyPathSet {
    return this.#with(unite(this.#trie, KeyPathSet.from(other).#trie))
  }

  /** The paths that are in both sets. */
  intersection(other: Iterable<PathLike>): KeyPathSet {
    return this.#with(intersect(this.#trie, KeyPathSet.from(other).#trie))
  }

  /** The paths of this set that are not in the other. */
  difference(other: Iterable<PathLike>): KeyPathSet {
    return this.#with(subtract(this.#trie, KeyPathSet.from(other).#trie))
  }

  /** The paths of the set that start with the given one, relative to it. */
  subtree(path: PathLike): KeyPathSet {
    return this.#with(find(this.#trie, keysOf(path)))
  }

  /** The paths of the set with the given one before each. */
  rebase(path: PathLike): KeyPathSet {
    return this.isEmpty ? this : this.#with(below(keysOf(path), this.#trie))
  }

  equals(other: KeyPathSet): boolean {
    return equal(this.#trie, other.#trie)
  }

  isSubsetOf(other: KeyPathSet): boolean {
    return subtract(this.#trie, other.#trie).size === 0
  }

  /** The paths, in the order of `KeyPath.compare`. */
  toArray(): KeyPath[] {
    const paths: KeyPath[] = []
    collect(this.#trie, KeyPath.root, paths)
    return paths
  }

  [Symbol.iterator](): IterableIterator<KeyPath> {
    return this.toArray()[Symbol.iterator]()
  }

  /** The texts of the paths, which `KeyPathSet.from` reads back. */
  toJSON(): string[] {
    return this.toArray().map(String)
  }

  toString(): string {
    return `{${this.toArray()
      .map(path => (path.isRoot ? "''" : path.toString()))
      .join(', ')}}`
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `KeyPathSet ${this}`
  }

  #with(trie: Trie): KeyPathSet {
    return trie === this.#trie ? this : setOf(trie)
  }
}

const setOf = (trie: Trie): KeyPathSet => (trie.size === 0 ? KeyPathSet.empty : new KeyPathSet(trie))

/** A trie in the making. */
interface Draft {
  isMember: boolean
  readonly children: Map<Key, Draft>
}

function finish({ isMember, children }: Draft): Trie {
  if (children.size === 0) return isMember ? LEAF : EMPTY
  const finished = new Map<Key, Trie>()
  for (const [key, child] of children) finished.set(key, finish(child))
  return trieOf(isMember, finished)
}

function trieOf(isMember: boolean, children: ReadonlyMap<Key, Trie>): Trie {
  if (children.size === 0) return isMember ? LEAF : EMPTY
  let size = isMember ? 1 : 0
  for (const child of children.values()) size += child.size
  return { isMember, size, children }
}

function keysOf(path: PathLike): readonly Key[] {
  const keys = KeyPath.from(path).keys
  if (keys.length <= MAX_DEPTH) return keys
  throw new PathError('', `a path of ${keys.length} keys is longer than any tree is deep (${MAX_DEPTH})`)
}

function find(trie: Trie, keys: readonly Key[]): Trie {
  let at = trie
  for (const key of keys) {
    const next = at.children.get(key)
    if (next === undefined) return EMPTY
    at = next
  }
  return at
}

/** A trie with the keys before everything in it. */
function below(keys: readonly Key[], trie: Trie): Trie {
  let result = trie
  for (let i = keys.length - 1; i >= 0; i--) {
    result = { isMember: false, size: trie.size, children: new Map([[keys[i] as Key, result]]) }
  }
  return result
}

function unite(a: Trie, b: Trie): Trie {
  if (a === b || b.size === 0) return a
  if (a.size === 0) return b
  const isMember = a.isMember || b.isMember
  let children: Map<Key, Trie> | null = null
  for (const [key, theirs] of b.children) {
    const ours = a.children.get(key)
    const both = ours === undefined ? theirs : unite(ours, theirs)
    if (both === ours) continue
    children ??= new Map(a.children)
    children.set(key, both)
  }
  return children === null && isMember === a.isMember ? a : trieOf(isMember, children ?? a.children)
}

function intersect(a: Trie, b: Trie): Trie {
  if (a === b || a.size === 0) return a
  if (b.size === 0) return b
  return keep(a, a.isMember && b.isMember, (key, child) => intersect(child, b.children.get(key) ?? EMPTY))
}

function subtract(a: Trie, b: Trie): Trie {
  if (a === b) return EMPTY
  if (a.size === 0 || b.size === 0) return a
  return keep(a, a.isMember && !b.isMember, (key, child) => {
    const theirs = b.children.get(key)
    return theirs === undefined ? child : subtract(child, theirs)
  })
}

/** A trie with a part of each branch; the same trie when that is all of it. */
function keep(trie: Trie, isMember: boolean, part: (key: Key, child: Trie) => Trie): Trie {
  const children = new Map<Key, Trie>()
  let isSame = isMember === trie.isMember
  for (const [key, child] of trie.children) {
    const kept = part(key, child)
    if (kept !== child) isSame = false
    if (kept.size > 0) children.set(key, kept)
  }
  return isSame ? trie : trieOf(isMember, children)
}

function equal(a: Trie, b: Trie): boolean {
  if (a === b) return true
  if (a.size !== b.size || a.isMember !== b.isMember || a.children.size !== b.children.size) return false
  for (const [key, child] of a.children) {
    const other = b.children.get(key)
    if (other === undefined || !equal(child, other)) return false
  }
  return true
}

function collect(trie: Trie, path: KeyPath, paths: KeyPath[]): void {
  if (trie.isMember) paths.push(path)
  const keys = [...trie.children.keys()].sort(compareKeys)
  for (const key of keys) collect(trie.children.get(key) as Trie, path.child(key), paths)
}

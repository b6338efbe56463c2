/**
 * What every node of a tree can do, whatever its kind: know its place, give its parts, and make the next version.
 * Nodes are values: nothing here changes one. Each method is a line or two over the functions that do the work on greens.
 */

import { recordRecipe } from './change/draft.ts'
import type { Draft } from './change/draft-types.ts'
import { patchGreen } from './change/patch.ts'
import { setSeal } from './change/seal.ts'
import { replaceUp } from './change/spine.ts'
import { type Rule, transformNode } from './change/transform.ts'
import { type Change, updateAll, updateOne } from './change/update.ts'
import { diffGreens, type PatchOperation } from './diff/diff.ts'
import { SymError } from './errors.ts'
import { compareValues } from './greens/compare.ts'
import { equalValues } from './greens/equal.ts'
import { hashGreen } from './greens/hash.ts'
import type { Green } from './greens/spec.ts'
import { stepsOf } from './greens/steps.ts'
import { type Json, toJsonData, toJsonText, type WriteOptions } from './json/json-out.ts'
import { type ReadOptions, reading } from './json/reading.ts'
import { KeyPath, type PathLike } from './key-path.ts'
import { childNode, makeNode, Node, pathOf, tracking } from './node.ts'
import type { PathFor, PathValue, UpdatesFor } from './path-types.ts'
import { toPlain } from './plain.ts'
import { leadsNowhere, NOTHING, readPath, readSlot, readSymbolic, slotOf, tryPath } from './read.ts'
import { type FormatOptions, format, show } from './view/format.ts'
import { type QueryOptions, queryNode, type Visitor, walkNode } from './walk.ts'

/** Updates whose paths are not known to the compiler: by path text, or as pairs of path and value. */
export type Updates = ReadonlyMap<PathLike, unknown> | Iterable<readonly [PathLike, unknown]>

export interface RebindOptions {
  /** Throw when the updates change nothing, as PyGlove does; otherwise the same node is given back. */
  readonly raiseOnNoChange?: boolean
}

/** A node of a symbolic tree: an object, a list or a dict at its place. */
export abstract class Symbolic extends Node {
  /** Tells nodes from other objects in types; nothing stands here at run time. */
  declare readonly '~symbolic': true

  /** The node that holds this one; null for a root. */
  get parent(): Symbolic | null {
    return this._p as Symbolic | null
  }

  /** The top of the tree that this node belongs to. */
  get root(): Symbolic {
    let node: Node = this
    while (node._p !== null) node = node._p
    return node as Symbolic
  }

  /** The key path from the root to here. */
  get path(): KeyPath {
    return pathOf(this)
  }

  /** Something that is the same (`===`) for two nodes exactly when they share their content: the key for a memo. */
  get token(): object {
    return this.detached()
  }

  /** The nearest node above this one that meets the condition, or null. */
  ancestor<Wanted extends Symbolic>(where: (node: Symbolic) => node is Wanted): Wanted | null
  ancestor(where: (node: Symbolic) => boolean): Symbolic | null
  ancestor(where: (node: Symbolic) => boolean): Symbolic | null {
    for (let node = this.parent; node !== null; node = node.parent) if (where(node)) return node
    return null
  }

  /**
   * The node of this content without a parent: one and the same for every place and version that holds the content.
   * Keep it instead of a child node, which keeps its whole version alive.
   */
  detached(): this {
    let node = detachedNodes.get(this._g)
    if (node === undefined) detachedNodes.set(this._g, (node = makeNode(this._g, null, '')))
    return node as this
  }

  /** A root of its own with this content, and with the updates made; O(1) without them. */
  clone<const Pairs extends object = Record<never, never>>(override?: UpdatesFor<this, Pairs>): this {
    const node = makeNode(this._g, null, '') as this
    if (tracking.note !== null) tracking.note('clone', node, this)
    return override === undefined ? node : commit(node, applied(node._g, override as object))
  }

  /** What stands at a path below here. Throws `PathError` when nothing does, unless a default is given. */
  get<const Path extends PathLike, Default = never>(
    path: PathFor<this, Path>,
    ...whenAbsent: [] | [value: Default]
  ): PathValue<this, Path> | Default {
    const steps = stepsOf(path as PathLike)
    const value = whenAbsent.length === 0 ? readPath(this, steps) : tryPath(this, steps)
    if (value !== NOTHING) return value as PathValue<this, Path>
    if (whenAbsent.length > 0) return whenAbsent[0] as Default
    throw leadsNowhere(this, steps)
  }

  /**
   * What stands at a path as it is stored: for an inferred value its placeholder, for a field that is left to the
   * context undefined. Throws `PathError` when nothing stands there.
   */
  getSymbolic(path: PathLike): unknown {
    const steps = stepsOf(path)
    const value = readSymbolic(this, steps)
    if (value === NOTHING) throw leadsNowhere(this, steps)
    return value
  }

  /** Whether anything stands at a path below here. */
  has(path: PathLike): boolean {
    const steps = stepsOf(path)
    return readSymbolic(this, steps) !== NOTHING || tryPath(this, steps) !== NOTHING
  }

  /**
   * The next version, with all the values put at their paths, or an error and no effect. What does not change is
   * shared; when nothing changes, this node is given back. Indices mean the list as it is now: a value at or past the
   * end is appended, `insertion(v)` goes before an index, `MISSING` removes (or resets a field to its default).
   * For a child node this is the child's next version, and its `root` the new root.
   *
   *     model.rebind({ 'head.units': 64, 'layers[0].name': 'stem' })
   */
  rebind<const Pairs extends object>(
    updates: UpdatesFor<this, Pairs>,
    { raiseOnNoChange = false }: RebindOptions = {},
  ): this {
    const next = commit(this, applied(this._g, updates as object))
    if (raiseOnNoChange && next === this) throw new SymError('', 'the updates change nothing')
    return next
  }

  /**
   * The next version by a rule, asked about this node and everything below, parents first: what it gives back instead
   * of the value takes its place, and is not entered.
   *
   *     model.transform((path, value) => (path.key === 'units' ? Number(value) * 2 : value))
   */
  transform(rule: (path: KeyPath, value: unknown, parent: Symbolic | null) => unknown): this {
    return commit(this, transformNode(this, rule as Rule))
  }

  /**
   * The next version by a recipe that works on a draft as if it could be changed, in immer's manner. What it did
   * becomes one batch of path-value pairs (`recipe` gives them).
   *
   *     model.edit(draft => { draft.layers.push(new Dense({ units: 16 })) })
   */
  edit(recipe: (draft: Draft<this>) => unknown): this {
    return commit(this, applied(this._g, recordRecipe(this, recipe as (draft: never) => unknown)))
  }

  /** The next version in which nothing can be derived through this place, or the one at a path. */
  seal(path: PathLike = ''): this {
    return commit(this, setSeal(this._g, stepsOf(path), true))
  }

  /** The next version without the seal of this place, or of the one at a path. */
  unseal(path: PathLike = ''): this {
    return commit(this, setSeal(this._g, stepsOf(path), false))
  }

  get isSealed(): boolean {
    return this._g[0].sealed
  }

  /** Whether the other tree has the same content; O(1) on shared parts. Classes count, seals and key order do not. */
  equals(other: unknown): boolean {
    return other instanceof Node && equalValues(this._g, other._g)
  }

  /** An integer of 31 bits, the same for equal trees on every run and machine; cached. */
  hash(): number {
    return hashGreen(this._g)
  }

  /** Negative, zero or positive, in a total order over all trees. */
  compare(other: Symbolic): number {
    return compareValues(this._g, other._g)
  }

  /** The RFC 6902 operations that lead from here to the other tree; values are JSON. */
  diff(other: Symbolic): PatchOperation[] {
    return diffGreens(this._g, other._g)
  }

  /** The next version by a JSON Patch: all of it, or a `PatchError` and no effect. Its values are read as JSON is. */
  patch(operations: readonly PatchOperation[], options?: ReadOptions): this {
    return commit(
      this,
      reading(options, () => patchGreen(this._g, operations)),
    )
  }

  /**
   * Visits this node and everything below, parents first; the visitor may answer ENTER, CONTINUE or STOP. The second
   * visitor sees each value after what is below it. False when the walk was stopped.
   */
  walk(
    visitor: (path: KeyPath, value: unknown, parent: Symbolic | null) => unknown,
    leave?: (path: KeyPath, value: unknown, parent: Symbolic | null) => unknown,
  ): boolean {
    return walkNode(this, visitor as Visitor, leave as Visitor | undefined)
  }

  /** The values below here that match, by the text of their path. */
  query(options: QueryOptions): Map<string, unknown> {
    return queryNode(this, options)
  }

  /** Plain arrays and records of the caller's own, without type names. */
  toJS(): unknown {
    return toPlain(this._g)
  }

  /** JSON data with type names, which `fromJson` reads back to an equal tree; called by `JSON.stringify`. */
  toJSON(options?: WriteOptions | string): Json {
    // `JSON.stringify` gives the key that the tree stands under.
    return toJsonData(this._g, typeof options === 'object' ? options : undefined)
  }

  /** The text of `JSON.stringify(tree)`, several times faster. */
  toJsonString(options?: WriteOptions): string {
    return toJsonText(this._g, options)
  }

  format(options?: FormatOptions): string {
    return format(this._g, options)
  }

  override toString(): string {
    return format(this._g)
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    const text = format(this._g)
    return text.length <= 72 ? text : format(this._g, { compact: false })
  }
}

/** The node of a green at the place of a node in the next version; the node itself when the green is its own. */
export function commit<Self extends Symbolic>(node: Self, green: Green): Self {
  if (green === node._g) return node
  const next = placed(node, green)
  if (tracking.note !== null) tracking.note('rebind', next, node)
  return next
}

function placed<Self extends Symbolic>(node: Self, green: Green): Self {
  const old = node._g
  if (node._p === null) return makeNode(green, null, '') as Self
  const { base, small } = old[0]
  if (green[0].base === base || (small !== null && green[0].small === small)) {
    return nodeUnder(node, replaceUp(node, green)) as Self
  }
  // Something of another kind must pass the rule of its place, which the parent knows.
  return nodeUnder(node, updateOne(node.root._g, stepsOf(pathOf(node)), makeNode(green, null, ''))) as Self
}

const detachedNodes = new WeakMap<Green, Node>()

/** The node at the place of an old one under a new root. */
function nodeUnder(old: Node, root: Green): Node {
  const keys = pathOf(old).keys
  let node = makeNode(root, null, '')
  for (const step of stepsOf(keys)) {
    const slot = slotOf(node._g, step)
    const key = typeof step === 'number' ? step : step.key
    node = childNode(node, slot, key, readSlot(node._g, slot) as Green)
  }
  return node
}

/** Whether two values are the same content: the same green, or the same leaf. O(1); what `equals` is deep. */
export function same(a: unknown, b: unknown): boolean {
  if (a instanceof Node) return b instanceof Node && a._g === b._g
  return Object.is(a, b)
}

/** The green with the updates made, in whichever form they come. */
function applied(green: Green, updates: object): Green {
  if (!Array.isArray(updates)) return updateAll(green, changesOf(updates))
  if (updates.length === 1) {
    // One pair is the common case of programs that compute their paths: it needs no batch.
    const pair = asPair(updates[0])
    return updateOne(green, stepsOf(pair[0]), pair[1])
  }
  const changes: Change[] = []
  for (let i = 0; i < updates.length; i++) {
    const pair = asPair(updates[i])
    changes.push({ steps: stepsOf(pair[0]), value: pair[1] })
  }
  return updateAll(green, changes)
}

/** The changes that a record, a map or any other iterable of pairs asks for. */
function changesOf(updates: object): Change[] {
  if (typeof updates !== 'object' || updates === null) throw notUpdates(updates)
  const changes: Change[] = []
  if (Symbol.iterator in updates) {
    for (const each of updates as Iterable<unknown>) {
      const pair = asPair(each)
      changes.push({ steps: stepsOf(pair[0]), value: pair[1] })
    }
    return changes
  }
  for (const path in updates) {
    if (!Object.hasOwn(updates, path)) continue
    changes.push({ steps: stepsOf(path), value: (updates as Record<string, unknown>)[path] })
  }
  return changes
}

function asPair(given: unknown): readonly [PathLike, unknown] {
  if (!Array.isArray(given)) throw notUpdates(given)
  return given as unknown as readonly [PathLike, unknown]
}

const notUpdates = (given: unknown): SymError =>
  new SymError('', `updates are a record, a Map or pairs of path and value, got ${show(given)}`)

/**
 * What a recipe does to a tree, as the batch of path-value pairs that `edit` would rebind.
 *
 *     recipe(model, draft => { draft.head.units = 20 })     // [[KeyPath(head.units), 20]]
 */
export function recipe<Tree extends Symbolic>(
  tree: Tree,
  body: (draft: Draft<Tree>) => unknown,
): [path: KeyPath, value: unknown][] {
  return recordRecipe(tree, body as (draft: never) => unknown).map(([keys, value]) => [
    KeyPath.of(...keys),
    value,
  ])
}

/** Whether a value is a node of ours. */
export const isSymbolic = (value: unknown): value is Symbolic => value instanceof Node

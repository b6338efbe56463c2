/**
 * The one small cell that can change: it holds a tree, lets it be followed by the next version, remembers the versions
 * before, and tells listeners what changed. Since versions share what they have in common, remembering a thousand of
 * them costs about as much as what differs between them.
 */

import { changes, type TreeChange } from '../diff/changes.ts'
import type { PatchOperation } from '../diff/diff.ts'
import { SymError } from '../errors.ts'
import { sameSeals } from '../greens/equal.ts'
import type { KeyPath } from '../key-path.ts'
import type { UpdatesFor } from '../path-types.ts'
import { isSymbolic, type RebindOptions, type Symbolic, same } from '../symbolic.ts'
import { show } from '../view/format.ts'
import type { Draft } from './draft-types.ts'

export interface HistoryOptions {
  /** How many steps can be undone; the oldest versions are let go. */
  readonly limit?: number
  /**
   * Is told what a listener threw, which stops neither the change nor the other listeners. Without it the error is
   * thrown on its own, later, as by the listeners of an `EventTarget`.
   */
  readonly onListenerError?: (error: unknown) => void
}

/** One step of a history, as JSON Patches (RFC 6902) there and back. */
export interface HistoryPatch {
  readonly forward: readonly PatchOperation[]
  readonly inverse: readonly PatchOperation[]
}

/** What listeners are told: the version before and the one now, and what differs between them. */
export class HistoryEvent<Tree extends Symbolic = Symbolic> {
  readonly kind: 'change' | 'undo' | 'redo'
  readonly before: Tree
  readonly after: Tree
  #changes: readonly TreeChange[] | null = null

  constructor(kind: HistoryEvent['kind'], before: Tree, after: Tree) {
    this.kind = kind
    this.before = before
    this.after = after
  }

  /** What differs, in the order of paths; worked out when first asked for. */
  get changes(): readonly TreeChange[] {
    return (this.#changes ??= changes(this.before, this.after))
  }
}

export type HistoryListener<Tree extends Symbolic = Symbolic> = (event: HistoryEvent<Tree>) => void

interface Subscription<Tree extends Symbolic> {
  readonly listener: HistoryListener<Tree>
  isActive: boolean
}

/** An event on its way: to those who listened when it happened, and how many answers to other events led to it. */
interface Notice<Tree extends Symbolic> {
  readonly event: HistoryEvent<Tree>
  readonly to: readonly Subscription<Tree>[]
  readonly depth: number
}

/** Listeners that answer a change with a change, which is answered with a change, and so on, are cut off here. */
const MAX_ANSWERS = 100

/**
 * A tree that moves on from version to version.
 *
 *     const history = new History(model)
 *     const unsubscribe = history.subscribe(({ changes }) => console.log(changes))
 *     history.rebind({ 'head.units': 64 })
 *     history.undo()
 *
 * A listener may change the history: that takes effect at once, and is told to all listeners after what they are being
 * told now. A recipe, rule or hook that is making the next version may not.
 */
export class History<Tree extends Symbolic = Symbolic> {
  /** How many steps can be undone. */
  readonly limit: number
  /** All versions kept, oldest first; those behind the current one are to be redone. */
  readonly #versions: Tree[]
  /** The patches of the steps between them, as far as they were asked for. */
  readonly #patches: (HistoryPatch | undefined)[] = []
  readonly #onListenerError: (error: unknown) => void
  #at = 0
  #isDeriving = false
  #subscriptions: readonly Subscription<Tree>[] = []
  #notices: Notice<Tree>[] = []
  /** How many answers led to the event that listeners are being told of; -1 when they are told nothing. */
  #depth = -1

  /** The tree becomes a root of its own when it is part of another one. */
  constructor(tree: Tree, { limit = 1000, onListenerError = throwLater }: HistoryOptions = {}) {
    if (!(limit >= 0) || (limit !== Number.POSITIVE_INFINITY && !Number.isInteger(limit))) {
      throw new SymError('', `the limit of a history must be an integer of at least 0, got ${show(limit)}`)
    }
    this.limit = limit
    this.#onListenerError = onListenerError
    this.#versions = [rootOf(tree)]
  }

  /** The version that stands now. */
  get current(): Tree {
    return this.#versions[this.#at] as Tree
  }

  get canUndo(): boolean {
    return this.#at > 0
  }

  get canRedo(): boolean {
    return this.#at < this.#versions.length - 1
  }

  /** The versions from the oldest that is kept to the current one. */
  get versions(): Tree[] {
    return this.#versions.slice(0, this.#at + 1)
  }

  /** The steps between `versions` as JSON Patches; each is worked out once. */
  get patches(): HistoryPatch[] {
    for (let i = 0; i < this.#at; i++) {
      const [from, to] = [this.#versions[i] as Tree, this.#versions[i + 1] as Tree]
      this.#patches[i] ??= { forward: from.diff(to), inverse: to.diff(from) }
    }
    return this.#patches.slice(0, this.#at) as HistoryPatch[]
  }

  /** Moves on by `rebind`, and gives the version that this made; the same one when nothing changes. */
  rebind<const Pairs extends object>(updates: UpdatesFor<Tree, Pairs>, options?: RebindOptions): Tree {
    return this.#derive(tree => tree.rebind(updates as never, options))
  }

  /** Moves on by `edit`. */
  edit(recipe: (draft: Draft<Tree>) => unknown): Tree {
    return this.#derive(tree => tree.edit(recipe as never))
  }

  /** Moves on by `transform`. */
  transform(rule: (path: KeyPath, value: unknown, parent: Symbolic | null) => unknown): Tree {
    return this.#derive(tree => tree.transform(rule))
  }

  /** Moves on by a JSON Patch. */
  patch(operations: readonly PatchOperation[]): Tree {
    return this.#derive(tree => tree.patch(operations))
  }

  /** Moves on to any tree: one made elsewhere, or the root of a child's next version. */
  set(tree: Tree): Tree {
    return this.#derive(() => rootOf(tree))
  }

  /** Goes back to the version before, and gives it; the current one when there is none. */
  undo(): Tree {
    return this.#go('undo', -1)
  }

  /** Goes forward to the version that was undone last, and gives it; the current one when there is none. */
  redo(): Tree {
    return this.#go('redo', 1)
  }

  /**
   * Tells a listener of every step from now on, until the function that is given back is called. Listeners are told in
   * the order in which they subscribed, of one step after the other; see `onListenerError` for those that throw.
   */
  subscribe(listener: HistoryListener<Tree>): () => void {
    const subscription = { listener, isActive: true }
    this.#subscriptions = [...this.#subscriptions, subscription]
    return () => {
      subscription.isActive = false
      this.#subscriptions = this.#subscriptions.filter(each => each !== subscription)
    }
  }

  #derive(next: (tree: Tree) => Tree): Tree {
    this.#checkMayChange()
    const before = this.current
    let after: Tree
    this.#isDeriving = true
    try {
      after = next(before)
    } finally {
      this.#isDeriving = false
    }
    if (same(before, after) || (before.equals(after) && sameSeals(before._g, after._g))) return before
    this.#versions.splice(this.#at + 1, Number.POSITIVE_INFINITY, after)
    this.#patches.length = Math.min(this.#patches.length, this.#at)
    this.#at++
    if (this.#at > this.limit) {
      this.#versions.shift()
      this.#patches.shift()
      this.#at--
    }
    this.#notify('change', before, after)
    return after
  }

  #go(kind: 'undo' | 'redo', by: 1 | -1): Tree {
    this.#checkMayChange()
    const before = this.current
    const after = this.#versions[this.#at + by]
    if (after === undefined) return before
    this.#at += by
    this.#notify(kind, before, after)
    return after
  }

  #checkMayChange(): void {
    if (this.#isDeriving) {
      throw new SymError(
        '',
        'a history cannot be changed by the recipe, rule or hook that makes its next version',
      )
    }
    if (this.#depth >= MAX_ANSWERS) {
      throw new SymError(
        '',
        `listeners answered changes with changes ${MAX_ANSWERS} times in a row; this one is refused`,
      )
    }
  }

  #notify(kind: HistoryEvent['kind'], before: Tree, after: Tree): void {
    if (this.#subscriptions.length === 0) return
    const event = new HistoryEvent(kind, before, after)
    this.#notices.push({ event, to: this.#subscriptions, depth: this.#depth + 1 })
    if (this.#depth >= 0) return
    try {
      // Listeners may add notices while they are told of one.
      for (const { event: each, to, depth } of this.#notices) {
        this.#depth = depth
        for (const subscription of to) this.#tell(subscription, each)
      }
    } finally {
      this.#depth = -1
      this.#notices = []
    }
  }

  #tell({ isActive, listener }: Subscription<Tree>, event: HistoryEvent<Tree>): void {
    if (!isActive) return
    try {
      listener(event)
    } catch (error) {
      try {
        this.#onListenerError(error)
      } catch (another) {
        throwLater(another)
      }
    }
  }
}

function rootOf<Tree extends Symbolic>(tree: Tree): Tree {
  if (!isSymbolic(tree)) throw new SymError('', `a history holds a tree, got ${show(tree)}`)
  return tree.parent === null ? tree : tree.clone()
}

function throwLater(error: unknown): void {
  queueMicrotask(() => {
    throw error
  })
}

/**
 * Recipes in immer's manner: a draft looks like a tree that can be written to, and what was written becomes one batch of
 * changes against the original. immer itself cannot see greens; it is the oracle of the tests. Each touched container is
 * copied into a plain array or record behind a proxy, and children become drafts when first read, so that moved parts
 * keep their identity: an insertion into a list is an insertion in the batch, and not a rewrite of its tail.
 */

import { SymError } from '../errors.ts'
import { isRecord, isStored, MAX_DEPTH } from '../fields/accept.ts'
import { eachChild } from '../greens/children.ts'
import { type Green, isListKind } from '../greens/spec.ts'
import { stepsOf } from '../greens/steps.ts'
import type { Key } from '../key-path.ts'
import { makeNode, Node } from '../node.ts'
import { type Insertion, insertion, MISSING } from './missing.ts'
import { updateAll } from './update.ts'

/** One pair of a batch: the keys to a place, and the value for it. */
export type Pair = readonly [keys: readonly Key[], value: unknown]

/** A container under a recipe. */
interface DraftState {
  readonly green: Green
  readonly parent: DraftState | null
  readonly key: Key
  /** The stored values as they were, by key. */
  readonly before: ReadonlyMap<Key, unknown>
  /** The values as they are now: an array for lists, a record otherwise. Children that were read are drafts. */
  readonly now: unknown[] | Record<string, unknown>
  readonly proxy: object
}

/** Runs a recipe on a draft of a node, and gives back what it did as one batch of pairs. */
export function recordRecipe(node: Node, recipe: (draft: never) => unknown): Pair[] {
  const session = new Session()
  try {
    const root = session.draft(node._g, null, '')
    const returned = recipe(root.proxy as never)
    if (returned instanceof Promise) {
      returned.catch(() => {})
      throw new SymError('', 'a recipe must be synchronous: await first, then edit')
    }
    const pairs = session.pairsOf(root)
    if (returned === undefined || returned === root.proxy) return pairs
    if (pairs.length > 0) {
      throw new SymError('', 'a recipe either changes its draft or returns a new tree, not both')
    }
    return [[[], session.settle(returned)]]
  } finally {
    session.end()
  }
}

class Session {
  readonly #states = new WeakMap<object, DraftState>()
  readonly #revokers: (() => void)[] = []
  readonly #settled = new Map<DraftState, Node>()
  /** The drafts that are being settled: meeting one of them again means that it holds itself. */
  readonly #settling = new Set<DraftState>()

  draft(green: Green, parent: DraftState | null, key: Key): DraftState {
    const before = new Map<Key, unknown>()
    const now: unknown[] | Record<string, unknown> = isListKind(green[0].kind) ? [] : Object.create(null)
    eachChild(green, (value, name) => {
      before.set(name, value)
      if (Array.isArray(now)) now.push(value)
      else if (value !== undefined) now[name as string] = value
    })
    const { proxy, revoke } = Proxy.revocable(now, {
      get: (target, property) => {
        const value = Reflect.get(target, property)
        if (!isStored(value) || typeof property === 'symbol') return value
        const child = this.draft(value, state, Array.isArray(now) ? Number(property) : property)
        Reflect.set(target, property, child.proxy)
        return child.proxy
      },
      // Seen through its descriptor, too, a child is a draft: greens are handed out to nobody.
      getOwnPropertyDescriptor: (target, property) => {
        if (isStored(Reflect.get(target, property))) Reflect.get(proxy, property)
        return Reflect.getOwnPropertyDescriptor(target, property)
      },
    })
    const state: DraftState = { green, parent, key, before, now, proxy }
    this.#states.set(proxy, state)
    this.#revokers.push(revoke)
    return state
  }

  end(): void {
    for (const revoke of this.#revokers) revoke()
  }

  /** What the recipe did to a draft and below it. */
  pairsOf(state: DraftState): Pair[] {
    return Array.isArray(state.now) ? this.#listPairs(state, state.now) : this.#recordPairs(state, state.now)
  }

  /** A value without drafts in it: drafts become the nodes they amount to. */
  settle(value: unknown, depth = 0): unknown {
    const state = this.#stateOf(value)
    if (state !== undefined) {
      let node = this.#settled.get(state)
      if (node === undefined) {
        if (this.#settling.has(state)) throw new SymError('', 'a recipe cannot put a draft into itself')
        this.#settling.add(state)
        const changes = this.pairsOf(state).map(([keys, each]) => ({ steps: stepsOf(keys), value: each }))
        node = makeNode(updateAll(state.green, changes), null, '')
        this.#settled.set(state, node)
      }
      return node
    }
    if (value instanceof Node) return value
    if (isStored(value)) return makeNode(value, null, '')
    // A cycle, most likely: the update refuses it in words.
    if (depth > MAX_DEPTH) return value
    if (Array.isArray(value)) return value.map(element => this.settle(element, depth + 1))
    if (!isRecord(value)) return value
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, this.settle(each, depth + 1)]))
  }

  #stateOf(value: unknown): DraftState | undefined {
    return typeof value === 'object' && value !== null ? this.#states.get(value) : undefined
  }

  /** The pairs of one place: those below it when its own draft still stands there, else its new value. */
  #placePairs(state: DraftState, key: Key, value: unknown): Pair[] {
    const old = state.before.get(key)
    const child = this.#stateOf(value)
    if (child !== undefined && child.parent === state && child.key === key) {
      return this.pairsOf(child).map(([keys, each]) => [[key, ...keys], each])
    }
    return Object.is(value, old) ? [] : [[[key], this.settle(value)]]
  }

  #recordPairs(state: DraftState, now: Record<string, unknown>): Pair[] {
    const pairs: Pair[] = []
    for (const [key, old] of state.before) {
      const isGone = !(key in now) || (now[key] === undefined && old !== undefined)
      if (!isGone) addAll(pairs, this.#placePairs(state, key, now[key]))
      else if (old !== undefined) pairs.push([[key], MISSING])
    }
    for (const key of Object.keys(now)) {
      if (!state.before.has(key) && now[key] !== undefined) pairs.push([[key], this.settle(now[key])])
    }
    return pairs
  }

  #listPairs(state: DraftState, now: readonly unknown[]): Pair[] {
    const before = [...state.before.values()]
    const isElement = (index: number, value: unknown): boolean => {
      const child = this.#stateOf(value)
      if (child !== undefined) return child.parent === state && child.key === index
      return Object.is(value, before[index])
    }
    let start = 0
    while (start < before.length && start < now.length && isElement(start, now[start])) start++
    let end = before.length
    let nowEnd = now.length
    while (end > start && nowEnd > start && isElement(end - 1, now[nowEnd - 1])) {
      end--
      nowEnd--
    }
    const pairs: Pair[] = []
    const both = Math.min(end, nowEnd)
    for (let i = 0; i < both; i++) addAll(pairs, this.#placePairs(state, i, now[i]))
    for (let i = both; i < end; i++) pairs.push([[i], MISSING])
    for (let i = both; i < nowEnd; i++) pairs.push([[end], this.#inserted(now[i], end === before.length)])
    const shift = now.length - before.length
    for (let i = end; i < before.length; i++) addAll(pairs, this.#placePairs(state, i, now[i + shift]))
    return pairs
  }

  #inserted(value: unknown, isAppended: boolean): unknown | Insertion {
    const settled = this.settle(value === undefined ? null : value)
    return isAppended ? settled : insertion(settled)
  }
}

/** Adds pairs one by one: as arguments of one call, very many would overflow the stack. */
function addAll(pairs: Pair[], more: readonly Pair[]): void {
  for (const pair of more) pairs.push(pair)
}

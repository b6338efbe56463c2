/**
 * Origins: why a value exists. Inside `withOrigins` every tree that is made remembers what it was made from and how; the
 * record stands beside the tree, so equality, hashes and JSON know nothing of it. Old versions are values that are there
 * anyway, so a chain of origins is a chain of trees.
 */

import { AsyncLocalStorage } from 'node:async_hooks'
import { SymError } from '../errors.ts'
import type { Green } from '../greens/spec.ts'
import { Node, tracking } from '../node.ts'
import type { Symbolic } from '../symbolic.ts'
import { show } from '../view/format.ts'

/** Why a value exists. */
export interface Origin {
  /** How it came to be: `new`, `load`, `clone`, `rebind`, `return` (of a functor), or a word of the user's own. */
  readonly tag: string
  /** What it was made from: a node, or whatever was said; null when it was made from nothing. */
  readonly source: unknown
  /** The value itself. */
  readonly node: Symbolic
  /** The calls that led to it, innermost first, when they were asked for. */
  readonly stack?: readonly string[]
}

export interface OriginOptions {
  /** How many calls to remember with each origin; none by default. */
  readonly stack?: number
}

const scopes = new AsyncLocalStorage<Required<OriginOptions>>()
const byNode = new WeakMap<Node, Origin>()
/** The first origin of a content, for the nodes of it that have none of their own. */
const byGreen = new WeakMap<Green, Origin>()

/**
 * Runs a function in which trees remember where they come from, and gives back its result; asynchronous work that is
 * started inside goes on remembering.
 *
 *     const best = withOrigins(() => model.rebind({ rate: 0.1 }).rebind({ rate: 0.2 }))
 *     originHistory(best).map(origin => origin.tag)     // ['rebind', 'rebind']
 */
export function withOrigins<Result>(body: () => Result, { stack = 0 }: OriginOptions = {}): Result {
  tracking.note = note
  return scopes.run({ stack }, body)
}

/** Why a node exists; null when nobody remembered. */
export const originOf = (node: Symbolic): Origin | null => byNode.get(node) ?? byGreen.get(node._g) ?? null

/**
 * Says why a node exists, in a word and with what it was made from, inside `withOrigins` or not. Throws `SymError` when
 * another source is known already.
 */
export function setOrigin(node: Symbolic, tag: string, source: unknown = null): void {
  const known = byNode.get(node)
  if (known !== undefined && known.source !== source) {
    const sources = `${show(known.source)} and not ${show(source)}`
    throw new SymError('', `the origin of ${node._g[0].name} is known already: '${known.tag}' of ${sources}`)
  }
  record(node, tag, source, scopes.getStore()?.stack ?? 0)
}

/** The origins of a node, of what it was made from, and so on, newest first; with a tag, only those of that tag. */
export function originChain(node: Symbolic, tag?: string): Origin[] {
  const chain: Origin[] = []
  const seen = new Set<Origin>()
  let origin = originOf(node)
  while (origin !== null && !seen.has(origin)) {
    seen.add(origin)
    if (tag === undefined || origin.tag === tag) chain.push(origin)
    origin = isNode(origin.source) ? originOf(origin.source) : null
  }
  return chain
}

/** The same, oldest first. */
export const originHistory = (node: Symbolic, tag?: string): Origin[] => originChain(node, tag).reverse()

const isNode = (value: unknown): value is Symbolic => value instanceof Node

function note(tag: string, node: Node, source: Node | null): void {
  const scope = scopes.getStore()
  if (scope === undefined) return
  record(node as Symbolic, tag, source, scope.stack)
  // A change of a part is one of the whole, too.
  const { root } = node as Symbolic
  if (root !== node && source !== null) record(root, tag, (source as Symbolic).root, scope.stack)
}

function record(node: Symbolic, tag: string, source: unknown, depth: number): void {
  const stack = depth === 0 ? undefined : callers(depth)
  const origin: Origin = { tag, source, node, ...(stack === undefined ? {} : { stack }) }
  byNode.set(node, origin)
  if (!byGreen.has(node._g)) byGreen.set(node._g, origin)
}

/** The calls outside this library's own files of recording, innermost first. */
function callers(depth: number): string[] {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = depth + OWN_CALLS
  const lines = (new Error().stack ?? '').split('\n').slice(1 + OWN_CALLS)
  Error.stackTraceLimit = stackTraceLimit
  return lines.map(line => line.trim().replace(/^at /, ''))
}

/** `callers`, `record` and `note` or `setOrigin` stand at the top of each stack. */
const OWN_CALLS = 3

/**
 * Values from the context: a field marked `contextual()` that has no value of its own takes that of the nearest object
 * around it with a field of the same name, then the one given by `withContext`, then its default. The order is
 * PyGlove's; its two kinds of overrides are one here, and scopes follow asynchronous work.
 */

import { AsyncLocalStorage } from 'node:async_hooks'
import { MISSING } from '../change/missing.ts'
import { InferenceError } from '../errors.ts'
import type { Field } from '../fields/field.ts'
import { FIRST, type Green, isGreen, OBJECT } from '../greens/spec.ts'
import type { Key } from '../key-path.ts'
import { inference, type Node, pathOf, readChild } from '../node.ts'
import { aboveOf, cannotInfer, fitted } from './inferred.ts'

export interface ContextOptions {
  /** Whether the values also stand before those of scopes inside this one. */
  readonly cascade?: boolean
  /** Whether the values also stand before those that objects have of their own. */
  readonly override?: boolean
}

interface Given extends Required<ContextOptions> {
  readonly value: unknown
}

type Scope = ReadonlyMap<string, Given>

const scopes = new AsyncLocalStorage<Scope>()

/**
 * Runs a function in which contextual fields take the given values, and gives back its result; asynchronous work that
 * is started inside keeps them.
 *
 *     withContext({ temperature: 0.2 }, () => program.call(inputs))
 */
export function withContext<Result>(
  values: Readonly<Record<string, unknown>>,
  body: () => Result,
  { cascade = false, override = false }: ContextOptions = {},
): Result {
  const outer = scopes.getStore()
  const scope = new Map<string, Given>(outer)
  for (const key of Object.keys(values)) {
    if (outer?.get(key)?.cascade !== true) scope.set(key, { value: values[key], cascade, override })
  }
  return scopes.run(scope, body)
}

/** The value that the context gives for a name. Throws `InferenceError` when it has none, unless a default is given. */
export function contextValue(name: string, ...whenAbsent: [] | [value: unknown]): unknown {
  const given = scopes.getStore()?.get(name)
  if (given !== undefined) return given.value
  if (whenAbsent.length > 0) return whenAbsent[0]
  const message = `has no value for '${name}'; ${namesInScope()}`
  throw InferenceError.of('the context', { path: '', message })
}

/** All values that the context gives, by name. */
export const contextValues = (): Map<string, unknown> =>
  new Map([...(scopes.getStore() ?? [])].map(([name, given]) => [name, given.value]))

/** The function as it runs in the context of this moment, wherever it is called from. */
export function inContext<Args extends readonly unknown[], Result>(
  body: (...args: Args) => Result,
): (...args: Args) => Result {
  const scope = scopes.getStore() ?? new Map()
  return (...args) => scopes.run(scope, () => body(...args))
}

inference.readContextual = (holder: Node, slot: number, key: string): unknown => {
  const field = holder._g[0].fields[slot - FIRST] as Field
  const given = scopes.getStore()?.get(key)
  if (given?.override === true) return fitted(holder, key, field, given.value, 'from withContext')
  const own = ownValue(holder._g, slot)
  if (own !== MISSING) return isGreen(own) ? readChild(holder, slot, key, own) : own
  for (let at = holder._p; at !== null; at = at._p) {
    const found = at._g[0].kind === OBJECT ? (at._g[0].slots.get(key) ?? 0) : 0
    const value = found === 0 ? MISSING : ownValue(at._g, found)
    if (value === MISSING) continue
    const read = isGreen(value) ? readChild(at, found, key as Key, value) : value
    return fitted(holder, key, field, read, `from ${pathOf(at).toString() || 'the root'}`)
  }
  if (given !== undefined) return fitted(holder, key, field, given.value, 'from withContext')
  const { fallback } = field.rules
  if (fallback === null) throw noContext(holder, key)
  return isGreen(fallback.value) ? readChild(holder, slot, key, fallback.value) : fallback.value
}

/** The value that an object has itself; `MISSING` when it has none. */
const ownValue = (green: Green, slot: number): unknown => (green[slot] === undefined ? MISSING : green[slot])

const noContext = (holder: Node, key: string): InferenceError =>
  cannotInfer(holder, key, `it has no value of its own, nor in ${aboveOf(holder)}; ${namesInScope()}`)

function namesInScope(): string {
  const names = [...(scopes.getStore()?.keys() ?? [])]
  return names.length === 0 ? 'no context is given' : `the context gives ${names.sort().join(', ')}`
}

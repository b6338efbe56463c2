/**
 * How JSON is being read right now: which types may come to life, and what becomes of unknown ones. Reading is
 * synchronous, so its options are a variable while it lasts; the scope of `withTypes` also holds for what is started
 * inside it and goes on later, like a `load`.
 */

import { AsyncLocalStorage } from 'node:async_hooks'
import type { Spec } from '../greens/spec.ts'
import type { Limits } from './limits.ts'

/** How JSON is read. */
export interface ReadOptions extends Limits {
  /**
   * What becomes of an object of a type that is not registered: an error, or an `UnknownObject` that is saved again as
   * it was.
   */
  readonly unknown?: 'error' | 'keep'
  /** Whether required values may be missing: the objects that lack some are partial. */
  readonly partial?: boolean
}

/** The types of a scope, by name. */
export type TypeScope = ReadonlyMap<string, Spec>

const NO_OPTIONS: ReadOptions = {}
let options = NO_OPTIONS

const scope = new AsyncLocalStorage<TypeScope>()
/** While `withTypes` was never used, nobody asks for its scope. */
let hasScopes = false

/** Runs a function that reads JSON with the given options, and no others. */
export function reading<Result>(how: ReadOptions | undefined, body: () => Result): Result {
  const before = options
  options = how ?? NO_OPTIONS
  try {
    return body()
  } finally {
    options = before
  }
}

/** Runs a function in which only the given types may come to life. */
export function scoped<Result>(types: TypeScope, body: () => Result): Result {
  hasScopes = true
  return scope.run(types, body)
}

/** The options that hold right now. */
export const readOptions = (): ReadOptions => options

/** Whether objects of unknown types are kept. */
export const keepsUnknown = (): boolean => options.unknown === 'keep'

/** Whether objects may lack values. */
export const readsPartial = (): boolean => options.partial === true

/** The types that may come to life; null for all that are registered. */
export const typesInScope = (): TypeScope | null => (hasScopes ? (scope.getStore() ?? null) : null)

/**
 * The registry of type names: which spec a name in JSON stands for. Names are exact, or aliases of others, or begin with
 * a prefix that was renamed. It knows specs only; `register.ts` has the words for classes.
 */

import type { Spec } from '../greens/spec.ts'
import { nearest } from '../nearest.ts'

const byName = new Map<string, Spec>()
const aliases = new Map<string, string>()
const prefixes = new Map<string, string>()

/** The spec for a type name, an alias, or a name under a renamed prefix; null when there is none. */
export const specNamed = (name: string): Spec | null => byName.get(name) ?? byName.get(fullName(name)) ?? null

/** The type name that a name stands for, by aliases and renamed prefixes: itself when it is no other. */
export function fullName(name: string): string {
  const alias = aliases.get(name)
  if (alias !== undefined) return alias
  if (prefixes.size === 0 || byName.has(name)) return name
  let result = name
  // Prefixes may have been renamed more than once; the longest that fits goes first.
  for (let i = 0; i < MAX_RENAMES; i++) {
    const prefix = prefixOf(result)
    if (prefix === null) return result
    result = (prefixes.get(prefix) as string) + result.slice(prefix.length)
    if (byName.has(result)) return result
    const known = aliases.get(result)
    if (known !== undefined) return known
  }
  return result
}

const MAX_RENAMES = 20

/** The longest renamed prefix of a name that ends where a word does. */
function prefixOf(name: string): string | null {
  if (prefixes.has(name)) return name
  for (let end = name.length - 1; end > 0; end--) {
    if (SEPARATORS.includes(name[end] as string) && prefixes.has(name.slice(0, end)))
      return name.slice(0, end)
  }
  return null
}

/** What joins the words of type names. */
const SEPARATORS = './-'

/** The specs of all types in the registry. */
export const allSpecs = (): Spec[] => [...byName.values()]

export const enterSpec = (spec: Spec): void => void byName.set(spec.name, spec)

/** Takes a spec and all its aliases out; whether it was in. */
export function forgetSpec(spec: Spec): boolean {
  if (byName.get(spec.name) !== spec) return false
  byName.delete(spec.name)
  for (const [alias, name] of aliases) if (name === spec.name) aliases.delete(alias)
  return true
}

export const enterAlias = (alias: string, spec: Spec): void => void aliases.set(alias, spec.name)

/** Takes an alias of a spec out; whether it was one. */
export const forgetAlias = (alias: string, spec: Spec): boolean =>
  aliases.get(alias) === spec.name && aliases.delete(alias)

/** Lets names under one prefix stand for those under another; gives back what it stood for before. */
export function enterPrefix(from: string, to: string | undefined): string | undefined {
  const before = prefixes.get(from)
  if (to === undefined) prefixes.delete(from)
  else prefixes.set(from, to)
  return before
}

/** The type names that JSON may use, sorted. */
export const registeredTypes = (): string[] => [...byName.keys()].sort()

/** The known type name that is most like an unknown one. */
export const nearestType = (name: string): string | null =>
  nearest(name, [...byName.keys(), ...aliases.keys()])

/**
 * Which classes JSON may bring to life: only those in the registry, under their type names and whatever further names
 * they were given. Classes enter it by themselves when they are first used; these are the words to do it by hand, to
 * take them out, and to let fewer of them in for a while.
 */

import { boundSpec, specOf } from '../class-spec.ts'
import { DefinitionError } from '../errors.ts'
import { DEFERRED, type DeferredData } from '../fields/deferred.ts'
import type { Field } from '../fields/field.ts'
import { Keys } from '../fields/struct.ts'
import { Positions } from '../fields/tuple.ts'
import { OBJECT, type Spec } from '../greens/spec.ts'
import type { Symbolic } from '../symbolic.ts'
import { scoped } from './reading.ts'
import { enterAlias, enterPrefix, enterSpec, forgetAlias, forgetSpec, specNamed } from './registry.ts'

type SymbolicClass = abstract new (...args: never) => { readonly '~symbolic': true }

/**
 * Makes classes known to JSON before they are first used, under their type names and any further names.
 *
 *     register(Dense, 'nn.OldDense')
 */
export function register(cls: SymbolicClass, ...names: readonly string[]): void {
  const spec = specOf(cls)
  for (const name of [spec.name, ...names]) {
    const other = specNamed(name)
    if (other !== null && other !== spec) {
      throw new DefinitionError(name, `the type name '${name}' is taken by another class`)
    }
  }
  enterSpec(spec)
  for (const name of names) if (name !== spec.name) enterAlias(name, spec)
}

/**
 * Takes a class out again, so that JSON cannot ask for it and its type name is free; or only the given further names.
 * Whether any of it was there. Instances stay what they are.
 */
export function unregister(cls: SymbolicClass, ...names: readonly string[]): boolean {
  const spec = specOf(cls)
  if (names.length === 0) return forgetSpec(spec)
  return names.map(name => forgetAlias(name, spec)).includes(true)
}

/**
 * Lets all type names under one prefix stand for those under another, as when a package was renamed. What is registered
 * under a name of its own comes first, and a longer prefix before a shorter. Gives back a function that undoes it.
 *
 *     moduleAlias('old.nn', 'nn')      // JSON that says 'old.nn.Dense' gives an nn.Dense
 */
export function moduleAlias(from: string, to: string): () => void {
  for (const prefix of [from, to]) {
    if (typeof prefix === 'string' && /^[A-Za-z_$][\w$]*(?:[./-][\w$]+)*$/.test(prefix)) continue
    throw new DefinitionError('', `a prefix is words joined by dots, like 'old.nn', got '${prefix}'`)
  }
  if (to === from || /^[./-]/.test(to.startsWith(from) ? to.slice(from.length) : '')) {
    throw new DefinitionError('', `'${from}' cannot stand for '${to}', which begins with it`)
  }
  const before = enterPrefix(from, to)
  return () => void enterPrefix(from, before)
}

/** The class that a type name stands for in JSON; null when there is none. */
export function classNamed(name: string): (abstract new (...args: never) => Symbolic) | null {
  const spec = specNamed(name)
  return spec === null ? null : (boundSpec(spec).boundClass as abstract new (...args: never) => Symbolic)
}

/**
 * Runs a function in which JSON may bring only these classes to life, and those that their fields name: for text that
 * nobody vouches for. They need not be registered otherwise. What the function starts and leaves to finish later, like a
 * `load`, is held to it too.
 *
 *     withTypes([Dense, Drop], () => fromJsonString(text))
 */
export function withTypes<Result>(classes: readonly SymbolicClass[], body: () => Result): Result {
  const types = new Map<string, Spec>()
  const seen = new Set<Field>()
  for (const cls of classes) addSpec(specOf(cls), types, seen)
  return scoped(types, body)
}

function addSpec(spec: Spec, types: Map<string, Spec>, seen: Set<Field>): void {
  if (types.get(spec.name) === spec) return
  types.set(spec.name, spec)
  for (const field of spec.fields) addFieldTypes(field, types, seen)
}

function addFieldTypes(field: Field, types: Map<string, Spec>, seen: Set<Field>): void {
  if (seen.has(field)) return
  seen.add(field)
  const { lazy } = field.rules
  const spec = field.spec ?? (lazy === null ? null : specOf(lazy()))
  if (spec?.kind === OBJECT) addSpec(spec, types, seen)
  else for (const below of fieldsBelow(field)) addFieldTypes(below, types, seen)
}

/** The fields that a field is made of, those of its classes left out. */
function fieldsBelow({ spec, rules }: Field): readonly Field[] {
  if (rules.kind === DEFERRED) return [(rules.data as DeferredData).field()]
  const places = spec?.places ?? null
  if (places instanceof Positions) return places.fields
  if (places instanceof Keys) {
    const others = places.patterns.map(([, field]) => field)
    return [...places.fixed.values(), ...others, ...(places.rest === null ? [] : [places.rest])]
  }
  return spec?.element ? [spec.element] : rules.options
}

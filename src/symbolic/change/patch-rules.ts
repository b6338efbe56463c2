/**
 * Patch rules: which places of a tree are meant, by key, path, value, type or member, and what they become. A rule is
 * applied in one pass from the top, and what it has replaced is not looked into, so that it cannot run in circles.
 */

import { specOf } from '../class-spec.ts'
import { DefinitionError, SymError } from '../errors.ts'
import { acceptAny } from '../fields/accept.ts'
import { unknownField } from '../fields/explain.ts'
import { equalValues } from '../greens/equal.ts'
import { KeyPath } from '../key-path.ts'
import { Node } from '../node.ts'
import type { Symbolic } from '../symbolic.ts'
import { show } from '../view/format.ts'
import { INVALID, type Missing } from './missing.ts'

/** What a place becomes: a value, `MISSING`, or a function that gives one of them for what stands there. */
export type Replacement<Value = unknown> =
  | Missing
  | Primitive
  | object
  | ((value: Value, path: KeyPath, parent: Symbolic | null) => unknown)

type Primitive = null | undefined | boolean | number | string | bigint

/** Something that makes the next version of a tree: a rule, or a named patcher with its arguments. */
export abstract class PatchRule {
  /** The next version of a tree; the same one when the rule means nothing in it. */
  abstract apply<Tree extends Symbolic>(tree: Tree): Tree
  /** The rule in words. */
  abstract toString(): string
}

type Condition = (path: KeyPath, value: unknown, parent: Symbolic | null) => boolean

class PlaceRule extends PatchRule {
  readonly #isMeant: Condition
  readonly #to: Replacement<never>
  readonly #words: string

  constructor(words: string, isMeant: Condition, to: Replacement<never>) {
    super()
    this.#words = words
    this.#isMeant = isMeant
    this.#to = to
  }

  apply<Tree extends Symbolic>(tree: Tree): Tree {
    const to = this.#to
    return tree.transform((path, value, parent) => {
      if (!this.#isMeant(path, value, parent)) return value
      return typeof to === 'function' ? (to as (...args: unknown[]) => unknown)(value, path, parent) : to
    })
  }

  toString(): string {
    return this.#words
  }
}

/**
 * A rule for the places with a key: the very text or index, or all that a pattern matches, anywhere in it.
 *
 *     applyRules(model, onKey(/units$/, units => Number(units) * 2))
 */
export function onKey(key: string | number | RegExp, to: Replacement): PatchRule {
  const matches = key instanceof RegExp ? matcher(key) : null
  return new PlaceRule(
    `onKey(${show(key)})`,
    path => !path.isRoot && (matches === null ? path.key === key : matches(String(path.key))),
    to,
  )
}

/** A rule for one path, or for the paths whose text a pattern matches, anywhere in it. */
export function onPath(path: string | KeyPath | RegExp, to: Replacement): PatchRule {
  if (path instanceof RegExp) {
    const matches = matcher(path)
    return new PlaceRule(`onPath(${path})`, at => matches(at.toString()), to)
  }
  const wanted = KeyPath.from(path)
  return new PlaceRule(`onPath('${wanted}')`, at => at.equals(wanted), to)
}

/** A rule for the places where a value stands that is equal to the given one; arrays and records count as lists and dicts. */
export function onValue<Value>(value: Value, to: Replacement<Value>): PatchRule {
  const wanted = acceptAny(value, null, 0)
  return new PlaceRule(
    `onValue(${show(value)})`,
    (_, each) => wanted !== INVALID && equalValues(each instanceof Node ? each._g : each, wanted),
    to as Replacement<never>,
  )
}

/** What has a type: instances of a class; `Number`, `String`, `Boolean` and `BigInt` stand for plain values. */
export type ValueOfType<Type> = Type extends NumberConstructor
  ? number
  : Type extends StringConstructor
    ? string
    : Type extends BooleanConstructor
      ? boolean
      : Type extends BigIntConstructor
        ? bigint
        : Type extends abstract new (
              ...args: never
            ) => infer Instance
          ? Instance
          : unknown

/**
 * A rule for the values of a type: instances of a class or of one on top of it, or plain values by `Number` and its like.
 *
 *     applyRules(model, onType(Dense, dense => dense.rebind({ units: dense.units * 2 })))
 */
export function onType<Type extends AnyType>(type: Type, to: Replacement<ValueOfType<Type>>): PatchRule {
  const isWanted = ofType(type)
  return new PlaceRule(`onType(${type.name})`, (_, value) => isWanted(value), to as Replacement<never>)
}

/**
 * A rule for some fields of the instances of a class.
 *
 *     applyRules(model, onMember(Dense, 'activation', 'gelu'))
 *
 * Throws `DefinitionError` when the class has no such field.
 */
export function onMember<Instance extends Symbolic, Name extends keyof Instance & string>(
  type: abstract new (...args: never) => Instance,
  names: Name | readonly Name[],
  to: Replacement<Instance[Name]>,
): PatchRule {
  const list: readonly string[] = typeof names === 'string' ? [names] : names
  const spec = specOf(type)
  for (const name of list) {
    if (!spec.slots.has(name)) throw new DefinitionError(name, `'${name}' ${unknownField(spec, name)}`)
  }
  return new PlaceRule(
    `onMember(${spec.name}, ${list.join(', ')})`,
    (path, _, parent) => parent instanceof type && list.includes(String(path.key)),
    to as Replacement<never>,
  )
}

/** A class, or a constructor of plain values. */
export type AnyType =
  | (abstract new (
      ...args: never
    ) => unknown)
  | NumberConstructor
  | StringConstructor
  | BooleanConstructor
  | BigIntConstructor

/** The question whether a value is of a type. Throws when no type is given. */
export function ofType(type: AnyType): (value: unknown) => boolean {
  if (typeof type !== 'function') throw new SymError('', `a type is a class, got ${show(type)}`)
  const primitive = PRIMITIVES.get(type)
  return primitive === undefined ? value => value instanceof type : value => typeof value === primitive
}

const PRIMITIVES = new Map<unknown, string>([
  [Number, 'number'],
  [String, 'string'],
  [Boolean, 'boolean'],
  [BigInt, 'bigint'],
])

/** The question whether a text matches a pattern; a global or sticky one would remember where it last matched. */
export function matcher(pattern: RegExp): (text: string) => boolean {
  const own = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''))
  return text => own.test(text)
}

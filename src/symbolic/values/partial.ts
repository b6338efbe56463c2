/**
 * Partial trees: objects of which required values are still missing. `Class.partial({…})` makes them, `missing` says what
 * they lack, `rebind` fills it in, and `complete` gives the whole object or says everything that stands in the way.
 * Functions and not methods, so that no field name is taken. They ask the tree as it is stored: placeholders stay.
 */

import { INVALID, MISSING } from '../change/missing.ts'
import { specOf } from '../class-spec.ts'
import { FieldError, type Problem } from '../errors.ts'
import { construct, wholeOf } from '../fields/accept.ts'
import type { Field, FieldMap, InOf, OutOf } from '../fields/field.ts'
import { describe } from '../fields/field-words.ts'
import { constructRefusal } from '../fields/refusal.ts'
import { eachChild } from '../greens/children.ts'
import { equalValues } from '../greens/equal.ts'
import { looseSpec } from '../greens/loose.ts'
import { FIRST, type Green, isGreen, OBJECT } from '../greens/spec.ts'
import { HOLDS_MISSING, HOLDS_RANDOM, HOLDS_STAND_IN, lackedKeys, summaryOf } from '../greens/summary.ts'
import { type Key, KeyPath } from '../key-path.ts'
import { makeNode, Node } from '../node.ts'
import type { SymDict } from '../sym-dict.ts'
import type { SymList } from '../sym-list.ts'
import type { SymObject } from '../sym-object.ts'
import type { Symbolic } from '../symbolic.ts'

/**
 * An object of a class of which values may be missing: those read as undefined. It has the fields of the class and what
 * every node has; for the methods of the class, `complete` it first.
 */
export type PartialOf<Instance> = Instance extends { readonly '~fields': infer Fields }
  ? SymObject & { readonly [Name in keyof Fields]: PartialOut<OutOf<Fields[Name]>> | undefined } & {
      readonly '~fields': PartialFields<Fields>
      readonly '~name': () => 'partial'
      readonly '~partial': Instance
    }
  : Instance

/** The values for a partial object: those at hand. */
export type PartialInit<Instance> = Instance extends { readonly '~fields': infer Fields }
  ? { readonly [Name in keyof Fields]?: PartialIn<InOf<Fields[Name]>> | undefined }
  : never

type PartialFields<Fields> = {
  readonly [Name in keyof Fields]: {
    readonly '~field': {
      readonly out: PartialOut<OutOf<Fields[Name]>> | undefined
      readonly in: PartialIn<InOf<Fields[Name]>>
      readonly optional: true
    }
  }
}

/** What reading a place of a partial object gives: objects there may be partial, too. */
type PartialOut<Out> =
  Out extends SymList<infer Element, infer Input>
    ? SymList<PartialOut<Element>, PartialIn<Input>>
    : Out extends SymDict<infer Value, infer Input>
      ? SymDict<PartialOut<Value>, PartialIn<Input>>
      : Out extends { readonly '~fields': FieldMap }
        ? Out | PartialOf<Out>
        : Out

type PartialIn<In> = In extends { readonly '~symbolic': true }
  ? PartialOut<In>
  : In extends readonly (infer Element)[]
    ? readonly PartialIn<Element>[]
    : In extends { readonly [key: string]: infer Value }
      ? { readonly [key: string]: PartialIn<Value> }
      : In

/** A whole instance for a partial one; any other type as it is. */
export type Completed<Node> = Node extends { readonly '~partial': infer Instance } ? Instance : Node

export interface FlatOptions {
  /** Whether the result is one record by path text (the default), or records inside records. */
  readonly flat?: boolean
}

/** A partial instance of a class, from the values at hand; the others may come later, by `rebind`. */
export function partialOf(cls: unknown, values: object): Node {
  const spec = specOf(cls)
  const loose = looseSpec(spec)
  const record = values as Record<string, unknown>
  const green = construct(loose, record, null, 0)
  if (green !== INVALID) return makeNode(green as Green, null, '')
  throw constructRefusal(loose, record)
}

/** Whether a required value is missing anywhere in a tree; O(1) once it was asked. False for anything else. */
export const isPartial = (value: unknown): boolean => holds(value, HOLDS_MISSING)

/** Whether a tree holds a stand-in for something else, like a hyper value, or is one. */
export const isPureSymbolic = (value: unknown): boolean => holds(value, HOLDS_STAND_IN)

/** Whether a tree is not yet what it will become: partial, or with stand-ins in it. */
export const isAbstract = (value: unknown): boolean => holds(value, HOLDS_MISSING | HOLDS_STAND_IN)

/**
 * Whether a tree means the same on every run: it holds no stand-in, and no object of a class that says
 * `static isDeterministic = false`.
 */
export const isDeterministic = (value: unknown): boolean => !holds(value, HOLDS_RANDOM)

const holds = (value: unknown, flags: number): boolean =>
  value instanceof Node && (summaryOf(value._g) & flags) !== 0

/**
 * What is missing from a tree, and what is wanted there.
 *
 *     missing(Dense.partial({}))     // { units: 'integer of at least 1' }
 */
export function missing(tree: Symbolic, { flat = true }: FlatOptions = {}): Record<string, unknown> {
  const found = new Found(flat)
  eachMissing(tree._g, KeyPath.root, (path, field) => found.add(path, describe(field)))
  return found.record
}

/**
 * The leaves of a tree that differ from the defaults of their fields; where no field tells a default, all of them. What
 * is empty, or a whole object of defaults where none is the default, stands for itself.
 *
 *     nonDefault(new Model({ head: new Dense({ units: 10 }) }))     // { 'head.units': 10 }
 */
export function nonDefault(tree: Symbolic, { flat = true }: FlatOptions = {}): Record<string, unknown> {
  const found = new Found(flat)
  eachNonDefault(tree._g, KeyPath.root, (path, value) => found.add(path, value))
  return found.record
}

/**
 * The whole object of a partial one, as a root of its own; a tree without partial objects is given back as it is. Throws
 * one `FieldError` that lists everything that is missing, and where.
 */
export function complete<Tree extends Symbolic>(tree: Tree): Completed<Tree> {
  const green = tree._g
  if (!isPartial(tree)) {
    const whole = wholeOf(green)
    return (whole === INVALID ? tree : makeNode(whole as Green, null, '')) as Completed<Tree>
  }
  const problems: Problem[] = []
  eachMissing(green, KeyPath.root, (path, field) => {
    problems.push({ path: path.toString(), message: `is missing: ${describe(field)}` })
  })
  throw FieldError.of(green[0].name, problems)
}

/** Calls back for everything that is missing; parts that lack nothing are not entered. */
function eachMissing(green: Green, path: KeyPath, visit: (path: KeyPath, field: Field) => void): void {
  if ((summaryOf(green) & HOLDS_MISSING) === 0) return
  const { kind, names, fields, base } = green[0]
  if (kind !== OBJECT) {
    for (const key of lackedKeys(green)) visit(path.child(key), base.places?.required?.get(key) as Field)
    eachChild(green, (value, key) => {
      if (isGreen(value)) eachMissing(value, path.child(key), visit)
    })
    return
  }
  for (let slot = FIRST; slot < green.length; slot++) {
    const value = green[slot]
    const here = path.child(names[slot - FIRST] as string)
    if (value === MISSING) visit(here, (base.whole?.fields ?? fields)[slot - FIRST] as Field)
    else if (isGreen(value)) eachMissing(value, here, visit)
  }
}

type Visit = (path: KeyPath, value: unknown) => void

function eachNonDefault(green: Green, path: KeyPath, visit: Visit): void {
  const { kind, fields, places } = green[0]
  eachChild(green, (value, key, slot) => {
    const field = kind === OBJECT ? fields[slot - FIRST] : places?.fieldAt(key)
    const isInitial = field?.rules.hasDefault === true && equalValues(value, field.rules.initial)
    if (value !== undefined && !isInitial) visitNonDefault(value, path.child(key), visit)
  })
}

function visitNonDefault(value: unknown, path: KeyPath, visit: Visit): void {
  if (!isGreen(value)) return visit(path, value)
  let isEmpty = true
  eachNonDefault(value, path, (below, leaf) => {
    isEmpty = false
    visit(below, leaf)
  })
  // What has nothing since all of it is missing is not there yet.
  if (isEmpty && (summaryOf(value) & HOLDS_MISSING) === 0) visit(path, makeNode(value, null, ''))
}

/** Values by path: in one record, or in records inside records. `__proto__` is a key like any other. */
class Found {
  readonly record: Record<string, unknown> = {}
  readonly #isFlat: boolean

  constructor(isFlat: boolean) {
    this.#isFlat = isFlat
  }

  add(path: KeyPath, value: unknown): void {
    if (this.#isFlat) return put(this.record, path.toString(), value)
    let at = this.record
    const { keys } = path
    for (const key of keys.slice(0, -1)) {
      if (!Object.hasOwn(at, key)) put(at, key, {})
      at = at[key] as Record<string, unknown>
    }
    put(at, keys[keys.length - 1] as Key, value)
  }
}

function put(record: Record<string, unknown>, key: Key, value: unknown): void {
  Object.defineProperty(record, key, { value, enumerable: true, configurable: true, writable: true })
}

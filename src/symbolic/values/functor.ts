/**
 * Functors: functions as symbolic objects. Their arguments are fields, bound early (by the constructor, `bind` or
 * `rebind`) or late (by `call`), so that a half-finished call can be saved, compared, searched over and changed like any
 * tree. JSON holds the name and what is bound; the code is that of the class registered under the name.
 */

import { specOf } from '../class-spec.ts'
import { DefinitionError, FieldError, type Problem } from '../errors.ts'
import { unknownField } from '../fields/explain.ts'
import type { Field, FieldMap, InOf, OutOf, ValuesOf } from '../fields/field.ts'
import { LIST_OF } from '../fields/field.ts'
import { describe } from '../fields/field-words.ts'
import { acceptOrThrow } from '../fields/refusal.ts'
import { equalValues } from '../greens/equal.ts'
import { FIRST, isGreen, type Spec, wholeSpec } from '../greens/spec.ts'
import { makeNode, Node, tracking } from '../node.ts'
import { type SymClass, SymObject, type SymShape } from '../sym-object.ts'
import { show } from '../view/format.ts'

/** The arguments by name that a call or `bind` takes. */
export type ArgsOf<Fields> = { readonly [Name in keyof Fields]?: InOf<Fields[Name]> | undefined }

export interface CallOptions {
  /** Whether arguments that are bound already may be given anew. */
  readonly override?: boolean
  /** Whether arguments that the function does not take are left aside. */
  readonly ignoreExtra?: boolean
}

export interface FunctorOptions<Returns extends Field | undefined> {
  /** What the function must return; what the field makes of it is the result. */
  readonly returns?: Returns
  /** The list field that takes the rest of the positional arguments. */
  readonly variadic?: string
}

/** What a call gives: what the field of results makes of it, when there is one. */
type ResultOf<Result, Returns> = [Returns] extends [Field]
  ? Result extends Promise<unknown>
    ? Promise<OutOf<Returns>>
    : OutOf<Returns>
  : Result

/** The fields of a functor: none is required, since arguments may come later. */
export type BoundFields<Fields> = {
  readonly [Name in keyof Fields]: Field<
    OutOf<Fields[Name]> | undefined,
    InOf<Fields[Name]> | undefined,
    true
  >
}

/** An instance of the class that `functor` makes. */
export type FunctorOf<Name, Fields, Result> = Functor<ArgsOf<Fields>, Result> &
  ValuesOf<BoundFields<Fields>> &
  SymShape<Name, BoundFields<Fields>>

interface Definition {
  readonly fields: FieldMap
  readonly run: (args: never, self: never) => unknown
  readonly returns: Field | null
  readonly variadic: string | null
}

const definitions = new WeakMap<Spec, Definition>()

/** The base of all functors. */
export abstract class Functor<Args extends object = object, Result = unknown> extends SymObject.define(
  'symbolic.Functor',
  {},
) {
  static readonly isAbstract: boolean = true

  /**
   * The result of the function for what is bound and what is given here. Throws `FieldError` naming every argument that
   * is missing, does not fit, or is bound already.
   */
  call(args: Args = {} as Args, options: CallOptions = {}): Result {
    const { fields, run, returns } = definitionOf(this)
    const given = checkedArgs(this, args as Record<string, unknown>, options)
    const values: Record<string, unknown> = {}
    const problems: Problem[] = []
    for (const name of Object.keys(fields)) {
      const { hasDefault, isOptional, isContextual } = (fields[name] as Field).rules
      const isGiven = Object.hasOwn(given, name)
      values[name] = isGiven ? given[name] : (this as unknown as Record<string, unknown>)[name]
      if (values[name] !== undefined || hasDefault || isOptional || isContextual) continue
      problems.push({ path: name, message: `is not bound: ${describe(fields[name] as Field)}` })
    }
    if (problems.length > 0) throw FieldError.of(this.typeName, problems)
    const result = run(values as never, this as never)
    if (tracking.note !== null && result instanceof Node) tracking.note('return', result, this)
    if (returns === null) return result as Result
    const check = (value: unknown): unknown => joined(this, 'returns', returns, value)
    return (result instanceof Promise ? result.then(check) : check(result)) as Result
  }

  /** The same with arguments in the order of the fields; the variadic field, if there is one, takes the rest. */
  apply(...args: readonly unknown[]): Result {
    const { fields, variadic } = definitionOf(this)
    const names = Object.keys(fields).filter(name => name !== variadic && !isSpecified(this, name))
    if (args.length > names.length && variadic === null) {
      const message = `takes ${names.length} more arguments, got ${args.length}`
      throw FieldError.of(this.typeName, [{ path: '', message }])
    }
    const record: Record<string, unknown> = {}
    for (let i = 0; i < names.length && i < args.length; i++) record[names[i] as string] = args[i]
    if (variadic !== null && args.length > names.length) record[variadic] = args.slice(names.length)
    return this.call(record as Args)
  }

  /** The functor with more arguments bound. */
  bind(args: Args, options: CallOptions = {}): this {
    const given = checkedArgs(this, args as Record<string, unknown>, options)
    return this.rebind(Object.entries(given)) as this
  }
}

/**
 * A class of functors: `fields` are the arguments of `run`, which gets them in one record.
 *
 *     const Add = functor('my.Add', { a: f.int(), b: f.int().default(1) }, ({ a, b }) => a + b)
 *     new Add({ a: 1 }).call()              // 2
 *     new Add().call({ a: 1, b: 5 })        // 6
 */
export function functor<
  const Name extends string,
  const Fields extends FieldMap,
  Result,
  Returns extends Field | undefined = undefined,
>(
  name: Name,
  fields: Fields,
  run: (args: ValuesOf<Fields>, self: FunctorOf<Name, Fields, ResultOf<Result, Returns>>) => Result,
  { returns, variadic }: FunctorOptions<Returns> = {},
): SymClass<FunctorOf<Name, Fields, ResultOf<Result, Returns>>, BoundFields<Fields>> {
  if (variadic !== undefined && fields[variadic]?.rules.tag !== LIST_OF) {
    throw new DefinitionError(name, `the variadic argument '${variadic}' of ${name} must be a field of lists`)
  }
  const late = Object.fromEntries(Object.entries(fields).map(([key, field]) => [key, laterField(field)]))
  const made = Functor.define(name, late as never) as unknown as typeof Functor
  const definition = { fields, run, returns: returns ?? null, variadic: variadic ?? null }
  definitions.set(specOf(made), definition)
  return made as never
}

/** The arguments of a functor by how they stand. */
export interface FunctorArgs {
  /** Those with a value of their own, other than the default. */
  readonly specified: string[]
  /** Those that have their default. */
  readonly default: string[]
  /** Those with a value of either kind. */
  readonly bound: string[]
  /** Those that a call must still give. */
  readonly unbound: string[]
}

/** How the arguments of a functor stand. */
export function functorArgs(of: Functor<never>): FunctorArgs {
  const { fields } = definitionOf(of)
  const args: FunctorArgs = { specified: [], default: [], bound: [], unbound: [] }
  for (const name of Object.keys(fields)) {
    const { hasDefault, isOptional, isContextual } = (fields[name] as Field).rules
    const isOwn = isSpecified(of, name)
    const isDefault = !isOwn && (hasDefault || isOptional || isContextual)
    if (isOwn) args.specified.push(name)
    if (isDefault) args.default.push(name)
    ;(isOwn || isDefault ? args.bound : args.unbound).push(name)
  }
  return args
}

const laterField = (field: Field): Field => (field.rules.hasDefault ? field : field.optional())

function definitionOf(of: Functor<never>): Definition {
  for (const spec of wholeSpec(of._g[0]).lineage ?? []) {
    const definition = definitions.get(spec)
    if (definition !== undefined) return definition
  }
  throw new DefinitionError(of.typeName, `${of.typeName} has nothing to call: make its class by functor(…)`)
}

/** Whether an argument has a value of its own. */
function isSpecified(of: Functor<never>, name: string): boolean {
  const [spec] = of._g
  const slot = spec.slots.get(name) as number
  const { hasDefault, initial } = (spec.fields[slot - FIRST] as Field).rules
  const value = of._g[slot]
  return value !== undefined && !(hasDefault && equalValues(value, initial))
}

/** The arguments that were given, each under its field; throws for unknown ones, and for those that are bound. */
function checkedArgs(
  of: Functor<never>,
  args: Record<string, unknown>,
  { override = false, ignoreExtra = false }: CallOptions,
): Record<string, unknown> {
  const [spec] = of._g
  const problems: Problem[] = []
  const checked: Record<string, unknown> = {}
  for (const name of Object.keys(args)) {
    const value = args[name]
    const slot = spec.slots.get(name)
    if (slot === undefined) {
      if (!ignoreExtra) problems.push({ path: name, message: unknownField(spec, name) })
      continue
    }
    if (value === undefined) continue
    const accepted = joined(of, name, spec.fields[slot - FIRST] as Field, value)
    if (!override && isSpecified(of, name) && !equalValues(storedOf(accepted), of._g[slot])) {
      const bound = `is bound to ${show(of._g[slot])} already, got ${show(value)}`
      problems.push({ path: name, message: `${bound}; call with { override: true } to replace it` })
    }
    checked[name] = accepted
  }
  if (problems.length > 0) throw FieldError.of(of.typeName, problems)
  return checked
}

/** A value as its field makes it: a leaf or a node. */
function joined(of: Functor<never>, name: string, field: Field, value: unknown): unknown {
  const stored = acceptOrThrow(of.typeName, [name], field, value)
  return isGreen(stored) ? makeNode(stored, null, '') : stored
}

const storedOf = (value: unknown): unknown => (value instanceof Node ? value._g : value)

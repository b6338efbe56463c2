/**
 * Expressions as trees: a constant, an input, the element at hand, or a call of an operator. They are ordinary symbolic
 * objects, so a mutation is a rebind and a version is never lost. A tree that is not well typed cannot be made: each
 * call checks its arguments when it is bound, by facts that are worked out once per shared part and remembered.
 */

import { FieldError, f, register, SymObject } from '../../symbolic/index.ts'
import { OPERATOR_NAMES, operatorOf } from './operators.ts'
import {
  type Binding,
  fits,
  match,
  substitute,
  TYPES,
  type Type,
  typeOfValue,
  type Value,
  wordsFor,
} from './types.ts'

/** A typed expression. */
export abstract class Expression extends SymObject.define('grammar.Expression', {}) {}

/** A value that stands for itself. */
export class Constant extends Expression.define('grammar.Constant', {
  value: f.union(
    f.bool(),
    f.float({ min: -Number.MAX_VALUE, max: Number.MAX_VALUE }),
    f.string(),
    f.list(f.float({ min: -Number.MAX_VALUE, max: Number.MAX_VALUE })),
  ),
}) {}

/** An input of the rule. */
export class Input extends Expression.define('grammar.Input', { name: f.string(), type: f.enum(...TYPES) }) {}

/** The element at hand, inside the body of `map`, `filter`, `every` and `some`. */
export class Item extends Expression.define('grammar.Item', { type: f.enum('integer', 'number') }) {}

/** An operator with its arguments. */
export class Call extends Expression.define('grammar.Call', {
  op: f.enum(...OPERATOR_NAMES),
  args: f.list(f.object(Expression)),
}) {
  onBound(): void {
    factsOf(this)
  }
}

register(Constant)
register(Input)
register(Item)
register(Call)

/** What is known of an expression without running it. */
export interface Facts {
  readonly type: Type
  /** The number of nodes. */
  readonly size: number
  /** The number of nodes on the longest way down. */
  readonly height: number
  /** The type that the element at hand must have, where the expression uses it and does not bind it. */
  readonly item: Type | null
  /** Whether something in it makes a list or works through one; that does not stand in bodies, which run often. */
  readonly isBulky: boolean
  /** The types of the inputs it uses, by name. */
  readonly inputs: ReadonlyMap<string, Type>
  /** How many bits its largest number may have, when no input has more than `INPUT_BITS`. */
  readonly bits: number
  /** Whether the result could leave the range of a double and is therefore limited to safe integers. */
  readonly isLimited: boolean
}

/** Inputs are taken to be below 2^64 in magnitude. */
const INPUT_BITS = 64
const MAX_BITS = 1000
const LIMITED_BITS = 53

/** The facts about an expression. Throws `FieldError` for one that is not well typed. */
export function factsOf(expression: Expression): Facts {
  const token = expression.token
  let facts = known.get(token)
  if (facts === undefined) known.set(token, (facts = findFacts(expression)))
  return facts
}

const known = new WeakMap<object, Facts>()

/** The arguments of a call; none for other expressions. */
export function argumentsOf(expression: Expression): readonly Expression[] {
  return expression instanceof Call ? expression.args.toArray() : []
}

/** The value of a constant as plain data. */
export function plainValue(constant: Constant): Value {
  const { value } = constant
  return typeof value === 'object' ? value.toArray() : value
}

/** A call with its arguments. */
export const callOf = (op: Call['op'], ...args: readonly Expression[]): Call => new Call({ op, args })

/** A constant. */
export const constantOf = (value: Value): Constant => new Constant({ value })

const NO_INPUTS: ReadonlyMap<string, Type> = new Map()

function findFacts(expression: Expression): Facts {
  if (expression instanceof Call) return findCallFacts(expression)
  const leaf = {
    size: 1,
    height: 1,
    item: null,
    isBulky: false,
    inputs: NO_INPUTS,
    bits: 1,
    isLimited: false,
  }
  if (expression instanceof Item)
    return { ...leaf, type: expression.type, item: expression.type, bits: INPUT_BITS }
  if (expression instanceof Input) {
    const { name, type } = expression
    return { ...leaf, type, inputs: new Map([[name, type]]), bits: INPUT_BITS }
  }
  if (expression instanceof Constant) {
    const value = plainValue(expression)
    return { ...leaf, type: typeOfValue(value) as Type, bits: bitsOf(value) }
  }
  throw refuse(expression, '', 'is not a kind of expression that the grammar knows')
}

function findCallFacts(call: Call): Facts {
  const { op } = call
  const operator = operatorOf(op)
  const args = call.args.toArray()
  if (args.length !== operator.args.length) {
    throw refuse(call, 'args', `must be ${operator.args.length} for '${op}', got ${args.length}`)
  }
  const binding: Binding = {}
  const bits: number[] = []
  let [size, height, isBulky, inputs] = [1, 0, isBulkyOperator(op), NO_INPUTS]
  let item: Type | null = null
  for (const [i, arg] of args.entries()) {
    const facts = factsOf(arg)
    const pattern = operator.args[i] as (typeof operator.args)[number]
    if (!match(pattern, facts.type, binding)) {
      throw refuse(call, `args[${i}]`, `must be ${wordsFor(pattern)} for '${op}', got ${facts.type}`)
    }
    if (operator.binds && i === 1) checkBody(call, facts, binding.N as Type)
    else {
      isBulky ||= facts.isBulky
      item = narrower(item, facts.item)
    }
    size += facts.size
    height = Math.max(height, facts.height)
    inputs = union(inputs, facts.inputs, call, i)
    bits.push(facts.bits)
  }
  const free = operator.bits?.(...bits) ?? Math.max(1, ...bits)
  const isLimited = free > MAX_BITS
  return {
    type: substitute(operator.result, binding) as Type,
    size,
    height: height + 1,
    item,
    isBulky,
    inputs,
    bits: isLimited ? LIMITED_BITS : free,
    isLimited,
  }
}

/** Whether an operator makes a list or does something for every element of one. */
export function isBulkyOperator(op: Call['op']): boolean {
  const { result, binds } = operatorOf(op)
  return binds === true || result === 'integers' || result.endsWith('[]')
}

function checkBody(call: Call, body: Facts, element: Type): void {
  if (body.isBulky)
    throw refuse(call, 'args[1]', `must not make or work through lists, since it is done for every element`)
  if (body.item !== null && !fits(element, body.item)) {
    throw refuse(call, 'args[1]', `must take elements that are ${element}, got a body for ${body.item}`)
  }
}

/** The narrower of two numeric types, either of which may be missing. */
const narrower = (a: Type | null, b: Type | null): Type | null =>
  a === null ? b : b === null || a === b ? a : 'integer'

function union(
  a: ReadonlyMap<string, Type>,
  b: ReadonlyMap<string, Type>,
  call: Call,
  at: number,
): ReadonlyMap<string, Type> {
  if (b.size === 0 || a === b) return a
  if (a.size === 0) return b
  let result: Map<string, Type> | null = null
  for (const [name, type] of b) {
    const other = a.get(name)
    if (other !== undefined && other !== type) {
      throw refuse(call, `args[${at}]`, `takes the input '${name}' for ${type}, elsewhere it is ${other}`)
    }
    if (other === undefined) result = (result ?? new Map(a)).set(name, type)
  }
  return result ?? a
}

function bitsOf(value: Value): number {
  if (typeof value === 'number') return Math.max(1, Math.ceil(Math.log2(Math.abs(value) + 1)))
  return typeof value === 'object' ? value.reduce((bits, element) => Math.max(bits, bitsOf(element)), 1) : 1
}

const refuse = (on: Expression, path: string, message: string): FieldError =>
  FieldError.of(on.typeName, [{ path, message }])

/**
 * Expressions as trees: a constant, an input, the element at hand, or a call of an operator. They are ordinary symbolic
 * objects, so a mutation is a rebind and a version is never lost. A tree that is not well typed cannot be made: each
 * call checks its arguments when it is bound, by facts that are worked out once per shared part and remembered.
 */

import { type Field, FieldError, f, register, SymObject } from '../../symbolic/index.ts'
import { jsonOf } from '../json.ts'
import type { Operator } from './operator.ts'
import { findOperator, OPERATOR_NAMES, type OperatorName, operatorOf } from './operators.ts'
import { isOfType, packType, unknownName } from './pack.ts'
import { bitsOfInput, bitsOfTotal, bitsOfValue, sizeOfCall } from './sizes.ts'
import {
  type Binding,
  ELEMENT_TYPES,
  fits,
  isList,
  match,
  type Pattern,
  substitute,
  TYPES,
  type Type,
  typeOfValue,
  type Value,
  wordsFor,
} from './types.ts'

/** A typed expression. */
export abstract class Expression extends SymObject.define('grammar.Expression', {}) {}

/** The name of a type; those of packs are looked up when an expression is made. */
const typeField = f.string() as Field<Type, Type, false>

/** A value that stands for itself. Its type is said where the value does not show it. */
export class Constant extends Expression.define('grammar.Constant', {
  value: f.any(),
  type: typeField.optional(),
}) {
  onBound(): void {
    factsOf(this)
  }
}

/** An input of the rule. */
export class Input extends Expression.define('grammar.Input', { name: f.string(), type: typeField }) {
  onBound(): void {
    checkType(this, this.type)
  }
}

/** The element at hand, inside a body: of `map` and its like, and of loops. */
export class Item extends Expression.define('grammar.Item', { type: f.enum(...ELEMENT_TYPES) }) {}

/** What a loop has made so far, inside its bodies. */
export class Total extends Expression.define('grammar.Total', { type: f.enum(...ELEMENT_TYPES) }) {}

/** An operator with its arguments. */
export class Call extends Expression.define('grammar.Call', {
  op: f.string() as Field<OperatorName, OperatorName, false>,
  args: f.list(f.object(Expression)),
}) {
  onBound(): void {
    factsOf(this)
  }
}

register(Constant)
register(Input)
register(Item)
register(Total)
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
  /** The same of what a loop has made so far. */
  readonly total: Type | null
  /** Whether something in it makes a list or works through one; that does not stand in bodies, which run often. */
  readonly isBulky: boolean
  /** The types of the inputs it uses, by name. */
  readonly inputs: ReadonlyMap<string, Type>
  /** How many bits its largest number may have, or the length of its text. */
  readonly bits: number
  /** Whether the result could be too large and is therefore limited. */
  readonly isLimited: boolean
}

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
  return typeof value === 'object' ? jsonOf(value) : (value as Value)
}

/** Refuses a type that neither the grammar nor a defined pack has. */
export function checkType(on: SymObject, type: string, path = 'type'): void {
  if ((TYPES as readonly string[]).includes(type) || packType(type) !== undefined) return
  throw FieldError.of(on.typeName, [{ path, message: unknownName(type, 'type', TYPES) }])
}

/** A call with its arguments. */
export const callOf = (op: Call['op'], ...args: readonly Expression[]): Call => new Call({ op, args })

/** A constant; of a type where the value alone does not say which. */
export function constantOf(value: Value, type?: Type): Constant {
  const own = typeOfValue(value)
  const isShown = type === undefined || (own !== undefined && fits(own, type))
  return new Constant(isShown ? { value } : { value, type })
}

const NO_INPUTS: ReadonlyMap<string, Type> = new Map()

function findFacts(expression: Expression): Facts {
  if (expression instanceof Call) return findCallFacts(expression)
  const leaf = {
    size: 1,
    height: 1,
    item: null,
    total: null,
    isBulky: false,
    inputs: NO_INPUTS,
    isLimited: false,
  }
  if (expression instanceof Item || expression instanceof Total) {
    const { type } = expression
    const [item, total] = expression instanceof Item ? [type, null] : [null, type]
    return { ...leaf, type, item, total, bits: item === null ? bitsOfTotal(type) : bitsOfInput(type) }
  }
  if (expression instanceof Input) {
    const { name, type } = expression
    return { ...leaf, type, inputs: new Map([[name, type]]), bits: bitsOfInput(type) }
  }
  if (expression instanceof Constant) return { ...leaf, ...constantFacts(expression) }
  throw refuse(expression, '', 'is not a kind of expression that the grammar knows')
}

function constantFacts(constant: Constant): Pick<Facts, 'type' | 'bits'> {
  const { value: stored, type } = constant
  if (typeof stored === 'number' && !Number.isFinite(stored))
    throw refuse(constant, 'value', `must be a finite number, got ${stored}`)
  const value = plainValue(constant)
  const own = type ?? typeOfValue(value)
  if (own === undefined) throw refuse(constant, 'value', 'must be of a type of the grammar, or say its type')
  if (type !== undefined) {
    checkType(constant, type)
    if (!isOfType(value, type)) throw refuse(constant, 'value', `must be ${type}`)
  }
  return { type: own, bits: bitsOfValue(value) }
}

function findCallFacts(call: Call): Facts {
  const { op } = call
  const operator = findOperator(op)
  if (operator === undefined) throw refuse(call, 'op', unknownName(op, 'operator', OPERATOR_NAMES))
  const args = call.args.toArray()
  if (args.length !== operator.args.length) {
    throw refuse(call, 'args', `must be ${operator.args.length} for '${op}', got ${args.length}`)
  }
  const binding: Binding = {}
  const known: Facts[] = []
  let [size, height, isBulky, inputs] = [1, 0, isBulkyOperator(op), NO_INPUTS]
  let item: Type | null = null
  let total: Type | null = null
  const from = operator.binds?.from ?? args.length
  for (const [i, arg] of args.entries()) {
    const facts = factsOf(arg)
    const pattern = operator.args[i] as Pattern
    if (!match(pattern, facts.type, binding)) {
      throw refuse(call, `args[${i}]`, `must be ${wordsFor(pattern)} for '${op}', got ${facts.type}`)
    }
    if (i < from) {
      isBulky ||= facts.isBulky
      item = narrower(item, facts.item, call, i)
      total = narrower(total, facts.total, call, i)
    }
    size += facts.size
    height = Math.max(height, facts.height)
    inputs = union(inputs, facts.inputs, call, i)
    known.push(facts)
  }
  for (let i = from; i < args.length; i++) checkBody(call, operator, i, binding)
  const type = substitute(operator.result, binding) as Type
  return {
    type,
    size,
    height: height + 1,
    item,
    total,
    isBulky,
    inputs,
    ...sizeOfCall(operator, type, known),
  }
}

/** Whether an operator makes a list, does something for every element of one, or is of a pack, which may do either. */
export function isBulkyOperator(op: Call['op']): boolean {
  const { result, binds, carries } = operatorOf(op)
  return binds !== undefined || carries !== undefined || isList(result as Type) || result.endsWith('[]')
}

function checkBody(call: Call, { binds }: Operator, at: number, binding: Binding): void {
  const body = factsOf(call.args.at(at) as Expression)
  if (body.isBulky)
    throw refuse(
      call,
      `args[${at}]`,
      `must not make or work through lists, since it is done for every element`,
    )
  for (const [kind, words] of [
    ['item', 'elements'],
    ['total', 'totals'],
  ] as const) {
    const pattern = binds?.[kind]
    const given = pattern === undefined ? null : (substitute(pattern, binding) as Type)
    const taken = body[kind]
    if (taken !== null && (given === null || !fits(given, taken)))
      throw refuse(
        call,
        `args[${at}]`,
        `must take ${words} that are ${given ?? 'none'}, got a body for ${taken}`,
      )
  }
}

/** The narrower of two types of what is at hand, either of which may be missing. */
function narrower(a: Type | null, b: Type | null, call: Call, at: number): Type | null {
  if (a === null || b === null) return a ?? b
  if (fits(a, b)) return a
  if (fits(b, a)) return b
  throw refuse(call, `args[${at}]`, `takes an element for ${b}, elsewhere it is ${a}`)
}

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

const refuse = (on: Expression, path: string, message: string): FieldError =>
  FieldError.of(on.typeName, [{ path, message }])

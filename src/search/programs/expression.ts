/**
 * Expressions as trees: a constant, a variable, or a call of a primitive. They are ordinary symbolic objects, so a
 * mutation is a rebind and a version shares all that it did not touch. A tree that is not well typed cannot be made;
 * what is known of a part without running it is worked out once, and remembered for every tree that shares the part.
 */

import { FieldError, f, register, SymObject } from '../../symbolic/index.ts'
import { primitiveOf, TYPES, type Type } from './primitives.ts'

/** A typed expression. */
export abstract class Expression extends SymObject.define('program.Expression', {}) {
  static readonly isAbstract = true
}

/** A value that stands for itself. One of -0 stands for 0, since `equals` and JSON do not tell them apart. */
export class Constant extends Expression.define('program.Constant', {
  value: f.union(f.float({ min: -Number.MAX_VALUE, max: Number.MAX_VALUE }), f.bool()),
}) {
  /** What it is when it runs: booleans are 1 and 0. */
  get number(): number {
    return Number(this.value) + 0
  }
}

/** A variable: an input of the program, or assigned before. */
export class Variable extends Expression.define('program.Variable', {
  name: f.string({ pattern: /^[A-Za-z_]\w*$/ }),
  type: f.enum(...TYPES).default('number'),
}) {}

/** A primitive with its arguments. */
export class Call extends Expression.define('program.Call', {
  op: f.string(),
  args: f.list(f.object(Expression)),
}) {
  onBound(): void {
    factsOf(this)
  }
}

register(Constant)
register(Variable)
register(Call)

/** What may be given where an expression is wanted. */
export type ExpressionInput = Expression | number | boolean

/** A variable with a name. */
export const variable = (name: string, type: Type = 'number'): Variable => new Variable({ name, type })

/**
 * A call of a primitive. Numbers and booleans become constants.
 *
 *     call('-', call('*', x, x), 1)
 */
export const call = (op: string, ...args: readonly ExpressionInput[]): Call =>
  new Call({ op, args: args.map(expressionOf) })

/** An expression, or the constant of a plain value. */
export const expressionOf = (value: ExpressionInput): Expression =>
  value instanceof Expression ? value : new Constant({ value })

/** What is known of an expression without running it. */
export interface ExpressionFacts {
  readonly type: Type
  /** The number of nodes. */
  readonly size: number
  /** The number of nodes on the longest way down. */
  readonly depth: number
  /** The types of the variables it reads, by name. */
  readonly variables: ReadonlyMap<string, Type>
}

/** The facts about an expression. Throws `FieldError` for one that is not well typed. */
export function factsOf(expression: Expression): ExpressionFacts {
  const token = expression.token
  let facts = known.get(token)
  if (facts === undefined) known.set(token, (facts = findFacts(expression)))
  return facts
}

const known = new WeakMap<object, ExpressionFacts>()

/** The arguments of a call; none for other expressions. */
export function argumentsOf(expression: Expression): readonly Expression[] {
  return expression instanceof Call ? expression.args.toArray() : []
}

/** An expression and all its parts, parents first. */
export function partsOf(expression: Expression): Expression[] {
  return [expression, ...argumentsOf(expression).flatMap(partsOf)]
}

const NO_VARIABLES: ReadonlyMap<string, Type> = new Map()

function findFacts(expression: Expression): ExpressionFacts {
  if (expression instanceof Call) return findCallFacts(expression)
  const leaf = { size: 1, depth: 1, variables: NO_VARIABLES }
  if (expression instanceof Variable) {
    const { name, type } = expression
    return { ...leaf, type, variables: new Map([[name, type]]) }
  }
  return { ...leaf, type: typeof (expression as Constant).value as Type }
}

function findCallFacts(call: Call): ExpressionFacts {
  const primitive = primitiveOf(call.op)
  const args = argumentsOf(call)
  if (args.length !== primitive.args.length) {
    throw refused(call, 'args', `must be ${primitive.args.length} for '${call.op}', got ${args.length}`)
  }
  let any: Type | null = null
  let [size, depth, variables] = [1, 0, NO_VARIABLES]
  for (const [i, arg] of args.entries()) {
    const facts = factsOf(arg)
    const wanted = primitive.args[i] === 'any' ? (any ?? facts.type) : primitive.args[i]
    if (primitive.args[i] === 'any') any ??= facts.type
    if (facts.type !== wanted) {
      throw refused(call, `args[${i}]`, `must be a ${wanted} for '${call.op}', got a ${facts.type}`)
    }
    size += facts.size
    depth = Math.max(depth, facts.depth)
    variables = union(variables, facts.variables, call, i)
  }
  const type = primitive.result === 'any' ? (any as Type) : primitive.result
  return { type, size, depth: depth + 1, variables }
}

function union(
  a: ReadonlyMap<string, Type>,
  b: ReadonlyMap<string, Type>,
  call: Call,
  at: number,
): ReadonlyMap<string, Type> {
  if (b.size === 0 || a === b) return a
  if (a.size === 0) return b
  const all = new Map(a)
  for (const [name, type] of b) {
    const other = all.get(name) ?? type
    if (other !== type) {
      throw refused(
        call,
        `args[${at}]`,
        `takes the variable '${name}' for a ${type}, elsewhere it is a ${other}`,
      )
    }
    all.set(name, type)
  }
  return all.size === a.size ? a : all
}

const refused = (on: Expression, path: string, message: string): FieldError =>
  FieldError.of(on.typeName, [{ path, message }])

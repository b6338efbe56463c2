/**
 * Working out what does not depend on the inputs: calls of constants become constants, and a choice that is always the
 * same becomes what it chooses. Evolution folds its children, since sums of constants take up room and help nobody.
 */

import { argumentsOf, Call, Constant, type Expression } from './expression.ts'
import { primitiveOf } from './primitives.ts'
import type { Program } from './program.ts'

/** The program with its result folded; the same when there is nothing to fold. */
export function foldProgram(program: Program): Program {
  const result = fold(program.result)
  return result === program.result ? program : program.rebind([['result', result]])
}

/** The expression without calls of constants alone; the same when there are none. Shared parts are folded once. */
export function fold(expression: Expression): Expression {
  if (!(expression instanceof Call)) return expression
  const { token } = expression
  let folded = known.get(token)
  if (folded === undefined) {
    folded = foldCall(expression)
    // What is folded stays as it is, so a fold of it is known too.
    known.set(token, folded === expression ? null : folded.detached())
  }
  return folded ?? expression
}

/** Null for what is folded already. */
const known = new WeakMap<object, Expression | null>()

function foldCall(call: Call): Expression {
  const args = argumentsOf(call)
  const folded = args.map(fold)
  const [test, yes, no] = folded
  if (call.op === 'if' && yes !== undefined && no !== undefined) {
    if (test instanceof Constant) return test.value === true ? yes : no
    if (yes.equals(no)) return yes
  }
  if (folded.every(arg => arg instanceof Constant)) {
    const value = primitiveOf(call.op).run(...folded.map(({ number }) => number))
    const isBoolean = primitiveOf(call.op).result === 'boolean'
    if (isBoolean) return new Constant({ value: Boolean(value) })
    // Infinities, NaN and -0 cannot be written as a constant.
    if (Number.isFinite(value) && !Object.is(value, -0)) return new Constant({ value: Number(value) })
  }
  return folded.every((arg, i) => arg === args[i]) ? call : new Call({ op: call.op, args: folded })
}

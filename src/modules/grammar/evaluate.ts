/**
 * Running expressions in this process: each is compiled once to nested functions, and shared parts share theirs, so
 * that a child of a mutation compiles only its spine. This serves search and simplification, which look at behavior;
 * scores come from the script in its sandbox.
 */

import { type Call, Constant, type Expression, factsOf, Input, Item, plainValue } from './expression.ts'
import { operatorOf } from './operators.ts'
import type { Value } from './types.ts'

/** The inputs of one sample by name. */
export type Inputs = { readonly [name: string]: unknown }

/** What an expression gives for the inputs. */
export function evaluate(expression: Expression, inputs: Inputs): Value {
  return compile(expression)({ inputs, item: 0 })
}

/** What an expression is worked out in. */
export interface Scope {
  inputs: Inputs
  item: number
}

export type Compiled = (scope: Scope) => Value

/** The function for an expression; one and the same for all places that share the expression. */
export function compile(expression: Expression): Compiled {
  const token = expression.token
  let compiled = known.get(token)
  if (compiled === undefined) known.set(token, (compiled = build(expression)))
  return compiled
}

const known = new WeakMap<object, Compiled>()

const MAX = Number.MAX_SAFE_INTEGER

/** A number in the range of safe integers. */
export const limit = (value: number): number => Math.max(-MAX, Math.min(MAX, value))

function build(expression: Expression): Compiled {
  if (expression instanceof Constant) {
    const value = plainValue(expression)
    return () => value
  }
  if (expression instanceof Input) {
    const { name } = expression
    return scope => scope.inputs[name] as Value
  }
  if (expression instanceof Item) return scope => scope.item
  const call = expression as Call
  const compiled = buildCall(call)
  return factsOf(call).isLimited ? scope => limit(compiled(scope) as number) : compiled
}

function buildCall(call: Call): Compiled {
  const operator = operatorOf(call.op)
  const run = operator.run as (...args: unknown[]) => Value
  const [a, b, c] = call.args.toArray().map(compile) as [Compiled, Compiled, Compiled]
  // Only what is needed is worked out, as in the script; every part is total, so that the result is the same.
  if (call.op === 'if') return scope => (a(scope) ? b(scope) : c(scope))
  if (call.op === 'and') return scope => a(scope) && b(scope)
  if (call.op === 'or') return scope => a(scope) || b(scope)
  if (operator.binds) {
    return scope =>
      run(a(scope), (item: number) => {
        scope.item = item
        return b(scope)
      })
  }
  return operator.args.length === 1 ? scope => run(a(scope)) : scope => run(a(scope), b(scope))
}

/**
 * Running expressions in this process: each is compiled once to nested functions, and shared parts share theirs, so
 * that a child of a mutation compiles only its spine. This serves search and simplification, which look at behavior;
 * scores come from the script in its sandbox.
 */

import {
  argumentsOf,
  type Call,
  Constant,
  type Expression,
  factsOf,
  Input,
  Item,
  plainValue,
  Total,
} from './expression.ts'
import { type Binds, defaultOf } from './operator.ts'
import { operatorOf } from './operators.ts'
import { isHeld, limit } from './sizes.ts'
import type { Value } from './types.ts'

/** The inputs of one sample by name. */
export type Inputs = { readonly [name: string]: unknown }

/** What an expression gives for the inputs. Throws `PackError` where an operator of a pack fails. */
export function evaluate(expression: Expression, inputs: Inputs): Value {
  return compile(expression)({ inputs, item: 0, total: 0 })
}

/** What an expression is worked out in. */
export interface Scope {
  inputs: Inputs
  item: Value
  total: Value
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
  if (expression instanceof Total) return scope => scope.total
  const call = expression as Call
  const compiled = buildCall(call)
  return factsOf(call).isLimited ? scope => limit(compiled(scope)) : compiled
}

function buildCall(call: Call): Compiled {
  const operator = operatorOf(call.op)
  const run = operator.run as (...args: unknown[]) => Value
  const args = argumentsOf(call)
  const compiled = args.map((arg, i) => {
    const compiled = compile(arg)
    return isHeld(operator, i, factsOf(arg)) ? (scope: Scope) => limit(compiled(scope)) : compiled
  })
  const [a, b, c] = compiled as [Compiled, Compiled, Compiled]
  // Only what is needed is worked out, as in the script; every part is total, so that the result is the same.
  if (call.op === 'if') return scope => (a(scope) ? b(scope) : c(scope))
  if (call.op === 'and') return scope => a(scope) && b(scope)
  if (call.op === 'or') return scope => a(scope) || b(scope)
  if (operator.binds !== undefined) return buildLoop(run, compiled, operator.binds)
  if (operator.hasDefault) {
    const other = defaultOf(factsOf(call).type)
    return scope => run(a(scope), b(scope), other)
  }
  if (args.length > 2) return scope => run(...compiled.map(arg => arg(scope)))
  return args.length === 1 ? scope => run(a(scope)) : scope => run(a(scope), b(scope))
}

/** Bodies become functions of what is at hand. */
function buildLoop(run: (...args: unknown[]) => Value, args: readonly Compiled[], binds: Binds): Compiled {
  const [a, b, c] = args as [Compiled, Compiled, Compiled]
  if (binds.total === undefined) {
    return scope =>
      run(a(scope), (item: Value) => {
        scope.item = item
        return b(scope)
      })
  }
  const bodyOf = (body: Compiled, scope: Scope) => (total: Value, item: Value) => {
    scope.total = total
    scope.item = item
    return body(scope)
  }
  return binds.from === 1
    ? scope => run(a(scope), bodyOf(b, scope), bodyOf(c, scope))
    : scope => run(a(scope), b(scope), bodyOf(c, scope))
}

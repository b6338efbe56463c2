/**
 * Laws: an expression that means the same for all inputs and is smaller. Constants are worked out, and what adds,
 * multiplies or chooses nothing goes. Every law makes the expression smaller or a constant, so folding ends.
 */

import { evaluate } from './evaluate.ts'
import {
  argumentsOf,
  Call,
  Constant,
  constantOf,
  type Expression,
  factsOf,
  plainValue,
} from './expression.ts'
import { PackError } from './pack.ts'
import type { Rule } from './rule.ts'
import { fits, type Value } from './types.ts'

/** The rule with all its expressions folded; the same rule when there is nothing to fold. */
export function foldRule(rule: Rule): Rule {
  const updates = rule.outputs
    .entries()
    .map(([key, expression]) => [['outputs', key], fold(expression)] as const)
  return rule.rebind(updates)
}

/** A smaller expression with the same meaning; the same one where no law applies. */
export function fold(expression: Expression): Expression {
  if (!(expression instanceof Call)) return expression
  const args = argumentsOf(expression)
  const folded = args.map(fold)
  const isSame = folded.every((arg, i) => arg === args[i])
  const call = isSame ? expression : new Call({ op: expression.op, args: folded })
  const next = byLaw(call)
  return next === undefined ? call : fold(next)
}

function byLaw(call: Call): Expression | undefined {
  const { type, inputs, item, total, isLimited } = factsOf(call)
  const args = argumentsOf(call)
  if (inputs.size === 0 && item === null && total === null) {
    const value = constantValue(call)
    if (value !== undefined) return constantOf(value, type)
  }
  if (isLimited) return undefined
  const found = simpler(call, args as [Expression, Expression, Expression])
  // A law may not widen the type: the place was promised the narrower one.
  return found !== undefined && fits(factsOf(found).type, type) ? found : undefined
}

/** What a call of constants gives, if that is short: long lists and texts are better said than shown. */
function constantValue(call: Call): Value | undefined {
  let value: Value
  try {
    value = evaluate(call, {})
  } catch (error) {
    if (error instanceof PackError) return undefined
    throw error
  }
  if (Array.isArray(value) || typeof value === 'string') return value.length <= 3 ? value : undefined
  return typeof value === 'object' ? undefined : value
}

const is = (expression: Expression, value: number | boolean | string): boolean =>
  expression instanceof Constant && expression.value === value

const isCall = (expression: Expression, op: Call['op']): expression is Call =>
  expression instanceof Call && expression.op === op

const inner = (call: Expression, at = 0): Expression => argumentsOf(call)[at] as Expression

function simpler(
  call: Call,
  [a, b, c]: readonly [Expression, Expression, Expression],
): Expression | undefined {
  switch (call.op) {
    case 'add':
      if (is(a, 0)) return b
      if (is(b, 0)) return a
      if (isCall(b, 'negate')) return new Call({ op: 'subtract', args: [a, inner(b)] })
      return undefined
    case 'subtract':
      if (is(b, 0)) return a
      if (a.equals(b)) return constantOf(0)
      if (isCall(b, 'negate')) return new Call({ op: 'add', args: [a, inner(b)] })
      return is(a, 0) ? new Call({ op: 'negate', args: [b] }) : undefined
    case 'multiply':
      if (is(a, 1)) return b
      if (is(b, 1)) return a
      return is(a, 0) || is(b, 0) ? constantOf(0) : undefined
    case 'quotient':
    case 'remainder':
      if (is(a, 0) || is(b, 0)) return constantOf(0)
      if (is(b, 1)) return call.op === 'quotient' ? a : constantOf(0)
      return undefined
    case 'min':
    case 'max':
      return chooser(call, a, b)
    case 'abs':
      return isCall(a, 'abs')
        ? a
        : isCall(a, 'negate')
          ? new Call({ op: 'abs', args: [inner(a)] })
          : undefined
    case 'negate':
    case 'not':
    case 'reverse':
    case 'reverseText':
      return isCall(a, call.op) ? inner(a) : undefined
    case 'floor':
    case 'round':
      return factsOf(a).type === 'integer' ? a : undefined
    case 'less':
      return a.equals(b) ? constantOf(false) : undefined
    case 'lessOrEqual':
      return a.equals(b) ? constantOf(true) : undefined
    case 'equal':
      if (a.equals(b)) return constantOf(true)
      if (is(b, true)) return a
      return is(a, true) ? b : undefined
    case 'and':
      if (is(a, true) || a.equals(b)) return b
      if (is(b, true)) return a
      return is(a, false) || is(b, false) ? constantOf(false) : undefined
    case 'or':
      if (is(a, false) || a.equals(b)) return b
      if (is(b, false)) return a
      return is(a, true) || is(b, true) ? constantOf(true) : undefined
    case 'if':
      if (is(a, true) || b.equals(c)) return b
      if (is(a, false)) return c
      return is(b, true) && is(c, false) ? a : undefined
    case 'length':
      return isCall(a, 'reverse') || isCall(a, 'sort') || isCall(a, 'map')
        ? new Call({ op: 'length', args: [inner(a)] })
        : undefined
    case 'sum':
      return isCall(a, 'single') ? inner(a) : undefined
    case 'sort':
      return isCall(a, 'sort')
        ? a
        : isCall(a, 'reverse')
          ? new Call({ op: 'sort', args: [inner(a)] })
          : undefined
    case 'map':
      return b.typeName === 'grammar.Item' ? a : undefined
    case 'filter':
      return is(b, true) ? a : undefined
    case 'join':
    case 'joinText':
      if (isEmpty(a)) return b
      return isEmpty(b) ? a : undefined
    case 'drop':
    case 'dropText':
      return is(b, 0) ? a : undefined
    default:
      return undefined
  }
}

/** `min` and `max`: equal arguments, and arguments that stand below already. */
function chooser(call: Call, a: Expression, b: Expression): Expression | undefined {
  if (a.equals(b)) return a
  const other = call.op === 'min' ? 'max' : 'min'
  for (const [one, two] of [
    [a, b],
    [b, a],
  ] as const) {
    if (!(two instanceof Call) || (two.op !== call.op && two.op !== other)) continue
    const parts = two.op === call.op ? alternatives(two, call.op) : argumentsOf(two)
    if (parts.some(part => part.equals(one))) return two.op === call.op ? two : one
  }
  return undefined
}

/** All that a chain of the same chooser chooses from. */
function alternatives(expression: Expression, op: Call['op']): Expression[] {
  return isCall(expression, op) ? argumentsOf(expression).flatMap(arg => alternatives(arg, op)) : [expression]
}

function isEmpty(expression: Expression): boolean {
  return (
    expression instanceof Constant && (plainValue(expression) as { readonly length?: number }).length === 0
  )
}

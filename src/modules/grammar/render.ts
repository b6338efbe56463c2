/**
 * Expressions as JavaScript that people can read: the fewest parentheses, array literals instead of chains of
 * `concat`, one `Math.min` for many, and helper functions only where there is no short way to say it.
 */

import {
  argumentsOf,
  Call,
  Constant,
  type Expression,
  factsOf,
  Input,
  Item,
  plainValue,
} from './expression.ts'
import { type Operator, operatorOf } from './operators.ts'
import { isList, type Value } from './types.ts'
import { ARGUMENT, EQUALITY, type HelperName, helpers, MEMBER, UNARY } from './writing.ts'

/**
 * The script that leaves the values of the expressions under their keys.
 *
 *     result = { y: Math.max(inputs.a, 0) }
 */
export function renderScript(outputs: Iterable<readonly [key: string, expression: Expression]>): string {
  const writer = new Writer()
  const entries: string[] = []
  for (const [key, expression] of outputs)
    entries.push(`${propertyName(key)}: ${writer.text(expression, ARGUMENT)}`)
  const functions = [...writer.used].sort().map(name => `${helpers[name]}\n`)
  const line = `result = { ${entries.join(', ')} }`
  const isShort = entries.length < 2 || line.length <= 100
  return functions.join('') + (isShort ? line : `result = {\n  ${entries.join(',\n  ')},\n}`)
}

/** The JavaScript text of one expression, without the helper functions it may call. */
export const renderExpression = (expression: Expression): string => new Writer().text(expression, ARGUMENT)

class Writer {
  readonly used = new Set<HelperName>()

  /** The text of an expression for a place that takes what binds as tightly as `need`. */
  text(expression: Expression, need: number): string {
    if (expression instanceof Call) return this.callText(expression, need)
    if (expression instanceof Input) return `inputs${access(expression.name)}`
    if (expression instanceof Item) return 'x'
    const value = plainValue(expression as Constant)
    const isNegative = typeof value === 'number' && value < 0
    return isNegative && need > UNARY ? `(${literal(value)})` : literal(value)
  }

  private callText(call: Call, need: number): string {
    const { isLimited } = factsOf(call)
    if (isLimited) this.used.add('limit')
    const { text, level } = this.loose(call)
    if (isLimited) return `limit(${text})`
    return level < need ? `(${text})` : text
  }

  /** The text of a call, and how tightly it binds. */
  private loose(call: Call): { readonly text: string; readonly level: number } {
    const args = argumentsOf(call)
    const [first, second] = args as [Expression, Expression]
    switch (call.op) {
      case 'min':
      case 'max': {
        const texts = flat(call, call.op).map(part => this.text(part, ARGUMENT))
        return { text: `Math.${call.op}(${texts.join(', ')})`, level: MEMBER }
      }
      case 'join': {
        const texts = flat(call, 'join').map(part => this.spread(part))
        return { text: `[${texts.filter(text => text !== '').join(', ')}]`, level: MEMBER }
      }
      case 'equal':
        if (isList(factsOf(first).type)) {
          this.used.add('same')
          return {
            text: `same(${this.text(first, ARGUMENT)}, ${this.text(second, ARGUMENT)})`,
            level: MEMBER,
          }
        }
        return this.operation(operatorOf(call.op), args)
      case 'not': {
        const inner = first instanceof Call && first.op === 'equal' ? argumentsOf(first) : null
        if (inner === null || isList(factsOf(inner[0] as Expression).type)) break
        const [left, right] = inner.map(part => this.text(part, EQUALITY + 0.5))
        return { text: `${left} !== ${right}`, level: EQUALITY }
      }
    }
    return this.operation(operatorOf(call.op), args)
  }

  private operation(operator: Operator, args: readonly Expression[]) {
    const short = operator.writeByConstant
    const isByConstant = short !== undefined && args[1] instanceof Constant && args[1].value !== 0
    const { write, level, needs } = isByConstant ? short : operator
    if (operator.helper !== undefined && !isByConstant) this.used.add(operator.helper)
    const texts = args.map((arg, i) => this.text(arg, needs?.[i] ?? ARGUMENT))
    return { text: write(...texts), level }
  }

  /** A part of a joined list, as it stands in an array literal. */
  private spread(part: Expression): string {
    if (part instanceof Call && part.op === 'single')
      return this.text(argumentsOf(part)[0] as Expression, ARGUMENT)
    if (part instanceof Constant) return literal(plainValue(part)).slice(1, -1)
    return `...${this.text(part, ARGUMENT)}`
  }
}

/** The arguments of a call and of the calls of the same operator right below it, in order. */
function flat(call: Call, op: Call['op']): Expression[] {
  return argumentsOf(call).flatMap(arg => {
    const isAlike = arg instanceof Call && arg.op === op && !factsOf(arg).isLimited
    return isAlike ? flat(arg, op) : [arg]
  })
}

function literal(value: Value): string {
  if (typeof value === 'object') return `[${value.map(literal).join(', ')}]`
  if (typeof value !== 'string') return String(value)
  // Escapes are left to JSON; its text is a JavaScript string too.
  const json = JSON.stringify(value)
  return json.includes('\\') || value.includes("'") ? json : `'${value}'`
}

const isName = (key: string): boolean => /^[A-Za-z_$][\w$]*$/.test(key)

const access = (key: string): string => (isName(key) ? `.${key}` : `[${literal(key)}]`)

/** A key in an object literal; `__proto__` written plainly would set the prototype. */
function propertyName(key: string): string {
  if (key === '__proto__') return "['__proto__']"
  return isName(key) ? key : literal(key)
}

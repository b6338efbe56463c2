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
  Total,
} from './expression.ts'
import { defaultOf, type Operator } from './operator.ts'
import { operatorOf } from './operators.ts'
import { isHeld } from './sizes.ts'
import { isList, isPackName, type Value } from './types.ts'
import { ARGUMENT, EQUALITY, type HelperName, helpers, MAX_TEXT, MEMBER, UNARY } from './writing.ts'

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
  const functions = [...writer.functions]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, source]) => `${source}\n`)
  const line = `result = { ${entries.join(', ')} }`
  const isShort = entries.length < 2 || line.length <= 100
  return functions.join('') + (isShort ? line : `result = {\n  ${entries.join(',\n  ')},\n}`)
}

/** The JavaScript text of one expression, without the helper functions it may call. */
export const renderExpression = (expression: Expression): string => new Writer().text(expression, ARGUMENT)

class Writer {
  /** The functions that the text calls, by name. */
  readonly functions = new Map<string, string>()

  /** The text of an expression for a place that takes what binds as tightly as `need`. */
  text(expression: Expression, need: number): string {
    if (expression instanceof Call) return this.callText(expression, need)
    if (expression instanceof Input) return `inputs${access(expression.name)}`
    if (expression instanceof Item) return 'x'
    if (expression instanceof Total) return 'total'
    const value = plainValue(expression as Constant)
    const isNegative = typeof value === 'number' && value < 0
    return isNegative && need > UNARY ? `(${literal(value)})` : literal(value)
  }

  private callText(call: Call, need: number): string {
    const { isLimited, type } = factsOf(call)
    const { text, level } = this.loose(call)
    if (!isLimited) return level < need ? `(${text})` : text
    if (type === 'string') return cut(level < MEMBER ? `(${text})` : text)
    this.use('limit')
    return `limit(${text})`
  }

  /** The text of an argument that a loop keeps from growing. */
  private heldText(expression: Expression): string {
    if (factsOf(expression).type === 'string') return cut(this.text(expression, MEMBER))
    this.use('limit')
    return `limit(${this.text(expression, ARGUMENT)})`
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
        if (hasIdentity(first)) break
        this.use(isList(factsOf(first).type) ? 'same' : 'sameValue')
        return {
          text: `${isList(factsOf(first).type) ? 'same' : 'sameValue'}(${this.text(first, ARGUMENT)}, ${this.text(second, ARGUMENT)})`,
          level: MEMBER,
        }
      case 'replaceAll': {
        const by = args[2] as Expression
        // As text, a dollar sign would mean a part of what was found.
        if (!(by instanceof Constant) || String(by.value).includes('$')) break
        const [on, part, other] = [
          this.text(first, MEMBER),
          this.text(second, ARGUMENT),
          this.text(by, ARGUMENT),
        ]
        return { text: `${on}.replaceAll(${part}, ${other})`, level: MEMBER }
      }
      case 'not': {
        const inner = first instanceof Call && first.op === 'equal' ? argumentsOf(first) : null
        if (inner === null || !hasIdentity(inner[0] as Expression)) break
        const [left, right] = inner.map(part => this.text(part, EQUALITY + 0.5))
        return { text: `${left} !== ${right}`, level: EQUALITY }
      }
    }
    return this.operation(operatorOf(call.op), args, call)
  }

  private operation(operator: Operator, args: readonly Expression[], call: Call) {
    const short = operator.writeByConstant
    const isByConstant = short !== undefined && args[1] instanceof Constant && args[1].value !== 0
    const { write, level, needs } = isByConstant ? short : operator
    if (operator.helper !== undefined && !isByConstant) this.use(operator.helper)
    for (const [name, source] of operator.carries ?? []) this.functions.set(name, source)
    const texts = args.map((arg, i) =>
      isHeld(operator, i, factsOf(arg)) ? this.heldText(arg) : this.text(arg, needs?.[i] ?? ARGUMENT),
    )
    if (operator.hasDefault) texts.push(literal(defaultOf(factsOf(call).type)))
    return { text: write(...texts), level }
  }

  private use(name: HelperName): void {
    this.functions.set(name, helpers[name])
  }

  /** A part of a joined list, as it stands in an array literal. */
  private spread(part: Expression): string {
    if (part instanceof Call && part.op === 'single')
      return this.text(argumentsOf(part)[0] as Expression, ARGUMENT)
    if (part instanceof Constant) return literal(plainValue(part)).slice(1, -1)
    return `...${this.text(part, ARGUMENT)}`
  }
}

/** The beginning of a text that could be too long. */
const cut = (text: string): string => `${text}.slice(0, ${MAX_TEXT})`

/** The arguments of a call and of the calls of the same operator right below it, in order. */
function flat(call: Call, op: Call['op']): Expression[] {
  return argumentsOf(call).flatMap(arg => {
    const isAlike = arg instanceof Call && arg.op === op && !factsOf(arg).isLimited
    return isAlike ? flat(arg, op) : [arg]
  })
}

/** Whether values of the expression's type are equal exactly when they are `===`. */
function hasIdentity(expression: Expression): boolean {
  const { type } = factsOf(expression)
  return !isList(type) && !isPackName(type)
}

function literal(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    return `{ ${Object.entries(value)
      .map(([key, part]) => `${propertyName(key)}: ${literal(part)}`)
      .join(', ')} }`
  }
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

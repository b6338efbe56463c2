/**
 * Programs as JavaScript: parentheses only where the operators need them, and the scopes of the program are those of
 * `let`. What is written calculates what the program does, bit for bit; only the budget of steps is not in it.
 */

import { type Call, Constant, type Expression, Variable } from './expression.ts'
import { primitiveOf } from './primitives.ts'
import { Assign, If, type Program, type Repeat, type Statement } from './program.ts'

/** A program as a JavaScript function. */
export function toJavaScript(program: Program, name = 'program'): string {
  const inputs = program.inputs.map(input => nameOf(input.name))
  const lines = blockLines(program.body, new Set(program.inputs.map(input => input.name)), 0)
  const result = expressionText(program.result)
  const squares = [...lines, result].some(line => line.includes('square('))
  return [
    `function ${name}(${inputs.join(', ')}) {`,
    ...(squares ? ['  const square = x => x * x'] : []),
    ...lines.map(line => `  ${line}`),
    `  return ${result}`,
    '}',
  ].join('\n')
}

/** An expression as JavaScript. */
export const expressionText = (expression: Expression): string => written(expression)[0]

/** How tightly the parts of a text hold together: 1 for a ternary, 8 for a unary operator, 9 for a name or a call. */
type Written = readonly [text: string, rank: number]

const [TERNARY, UNARY, ATOM] = [1, 8, 9]

function written(expression: Expression): Written {
  if (expression instanceof Variable) return [nameOf(expression.name), ATOM]
  if (expression instanceof Constant) {
    const { value } = expression
    const isNegative = typeof value === 'number' && (value < 0 || Object.is(value, -0))
    return isNegative ? [`-${-value}`, UNARY] : [String(value), ATOM]
  }
  const { op, args } = expression as Call
  const { notation } = primitiveOf(op)
  const parts = args.toArray().map(written)
  const [a, b, c] = parts as [Written, Written, Written]
  switch (notation.kind) {
    case 'infix':
      // 'a - (b - c)' and, since numbers round, 'a + (b + c)' too.
      return [`${within(a, notation.rank)} ${notation.sign} ${within(b, notation.rank + 1)}`, notation.rank]
    case 'prefix':
      // '--a' would be another operator.
      return [`${notation.sign}${within(a, a[0].startsWith(notation.sign) ? ATOM : UNARY)}`, UNARY]
    case 'ternary':
      return [`${within(a, TERNARY + 1)} ? ${within(b, TERNARY)} : ${within(c, TERNARY)}`, TERNARY]
    case 'call':
      return [`${notation.callee}(${parts.map(([text]) => text).join(', ')})`, ATOM]
  }
}

const within = ([text, rank]: Written, least: number): string => (rank < least ? `(${text})` : text)

/** Names of programs have no '$', so nothing else is called that. */
const nameOf = (name: string): string => (RESERVED.has(name) ? `$${name}` : name)

function blockLines(statements: Program['body'], known: Set<string>, level: number): string[] {
  return statements.toArray().flatMap(statement => statementLines(statement, known, level))
}

function statementLines(statement: Statement, known: Set<string>, level: number): string[] {
  const inner = (body: Program['body'], names = new Set(known)): string[] =>
    blockLines(body, names, level + 1).map(line => `  ${line}`)
  if (statement instanceof Assign) {
    const { name, value } = statement
    const isNew = !known.has(name)
    known.add(name)
    return [`${isNew ? 'let ' : ''}${nameOf(name)} = ${expressionText(value)}`]
  }
  if (statement instanceof If) {
    const { test, body, otherwise } = statement
    const [yes, no] = [inner(body), inner(otherwise)]
    return [`if (${expressionText(test)}) {`, ...yes, ...(no.length === 0 ? ['}'] : ['} else {', ...no, '}'])]
  }
  const { times, index, body } = statement as Repeat
  const [counter, count] = [`$${level}`, `$count${level}`]
  const names = index === undefined ? new Set(known) : new Set(known).add(index)
  return [
    `for (let ${counter} = 0, ${count} = Math.floor(${expressionText(times)}); ${counter} < ${count}; ${counter}++) {`,
    ...(index === undefined ? [] : [`  let ${nameOf(index)} = ${counter}`]),
    ...inner(body, names),
    '}',
  ]
}

const RESERVED: ReadonlySet<string> = new Set(
  `arguments await break case catch class const continue debugger default delete do else enum eval export extends false
  finally for function if implements import in instanceof interface let new null package private protected public return square
  static super switch this throw true try typeof undefined NaN Infinity Math var void while with yield`.split(
    /\s+/,
  ),
)

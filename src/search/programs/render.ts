/**
 * Programs as JavaScript: parentheses only where the operators need them, and the scopes of the program are those of
 * `let`. What is written calculates what the program does, bit for bit; only the budget of steps is not in it.
 */

import { SpaceError } from '../errors.ts'
import { Call, Constant, type Expression, partsOf, Variable } from './expression.ts'
import { primitiveOf } from './primitives.ts'
import { Assign, eachPlace, If, type Program, type Repeat, type Statement } from './program.ts'

/** A program as a JavaScript function. Throws `SpaceError` where the program calls a primitive by the function's name. */
export function toJavaScript(program: Program, name = 'program'): string {
  const called = new Set<string>()
  eachPlace(program, ({ expression }) => {
    if (expression !== null) for (const callee of calleesIn(expression)) called.add(callee)
  })
  if (called.has(name)) throw new SpaceError('', `a function that calls '${name}' cannot have that name`)
  const inputs = program.inputs.map(input => input.name)
  return [
    `function ${name}(${inputs.map(input => nameOf(input, called)).join(', ')}) {`,
    ...(called.has('square') ? ['  const square = x => x * x'] : []),
    ...blockLines(program.body, { known: new Set(inputs), called, level: 0 }).map(line => `  ${line}`),
    `  return ${written(program.result, called)[0]}`,
    '}',
  ].join('\n')
}

/** An expression as JavaScript. */
export const expressionText = (expression: Expression): string =>
  written(expression, calleesIn(expression))[0]

/** The names that primitives are called by; of `Math.sin` it is `Math`. */
const calleesIn = (expression: Expression): ReadonlySet<string> =>
  new Set(
    partsOf(expression).flatMap(part => {
      if (!(part instanceof Call)) return []
      const { notation } = primitiveOf(part.op)
      return notation.kind === 'call' ? [notation.callee.replace(/[^\w$].*$/s, '')] : []
    }),
  )

/** How tightly the parts of a text hold together: 1 for a ternary, 8 for a unary operator, 9 for a name or a call. */
type Written = readonly [text: string, rank: number]

const [TERNARY, UNARY, ATOM] = [1, 8, 9]

function written(expression: Expression, called: ReadonlySet<string>): Written {
  if (expression instanceof Variable) return [nameOf(expression.name, called), ATOM]
  if (expression instanceof Constant) {
    const { value } = expression
    return [String(value), typeof value === 'number' && value < 0 ? UNARY : ATOM]
  }
  const { op, args } = expression as Call
  const { notation } = primitiveOf(op)
  const parts = args.toArray().map(arg => written(arg, called))
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

/** Names of programs have no '$', so nothing else is called that, unless a primitive is. */
function nameOf(name: string, called: ReadonlySet<string>): string {
  let free = name
  while (RESERVED.has(free) || called.has(free)) free = `$${free}`
  return free
}

interface Block {
  /** The variables that are there already; grows with what the block assigns. */
  readonly known: Set<string>
  readonly called: ReadonlySet<string>
  readonly level: number
}

function blockLines(statements: Program['body'], block: Block): string[] {
  return statements.toArray().flatMap(statement => statementLines(statement, block))
}

function statementLines(statement: Statement, { known, called, level }: Block): string[] {
  const text = (expression: Expression): string => written(expression, called)[0]
  const inner = (body: Program['body'], names = new Set(known)): string[] =>
    blockLines(body, { known: names, called, level: level + 1 }).map(line => `  ${line}`)
  if (statement instanceof Assign) {
    const { name, value } = statement
    const isNew = !known.has(name)
    known.add(name)
    return [`${isNew ? 'let ' : ''}${nameOf(name, called)} = ${text(value)}`]
  }
  if (statement instanceof If) {
    const { test, body, otherwise } = statement
    const [yes, no] = [inner(body), inner(otherwise)]
    return [`if (${text(test)}) {`, ...yes, ...(no.length === 0 ? ['}'] : ['} else {', ...no, '}'])]
  }
  const { times, index, body } = statement as Repeat
  const [turn, end] = [nameOf(`$${level}`, called), nameOf(`$${level}end`, called)]
  const names = index === undefined ? new Set(known) : new Set(known).add(index)
  return [
    `for (let ${turn} = 0, ${end} = Math.floor(${text(times)}); ${turn} < ${end}; ${turn}++) {`,
    ...(index === undefined ? [] : [`  let ${nameOf(index, called)} = ${turn}`]),
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

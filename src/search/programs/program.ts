/**
 * Programs as trees: inputs, statements, and an expression for the result. Variables have the scopes of `let` in
 * JavaScript: the first assignment in sight of nothing by that name makes one for the rest of its block. A program that
 * reads what is not there, or assigns another type, cannot be made. Loops are bounded by their count and by a budget.
 */

import { FieldError, f, type Problem, register, SymObject, type SymType } from '../../symbolic/index.ts'
import { argumentsOf, Constant, Expression, factsOf, partsOf, Variable } from './expression.ts'
import type { Type } from './primitives.ts'

/** What a program does before it gives its result. */
export abstract class Statement extends SymObject.define('program.Statement', {}) {
  static readonly isAbstract = true
}

const block = f.list(f.lazy((): SymType<Statement> => Statement)).orEmpty()

/** Gives a variable a value; makes it where there is none by that name. */
export class Assign extends Statement.define('program.Assign', {
  name: f.string({ pattern: /^[A-Za-z_]\w*$/ }),
  value: f.object(Expression),
}) {}

/** One block or the other. */
export class If extends Statement.define('program.If', {
  test: f.object(Expression),
  body: block,
  otherwise: block,
}) {}

/** A block so many times; the count is rounded down, and known before the first time. */
export class Repeat extends Statement.define('program.Repeat', {
  times: f.object(Expression),
  /** A variable of the block that counts from 0. */
  index: f.string({ pattern: /^[A-Za-z_]\w*$/ }).optional(),
  body: block,
}) {}

/**
 * A program.
 *
 *     const [item, residual] = [variable('item'), variable('residual')]
 *     new Program({ inputs: [item, residual], result: call('negate', call('-', residual, item)) })
 */
export class Program extends SymObject.define('program.Program', {
  inputs: f.list(f.object(Variable)),
  body: block,
  result: f.object(Expression),
}) {
  onBound(): void {
    const problem = scopeProblem(this)
    if (problem !== null) throw FieldError.of(this.typeName, [problem])
  }

  /** The number of nodes: expressions, and one for each statement. */
  get size(): number {
    let size = 0
    eachPlace(this, ({ expression }) => {
      size += expression === null ? 1 : factsOf(expression).size
    })
    return size
  }

  /** The number of nodes on the longest way down, statements included. */
  get depth(): number {
    let depth = 0
    eachPlace(this, ({ expression, level }) => {
      if (expression !== null) depth = Math.max(depth, level + factsOf(expression).depth)
    })
    return depth
  }

  /** The type of the result. */
  get type(): Type {
    return factsOf(this.result).type
  }

  /** The names of the inputs that it reads, in their order. The index of a loop by such a name is no input. */
  get inputsUsed(): string[] {
    const read = new Set<string>()
    eachPlace(this, ({ expression, indices }) => {
      if (expression === null) return
      for (const name of factsOf(expression).variables.keys()) if (!indices.has(name)) read.add(name)
    })
    return this.inputs.map(input => input.name).filter(name => read.has(name))
  }

  /** Its constants, in the order in which they stand. */
  get constants(): (number | boolean)[] {
    const constants: (number | boolean)[] = []
    eachPlace(this, ({ expression }) => {
      if (expression === null) return
      for (const part of partsOf(expression)) {
        if (part instanceof Constant)
          constants.push(typeof part.value === 'boolean' ? part.value : part.number)
      }
    })
    return constants
  }
}

register(Assign)
register(If)
register(Repeat)
register(Program)

/** The variables that may be read somewhere, with their types. */
export type Scope = ReadonlyMap<string, Type>

/** A place of a program: a whole expression, or a statement (then there is no expression). */
export interface ProgramPlace {
  /** The keys that lead there. */
  readonly keys: readonly (string | number)[]
  readonly expression: Expression | null
  /** What the place takes; null where any type may stand. */
  readonly wanted: Type | null
  readonly scope: Scope
  /** The variables among them that count the turns of a loop. */
  readonly indices: ReadonlySet<string>
  /** How many statements it stands in. */
  readonly level: number
}

/** Calls a function with every place, in the order in which they are run. */
export function eachPlace(program: Program, visit: (place: ProgramPlace) => void): void {
  const scope = new Map<string, Type>(program.inputs.map(({ name, type }) => [name, type]))
  walkBlock(program.body, { path: ['body'], scope, indices: NO_INDICES, level: 0 }, visit)
  const { result } = program
  const wanted = factsOf(result).type
  visit({ keys: ['result'], expression: result, wanted, scope, indices: NO_INDICES, level: 0 })
}

const NO_INDICES: ReadonlySet<string> = new Set()

type Block = Program['body']

/** Where a block stands. The scope grows with what the block assigns. */
interface BlockPlace {
  readonly path: readonly (string | number)[]
  readonly scope: Map<string, Type>
  readonly indices: ReadonlySet<string>
  readonly level: number
}

function walkBlock(
  statements: Block,
  { path, scope, indices, level: outside }: BlockPlace,
  visit: (place: ProgramPlace) => void,
): void {
  for (let i = 0; i < statements.length; i++) {
    const statement = statements.at(i) as Statement
    const keys = [...path, i]
    const level = outside + 1
    const part = (key: string, expression: Expression, wanted: Type | null): void =>
      visit({ keys: [...keys, key], expression, wanted, scope: new Map(scope), indices, level })
    const inner = (key: 'body' | 'otherwise', body: Block, index?: string): void => {
      const known = new Map(scope)
      const counting = index === undefined ? indices : new Set([...indices, index])
      if (index !== undefined) known.set(index, 'number')
      walkBlock(body, { path: [...keys, key], scope: known, indices: counting, level }, visit)
    }
    visit({ keys, expression: null, wanted: null, scope: new Map(scope), indices, level: outside })
    if (statement instanceof Assign) {
      const { name, value } = statement
      part('value', value, scope.get(name) ?? null)
      if (!scope.has(name)) scope.set(name, factsOf(value).type)
    } else if (statement instanceof If) {
      part('test', statement.test, 'boolean')
      inner('body', statement.body)
      inner('otherwise', statement.otherwise)
    } else if (statement instanceof Repeat) {
      const { times, index, body } = statement
      part('times', times, 'number')
      inner('body', body, index)
    }
  }
}

/** What is wrong with the first place that takes another type or reads what is not there; null when nothing is. */
function scopeProblem(program: Program): Problem | null {
  let problem: Problem | null = null
  const names = program.inputs.map(({ name }) => name)
  const twice = names.find((name, i) => names.indexOf(name) < i)
  if (twice !== undefined) return { path: 'inputs', message: `must differ, got '${twice}' twice` }
  eachPlace(program, ({ keys, expression, wanted, scope }) => {
    if (problem !== null || expression === null) return
    const { type, variables } = factsOf(expression)
    const path = pathText(keys)
    if (wanted !== null && type !== wanted) {
      problem = { path, message: `must be a ${wanted}, got a ${type}` }
      return
    }
    for (const [name, wantedType] of variables) {
      const found = scope.get(name)
      if (found === wantedType) continue
      const there = [...scope].map(([other, its]) => `${other}: ${its}`).join(', ') || 'nothing'
      problem = {
        path,
        message: `reads '${name}' as a ${wantedType}, and what can be read there is ${there}`,
      }
    }
  })
  return problem
}

const pathText = (keys: readonly (string | number)[]): string =>
  keys
    .map(key => (typeof key === 'number' ? `[${key}]` : `.${key}`))
    .join('')
    .slice(1)

/** The part of an expression at argument positions. */
export function partAt(expression: Expression, positions: readonly number[]): Expression {
  return positions.reduce((part, position) => argumentsOf(part)[position] as Expression, expression)
}

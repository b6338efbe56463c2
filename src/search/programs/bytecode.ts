/**
 * Bytecode for a stack machine: what a program is translated to before it is run. `if` as an expression is a selection
 * among two values that are both there, so a program without statements that branch is one straight line, which can
 * also be run on whole columns of inputs.
 */

import { type Call, Constant, type Expression, factsOf, Variable } from './expression.ts'
import { primitiveOf } from './primitives.ts'
import { Assign, If, type Program, type Repeat, type Statement } from './program.ts'

/** A translated program. */
export interface Bytecode {
  /** Operations, each followed by its operands. */
  readonly code: Int32Array
  readonly constants: Float64Array
  readonly functions: readonly ((...args: number[]) => number | boolean)[]
  readonly inputs: number
  /** How many variables there are, the inputs among them. */
  readonly variables: number
  /** The most values that are on the stack at once. */
  readonly height: number
  /** Whether it never jumps. */
  readonly isStraight: boolean
  /** How many steps are counted on the way through all of it. */
  readonly steps: number
  readonly isBoolean: boolean
}

// Operations. Those from FIRST_CALCULATION on take their arguments from the stack, and have no operands.
export const END = 0
/** Operand: which constant. */
export const CONSTANT = 1
/** Operand: which variable. */
export const LOAD = 2
export const STORE = 3
/** Operand: where to go. */
export const JUMP = 4
export const JUMP_UNLESS = 5
/** Operand: how many steps. */
export const STEPS = 6
/** Operand: which function; by the number of its arguments. */
export const CALL1 = 7
export const CALL2 = 8
export const CALL3 = 9
export const ADD = 10
export const SUBTRACT = 11
export const MULTIPLY = 12
export const DIVIDE = 13
export const REMAINDER = 14
export const MIN = 15
export const MAX = 16
export const NEGATE = 17
export const SQUARE = 18
export const ABS = 19
export const FLOOR = 20
export const SQRT = 21
export const EXP = 22
export const LOG = 23
export const SIN = 24
export const COS = 25
export const LESS = 26
export const LESS_OR_EQUAL = 27
export const EQUAL = 28
export const AND = 29
export const OR = 30
export const NOT = 31
export const SELECT = 32

const OPERATIONS: ReadonlyMap<string, number> = new Map([
  ['+', ADD],
  ['-', SUBTRACT],
  ['*', MULTIPLY],
  ['/', DIVIDE],
  ['%', REMAINDER],
  ['min', MIN],
  ['max', MAX],
  ['negate', NEGATE],
  ['square', SQUARE],
  ['abs', ABS],
  ['floor', FLOOR],
  ['sqrt', SQRT],
  ['exp', EXP],
  ['log', LOG],
  ['sin', SIN],
  ['cos', COS],
  ['<', LESS],
  ['<=', LESS_OR_EQUAL],
  ['=', EQUAL],
  ['and', AND],
  ['or', OR],
  ['not', NOT],
  ['if', SELECT],
])

/** The bytecode of a program. */
export function translate(program: Program): Bytecode {
  const translation = new Translation()
  const scope = new Map<string, number>()
  for (const { name } of program.inputs) scope.set(name, translation.newVariable())
  translation.block(program.body, scope)
  translation.expression(program.result, scope)
  return translation.finish(program)
}

class Translation {
  readonly #code: number[] = []
  readonly #constants: number[] = []
  readonly #functions: ((...args: number[]) => number | boolean)[] = []
  #variables = 0
  #depth = 0
  #height = 0
  #isStraight = true
  #stepsInAll = 0

  newVariable(): number {
    return this.#variables++
  }

  block(statements: Program['body'], scope: Map<string, number>): void {
    for (let i = 0; i < statements.length; i++) this.#statement(statements.at(i) as Statement, scope)
  }

  expression(expression: Expression, scope: ReadonlyMap<string, number>): void {
    if (expression instanceof Constant) {
      this.#push(CONSTANT, this.#constants.push(expression.number) - 1)
    } else if (expression instanceof Variable) {
      this.#push(LOAD, scope.get(expression.name) as number)
    } else {
      const { op, args } = expression as Call
      for (let i = 0; i < args.length; i++) this.expression(args.at(i) as Expression, scope)
      const operation = OPERATIONS.get(op)
      if (operation !== undefined) this.#code.push(operation)
      else this.#code.push(CALL1 + args.length - 1, this.#functions.push(primitiveOf(op).run) - 1)
      this.#depth -= args.length - 1
    }
  }

  finish(program: Program): Bytecode {
    return {
      code: Int32Array.from([...this.#code, END]),
      constants: Float64Array.from(this.#constants),
      functions: this.#functions,
      inputs: program.inputs.length,
      variables: this.#variables,
      height: this.#height,
      isStraight: this.#isStraight,
      steps: this.#stepsInAll,
      isBoolean: program.type === 'boolean',
    }
  }

  #statement(statement: Statement, scope: Map<string, number>): void {
    if (statement instanceof Assign) {
      const { name, value } = statement
      this.#steps(factsOf(value).size)
      this.expression(value, scope)
      const known = scope.get(name) ?? this.newVariable()
      scope.set(name, known)
      this.#pop(STORE, known)
    } else if (statement instanceof If) this.#if(statement, scope)
    else this.#repeat(statement as Repeat, scope)
  }

  #if({ test, body, otherwise }: If, scope: ReadonlyMap<string, number>): void {
    this.#steps(factsOf(test).size)
    this.expression(test, scope)
    const toOtherwise = this.#pop(JUMP_UNLESS, 0)
    this.block(body, new Map(scope))
    const toEnd = this.#emit(JUMP, 0)
    this.#land(toOtherwise)
    this.block(otherwise, new Map(scope))
    this.#land(toEnd)
  }

  /** The count is worked out once; a counter of its own is copied to the index, which the block may assign. */
  #repeat({ times, index, body }: Repeat, scope: ReadonlyMap<string, number>): void {
    const [count, counter] = [this.newVariable(), this.newVariable()]
    const inner = new Map(scope)
    this.#steps(factsOf(times).size)
    this.expression(times, scope)
    this.#emit(FLOOR)
    this.#pop(STORE, count)
    this.#push(CONSTANT, this.#constants.push(0) - 1)
    this.#pop(STORE, counter)
    const start = this.#code.length
    this.#steps(1)
    this.#push(LOAD, counter)
    this.#push(LOAD, count)
    this.#calculate(LESS)
    const toEnd = this.#pop(JUMP_UNLESS, 0)
    if (index !== undefined) {
      inner.set(index, this.newVariable())
      this.#push(LOAD, counter)
      this.#pop(STORE, inner.get(index) as number)
    }
    this.block(body, inner)
    this.#push(LOAD, counter)
    this.#push(CONSTANT, this.#constants.push(1) - 1)
    this.#calculate(ADD)
    this.#pop(STORE, counter)
    this.#emit(JUMP, start)
    this.#land(toEnd)
    this.#isStraight = false
  }

  /** Statements count what they do; the result, which is worked out once, is not counted. */
  #steps(count: number): void {
    this.#stepsInAll += count
    this.#emit(STEPS, count)
  }

  /** Gives back where the operand stands. */
  #emit(operation: number, operand?: number): number {
    this.#code.push(operation)
    if (operation === JUMP || operation === JUMP_UNLESS) this.#isStraight = false
    return operand === undefined ? -1 : this.#code.push(operand) - 1
  }

  #push(operation: number, operand: number): void {
    this.#emit(operation, operand)
    this.#height = Math.max(this.#height, ++this.#depth)
  }

  #pop(operation: number, operand: number): number {
    this.#depth--
    return this.#emit(operation, operand)
  }

  #calculate(operation: number): void {
    this.#emit(operation)
    this.#depth--
  }

  #land(operand: number): void {
    this.#code[operand] = this.#code.length
  }
}

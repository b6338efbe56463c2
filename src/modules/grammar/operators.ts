/**
 * The operators of the expression language, as a table: what they take and give, what they do, how they are written,
 * and how large their numbers may get. Every operator is total: it gives a value for all arguments of its types, in
 * time and size that are bounded by them. What an operator does here and what its text does in JavaScript must be the
 * same; a property test holds the two together.
 */

import type { Pattern, Value } from './types.ts'
import {
  AND,
  COALESCE,
  CONDITIONAL,
  call,
  EQUALITY,
  type HelperName,
  infix,
  MAX_QUOTIENT,
  MAX_RANGE,
  MEMBER,
  method,
  OR,
  PRODUCT,
  RELATION,
  SUM,
  UNARY,
  withBody,
  written,
} from './writing.ts'

export interface Operator {
  readonly args: readonly Pattern[]
  readonly result: Pattern
  /** Whether the second argument is worked out once per element of the first, with the element as its `Item`. */
  readonly binds?: true
  /** What it gives; a bound argument comes as a function of the element. */
  readonly run: (...args: never[]) => Value
  /** JavaScript for it, from the texts of its arguments. */
  readonly write: (...args: string[]) => string
  /** How tightly that text binds. */
  readonly level: number
  /** How tightly each argument must bind to go without parentheses; `ARGUMENT` where not said. */
  readonly needs?: readonly number[]
  /** A function that the text calls. */
  readonly helper?: HelperName
  /** A shorter text where the second argument is a number other than 0. */
  readonly writeByConstant?: Pick<Operator, 'write' | 'level' | 'needs'>
  /** Bits of the largest number in the result, from those of the arguments; the largest of them where not said. */
  readonly bits?: (...bits: number[]) => number
  /** Only for those who ask for it by name. */
  readonly isOptIn?: true
}

type Body<Result> = (item: number) => Result
type List = readonly number[]

function define<Table extends { readonly [name: string]: Operator }>(table: Table): Table {
  return table
}

export const operators = define({
  // Arithmetic.
  add: {
    args: ['N', 'N'],
    result: 'N',
    run: (a: number, b: number) => a + b,
    ...infix('+', SUM),
    bits: (a, b) => Math.max(a, b) + 1,
  },
  subtract: {
    args: ['N', 'N'],
    result: 'N',
    run: (a: number, b: number) => a - b,
    ...infix('-', SUM),
    bits: (a, b) => Math.max(a, b) + 1,
  },
  multiply: {
    args: ['N', 'N'],
    result: 'N',
    run: (a: number, b: number) => a * b,
    ...infix('*', PRODUCT),
    bits: (a, b) => a + b,
  },
  quotient: {
    args: ['integer', 'integer'],
    result: 'integer',
    run: (a: number, b: number) => (b === 0 ? 0 : Math.trunc(a / b)),
    ...written('quotient'),
    writeByConstant: {
      write: (a, b) => `Math.trunc(${a} / ${b})`,
      level: MEMBER,
      needs: [PRODUCT, PRODUCT + 0.5],
    },
  },
  remainder: {
    args: ['integer', 'integer'],
    result: 'integer',
    run: (a: number, b: number) => (b === 0 ? 0 : a % b),
    ...written('remainder'),
    writeByConstant: infix('%', PRODUCT),
  },
  ratio: {
    args: ['number', 'number'],
    result: 'number',
    run: (a: number, b: number) => {
      const quotient = a / b
      return Math.abs(quotient) < MAX_QUOTIENT ? quotient : 0
    },
    ...written('ratio'),
    bits: () => 333,
  },
  min: {
    args: ['N', 'N'],
    result: 'N',
    run: (a: number, b: number) => Math.min(a, b),
    ...call('Math.min'),
  },
  max: {
    args: ['N', 'N'],
    result: 'N',
    run: (a: number, b: number) => Math.max(a, b),
    ...call('Math.max'),
  },
  abs: { args: ['N'], result: 'N', run: (a: number) => Math.abs(a), ...call('Math.abs') },
  negate: {
    args: ['N'],
    result: 'N',
    run: (a: number) => -a,
    write: a => `-${a}`,
    level: UNARY,
    needs: [UNARY + 0.5],
  },
  floor: { args: ['number'], result: 'integer', run: (a: number) => Math.floor(a), ...call('Math.floor') },
  round: { args: ['number'], result: 'integer', run: (a: number) => Math.round(a), ...call('Math.round') },
  sqrt: {
    args: ['number'],
    result: 'number',
    run: (a: number) => Math.sqrt(Math.abs(a)),
    write: a => `Math.sqrt(Math.abs(${a}))`,
    level: MEMBER,
    isOptIn: true,
  },
  log: {
    args: ['number'],
    result: 'number',
    run: (a: number) => (a === 0 ? 0 : Math.log(Math.abs(a))),
    ...written('log'),
    bits: a => Math.max(a, 11),
    isOptIn: true,
  },
  exp: {
    args: ['number'],
    result: 'number',
    run: (a: number) => Math.exp(Math.min(a, 100)),
    write: a => `Math.exp(Math.min(${a}, 100))`,
    level: MEMBER,
    bits: () => 145,
    isOptIn: true,
  },
  sin: {
    args: ['number'],
    result: 'number',
    run: (a: number) => Math.sin(a),
    ...call('Math.sin'),
    bits: () => 1,
    isOptIn: true,
  },
  cos: {
    args: ['number'],
    result: 'number',
    run: (a: number) => Math.cos(a),
    ...call('Math.cos'),
    bits: () => 1,
    isOptIn: true,
  },

  // Truth.
  less: {
    args: ['N', 'N'],
    result: 'boolean',
    run: (a: number, b: number) => a < b,
    ...infix('<', RELATION, RELATION + 0.5),
  },
  lessOrEqual: {
    args: ['N', 'N'],
    result: 'boolean',
    run: (a: number, b: number) => a <= b,
    ...infix('<=', RELATION, RELATION + 0.5),
  },
  /** Written by the type of its arguments: lists have no `===`. */
  equal: {
    args: ['T', 'T'],
    result: 'boolean',
    run: (a: Value, b: Value) => (typeof a === 'object' ? sameLists(a, b as List) : a === b),
    ...infix('===', EQUALITY),
  },
  and: {
    args: ['boolean', 'boolean'],
    result: 'boolean',
    run: (a: boolean, b: boolean) => a && b,
    ...infix('&&', AND, AND),
  },
  or: {
    args: ['boolean', 'boolean'],
    result: 'boolean',
    run: (a: boolean, b: boolean) => a || b,
    ...infix('||', OR, OR),
  },
  not: {
    args: ['boolean'],
    result: 'boolean',
    run: (a: boolean) => !a,
    write: a => `!${a}`,
    level: UNARY,
    needs: [UNARY],
  },
  if: {
    args: ['boolean', 'T', 'T'],
    result: 'T',
    run: (test: boolean, then: Value, otherwise: Value) => (test ? then : otherwise),
    write: (test, then, otherwise) => `${test} ? ${then} : ${otherwise}`,
    level: CONDITIONAL,
    needs: [COALESCE + 0.1, COALESCE, CONDITIONAL],
  },

  // Lists.
  length: {
    args: ['N[]'],
    result: 'integer',
    run: (list: List) => list.length,
    write: list => `${list}.length`,
    level: MEMBER,
    needs: [MEMBER],
    bits: () => 32,
  },
  reverse: { args: ['N[]'], result: 'N[]', run: (list: List) => list.toReversed(), ...method('toReversed') },
  sort: {
    args: ['N[]'],
    result: 'N[]',
    run: (list: List) => list.toSorted((a, b) => a - b),
    write: list => `${list}.toSorted((a, b) => a - b)`,
    level: MEMBER,
    needs: [MEMBER],
  },
  sum: {
    args: ['N[]'],
    result: 'N',
    run: (list: List) => {
      let total = 0
      for (const element of list) total += element
      return total
    },
    ...written('sum'),
    bits: list => list + 32,
  },
  map: {
    args: ['N[]', 'M'],
    result: 'M[]',
    run: (list: List, body: Body<number>) => list.map(element => body(element)),
    ...withBody('map'),
    bits: (_list, body) => body as number,
  },
  filter: {
    args: ['N[]', 'boolean'],
    result: 'N[]',
    run: (list: List, body: Body<boolean>) => list.filter(element => body(element)),
    ...withBody('filter'),
    bits: list => list,
  },
  every: {
    args: ['N[]', 'boolean'],
    result: 'boolean',
    run: (list: List, body: Body<boolean>) => list.every(element => body(element)),
    ...withBody('every'),
  },
  some: {
    args: ['N[]', 'boolean'],
    result: 'boolean',
    run: (list: List, body: Body<boolean>) => list.some(element => body(element)),
    ...withBody('some'),
  },
  contains: {
    args: ['N[]', 'N'],
    result: 'boolean',
    run: (list: List, a: number) => list.includes(a),
    ...method('includes'),
  },
  /** Written as one array literal with everything joined by `join` and `single`. */
  single: { args: ['N'], result: 'N[]', run: (a: number) => [a], write: a => `[${a}]`, level: MEMBER },
  join: { args: ['N[]', 'N[]'], result: 'N[]', run: (a: List, b: List) => [...a, ...b], ...method('concat') },
  /** Negative counts leave out as many at the end, as `slice` does. */
  take: {
    args: ['N[]', 'integer'],
    result: 'N[]',
    run: (list: List, count: number) => list.slice(0, count),
    write: (list, count) => `${list}.slice(0, ${count})`,
    level: MEMBER,
    needs: [MEMBER],
    bits: list => list,
  },
  /** Negative counts keep as many at the end, as `slice` does. */
  drop: {
    args: ['N[]', 'integer'],
    result: 'N[]',
    run: (list: List, count: number) => list.slice(count),
    ...method('slice'),
    bits: list => list,
  },
  /** 0 outside the list; negative positions count from the end. */
  at: {
    args: ['N[]', 'integer'],
    result: 'N',
    run: (list: List, index: number) => list.at(index) ?? 0,
    write: (list, index) => `${list}.at(${index}) ?? 0`,
    level: COALESCE,
    needs: [MEMBER],
    bits: list => list,
  },
  /** The integers from 0 up to but without the count. */
  range: {
    args: ['integer'],
    result: 'integers',
    run: (count: number) => Array.from({ length: Math.max(0, Math.min(MAX_RANGE, count)) }, (_, i) => i),
    ...written('range'),
    bits: () => 10,
    isOptIn: true,
  },

  // Text.
  textLength: {
    args: ['string'],
    result: 'integer',
    run: (text: string) => text.length,
    write: text => `${text}.length`,
    level: MEMBER,
    needs: [MEMBER],
    bits: () => 32,
  },
  joinText: {
    args: ['string', 'string'],
    result: 'string',
    run: (a: string, b: string) => a + b,
    ...infix('+', SUM),
  },
  reverseText: {
    args: ['string'],
    result: 'string',
    run: (text: string) => [...text].reverse().join(''),
    write: text => `[...${text}].reverse().join('')`,
    level: MEMBER,
    needs: [MEMBER],
  },
  upperCase: {
    args: ['string'],
    result: 'string',
    run: (text: string) => text.toUpperCase(),
    ...method('toUpperCase'),
  },
  lowerCase: {
    args: ['string'],
    result: 'string',
    run: (text: string) => text.toLowerCase(),
    ...method('toLowerCase'),
  },
  takeText: {
    args: ['string', 'integer'],
    result: 'string',
    run: (text: string, count: number) => text.slice(0, count),
    write: (text, count) => `${text}.slice(0, ${count})`,
    level: MEMBER,
    needs: [MEMBER],
  },
  dropText: {
    args: ['string', 'integer'],
    result: 'string',
    run: (text: string, count: number) => text.slice(count),
    ...method('slice'),
  },
  /** The empty text outside of the text. */
  charAt: {
    args: ['string', 'integer'],
    result: 'string',
    run: (text: string, at: number) => text.charAt(at),
    ...method('charAt'),
  },
  containsText: {
    args: ['string', 'string'],
    result: 'boolean',
    run: (text: string, part: string) => text.includes(part),
    ...method('includes'),
  },
  /** -1 where the part does not occur. */
  find: {
    args: ['string', 'string'],
    result: 'integer',
    run: (text: string, part: string) => text.indexOf(part),
    ...method('indexOf'),
    bits: () => 32,
  },
  text: { args: ['integer'], result: 'string', run: (a: number) => String(a), ...call('String') },
})

export type OperatorName = keyof typeof operators

export const OPERATOR_NAMES = Object.keys(operators) as [OperatorName, ...OperatorName[]]

/** The row of an operator. */
export const operatorOf = (name: OperatorName): Operator => operators[name]

function sameLists(a: List, b: List): boolean {
  return a.length === b.length && a.every((element, i) => element === b[i])
}

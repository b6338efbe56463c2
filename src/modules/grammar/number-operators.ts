/** Operators on numbers and truth: arithmetic, comparisons, and the choice between two. */

import { define } from './operator.ts'
import { sameValue, type Value } from './types.ts'
import {
  AND,
  COALESCE,
  CONDITIONAL,
  call,
  EQUALITY,
  infix,
  MAX_QUOTIENT,
  MEMBER,
  OR,
  PRODUCT,
  RELATION,
  SUM,
  UNARY,
  written,
} from './writing.ts'

export const numberOperators = define({
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
    run: sameValue,
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
})

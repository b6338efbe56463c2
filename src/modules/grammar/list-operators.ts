/** Operators on lists, and loops: everything that is done for each element of one, or a bounded number of times. */

import { define } from './operator.ts'
import { addBits, INPUT_TEXT_BITS } from './sizes.ts'
import type { Value } from './types.ts'
import { COALESCE, MAX_STEPS, MEMBER, method, withBody, written } from './writing.ts'

type Body<Result> = (item: Value) => Result
type Step = (total: Value, item: Value) => Value
type List = readonly Value[]
type Numbers = readonly number[]

export const listOperators = define({
  // Lists.
  length: {
    args: ['E[]'],
    result: 'integer',
    run: (list: List) => list.length,
    write: list => `${list}.length`,
    level: MEMBER,
    needs: [MEMBER],
    bits: () => 32,
  },
  reverse: { args: ['E[]'], result: 'E[]', run: (list: List) => list.toReversed(), ...method('toReversed') },
  sort: {
    args: ['N[]'],
    result: 'N[]',
    run: (list: Numbers) => list.toSorted((a, b) => a - b),
    write: list => `${list}.toSorted((a, b) => a - b)`,
    level: MEMBER,
    needs: [MEMBER],
  },
  sum: {
    args: ['N[]'],
    result: 'N',
    run: (list: Numbers) => {
      let total = 0
      for (const element of list) total += element
      return total
    },
    ...written('sum'),
    bits: list => list + 32,
  },
  map: {
    args: ['E[]', 'F'],
    result: 'F[]',
    run: (list: List, body: Body<Value>) => list.map(element => body(element)),
    ...withBody('map'),
    bits: (_list, body) => body as number,
    // What goes beyond one element, for all of them.
    textBits: (list = 0, body = 0) => list + (body >= INPUT_TEXT_BITS ? body - INPUT_TEXT_BITS : body),
  },
  filter: {
    args: ['E[]', 'boolean'],
    result: 'E[]',
    run: (list: List, body: Body<boolean>) => list.filter(element => body(element)),
    ...withBody('filter'),
    bits: list => list,
  },
  every: {
    args: ['E[]', 'boolean'],
    result: 'boolean',
    run: (list: List, body: Body<boolean>) => list.every(element => body(element)),
    ...withBody('every'),
  },
  some: {
    args: ['E[]', 'boolean'],
    result: 'boolean',
    run: (list: List, body: Body<boolean>) => list.some(element => body(element)),
    ...withBody('some'),
  },
  contains: {
    args: ['E[]', 'E'],
    result: 'boolean',
    run: (list: List, a: Value) => list.includes(a),
    ...method('includes'),
  },
  /** -1 where the element is not in the list. */
  indexOf: {
    args: ['E[]', 'E'],
    result: 'integer',
    run: (list: List, a: Value) => list.indexOf(a),
    ...method('indexOf'),
    bits: () => 32,
  },
  lastIndexOf: {
    args: ['E[]', 'E'],
    result: 'integer',
    run: (list: List, a: Value) => list.lastIndexOf(a),
    ...method('lastIndexOf'),
    bits: () => 32,
  },
  /** Written as one array literal with everything joined by `join` and `single`. */
  single: { args: ['E'], result: 'E[]', run: (a: Value) => [a], write: a => `[${a}]`, level: MEMBER },
  join: {
    args: ['E[]', 'E[]'],
    result: 'E[]',
    run: (a: List, b: List) => [...a, ...b],
    ...method('concat'),
    textBits: addBits,
  },
  /** Each element once, where it comes first. */
  unique: {
    args: ['E[]'],
    result: 'E[]',
    run: (list: List) => [...new Set(list)],
    write: list => `[...new Set(${list})]`,
    level: MEMBER,
  },
  /** Negative counts leave out as many at the end, as `slice` does. */
  take: {
    args: ['E[]', 'integer'],
    result: 'E[]',
    run: (list: List, count: number) => list.slice(0, count),
    write: (list, count) => `${list}.slice(0, ${count})`,
    level: MEMBER,
    needs: [MEMBER],
    bits: list => list,
  },
  /** Negative counts keep as many at the end, as `slice` does. */
  drop: {
    args: ['E[]', 'integer'],
    result: 'E[]',
    run: (list: List, count: number) => list.slice(count),
    ...method('slice'),
    bits: list => list,
  },
  /** The default of the type outside the list: 0, false, or no text; negative positions count from the end. */
  at: {
    args: ['E[]', 'integer'],
    result: 'E',
    run: (list: List, index: number, other: Value) => list.at(index) ?? other,
    write: (list, index, other) => `${list}.at(${index}) ?? ${other}`,
    hasDefault: true,
    level: COALESCE,
    needs: [MEMBER],
    bits: list => list,
  },
  /** The integers from 0 up to but without the count. */
  range: {
    args: ['integer'],
    result: 'integers',
    run: (count: number) => Array.from({ length: Math.max(0, Math.min(MAX_STEPS, count)) }, (_, i) => i),
    ...written('range'),
    bits: () => 10,
    isOptIn: true,
  },

  // Loops, whose totals are kept from growing without bound at every step.
  /** From the second argument on, a new total for each element. */
  fold: {
    args: ['E[]', 'F', 'F'],
    result: 'F',
    binds: { from: 2, item: 'E', total: 'F' },
    run: (list: List, start: Value, step: Step) =>
      list.reduce((total, element) => step(total, element), start),
    write: (list, start, step) => `${list}.reduce((total, x) => ${step}, ${start})`,
    level: MEMBER,
    needs: [MEMBER],
    isOptIn: true,
  },
  /** From the second argument on, a new total for each number from 0 up to but without the first. */
  repeat: {
    args: ['integer', 'F', 'F'],
    result: 'F',
    binds: { from: 2, item: 'integer', total: 'F' },
    run: (count: number, start: Value, step: Step) => {
      let total = start
      for (let i = 0; i < count && i < MAX_STEPS; i++) total = step(total, i)
      return total
    },
    write: (count, start, step) => `repeat(${count}, ${start}, (total, x) => ${step})`,
    level: MEMBER,
    helper: 'repeat',
    isOptIn: true,
  },
  /** From the first argument on, a new total as long as the second holds for it, and at most so many. */
  loop: {
    args: ['F', 'boolean', 'F'],
    result: 'F',
    binds: { from: 1, total: 'F' },
    run: (start: Value, test: (total: Value) => boolean, step: (total: Value) => Value) => {
      let total = start
      for (let i = 0; i < MAX_STEPS && test(total); i++) total = step(total)
      return total
    },
    write: (start, test, step) => `loop(${start}, total => ${test}, total => ${step})`,
    level: MEMBER,
    helper: 'loop',
    isOptIn: true,
  },
})

/**
 * A term of the grid language: the input, a constant, or an operator applied to terms. It is the light form that the
 * search works on; a term that is worth keeping becomes a rule.
 */

import { type Grid, type GridType, type GridValue, gridOperator } from '../operators/index.ts'

export type Term =
  | { readonly kind: 'input' }
  | { readonly kind: 'constant'; readonly type: GridType; readonly value: number | readonly number[] }
  | { readonly kind: 'call'; readonly op: string; readonly args: readonly Term[] }

export const INPUT: Term = { kind: 'input' }

export const constant = (type: GridType, value: number | readonly number[]): Term => ({
  kind: 'constant',
  type,
  value,
})

export const call = (op: string, ...args: Term[]): Term => ({ kind: 'call', op, args })

/** What a term gives for an input. */
export function run(term: Term, input: Grid): GridValue {
  if (term.kind === 'input') return input
  if (term.kind === 'constant') return term.value
  const { run: operate } = gridOperator(term.op)
  return operate(...(term.args.map(arg => run(arg, input)) as never[]))
}

/** A term in one line: `crop(largest(objects(input)))`. */
export function show(term: Term): string {
  if (term.kind === 'input') return 'input'
  if (term.kind === 'constant') return JSON.stringify(term.value)
  return `${term.op}(${term.args.map(show).join(', ')})`
}

/** The number of operators, inputs and constants in a term. */
export const sizeOfTerm = (term: Term): number =>
  term.kind === 'call' ? term.args.reduce((size, arg) => size + sizeOfTerm(arg), 1) : 1

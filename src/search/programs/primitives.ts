/**
 * What programs can calculate with: named primitives over numbers and booleans. Every primitive is total, so no program
 * can fail by what it calculates, and a search may put any of them anywhere its types allow. Programs hold names only.
 */

import { SpaceError } from '../errors.ts'
import { Named } from '../hyper/named.ts'

/** The types of expressions. */
export const TYPES = ['number', 'boolean'] as const
export type Type = (typeof TYPES)[number]

/** What an argument has to be, or a result is; all that are `'any'` in one primitive are of one type. */
export type SlotType = Type | 'any'

/** A primitive. */
export interface Primitive {
  readonly name: string
  readonly args: readonly SlotType[]
  readonly result: SlotType
  /** Booleans come as 1 and 0, and may be given back as such. */
  readonly run: (...args: number[]) => number | boolean
  /** How it is written in JavaScript. */
  readonly notation: Notation
}

export type Notation =
  | { readonly kind: 'infix'; readonly sign: string; readonly rank: number }
  | { readonly kind: 'prefix'; readonly sign: string }
  | { readonly kind: 'call'; readonly callee: string }
  | { readonly kind: 'ternary' }

/** A primitive of the user's own. */
export interface PrimitiveDefinition {
  readonly args: readonly Type[]
  readonly result?: Type
  readonly run: (...args: number[]) => number | boolean
  /** What JavaScript calls it; its name when it does not say. */
  readonly javascript?: string
}

const primitives = new Named<Primitive>('primitive')

/** The primitive with a name. Throws `SpaceError` when there is none. */
export const primitiveOf = (name: string): Primitive => primitives.get(name)

/**
 * Registers a primitive of one to three arguments for good, and gives back its name. It has to be pure, and to give
 * something for all arguments, NaN and infinities among them.
 *
 *     definePrimitive('demo.clamp', { args: ['number'], run: x => Math.min(1, Math.max(0, x)), javascript: 'clamp' })
 */
export function definePrimitive(
  name: string,
  { args, result = 'number', run, javascript = name }: PrimitiveDefinition,
): string {
  const isFine = 1 <= args.length && args.length <= 3 && [...args, result].every(type => TYPES.includes(type))
  if (!isFine) {
    const given = `(${args.join(', ')}) => ${result}`
    throw new SpaceError(
      '',
      `the primitive '${name}' must have one to three arguments and a result of the types ${TYPES.join(' and ')}, got ${given}`,
    )
  }
  if (/^square\b/.test(javascript)) {
    throw new SpaceError('', `the primitive '${name}' cannot be 'square' in JavaScript, which is built in`)
  }
  const total = result === 'number' ? run : (...values: number[]) => (run(...values) ? 1 : 0)
  primitives.add(name, { name, args, result, run: total, notation: callee(javascript) })
  return name
}

const infix = (sign: string, rank: number): Notation => ({ kind: 'infix', sign, rank })
const callee = (name: string): Notation => ({ kind: 'call', callee: name })

const NUMBER = ['number'] as const
const NUMBERS = ['number', 'number'] as const
const BOOLEANS = ['boolean', 'boolean'] as const

const BUILT_IN: readonly Primitive[] = [
  { name: '+', args: NUMBERS, result: 'number', run: (a, b) => a! + b!, notation: infix('+', 6) },
  { name: '-', args: NUMBERS, result: 'number', run: (a, b) => a! - b!, notation: infix('-', 6) },
  { name: '*', args: NUMBERS, result: 'number', run: (a, b) => a! * b!, notation: infix('*', 7) },
  { name: '/', args: NUMBERS, result: 'number', run: (a, b) => a! / b!, notation: infix('/', 7) },
  { name: '%', args: NUMBERS, result: 'number', run: (a, b) => a! % b!, notation: infix('%', 7) },
  { name: 'min', args: NUMBERS, result: 'number', run: Math.min, notation: callee('Math.min') },
  { name: 'max', args: NUMBERS, result: 'number', run: Math.max, notation: callee('Math.max') },
  { name: 'negate', args: NUMBER, result: 'number', run: a => -a!, notation: { kind: 'prefix', sign: '-' } },
  { name: 'square', args: NUMBER, result: 'number', run: a => a! * a!, notation: callee('square') },
  { name: 'abs', args: NUMBER, result: 'number', run: Math.abs, notation: callee('Math.abs') },
  { name: 'floor', args: NUMBER, result: 'number', run: Math.floor, notation: callee('Math.floor') },
  { name: 'sqrt', args: NUMBER, result: 'number', run: Math.sqrt, notation: callee('Math.sqrt') },
  { name: 'exp', args: NUMBER, result: 'number', run: Math.exp, notation: callee('Math.exp') },
  { name: 'log', args: NUMBER, result: 'number', run: Math.log, notation: callee('Math.log') },
  { name: 'sin', args: NUMBER, result: 'number', run: Math.sin, notation: callee('Math.sin') },
  { name: 'cos', args: NUMBER, result: 'number', run: Math.cos, notation: callee('Math.cos') },
  { name: '<', args: NUMBERS, result: 'boolean', run: (a, b) => a! < b!, notation: infix('<', 5) },
  { name: '<=', args: NUMBERS, result: 'boolean', run: (a, b) => a! <= b!, notation: infix('<=', 5) },
  { name: '=', args: NUMBERS, result: 'boolean', run: (a, b) => a === b, notation: infix('===', 4) },
  { name: 'and', args: BOOLEANS, result: 'boolean', run: (a, b) => a! & b!, notation: infix('&&', 3) },
  { name: 'or', args: BOOLEANS, result: 'boolean', run: (a, b) => a! | b!, notation: infix('||', 2) },
  {
    name: 'not',
    args: ['boolean'],
    result: 'boolean',
    run: a => a === 0,
    notation: { kind: 'prefix', sign: '!' },
  },
  {
    name: 'if',
    args: ['boolean', 'any', 'any'],
    result: 'any',
    run: (a, b, c) => (a === 0 ? c! : b!),
    notation: { kind: 'ternary' },
  },
]

for (const primitive of BUILT_IN) primitives.add(primitive.name, primitive)

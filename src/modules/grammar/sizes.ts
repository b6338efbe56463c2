/**
 * How large results may get, bounded before anything runs: bits of the largest number, and bits of the length of text.
 * Where a bound is too large the result is limited, in this process and in the script alike, so that no expression
 * leaves the range of a double or makes text without end. Lists of text are measured by all their text together.
 */

import type { Operator } from './operator.ts'
import { holdsNumbers, holdsText, isList, type Type, type Value } from './types.ts'
import { MAX_TEXT } from './writing.ts'

/** Inputs are taken to be below 2^64 in magnitude. */
const INPUT_BITS = 64
const MAX_BITS = 1000
/** What is limited to safe integers. */
const LIMITED_BITS = 53

/** Texts that go in are taken to be shorter than 2^10. */
export const INPUT_TEXT_BITS = 10
const MAX_TEXT_BITS = 20
const LIMITED_TEXT_BITS = Math.log2(MAX_TEXT)
/** Lists are taken to have fewer than 2^10 elements. */
const COUNT_BITS = 10

const MAX = Number.MAX_SAFE_INTEGER

/** What is known of the size of something. */
export interface Size {
  readonly bits: number
  /** Whether it could become too large, and is limited therefore. */
  readonly isLimited: boolean
}

/** A value that is not too large: a number in the range of safe integers, or the beginning of a text. */
export function limit(value: Value): Value {
  if (typeof value === 'number') return Math.max(-MAX, Math.min(MAX, value))
  return typeof value === 'string' ? value.slice(0, MAX_TEXT) : value
}

/** The bits of an input, or of the element at hand. */
export const bitsOfInput = (type: Type): number =>
  holdsText(type) ? INPUT_TEXT_BITS : holdsNumbers(type) ? INPUT_BITS : 1

/** The most bits that what a loop makes may have after a step: what has more is limited. */
export const bitsOfTotal = (type: Type): number => (holdsText(type) ? LIMITED_TEXT_BITS : bitsOfInput(type))

/** The bits of a value. */
export function bitsOfValue(value: Value): number {
  if (typeof value === 'number') return Math.max(1, Math.ceil(Math.log2(Math.abs(value) + 1)))
  if (typeof value === 'string') return Math.log2(value.length + 1)
  if (!Array.isArray(value)) return 1
  const list = value as readonly Value[]
  if (!list.some(element => typeof element === 'string'))
    return list.reduce((bits: number, element) => Math.max(bits, bitsOfValue(element)), 1)
  return Math.log2(list.reduce((sum: number, text) => sum + (text as string).length + 1, 0))
}

/** The size of what a call gives, from the types and bits of its arguments. */
export function sizeOfCall(operator: Operator, type: Type, args: readonly Argument[]): Size {
  const isTextual = holdsText(type)
  if (!isTextual && !holdsNumbers(type)) return { bits: 1, isLimited: false }
  if (operator.binds?.total !== undefined) return { bits: bitsOfTotal(type), isLimited: false }
  const most = isTextual ? MAX_TEXT_BITS : MAX_BITS
  const bits = isTextual ? textBits(operator, args) : numberBits(operator, args)
  const isLimited = bits > most && !isList(type)
  return { bits: isLimited ? (isTextual ? LIMITED_TEXT_BITS : LIMITED_BITS) : bits, isLimited }
}

/** Whether an argument of a call is limited before it goes in: what a loop starts from, and what each step makes. */
export const isHeld = ({ binds, args }: Operator, at: number, { type, bits }: Argument): boolean =>
  binds?.total !== undefined && args[at] === binds.total && type !== 'boolean' && bits > bitsOfTotal(type)

export interface Argument {
  readonly type: Type
  readonly bits: number
}

/** The bits of two sizes added up. */
export const addBits = (a = 0, b = 0): number => Math.max(a, b) + Math.log2(1 + 2 ** -Math.abs(a - b))

function numberBits({ bits }: Operator, args: readonly Argument[]): number {
  if (bits !== undefined) return bits(...args.map(arg => arg.bits))
  return args.reduce((most, arg) => (holdsNumbers(arg.type) ? Math.max(most, arg.bits) : most), 1)
}

function textBits({ textBits: bits }: Operator, args: readonly Argument[]): number {
  const sizes = args.map(arg => (holdsText(arg.type) ? arg.bits : isList(arg.type) ? COUNT_BITS : 0))
  return bits === undefined ? Math.max(0, ...sizes) : bits(...sizes)
}

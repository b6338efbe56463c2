/**
 * What an operator of the expression language is: a row that says what it takes and gives, what it does, how it is
 * written, and how large its results may get. Every operator is total: it gives a value for all arguments of its types,
 * in time and size that are bounded by them. What it does here and what its text does in JavaScript must be the same;
 * a property test holds the two together.
 */

import type { Pattern, Value } from './types.ts'
import type { HelperName } from './writing.ts'

export interface Operator {
  readonly args: readonly Pattern[]
  readonly result: Pattern
  /** Which arguments are bodies, worked out again and again with something at hand; none where not said. */
  readonly binds?: Binds
  /** What it gives; bodies come as functions of the total, where there is one, and the element. */
  readonly run: (...args: never[]) => Value
  /** JavaScript for it, from the texts of its arguments. */
  readonly write: (...args: string[]) => string
  /** How tightly that text binds. */
  readonly level: number
  /** How tightly each argument must bind to go without parentheses; `ARGUMENT` where not said. */
  readonly needs?: readonly number[]
  /** A function that the text calls. */
  readonly helper?: HelperName
  /** The functions that the text calls, by name, as JavaScript: those of a pack. */
  readonly carries?: ReadonlyMap<string, string>
  /** A shorter text where the second argument is a number other than 0. */
  readonly writeByConstant?: Pick<Operator, 'write' | 'level' | 'needs'>
  /** Whether it may give the default of its result's type: `run` and `write` take that after the arguments. */
  readonly hasDefault?: true
  /**
   * Bits of the largest number in the result, from those of the arguments; for text, of its number of characters.
   * Where not said, the most that an argument of this kind has.
   */
  readonly bits?: (...bits: number[]) => number
  /** The same where the result is text. */
  readonly textBits?: (...bits: number[]) => number
  /** Only for those who ask for it by name. */
  readonly isOptIn?: true
}

export interface Binds {
  /** The first argument that is a body; all after it are bodies too. */
  readonly from: number
  /** The type of the element at hand. */
  readonly item?: Pattern
  /** The type of what was made so far. */
  readonly total?: Pattern
}

/** Rows as they are written, with their names as types. */
export function define<Table extends { readonly [name: string]: Operator }>(table: Table): Table {
  return table
}

/** The default of a type that elements of lists may have. */
export const defaultOf = (type: string): Value => (type === 'string' ? '' : type === 'boolean' ? false : 0)

/**
 * The types of the expression language and the little algebra over them. An integer may stand where a number is wanted
 * and a list of integers where a list of numbers is, and that is all the subtyping there is. Operators are typed by
 * patterns with the variables N, M (numbers of either kind) and T (anything), solved by joining what was given.
 */

export const TYPES = ['boolean', 'integer', 'number', 'string', 'integers', 'numbers'] as const

/** What an expression gives: `integers` and `numbers` are lists. */
export type Type = (typeof TYPES)[number]

/** A value of the language. */
export type Value = boolean | number | string | readonly number[]

/** A type, or a type variable, or a list of one. */
export type Pattern = Type | 'N' | 'M' | 'T' | 'N[]' | 'M[]'

/** What the variables of a signature stand for; undefined where nothing was said yet. */
export interface Binding {
  N?: Type
  M?: Type
  T?: Type
}

/** The type of a value; undefined for what is not a value of the language. */
export function typeOfValue(value: unknown): Type | undefined {
  if (typeof value === 'boolean' || typeof value === 'string') return typeof value as 'boolean' | 'string'
  if (typeof value === 'number')
    return Number.isInteger(value) ? 'integer' : Number.isFinite(value) ? 'number' : undefined
  if (!Array.isArray(value)) return undefined
  if (value.every(element => Number.isInteger(element))) return 'integers'
  return value.every(element => Number.isFinite(element)) ? 'numbers' : undefined
}

/** The narrowest type that both fit, if there is one. */
export function joinTypes(a: Type, b: Type): Type | undefined {
  if (a === b) return a
  if (isNumeric(a) && isNumeric(b)) return 'number'
  return isList(a) && isList(b) ? 'numbers' : undefined
}

/** Whether something of a type may stand where another is wanted. */
export const fits = (type: Type, wanted: Type): boolean =>
  type === wanted ||
  (type === 'integer' && wanted === 'number') ||
  (type === 'integers' && wanted === 'numbers')

export const isNumeric = (type: Type): boolean => type === 'integer' || type === 'number'
export const isList = (type: Type): boolean => type === 'integers' || type === 'numbers'

/** The type of the elements of a list. */
export const elementOf = (list: Type): Type => (list === 'integers' ? 'integer' : 'number')

/** The type of a list of numbers. */
export const listOf = (element: Type): Type => (element === 'integer' ? 'integers' : 'numbers')

/** Whether the type fits the pattern; what it says about a variable is written into the binding. */
export function match(pattern: Pattern, type: Type, binding: Binding): boolean {
  switch (pattern) {
    case 'N':
    case 'M':
      return isNumeric(type) && widen(binding, pattern, type)
    case 'N[]':
    case 'M[]':
      return isList(type) && widen(binding, pattern === 'N[]' ? 'N' : 'M', elementOf(type))
    case 'T':
      return widen(binding, 'T', type)
    default:
      return fits(type, pattern)
  }
}

/** The type that a pattern means under a binding; variables nothing was said about give undefined. */
export function substitute(pattern: Pattern, binding: Binding): Type | undefined {
  switch (pattern) {
    case 'N':
    case 'M':
    case 'T':
      return binding[pattern]
    case 'N[]':
    case 'M[]': {
      const element = binding[pattern === 'N[]' ? 'N' : 'M']
      return element === undefined ? undefined : listOf(element)
    }
    default:
      return pattern
  }
}

/** A pattern in words, for messages. */
export function wordsFor(pattern: Pattern): string {
  if (pattern === 'T') return 'of the same type as the others'
  if (pattern === 'N' || pattern === 'M') return 'a number'
  if (pattern === 'N[]' || pattern === 'M[]') return 'a list of numbers'
  return pattern
}

function widen(binding: Binding, variable: 'N' | 'M' | 'T', type: Type): boolean {
  const known = binding[variable]
  const joined = known === undefined ? type : joinTypes(known, type)
  if (joined === undefined) return false
  binding[variable] = joined
  return true
}

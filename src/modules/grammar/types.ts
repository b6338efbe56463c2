/**
 * The types of the expression language and the little algebra over them. An integer may stand where a number is wanted
 * and a list of integers where a list of numbers is, and that is all the subtyping there is. Operators are typed by
 * patterns with the variables N (numbers of either kind), E and F (what lists are made of) and T (anything), solved by
 * joining what was given.
 */

export const TYPES = [
  'boolean',
  'integer',
  'number',
  'string',
  'integers',
  'numbers',
  'strings',
  'booleans',
] as const

/** A type or an operator of a pack: `arc.grid`. */
export type PackName = `${string}.${string}`

/** What an expression gives: the plurals are lists, names with a dot are types of packs. */
export type Type = (typeof TYPES)[number] | PackName

export const ELEMENT_TYPES = ['boolean', 'integer', 'number', 'string'] as const

/** What elements of lists may be. */
export type ElementType = (typeof ELEMENT_TYPES)[number]

/** A value of the language; what has a type of a pack may be any JSON. */
export type Value = boolean | number | string | null | readonly Value[] | { readonly [key: string]: Value }

/** A type, or a type variable, or a list of one. */
export type Pattern = Type | Variable | 'N[]' | 'E[]' | 'F[]'

type Variable = 'N' | 'E' | 'F' | 'T'

/** What the variables of a signature stand for; undefined where nothing was said yet. */
export type Binding = { [Name in Variable]?: Type }

/** The type of a value; undefined for what is not a value of the language. The empty list counts as one of integers. */
export function typeOfValue(value: unknown): Type | undefined {
  if (!Array.isArray(value)) return typeOfElement(value)
  let element: Type | undefined = 'integer'
  for (const [i, one] of value.entries()) {
    const type = typeOfElement(one)
    element = i === 0 ? type : type && element && joinTypes(element, type)
    if (element === undefined) return undefined
  }
  return listOf(element)
}

function typeOfElement(value: unknown): ElementType | undefined {
  if (typeof value === 'boolean') return 'boolean'
  if (typeof value === 'string') return 'string'
  if (typeof value !== 'number') return undefined
  return Number.isInteger(value) ? 'integer' : Number.isFinite(value) ? 'number' : undefined
}

/** The narrowest type that both fit, if there is one. */
export function joinTypes(a: Type, b: Type): Type | undefined {
  if (fits(a, b)) return b
  return fits(b, a) ? a : undefined
}

/** Whether something of a type may stand where another is wanted. */
export const fits = (type: Type, wanted: Type): boolean =>
  type === wanted ||
  (type === 'integer' && wanted === 'number') ||
  (type === 'integers' && wanted === 'numbers')

export const isNumeric = (type: Type): boolean => type === 'integer' || type === 'number'
export const isList = (type: Type): boolean => Object.hasOwn(elements, type)
export const isElement = (type: Type): boolean => Object.hasOwn(lists, type)
export const isPackName = (name: string): name is PackName => name.includes('.')

/** Whether values are numbers, or lists of them. */
export const holdsNumbers = (type: Type): boolean =>
  isNumeric(type) || type === 'integers' || type === 'numbers'

/** Whether values are text, or lists of it. */
export const holdsText = (type: Type): boolean => type === 'string' || type === 'strings'

const elements: { readonly [list: string]: ElementType } = {
  integers: 'integer',
  numbers: 'number',
  strings: 'string',
  booleans: 'boolean',
}

const lists: { readonly [element: string]: Type } = {
  integer: 'integers',
  number: 'numbers',
  string: 'strings',
  boolean: 'booleans',
}

/** The type of the elements of a list. */
export const elementOf = (list: Type): ElementType => elements[list] as ElementType

/** The type of a list of such elements. */
export const listOf = (element: Type): Type => lists[element] as Type

/** Whether the type fits the pattern; what it says about a variable is written into the binding. */
export function match(pattern: Pattern, type: Type, binding: Binding): boolean {
  switch (pattern) {
    case 'N':
      return isNumeric(type) && widen(binding, pattern, type)
    case 'N[]':
      return holdsNumbers(type) && isList(type) && widen(binding, 'N', elementOf(type))
    case 'E':
    case 'F':
      return isElement(type) && widen(binding, pattern, type)
    case 'E[]':
    case 'F[]':
      return isList(type) && widen(binding, variableOf(pattern), elementOf(type))
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
    case 'E':
    case 'F':
    case 'T':
      return binding[pattern]
    case 'N[]':
    case 'E[]':
    case 'F[]': {
      const element = binding[variableOf(pattern)]
      return element === undefined ? undefined : listOf(element)
    }
    default:
      return pattern
  }
}

/** Holds what a pattern shows to a type: the variable in it, if there is one, stands for what makes it that type. */
export function hold(pattern: Pattern, type: Type, binding: Binding): void {
  if (pattern === 'N' || pattern === 'E' || pattern === 'F' || pattern === 'T') binding[pattern] = type
  else if (isListPattern(pattern)) binding[variableOf(pattern)] = elementOf(type)
}

/** A pattern in words, for messages. */
export function wordsFor(pattern: Pattern): string {
  if (pattern === 'T') return 'of the same type as the others'
  if (pattern === 'N') return 'a number'
  if (pattern === 'N[]') return 'a list of numbers'
  if (pattern === 'E' || pattern === 'F') return 'a boolean, a number or a string as the others'
  return isListPattern(pattern) ? 'a list as the others' : pattern
}

/** Whether two values are equal as JSON, whatever the order of keys. */
export function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a)) {
    return (
      Array.isArray(b) && a.length === b.length && a.every((part: Value, i) => sameValue(part, b[i] as Value))
    )
  }
  const keys = Object.keys(a)
  return (
    !Array.isArray(b) &&
    keys.length === Object.keys(b).length &&
    keys.every(key => Object.hasOwn(b, key) && sameValue(partOf(a, key), partOf(b, key)))
  )
}

const partOf = (value: Value & object, key: string): Value =>
  (value as { readonly [key: string]: Value })[key] as Value

const isListPattern = (pattern: Pattern): pattern is 'N[]' | 'E[]' | 'F[]' => pattern.endsWith('[]')

const variableOf = (pattern: 'N[]' | 'E[]' | 'F[]'): 'N' | 'E' | 'F' => pattern[0] as 'N' | 'E' | 'F'

function widen(binding: Binding, variable: Variable, type: Type): boolean {
  const known = binding[variable]
  const joined = known === undefined ? type : joinTypes(known, type)
  if (joined === undefined) return false
  binding[variable] = joined
  return true
}

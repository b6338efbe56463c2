/**
 * Keys that belong together. `query_2` is number 2 of `query`, and a key that is taken becomes the lowest free number of
 * its base: since the numbers depend on what is taken alone, any grouping of a merge gives the same keys.
 */

/** How keys are folded before they are compared: without their number, or in the singular as well. */
export type Fold = 'suffix' | 'plural'

export interface NumberedKey {
  readonly base: string
  /** From 1; 0 for a key without a number. */
  readonly number: number
}

/** The base and the number of a key; only numbers as we write them count, so `a_0` and `a_01` are bases. */
export function numberedKey(key: string): NumberedKey {
  const match = /^(.*)_([1-9]\d{0,14})$/s.exec(key)
  return match === null ? { base: key, number: 0 } : { base: match[1] as string, number: Number(match[2]) }
}

/** The key itself when it is free, else its base with the lowest free number. */
export function freeKey(key: string, isTaken: (key: string) => boolean): string {
  if (!isTaken(key)) return key
  const { base } = numberedKey(key)
  let number = 1
  while (isTaken(`${base}_${number}`)) number++
  return `${base}_${number}`
}

/** The key as it is compared. */
export function foldKey(key: string, fold: Fold | undefined): string {
  if (fold === undefined) return key
  const { base } = numberedKey(key)
  return fold === 'suffix' ? base : inLastWord(base, singular)
}

/** The name for a list of what a key names one of: `best_match` gives `best_matches`. */
export const pluralKey = (key: string): string => inLastWord(key, plural)

function inLastWord(key: string, change: (word: string) => string): string {
  const at = key.lastIndexOf('_') + 1
  return key.slice(0, at) + change(key.slice(at))
}

const UNCHANGED = new Set(['data', 'media', 'metadata', 'news', 'series', 'species'])
const IRREGULAR: readonly (readonly [singular: string, plural: string])[] = [
  ['analysis', 'analyses'],
  ['bus', 'buses'],
  ['child', 'children'],
  ['criterion', 'criteria'],
  ['foot', 'feet'],
  ['hypothesis', 'hypotheses'],
  ['index', 'indices'],
  ['man', 'men'],
  ['matrix', 'matrices'],
  ['mouse', 'mice'],
  ['movie', 'movies'],
  ['person', 'people'],
  ['status', 'statuses'],
  ['tooth', 'teeth'],
  ['vertex', 'vertices'],
  ['woman', 'women'],
]
const SINGULARS = new Map(IRREGULAR.map(([one, many]) => [many, one]))
const PLURALS = new Map(IRREGULAR)

function singular(word: string): string {
  if (UNCHANGED.has(word) || PLURALS.has(word)) return word
  const known = SINGULARS.get(word)
  if (known !== undefined) return known
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`
  if (/(?:ch|sh|x|zz|ss)es$/.test(word)) return word.slice(0, -2)
  return /[^sui]s$/.test(word) ? word.slice(0, -1) : word
}

function plural(word: string): string {
  if (UNCHANGED.has(word) || SINGULARS.has(word) || singular(word) !== word) return word
  const known = PLURALS.get(word)
  if (known !== undefined) return known
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`
  return /(?:ch|sh|x|z|s)$/.test(word) ? `${word}es` : `${word}s`
}

/**
 * Whether two schemas say the same, reference by reference. Titles, descriptions, defaults and other notes can be left
 * out of it, so that rewording a description does not make another schema of it.
 */

import { isJsonRecord, type Json, sameJson } from '../json.ts'
import { type Definitions, nameIn } from './normal-schema.ts'

export interface SameOptions {
  /** Whether notes, which change nothing about what fits, must be the same too. */
  readonly withNotes?: boolean
}

/** Compares two schemas of normal forms. References that lead into each other are the same unless they differ. */
export function sameSchema(
  a: Json | undefined,
  aDefs: Definitions,
  b: Json | undefined,
  bDefs: Definitions,
  { withNotes = false }: SameOptions = {},
): boolean {
  const assumed = new Set<string>()
  const isKept = (keyword: string): boolean => withNotes || !(NOTES.has(keyword) || keyword.startsWith('x-'))

  const same = (x: Json | undefined, y: Json | undefined, keyword: string): boolean => {
    if (Array.isArray(x) && Array.isArray(y)) {
      if (x.length !== y.length) return false
      if (!SETS.has(keyword)) return x.every((item, i) => same(item, y[i], ''))
      return x.every(item => (y as readonly Json[]).some(other => sameJson(item, other)))
    }
    if (!isJsonRecord(x) || !isJsonRecord(y)) return sameJson(x, y)
    if (VALUES.has(keyword)) return sameJson(x, y)
    // In a map of schemas the keys are names, and no keywords.
    const isMap = MAPS.has(keyword)
    const keysOf = (schema: object) => Object.keys(schema).filter(key => isMap || isKept(key))
    const keys = keysOf(x)
    if (keys.length !== keysOf(y).length) return false
    return keys.every(key => {
      if (!Object.hasOwn(y, key)) return false
      if (!isMap && key === '$ref') return sameRef(x[key] as string, y[key] as string)
      return same(x[key], y[key], isMap ? '' : key)
    })
  }

  const sameRef = (x: string, y: string): boolean => {
    const pair = `${x} ${y}`
    if (assumed.has(pair)) return true
    assumed.add(pair)
    return same(aDefs.get(nameIn(x)), bDefs.get(nameIn(y)), '')
  }

  return same(a, b, '')
}

const NOTES = new Set([
  'title',
  'description',
  'default',
  'examples',
  '$comment',
  'deprecated',
  'readOnly',
  'writeOnly',
])
const SETS = new Set(['required', 'enum', 'type'])
const VALUES = new Set(['const', 'default', 'examples'])
const MAPS = new Set(['properties', 'patternProperties', 'dependentSchemas', 'dependentRequired'])

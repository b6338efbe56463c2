/**
 * From rows to samples: which keys of a row go in, which should come out, and how text becomes what a schema asks for.
 * Every error names the file and the line.
 */

import { DataError } from '../data-error.ts'
import type { DataModel } from '../data-model.ts'
import { isJsonRecord, type Json, type JsonSchema, setKey } from '../json.ts'
import type { Sample } from '../samples.ts'
import { resolveRef } from '../schema-ref.ts'
import { SourceError } from './source-error.ts'

/** One side of a sample: the keys of a row that make it, or a model, which also checks it and fills in defaults. */
export type Side = readonly string[] | DataModel<unknown>

/** A row that stands in a file. */
export interface Row {
  readonly values: { readonly [key: string]: Json }
  readonly file: string
  readonly line: number
}

/** The keys of a row that a side takes. */
export const keysOfSide = (side: Side): readonly string[] =>
  isModel(side) ? side.withoutValue().keys() : side

/** The side of a sample that is made of some keys of a flat row. Throws `SourceError` for keys that are not there. */
export function pickSide(side: Side, { values, file, line }: Row): Json {
  const picked: Record<string, Json> = {}
  for (const key of keysOfSide(side)) {
    if (Object.hasOwn(values, key)) setKey(picked, key, values[key])
    else if (!isModel(side))
      throw new SourceError(file, line, `the row has no '${key}', only ${known(values)}`)
  }
  return checkSide(side, picked, { file, line })
}

/** The side of a sample as its model has it; as it is when there is no model. */
export function checkSide(side: Side | undefined, value: Json, { file, line }: Omit<Row, 'values'>): Json {
  if (side === undefined || !isModel(side)) return value
  try {
    return side.parse(value, 'row') as Json
  } catch (error) {
    throw error instanceof DataError ? SourceError.ofData(file, line, error) : error
  }
}

/** The group of a row, from one of its keys. */
export function groupOf(key: string | undefined, { values, file, line }: Row): Pick<Sample, 'group'> {
  if (key === undefined) return {}
  if (!Object.hasOwn(values, key)) {
    throw new SourceError(file, line, `the row has no '${key}' to group by, only ${known(values)}`)
  }
  const value = values[key]
  return { group: typeof value === 'string' ? value : JSON.stringify(value) }
}

/** Makes of a cell of text what the schema of its key takes. */
export type CellReader = (key: string, text: string) => Json | undefined

/**
 * The reader for the cells of a side: a number, a boolean, a list or record from its JSON, or the text as it is.
 * Undefined for an empty cell of a key that takes neither text nor null: it is as if it were not there.
 */
export function cellReader(side: Side): CellReader {
  if (!isModel(side)) return (_, text) => text
  const { schema } = side
  const properties = isJsonRecord(schema.properties) ? schema.properties : {}
  const types = new Map(Object.entries(properties).map(([key, part]) => [key, typesIn(schema, part)]))
  return (key, text) => cellValue(types.get(key) ?? TEXT, text)
}

function cellValue(types: ReadonlySet<string>, text: string): Json | undefined {
  if (text === '') return types.has('string') ? '' : types.has('null') ? null : undefined
  const isNumber = NUMBER.test(text) && Number.isFinite(Number(text))
  if (isNumber && (types.has('number') || types.has('integer'))) return Number(text)
  if (types.has('boolean') && /^(?:true|false)$/i.test(text)) return text.toLowerCase() === 'true'
  if (types.has('array') || types.has('object')) {
    try {
      return JSON.parse(text) as Json
    } catch {
      return text
    }
  }
  return text
}

const NUMBER = /^\s*-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/
const TEXT: ReadonlySet<string> = new Set(['string'])

const isModel = (side: Side): side is DataModel<unknown> => !Array.isArray(side)

const known = (values: object): string => Object.keys(values).slice(0, 20).join(', ') || 'nothing'

/** The types that a schema takes. */
function typesIn(root: JsonSchema, schema: Json | undefined, hops = 0): ReadonlySet<string> {
  if (!isJsonRecord(schema) || hops > 16) return TEXT
  const { type, $ref, enum: choices, const: only } = schema
  if (type !== undefined) return new Set([type].flat() as string[])
  if (typeof $ref === 'string') return typesIn(root, resolveRef(root, $ref), hops + 1)
  const values = choices ?? (only === undefined ? undefined : [only])
  if (Array.isArray(values)) return new Set(values.map(value => (value === null ? 'null' : typeof value)))
  const parts = [schema.anyOf, schema.oneOf].flatMap(all => (Array.isArray(all) ? (all as Json[]) : []))
  if (parts.length === 0) return TEXT
  return new Set(parts.flatMap(part => [...typesIn(root, part, hops + 1)]))
}

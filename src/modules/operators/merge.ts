/**
 * Two schemas of records as one with the keys of both. A key that is taken becomes the lowest free number of its base;
 * which key becomes which is decided by the schemas alone, so values that leave out optional keys come out right.
 */

import { type Json, setKey } from '../json.ts'
import { type CheckedSchema, checkedSchema } from '../schema-check.ts'
import { type JsonRecord, type Kinds, kindsOf, schemaOfKinds } from './change.ts'
import { freeKey } from './keys.ts'
import { type Definitions, mapRefs } from './normal-schema.ts'
import { anyOf, type RecordSchema, withinLimit } from './record-schema.ts'
import { retitled } from './rename.ts'
import { sameSchema } from './same-schema.ts'

/** The schema of both, and how two values become one. */
export interface Merge {
  readonly checked: CheckedSchema
  apply(first: Json, second: Json): Json
}

const merges = new WeakMap<CheckedSchema, WeakMap<CheckedSchema, Merge>>()

/** The merge of two schemas. Throws `DataError` for schemas that are not of records. */
export function mergeOf(first: CheckedSchema, second: CheckedSchema): Merge {
  let known = merges.get(first)
  if (known === undefined) merges.set(first, (known = new WeakMap()))
  let merge = known.get(second)
  if (merge === undefined) known.set(second, (merge = makeMerge(kindsOf(first), kindsOf(second))))
  return merge
}

/** The schema of values of any of the schemas. */
export function eitherOf(schemas: readonly CheckedSchema[]): CheckedSchema {
  let defs: Definitions = new Map()
  const records: RecordSchema[] = []
  for (const kinds of new Set(schemas).values()) {
    const joined = joinedDefs(defs, kindsOf(kinds).defs)
    defs = joined.defs
    records.push(...kindsOf(kinds).records.map(joined.rename))
  }
  return checkedSchema(schemaOfKinds(withinLimit(records), defs))
}

function makeMerge(first: Kinds, second: Kinds): Merge {
  const { defs, rename } = joinedDefs(first.defs, second.defs)
  const seconds = second.records.map(rename)
  withinLimit(Array.from({ length: first.records.length * seconds.length }))
  const pairs = first.records.map(a => seconds.map(b => mergedRecords(a, b)))
  return {
    checked: checkedSchema(
      schemaOfKinds(
        pairs.flat().map(({ record }) => record),
        defs,
      ),
    ),
    apply(a, b) {
      const merged = pairs[first.kindOf(a)]?.[second.kindOf(b)] as MergedRecords
      return mergedValues(merged, a as JsonRecord, b as JsonRecord)
    },
  }
}

interface MergedRecords {
  readonly record: RecordSchema
  readonly first: RecordSchema
  /** The keys of the second in the result. */
  readonly keys: ReadonlyMap<string, string>
}

function mergedRecords(first: RecordSchema, second: RecordSchema): MergedRecords {
  const properties = new Map(first.properties)
  const required = new Set(first.required)
  const keys = new Map<string, string>()
  for (const [key, schema] of second.properties) {
    const free = freeKey(key, taken => properties.has(taken))
    keys.set(key, free)
    properties.set(free, free === key ? schema : retitled(schema, free))
    if (second.required.has(key)) required.add(free)
  }
  const title = first.title ?? second.title
  return { record: { title, properties, required, rest: anyOf([first.rest, second.rest]) }, first, keys }
}

function mergedValues({ record, first, keys }: MergedRecords, a: JsonRecord, b: JsonRecord): JsonRecord {
  const result: Record<string, Json> = {}
  const free = (key: string): string =>
    freeKey(key, taken => record.properties.has(taken) || Object.hasOwn(result, taken))
  for (const [key, value] of Object.entries(a))
    setKey(result, first.properties.has(key) ? key : free(key), value)
  for (const [key, value] of Object.entries(b)) setKey(result, keys.get(key) ?? free(key), value)
  return result
}

/** The definitions of both; of the second's, those get other names that the first has for something else. */
function joinedDefs(
  first: Definitions,
  second: Definitions,
): { readonly defs: Definitions; readonly rename: (record: RecordSchema) => RecordSchema } {
  const defs = new Map(first)
  const names = new Map<string, string>()
  for (const [name, schema] of second) {
    const isSame = sameSchema(defs.get(name), first, schema, second, { withNotes: true })
    const known = first.has(name) && isSame ? name : freeKey(name, taken => defs.has(taken))
    names.set(name, known)
    defs.set(known, schema)
  }
  const renamed = (schema: Json): Json => mapRefs(schema, name => names.get(name) as string)
  for (const name of names.values()) if (!first.has(name)) defs.set(name, renamed(defs.get(name) as Json))
  return {
    defs,
    rename: record => ({
      ...record,
      properties: new Map([...record.properties].map(([key, schema]) => [key, renamed(schema)])),
      rest: renamed(record.rest),
    }),
  }
}

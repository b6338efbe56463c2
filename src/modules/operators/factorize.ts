/**
 * Keys that say the same thing several times become one list: `query`, `query_1` and `query_2` become `queries`. A list
 * that already goes by that name joins in with its elements, where plurals are folded.
 */

import { isJsonRecord, type Json, setKey } from '../json.ts'
import type { CheckedSchema } from '../schema-check.ts'
import { type Change, changeOf, changeRecords, type JsonRecord, type RecordChange } from './change.ts'
import { type Fold, foldKey, freeKey, numberedKey, pluralKey } from './keys.ts'
import { type Definitions, nameIn } from './normal-schema.ts'
import type { RecordSchema } from './record-schema.ts'
import { sameSchema } from './same-schema.ts'

/** The schema with a list for each base that several keys have. */
export const factorized = (checked: CheckedSchema, fold: Fold): Change =>
  changeOf(checked, `factorize ${fold}`, () =>
    changeRecords(checked, (record, defs) => factorizedRecord(record, defs, fold)),
  )

/** Keys that become one list. */
interface Group {
  readonly name: string
  readonly members: readonly Member[]
}

interface Member {
  readonly key: string
  /** Whether its value is a list whose elements join in. */
  readonly isSpliced: boolean
}

function factorizedRecord(record: RecordSchema, defs: Definitions, fold: Fold): RecordChange {
  const groups = groupsOf(record, defs, fold)
  const groupOf = new Map(groups.flatMap(group => group.members.map(({ key }) => [key, group] as const)))
  const properties = new Map<string, Json>()
  const required = new Set<string>()
  for (const [key, schema] of record.properties) {
    const group = groupOf.get(key)
    if (group === undefined) properties.set(key, schema)
    else if (!properties.has(group.name)) properties.set(group.name, listSchema(group, record, defs))
    if (record.required.has(key)) required.add(group?.name ?? key)
  }
  return {
    record: { ...record, properties, required },
    apply: value => factorizedValue(value, record, groupOf, properties),
  }
}

function factorizedValue(
  value: JsonRecord,
  record: RecordSchema,
  groupOf: ReadonlyMap<string, Group>,
  properties: ReadonlyMap<string, Json>,
): JsonRecord {
  const result: Record<string, Json> = {}
  for (const [key, item] of Object.entries(value)) {
    const group = groupOf.get(key)
    if (group !== undefined) {
      if (!Object.hasOwn(result, group.name)) setKey(result, group.name, listOf(group, value))
    } else if (record.properties.has(key)) setKey(result, key, item)
    else
      setKey(
        result,
        freeKey(key, taken => properties.has(taken) || Object.hasOwn(result, taken)),
        item,
      )
  }
  return result
}

const listOf = ({ members }: Group, value: JsonRecord): Json =>
  members.flatMap(({ key, isSpliced }) => {
    if (!Object.hasOwn(value, key)) return []
    return isSpliced ? (value[key] as readonly Json[]) : [value[key] as Json]
  })

function groupsOf({ properties }: RecordSchema, defs: Definitions, fold: Fold): Group[] {
  const byBase = new Map<string, Member[]>()
  for (const [key, schema] of properties) {
    const base = foldKey(key, fold)
    const isPlural = fold === 'plural' && numberedKey(key).base !== base
    const member = { key, isSpliced: isPlural && listIn(schema, defs) !== null }
    const members = byBase.get(base)
    if (members === undefined) byBase.set(base, [member])
    else members.push(member)
  }
  const several = [...byBase].filter(([, members]) => members.length > 1)
  const joining = new Set(several.flatMap(([, members]) => members.map(({ key }) => key)))
  const taken = new Set([...properties.keys()].filter(key => !joining.has(key)))
  return several.map(([base, members]) => {
    const name = freeKey(pluralKey(base), key => taken.has(key))
    taken.add(name)
    return { name, members }
  })
}

function listSchema({ members }: Group, record: RecordSchema, defs: Definitions): Json {
  const items: Json[] = []
  let atLeast = 0
  for (const { key, isSpliced } of members) {
    const schema = record.properties.get(key) as Json
    const item = isSpliced ? itemsIn(listIn(schema, defs)) : schema
    if (!items.some(other => sameSchema(other, defs, item, defs))) items.push(item)
    if (!isSpliced && record.required.has(key)) atLeast++
  }
  const isBounded = !members.some(({ isSpliced }) => isSpliced)
  return {
    type: 'array',
    items: items.length === 1 ? (items[0] as Json) : { anyOf: items },
    ...(atLeast === 0 ? {} : { minItems: atLeast }),
    ...(isBounded ? { maxItems: members.length } : {}),
  }
}

/** The schema of lists alone behind a schema, if it is one. */
function listIn(schema: Json | undefined, defs: Definitions): { readonly [keyword: string]: Json } | null {
  for (let hops = 0; hops < 32 && isJsonRecord(schema); hops++) {
    if (schema.type === 'array') return schema
    if (typeof schema.$ref !== 'string') return null
    schema = defs.get(nameIn(schema.$ref))
  }
  return null
}

/** What the elements of such lists fit. */
function itemsIn(list: { readonly [keyword: string]: Json } | null): Json {
  return list === null || list.prefixItems !== undefined ? true : (list.items ?? true)
}

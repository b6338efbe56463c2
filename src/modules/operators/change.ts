/**
 * What an operator makes of a schema, and of the values that fit it: both follow from one plan, so they always agree.
 * Plans are kept by schema, since operators run again and again on the same ones.
 */

import { DataError, problem } from '../data-error.ts'
import { isJsonRecord, type Json, type JsonSchema } from '../json.ts'
import { type CheckedSchema, checkedSchema } from '../schema-check.ts'
import { assembled, type Definitions, type NormalSchema, normalSchema } from './normal-schema.ts'
import { anyOf, type RecordSchema, recordsOf, schemaOfRecord } from './record-schema.ts'

export type JsonRecord = { readonly [key: string]: Json }

/** The schema of what an operator gives, and how to come to a value of it. */
export interface Change {
  readonly checked: CheckedSchema
  apply(value: Json): Json
}

/** What an operator makes of one kind of records. */
export interface RecordChange {
  readonly record: RecordSchema
  apply(value: JsonRecord): JsonRecord
}

/** A schema in normal form, as kinds of records. */
export interface Kinds {
  readonly defs: Definitions
  readonly records: readonly RecordSchema[]
  /** Which kind a value is of. Throws `DataError` for what is no record. */
  kindOf(value: Json): number
}

const normals = new WeakMap<CheckedSchema, NormalSchema>()
const allKinds = new WeakMap<CheckedSchema, Kinds>()
const changes = new WeakMap<CheckedSchema, Map<string, Change>>()

export function normalOf(checked: CheckedSchema): NormalSchema {
  let normal = normals.get(checked)
  if (normal === undefined) normals.set(checked, (normal = normalSchema(checked.prepared)))
  return normal
}

export function kindsOf(checked: CheckedSchema): Kinds {
  let kinds = allKinds.get(checked)
  if (kinds === undefined) allKinds.set(checked, (kinds = makeKinds(normalOf(checked))))
  return kinds
}

/** The change of a schema by an operator whose options are in its name. */
export function changeOf(checked: CheckedSchema, name: string, make: () => Change): Change {
  let known = changes.get(checked)
  if (known === undefined) changes.set(checked, (known = new Map()))
  let change = known.get(name)
  if (change === undefined) known.set(name, (change = make()))
  return change
}

/** The change of a schema by an operator that goes by kinds of records. */
export function changeRecords(
  checked: CheckedSchema,
  change: (record: RecordSchema, defs: Definitions) => RecordChange,
): Change {
  const kinds = kindsOf(checked)
  const changed = kinds.records.map(record => change(record, kinds.defs))
  return {
    checked: checkedSchema(
      schemaOfKinds(
        changed.map(({ record }) => record),
        kinds.defs,
      ),
    ),
    apply: value => (changed[kinds.kindOf(value)] as RecordChange).apply(value as JsonRecord),
  }
}

/** The schema of values of any of the kinds. */
export function schemaOfKinds(records: readonly RecordSchema[], defs: Definitions): JsonSchema {
  return assembled({ root: anyOf(records.map(schemaOfRecord)), defs })
}

function makeKinds(normal: NormalSchema): Kinds {
  const records = recordsOf(normal)
  const { defs } = normal
  const single = (record: RecordSchema) => checkedSchema(schemaOfKinds([record], defs))
  return {
    defs,
    records,
    kindOf(value) {
      if (!isJsonRecord(value)) throw DataError.of('data', [problem('', value, 'a record')])
      if (records.length === 1) return 0
      return Math.max(
        0,
        records.findIndex(record => single(record).accepts(value)),
      )
    },
  }
}

/** Which keys a schema has, and whether it has those of another: of the same names, with schemas that say the same, notes aside. */

import type { CheckedSchema } from '../schema-check.ts'
import { kindsOf } from './change.ts'
import { sameSchema } from './same-schema.ts'

/** Whether every kind of records of a schema has a schema of its own for a key. */
export const namesKey = (checked: CheckedSchema, key: string): boolean =>
  kindsOf(checked).records.every(({ properties }) => properties.has(key))

/** The keys that any kind of records of a schema has a schema for. */
export const namedKeys = (checked: CheckedSchema): string[] => [
  ...new Set(kindsOf(checked).records.flatMap(({ properties }) => [...properties.keys()])),
]

/** Whether every kind of records of a schema has all keys of a kind of the other, required where they are there. */
export function containsKeysOf(checked: CheckedSchema, other: CheckedSchema): boolean {
  const [whole, part] = [kindsOf(checked), kindsOf(other)]
  return whole.records.every(record =>
    part.records.some(wanted =>
      [...wanted.properties].every(
        ([key, schema]) =>
          (record.required.has(key) || !wanted.required.has(key)) &&
          sameSchema(record.properties.get(key), whole.defs, schema, part.defs),
      ),
    ),
  )
}

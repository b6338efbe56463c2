/** Operators that give the keys of records other names: a prefix or a suffix for each, optional ones still optional. */

import { isJsonRecord, type Json, setKey } from '../json.ts'
import type { CheckedSchema } from '../schema-check.ts'
import { type Change, changeOf, changeRecords, type JsonRecord } from './change.ts'

/** `prefixed(schema, 'old')` has the key `old_text` for `text`. */
export const prefixed = (checked: CheckedSchema, prefix: string): Change =>
  renamed(checked, `prefix ${prefix}`, key => `${prefix}_${key}`)

/** `suffixed(schema, 'old')` has the key `text_old` for `text`. */
export const suffixed = (checked: CheckedSchema, suffix: string): Change =>
  renamed(checked, `suffix ${suffix}`, key => `${key}_${suffix}`)

/** The schema of a key that has another name now: a title, where there is one, says the new name. */
export function retitled(schema: Json, key: string): Json {
  if (!isJsonRecord(schema) || typeof schema.title !== 'string') return schema
  const words = key.split('_').filter(word => word !== '')
  return { ...schema, title: words.map(word => (word[0] as string).toUpperCase() + word.slice(1)).join(' ') }
}

function renamed(checked: CheckedSchema, name: string, rename: (key: string) => string): Change {
  return changeOf(checked, name, () =>
    changeRecords(checked, record => ({
      record: {
        ...record,
        properties: new Map(
          [...record.properties].map(([key, schema]) => [rename(key), retitled(schema, rename(key))]),
        ),
        required: new Set([...record.required].map(rename)),
      },
      apply: (value: JsonRecord) => {
        const result: Record<string, Json> = {}
        for (const [key, item] of Object.entries(value)) setKey(result, rename(key), item)
        return result
      },
    })),
  )
}

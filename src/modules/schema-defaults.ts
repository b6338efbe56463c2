/**
 * Filling in the defaults of a schema, as ajv's `useDefaults` does: for properties and tuple items that are absent,
 * also inside of defaults, but not under `anyOf`, `oneOf`, `not` and `if`, where it would depend on the outcome.
 * Ours works on own keys only, so that a property named `constructor` is absent when it is absent.
 */

import { KeyPath } from '../symbolic/index.ts'
import { isJsonRecord, type Json, type JsonSchema, setKey } from './json.ts'
import { resolveRef } from './schema-ref.ts'

export interface Filled {
  readonly json: Json
  /** The key paths that were filled. */
  readonly filled: readonly string[]
}

/** The JSON with defaults filled in. Writes into what it is given, which must be the caller's own copy. */
export function fillDefaults(schema: JsonSchema, json: Json): Filled {
  const filled: string[] = []
  fill({ root: schema, filled }, schema, json, KeyPath.root, 0)
  return { json, filled }
}

/** Whether a schema has a default anywhere; a property that happens to be called so counts too, which costs little. */
export function mentionsDefault(schema: Json): boolean {
  if (Array.isArray(schema)) return schema.some(mentionsDefault)
  if (!isJsonRecord(schema)) return false
  return Object.hasOwn(schema, 'default') || Object.values(schema).some(mentionsDefault)
}

interface Filling {
  readonly root: JsonSchema
  readonly filled: string[]
}

/** References that lead to references, without going down in the data, end here. */
const MAX_HOPS = 32

function fill(filling: Filling, schema: Json | undefined, json: Json, path: KeyPath, hops: number): void {
  if (!isJsonRecord(schema) || typeof json !== 'object' || json === null || hops > MAX_HOPS) return
  if (typeof schema.$ref === 'string') {
    fill(filling, resolveRef(filling.root, schema.$ref), json, path, hops + 1)
  }
  if (Array.isArray(schema.allOf)) {
    for (const part of schema.allOf as Json[]) fill(filling, part, json, path, hops + 1)
  }
  if (isJsonRecord(json)) fillRecord(filling, schema, json as Record<string, Json>, path)
  else fillList(filling, schema, json as Json[], path)
}

function fillRecord(filling: Filling, schema: JsonSchema, record: Record<string, Json>, path: KeyPath): void {
  const { properties, additionalProperties } = schema
  const known = isJsonRecord(properties) ? properties : {}
  for (const [key, property] of Object.entries(known)) {
    const place = path.child(key)
    if (!Object.hasOwn(record, key)) {
      const fallback = defaultOf(filling, property)
      if (fallback === undefined) continue
      setKey(record, key, structuredClone(fallback))
      filling.filled.push(place.toString())
    }
    fill(filling, property, record[key] as Json, place, 0)
  }
  if (!isJsonRecord(additionalProperties)) return
  for (const key of Object.keys(record)) {
    if (!Object.hasOwn(known, key)) {
      fill(filling, additionalProperties, record[key] as Json, path.child(key), 0)
    }
  }
}

function fillList(filling: Filling, schema: JsonSchema, list: Json[], path: KeyPath): void {
  const first = Array.isArray(schema.prefixItems) ? (schema.prefixItems as Json[]) : []
  first.forEach((item, i) => {
    const fallback = i === list.length ? defaultOf(filling, item) : undefined
    if (fallback !== undefined) {
      list.push(structuredClone(fallback) as Json)
      filling.filled.push(path.child(i).toString())
    }
  })
  list.forEach((item, i) => {
    fill(filling, i < first.length ? first[i] : schema.items, item, path.child(i), 0)
  })
}

/** The default of a schema: its own, or the one of what it refers to. */
function defaultOf(filling: Filling, schema: Json | undefined): Json | undefined {
  for (let hops = 0; hops <= MAX_HOPS && isJsonRecord(schema); hops++) {
    if (Object.hasOwn(schema, 'default')) return schema.default
    if (typeof schema.$ref !== 'string') return undefined
    schema = resolveRef(filling.root, schema.$ref)
  }
  return undefined
}

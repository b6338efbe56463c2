/**
 * Whether JSON fits a schema, by reading the schema again for every value. A schema is compiled once for thousands of
 * checks in the library; the laws of operators need thousands of schemas for one check each.
 */

import { isJsonRecord, type Json, type JsonSchema, sameJson } from '../../../src/modules/json.ts'
import { fillDefaults } from '../../../src/modules/schema-defaults.ts'
import { prepareSchema } from '../../../src/modules/schema-prepare.ts'
import { resolveRef } from '../../../src/modules/schema-ref.ts'

/** Whether a value fits once defaults are filled in. */
export function fits(schema: JsonSchema, value: Json): boolean {
  const prepared = prepareSchema(schema)
  const { json } = fillDefaults(prepared, structuredClone(value) as Json)
  return check(prepared, prepared, json) !== null
}

/** The keys that a schema has looked at; null when the value does not fit. */
function check(root: JsonSchema, schema: Json | undefined, value: Json): ReadonlySet<string> | null {
  if (typeof schema === 'boolean') return schema ? new Set() : null
  const known = new Set<string>()
  const {
    type,
    enum: choices,
    const: only,
    $ref,
    allOf,
    anyOf,
    minimum = -Infinity,
    maximum = Infinity,
  } = schema as JsonSchema
  if (type !== undefined && ![type].flat().some(one => isOf(one as string, value))) return null
  if (choices !== undefined && !(choices as readonly Json[]).some(one => sameJson(one, value))) return null
  if (only !== undefined && !sameJson(only, value)) return null
  if (typeof value === 'number' && !(Number(minimum) <= value && value <= Number(maximum))) return null
  const asked = (part: Json | undefined): boolean => {
    const seen = check(root, part, value)
    for (const key of seen ?? []) known.add(key)
    return seen !== null
  }
  if (typeof $ref === 'string' && !asked(resolveRef(root, $ref))) return null
  if (allOf !== undefined && !(allOf as readonly Json[]).map(asked).every(Boolean)) return null
  if (anyOf !== undefined && !(anyOf as readonly Json[]).map(asked).some(Boolean)) return null
  const { if: condition, then: yes = true, else: no = true } = schema as JsonSchema
  if (condition !== undefined && !asked(asked(condition) ? yes : no)) return null
  if (Array.isArray(value) && !checkList(root, schema as JsonSchema, value as readonly Json[])) return null
  if (isJsonRecord(value) && !checkRecord(root, schema as JsonSchema, value, known)) return null
  return known
}

function checkList(root: JsonSchema, schema: JsonSchema, list: readonly Json[]): boolean {
  const { items = true, prefixItems = [], minItems = 0, maxItems = Infinity } = schema
  const first = prefixItems as readonly Json[]
  const isLong = Number(minItems) <= list.length && list.length <= Number(maxItems)
  return isLong && list.every((item, i) => check(root, first[i] ?? items, item) !== null)
}

function checkRecord(root: JsonSchema, schema: JsonSchema, record: JsonSchema, known: Set<string>): boolean {
  const {
    properties = {},
    patternProperties = {},
    additionalProperties,
    unevaluatedProperties,
    required,
  } = schema
  if (((required as readonly string[]) ?? []).some(key => !Object.hasOwn(record, key))) return false
  for (const [key, value] of Object.entries(record)) {
    const parts = Object.entries(patternProperties as JsonSchema).flatMap(([pattern, part]) =>
      new RegExp(pattern, 'u').test(key) ? [part] : [],
    )
    if (Object.hasOwn(properties as JsonSchema, key)) parts.push((properties as JsonSchema)[key] as Json)
    if (parts.length === 0 && additionalProperties !== undefined) parts.push(additionalProperties)
    if (parts.some(part => check(root, part, value) === null)) return false
    if (parts.length > 0) known.add(key)
    const isLeft = unevaluatedProperties !== undefined && !known.has(key)
    if (isLeft && check(root, unevaluatedProperties, value) === null) return false
  }
  if (unevaluatedProperties !== undefined) for (const key of Object.keys(record)) known.add(key)
  return true
}

function isOf(type: string, value: Json): boolean {
  if (type === 'integer') return Number.isInteger(value)
  if (type === 'null') return value === null
  if (type === 'array') return Array.isArray(value)
  return type === 'object' ? isJsonRecord(value) : typeof value === type
}

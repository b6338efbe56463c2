/** JSON Schemas in a line for people: `{ x: number, tags?: string[] }`. What a line cannot say is left out. */

import { isJsonRecord, type Json, type JsonSchema } from '../json.ts'

/** The line of a schema. */
export function shortSchema(schema: JsonSchema | null, depth = 0): string {
  if (schema === null) return 'anything'
  const { const: fixed, enum: values, anyOf, oneOf, $ref, type } = schema
  if (fixed !== undefined) return JSON.stringify(fixed)
  if (Array.isArray(values)) return anyOfTexts(values.map(value => JSON.stringify(value)))
  const parts = anyOf ?? oneOf
  if (Array.isArray(parts)) return anyOfTexts(parts.map(part => shortPart(part, depth)))
  if (typeof $ref === 'string') return $ref.slice($ref.lastIndexOf('/') + 1) || 'itself'
  if (Array.isArray(type)) return anyOfTexts(type.map(one => shortSchema({ ...schema, type: one }, depth)))
  if (type === 'array') {
    const item = shortPart(schema.items, depth)
    return item.includes(' | ') ? `(${item})[]` : `${item}[]`
  }
  if (type === 'object' || isJsonRecord(schema.properties)) return shortRecord(schema, depth)
  return typeof type === 'string' ? type : 'anything'
}

function shortRecord({ properties, required }: JsonSchema, depth: number): string {
  const fields = isJsonRecord(properties) ? Object.entries(properties) : []
  if (fields.length === 0) return '{}'
  if (depth >= DEEPEST) return '{ … }'
  const needed = Array.isArray(required) ? (required as readonly Json[]) : []
  const texts = fields.map(
    ([key, field]) => `${key}${needed.includes(key) ? '' : '?'}: ${shortPart(field, depth + 1)}`,
  )
  return `{ ${texts.join(', ')} }`
}

const shortPart = (part: Json | undefined, depth: number): string =>
  isJsonRecord(part) ? shortSchema(part, depth) : 'anything'

const anyOfTexts = (texts: readonly string[]): string => {
  const shown = [...new Set(texts)]
  return shown.length > MOST ? [...shown.slice(0, MOST), '…'].join(' | ') : shown.join(' | ')
}

const DEEPEST = 3
const MOST = 8

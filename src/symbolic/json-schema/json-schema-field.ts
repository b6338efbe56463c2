/**
 * Fields checked by a JSON Schema as it is written, for what no other field can say. ajv judges the value as a whole, also
 * after a change somewhere inside it.
 */

import type { ErrorObject, ValidateFunction } from 'ajv'
import { INVALID } from '../change/missing.ts'
import { DefinitionError } from '../errors.ts'
import { acceptAny } from '../fields/accept.ts'
import { type Field, type Kind, OF_KIND } from '../fields/field.ts'
import { isRecord } from '../fields/given.ts'
import { makeField } from '../fields/make-field.ts'
import { type Json, toJsonData } from '../json/json-out.ts'
import { type Key, pointerKeys } from '../key-path.ts'
import type { Symbolized } from '../symbolized.ts'
import { show } from '../view/format.ts'
import type { JsonSchema } from './json-schema.ts'
import { compileSchema } from './load-ajv.ts'

/** A schema, and the function that ajv has made of it. */
export interface SchemaRules {
  readonly schema: JsonSchema
  readonly validate: ValidateFunction
}

/**
 * The field of values whose JSON fits a JSON Schema of draft 2020-12. The compiler knows no more than it is told:
 *
 *     f.jsonSchema<{ tags: string[] }>({ type: 'object', properties: { tags: { type: 'array', uniqueItems: true } } })
 *
 * Throws `DefinitionError` when ajv cannot compile the schema.
 */
export function jsonSchema<Data = unknown>(schema: JsonSchema): Field<Symbolized<Data>, Data, false> {
  try {
    const copy = JSON.parse(JSON.stringify(schema)) as JsonSchema
    const data = { schema: copy, validate: compileSchema(copy) } satisfies SchemaRules
    return makeField({ tag: OF_KIND, kind: JSON_SCHEMA, data })
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new DefinitionError('', `the JSON Schema cannot be used: ${why}`, { cause })
  }
}

export const JSON_SCHEMA: Kind = {
  name: 'JSON Schema',
  target: null,
  isWhole: true,
  accept(field, value, reader, depth) {
    const stored = acceptAny(value, reader, depth)
    const json = stored === INVALID ? undefined : jsonOf(stored)
    if (json === undefined) return INVALID
    return (field.rules.data as SchemaRules).validate(json) ? stored : INVALID
  },
  describe(field) {
    const { schema } = field.rules.data as SchemaRules
    const title = isRecord(schema) && typeof schema.title === 'string' ? schema.title : show(schema, 80)
    return `value that fits the JSON Schema ${title}`
  },
  explain(field, value, site) {
    const { validate } = field.rules.data as SchemaRules
    const stored = acceptAny(value, site.reader, site.depth)
    const json = stored === INVALID ? undefined : jsonOf(stored)
    if (json === undefined || validate(json)) return false
    for (const error of validate.errors ?? []) {
      const place = keysOf(json, error.instancePath).reduce((at, key) => at.child(key), site)
      place.say(wordsOf(error))
    }
    return true
  },
  tighten(field, base) {
    const isSame = field.rules.data === base.rules.data
    return isSame ? {} : 'which of two JSON Schemas takes less cannot be told'
  },
}

/** The JSON of a stored value; undefined when it has none. */
function jsonOf(stored: unknown): Json | undefined {
  try {
    return toJsonData(stored)
  } catch {
    return undefined
  }
}

/** The keys of a pointer into JSON: numbers where a list is entered. */
function keysOf(json: unknown, pointer: string): Key[] {
  let at = json
  return pointerKeys(pointer).map(key => {
    const step = Array.isArray(at) ? Number(key) : key
    at = (at as Record<Key, unknown>)[step]
    return step
  })
}

function wordsOf({ message = 'does not fit', keyword, params }: ErrorObject): string {
  const { additionalProperty, allowedValues, allowedValue } = params as Record<string, unknown>
  if (keyword === 'additionalProperties') return `${message}, such as '${String(additionalProperty)}'`
  if (keyword === 'enum') return `${message}: ${show(allowedValues)}`
  return keyword === 'const' ? `${message} ${show(allowedValue)}` : message
}

/** JSON Schema of the kinds of fields that have files of their own. */

import { specOf } from '../class-spec.ts'
import { argsOf, FUNCTOR } from '../fields/callable.ts'
import { DEFERRED, type DeferredData } from '../fields/deferred.ts'
import type { Field, StandardSchema } from '../fields/field.ts'
import { BIGINT_TYPE, BYTES_TYPE, CLASS_TYPE, DATE_TYPE } from '../fields/leaf.ts'
import { BIGINT, BYTES, CLASS, DATE } from '../fields/leaf-fields.ts'
import { STANDARD } from '../fields/standard-schema.ts'
import { type Keys, STRUCT } from '../fields/struct.ts'
import { Positions, TUPLE } from '../fields/tuple.ts'
import { hashString } from '../greens/hash.ts'
import { TUPLE_WORD } from '../greens/list-green.ts'
import type { Spec } from '../greens/spec.ts'
import { Functor } from '../values/functor.ts'
import type { JsonSchema, JsonSchemaObject } from './json-schema.ts'
import { ends } from './json-schema.ts'
import { JSON_SCHEMA, type SchemaRules } from './json-schema-field.ts'
import type { SchemaWriter } from './json-schema-out.ts'

/** The schema of a field of a kind of its own; null when JSON Schema has none. */
export function kindSchema(field: Field, writer: SchemaWriter): JsonSchemaObject | null {
  switch (field.rules.kind) {
    case TUPLE:
      return tupleSchema(field.spec as Spec, writer)
    case STRUCT:
      return structSchema(field.spec as Spec, writer)
    case DATE:
      if (field.rules.min > -Infinity || field.rules.max < Infinity) writer.leaveOut('a range of dates')
      return form(DATE_TYPE, { type: 'string', pattern: DATE_PATTERN })
    case BYTES:
      if (field.rules.min > 0 || field.rules.max < Infinity) writer.leaveOut('a number of bytes')
      return form(BYTES_TYPE, { type: 'string', contentEncoding: 'base64', pattern: BASE64_PATTERN })
    case BIGINT: {
      const { min, max } = field.rules.data as { min?: bigint; max?: bigint }
      if (min !== undefined || max !== undefined) writer.leaveOut('a range of big integers')
      return form(BIGINT_TYPE, { type: 'string', pattern: '^-?(?:0|[1-9][0-9]*)$' })
    }
    case CLASS:
      return form(CLASS_TYPE, { enum: writer.classNames(field.spec as Spec) })
    case FUNCTOR:
      return writer.classes(specOf(Functor), spec => argsOf(field).every(name => spec.slots.has(name)))
    case JSON_SCHEMA:
      return embedded((field.rules.data as SchemaRules).schema)
    case STANDARD:
      return standardSchema(field.rules.data as StandardSchema)
    case DEFERRED:
      return writer.deferred(field.rules.data as DeferredData)
    default:
      return null
  }
}

/** A schema inside another: with an identifier of its own where it refers to parts of itself. */
function embedded(schema: JsonSchema): JsonSchemaObject {
  if (typeof schema === 'boolean') return schema ? {} : { not: {} }
  const text = JSON.stringify(schema)
  const refersToItself = text.includes('"$ref":"#') && schema.$id === undefined
  return refersToItself ? { $id: `urn:espalier:${hashString(text) >>> 0}`, ...schema } : schema
}

/** The JSON Schema that a Standard Schema gives of what it takes, if its library can. */
function standardSchema(schema: StandardSchema): JsonSchemaObject | null {
  const { jsonSchema } = schema['~standard'] as { jsonSchema?: { input?: (options: object) => unknown } }
  const given = jsonSchema?.input?.({ target: 'draft-2020-12' })
  if (typeof given !== 'object' || given === null) return null
  const { $schema: _, ...rest } = given as JsonSchemaObject
  return embedded(rest)
}

const DATE_PATTERN =
  '^(?:[+-]\\d{6}|\\d{4})-\\d{2}-\\d{2}T\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?(?:Z|[+-]\\d{2}:\\d{2})$'
const BASE64_PATTERN = '^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$'

/** What plain JSON cannot say, in its explicit form. */
const form = (type: string, value: JsonSchemaObject): JsonSchemaObject => ({
  type: 'object',
  properties: { _type: { const: type }, value },
  required: ['_type', 'value'],
})

/** A tuple as a plain array, with the word for tuples before it, or either. */
function tupleSchema(spec: Spec, writer: SchemaWriter): JsonSchemaObject {
  const { element, places, minSize, maxSize } = spec
  const prefix = places instanceof Positions ? places.fields.map(each => writer.field(each)) : []
  const rest = places === null ? (element === null ? {} : { items: writer.field(element) }) : { items: false }
  const array = (words: readonly JsonSchemaObject[]): JsonSchemaObject => ({
    type: 'array',
    ...(words.length + prefix.length === 0 ? {} : { prefixItems: [...words, ...prefix] }),
    ...rest,
    ...ends('minItems', minSize + words.length, 'maxItems', maxSize + words.length),
  })
  const { typeNames } = writer.options
  if (typeNames === 'never') return array([])
  const tagged = array([{ const: TUPLE_WORD }])
  return typeNames === 'always' ? tagged : { anyOf: [tagged, array([])] }
}

function structSchema(spec: Spec, writer: SchemaWriter): JsonSchemaObject {
  const { fixed, patterns, rest } = spec.places as Keys
  const keys = [...fixed]
  const required = keys.filter(([, { rules }]) => !rules.hasDefault && !rules.isOptional).map(([key]) => key)
  const others = patterns.map(([pattern, field], i) => {
    if (pattern.flags.replace('u', '') !== '') writer.leaveOut(`the flags of the pattern ${pattern}`)
    return [onlyFor(i, spec.places as Keys), writer.field(field)] as const
  })
  return {
    type: 'object',
    properties: Object.fromEntries(keys.map(([key, field]) => [key, writer.field(field)])),
    ...(required.length === 0 ? {} : { required }),
    ...(others.length === 0 ? {} : { patternProperties: Object.fromEntries(others) }),
    additionalProperties: rest === null ? false : writer.field(rest),
    ...ends('minProperties', spec.minSize, 'maxProperties', spec.maxSize),
  }
}

/** A pattern for the keys that the pattern at an index decides about: in JSON Schema, all that match have their say. */
function onlyFor(index: number, { fixed, patterns }: Keys): string {
  const source = (patterns[index] as readonly [RegExp, Field])[0].source
  const earlier = patterns.slice(0, index).map(([pattern]) => `(?![\\s\\S]*(?:${pattern.source}))`)
  const own = [...fixed.keys()].filter(key => patterns[index]?.[0].test(key)).map(escaped)
  if (earlier.length === 0 && own.length === 0) return source
  const notOwn = own.length === 0 ? '' : `(?!(?:${own.join('|')})$)`
  return `^${earlier.join('')}${notOwn}(?=[\\s\\S]*(?:${source}))`
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')

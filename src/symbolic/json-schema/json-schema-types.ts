/** Fields for the types of JSON Schema: numbers, strings, arrays and objects, with the keywords that go with each. */

import { SymError } from '../errors.ts'
import type { Field } from '../fields/field.ts'
import { f } from '../fields/fields.ts'
import { isRecord } from '../fields/given.ts'
import { show } from '../view/format.ts'
import type { JsonSchemaObject } from './json-schema.ts'
import { pointerTo, unsayable } from './json-schema.ts'

/** Reads the schemas inside a schema. */
interface Reads {
  read(schema: unknown, pointer: string): Field
}

export function numberField(isInteger: boolean, schema: JsonSchemaObject, pointer: string): Field {
  const { multipleOf } = schema
  if (multipleOf !== undefined && !(multipleOf === 1 && isInteger)) {
    throw unsayable(pointerTo(pointer, 'multipleOf'), 'fields know no multiples')
  }
  const end = (keyword: 'minimum' | 'maximum', exclusive: string, step: number): number | undefined => {
    const inner = numberOf(schema, keyword, pointer)
    const outer = numberOf(schema, exclusive, pointer)
    if (outer === undefined) return inner
    if (!isInteger) throw unsayable(pointerTo(pointer, exclusive), 'the ends of a range belong to it')
    const nearest = step > 0 ? Math.floor(outer) + 1 : Math.ceil(outer) - 1
    return inner === undefined ? nearest : step > 0 ? Math.max(inner, nearest) : Math.min(inner, nearest)
  }
  const min = end('minimum', 'exclusiveMinimum', 1)
  const max = end('maximum', 'exclusiveMaximum', -1)
  const range = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) }
  return saying(pointer, () => (isInteger ? f.int(range) : f.float(range)))
}

export function stringField(schema: JsonSchemaObject, pointer: string): Field {
  const minLength = numberOf(schema, 'minLength', pointer)
  const maxLength = numberOf(schema, 'maxLength', pointer)
  const { pattern } = schema
  if (pattern !== undefined && typeof pattern !== 'string') {
    throw unsayable(pointerTo(pointer, 'pattern'), `a pattern is text, got ${show(pattern)}`)
  }
  return saying(pointer, () =>
    f.string({
      ...(minLength === undefined ? {} : { minLength }),
      ...(maxLength === undefined ? {} : { maxLength }),
      ...(pattern === undefined ? {} : { pattern: patternOf(pattern) }),
    }),
  )
}

/** JSON Schema reads patterns as Unicode; what only older rules can read is taken by those. */
function patternOf(source: string): RegExp {
  try {
    return new RegExp(source, 'u')
  } catch {
    return new RegExp(source)
  }
}

export function arrayField(schema: JsonSchemaObject, pointer: string, reader: Reads): Field {
  const { items, uniqueItems } = schema
  const prefixItems = schema.prefixItems ?? (items === false ? [] : undefined)
  if (uniqueItems === true) throw unsayable(pointerTo(pointer, 'uniqueItems'), 'lists may hold a value twice')
  const minSize = numberOf(schema, 'minItems', pointer)
  const maxSize = numberOf(schema, 'maxItems', pointer)
  if (prefixItems !== undefined) {
    if (!Array.isArray(prefixItems))
      throw unsayable(pointerTo(pointer, 'prefixItems'), 'it must be a list of schemas')
    const count = prefixItems.length
    const isFixed =
      (items === false || maxSize === count) && (minSize ?? 0) === count && (maxSize ?? count) >= count
    if (!isFixed) {
      throw unsayable(pointer, `a tuple has all its positions: say "items": false and "minItems": ${count}`)
    }
    return f.tuple(prefixItems.map((each, i) => reader.read(each, pointerTo(pointer, 'prefixItems', i))))
  }
  const element = items === undefined ? f.any() : reader.read(items, pointerTo(pointer, 'items'))
  return saying(pointer, () => f.list(element, sizes(minSize, maxSize)))
}

/** The field of a schema of objects, the fields of its properties, and whether it is more than these. */
export function objectField(
  schema: JsonSchemaObject,
  pointer: string,
  reader: Reads,
): { field: Field; fields: Record<string, Field>; isOpen: boolean } {
  const { properties = {}, required = [], additionalProperties = true, patternProperties = {} } = schema
  if (!isRecord(properties))
    throw unsayable(pointerTo(pointer, 'properties'), 'it must be a record of schemas')
  if (!isRecord(patternProperties)) {
    throw unsayable(pointerTo(pointer, 'patternProperties'), 'it must be a record of schemas')
  }
  if (!Array.isArray(required)) throw unsayable(pointerTo(pointer, 'required'), 'it must be a list of names')
  const minSize = numberOf(schema, 'minProperties', pointer)
  const maxSize = numberOf(schema, 'maxProperties', pointer)
  const patterns = Object.entries(patternProperties).map(([source, each]) => {
    const field = reader.read(each, pointerTo(pointer, 'patternProperties', source))
    return [saying(pointer, () => patternOf(source)), field] as const
  })
  if (patterns.length > 1) {
    throw unsayable(
      pointerTo(pointer, 'patternProperties'),
      'the first pattern that matches a key decides about it',
    )
  }
  const rest =
    additionalProperties === false
      ? null
      : reader.read(additionalProperties, pointerTo(pointer, 'additionalProperties'))
  const fields: Record<string, Field> = Object.create(null)
  for (const key of new Set([...Object.keys(properties), ...(required as string[])])) {
    const here = pointerTo(pointer, 'properties', key)
    if (patterns.some(([pattern]) => pattern.test(key))) {
      throw unsayable(
        here,
        `the key is also asked for by a pattern, and only one of them can decide about it`,
      )
    }
    const isRequired = required.includes(key)
    const schemaOf = Object.hasOwn(properties, key)
      ? properties[key]
      : rest === null
        ? false
        : additionalProperties
    const field = reader.read(schemaOf, here)
    if (isRequired && field.rules.hasDefault)
      fields[key] = field.with({ hasDefault: false, initial: undefined })
    else fields[key] = isRequired || field.rules.hasDefault ? field : field.optional()
  }
  const isOpen = rest !== null || patterns.length > 0 || minSize !== undefined || maxSize !== undefined
  const isDict = Object.keys(fields).length === 0 && patterns.length === 0 && rest !== null
  const field = saying(pointer, (): Field => {
    if (isDict) return f.dict(rest, sizes(minSize, maxSize))
    return f.struct(fields, { patterns, ...(rest === null ? {} : { rest }), ...sizes(minSize, maxSize) })
  })
  return { field, fields, isOpen }
}

const sizes = (minSize: number | undefined, maxSize: number | undefined) => ({
  ...(minSize === undefined ? {} : { minSize }),
  ...(maxSize === undefined ? {} : { maxSize }),
})

function numberOf(schema: JsonSchemaObject, keyword: string, pointer: string): number | undefined {
  const value = schema[keyword]
  if (value === undefined || (typeof value === 'number' && Number.isFinite(value))) return value
  throw unsayable(pointerTo(pointer, keyword), `it must be a number, got ${show(value)}`)
}

/** What a field says against its rules, with the place in the schema. */
function saying<Result>(pointer: string, make: () => Result): Result {
  try {
    return make()
  } catch (error) {
    if (error instanceof SymError || error instanceof SyntaxError) throw unsayable(pointer, error.message)
    throw error
  }
}

/**
 * Fields from JSON Schema (draft 2020-12), for what fields can say. What they cannot is an error that names the place in
 * the schema by a JSON pointer: a schema is taken as it is meant, or not at all.
 */

import { deferred } from '../fields/deferred.ts'
import type { Field } from '../fields/field.ts'
import { f } from '../fields/fields.ts'
import { isRecord } from '../fields/given.ts'
import { acceptOrThrow } from '../fields/refusal.ts'
import { isGreen } from '../greens/spec.ts'
import { READER } from '../json/json-in.ts'
import { pointerKeys } from '../key-path.ts'
import { makeNode } from '../node.ts'
import { show } from '../view/format.ts'
import { type JsonSchema, type JsonSchemaObject, pointerTo, unsayable } from './json-schema.ts'
import { arrayField, numberField, objectField, stringField } from './json-schema-types.ts'

/**
 * The field that takes what a schema takes. References may lead anywhere within the schema, also in circles.
 *
 *     fieldFromJsonSchema({ type: 'array', items: { type: 'integer' } })     // f.list(f.int())
 *
 * Objects with properties become structs. Throws `DefinitionError` with a JSON pointer at what fields cannot say.
 */
export function fieldFromJsonSchema(schema: JsonSchema): Field {
  return new SchemaReader(schema).read(schema, '')
}

/**
 * The fields of a class for the properties of a schema of objects. Unknown keys are refused, as by every class.
 *
 *     class Person extends SymObject.define('Person', fieldsFromJsonSchema(personSchema)) {}
 */
export function fieldsFromJsonSchema(schema: JsonSchema): Record<string, Field> {
  const reader = new SchemaReader(schema)
  const { object, pointer } = reader.target(schema, '')
  if (object.type !== 'object') throw unsayable(pointerTo(pointer, 'type'), `a class needs the type 'object'`)
  const closed = { ...object, additionalProperties: object.additionalProperties ?? false }
  const { fields, isOpen } = objectField(closed, pointer, reader)
  if (isOpen)
    throw unsayable(pointer, 'a class has fixed fields: no patterns, sizes or additional properties')
  return fields
}

/** Keywords that say something about a value without checking it. */
const ANNOTATIONS: ReadonlySet<string> = new Set([
  '$schema',
  '$comment',
  '$defs',
  'definitions',
  '$id',
  'title',
  'description',
  'default',
  'examples',
  'deprecated',
  'readOnly',
  'writeOnly',
  'format',
  'contentEncoding',
  'contentMediaType',
])

/** The keywords that check values of each type. */
const KEYWORDS: Readonly<Record<string, readonly string[]>> = {
  string: ['minLength', 'maxLength', 'pattern'],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  integer: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  array: ['items', 'prefixItems', 'minItems', 'maxItems', 'uniqueItems'],
  object: [
    'properties',
    'required',
    'additionalProperties',
    'patternProperties',
    'minProperties',
    'maxProperties',
  ],
  boolean: [],
  null: [],
}

/** Reads one schema; knows the fields of the references it has met. */
export class SchemaReader {
  readonly #root: JsonSchema
  readonly #known = new Map<string, Field | null>()

  constructor(root: JsonSchema) {
    this.#root = root
  }

  read(schema: unknown, pointer: string): Field {
    if (schema === true) return f.any()
    if (!isRecord(schema)) throw unsayable(pointer, `a schema is an object or true, got ${show(schema)}`)
    return this.#described(this.#value(schema, pointer), schema, pointer)
  }

  /** The schema that a chain of references leads to. */
  target(schema: unknown, pointer: string, hops = 0): { object: JsonSchemaObject; pointer: string } {
    if (!isRecord(schema)) throw unsayable(pointer, `expected a schema of objects, got ${show(schema)}`)
    if (typeof schema.$ref !== 'string' || Object.hasOwn(schema, 'properties'))
      return { object: schema, pointer }
    if (hops > MAX_HOPS) throw unsayable(pointer, 'its references go in a circle')
    const found = this.#find(schema.$ref, pointer)
    return this.target(found.schema, found.pointer, hops + 1)
  }

  #described(field: Field, schema: JsonSchemaObject, pointer: string): Field {
    const { description, title } = schema
    const words = typeof description === 'string' ? description : title
    const told = typeof words === 'string' && words !== '' ? field.describe(words) : field
    if (!Object.hasOwn(schema, 'default')) return told
    const stored = acceptOrThrow(`the default at '${pointer || '#'}'`, [], field, schema.default, READER)
    return told.default(isGreen(stored) ? makeNode(stored, null, '') : stored)
  }

  #value(schema: JsonSchemaObject, pointer: string): Field {
    const given = Object.keys(schema).filter(
      key => !ANNOTATIONS.has(key) && !key.startsWith('x-') && schema[key] !== undefined,
    )
    const only = (...keywords: readonly string[]): void => {
      const other = given.find(key => !keywords.includes(key))
      if (other === undefined) return
      const why = ALL_KEYWORDS.has(other)
        ? `'${other}' does not go together with '${given.find(key => keywords.includes(key))}' here`
        : `the keyword '${other}' is not among those that fields know`
      throw unsayable(pointerTo(pointer, other), why)
    }
    if (given.length === 0) return f.any()
    if (Object.hasOwn(schema, '$ref')) {
      only('$ref')
      return this.#reference(schema.$ref, pointer)
    }
    if (Object.hasOwn(schema, 'const')) {
      only('const', 'type')
      return this.#choices([schema.const], schema, pointerTo(pointer, 'const'))
    }
    if (Object.hasOwn(schema, 'enum')) {
      only('enum', 'type')
      return this.#choices(schema.enum, schema, pointerTo(pointer, 'enum'))
    }
    for (const keyword of ['anyOf', 'oneOf', 'allOf'] as const) {
      if (!Object.hasOwn(schema, keyword)) continue
      only(keyword)
      return this.#combined(keyword, schema[keyword], pointer)
    }
    const types = Array.isArray(schema.type) ? schema.type : [schema.type]
    const unknown = types.findIndex(type => !Object.hasOwn(KEYWORDS, String(type)))
    if (unknown >= 0) {
      const first = given.find(key => key !== 'type') ?? 'type'
      if (schema.type === undefined) {
        only('type', ...ALL_KEYWORDS)
        throw unsayable(pointerTo(pointer, first), `'${first}' without 'type' lets every other type in`)
      }
      throw unsayable(pointerTo(pointer, 'type'), `${show(types[unknown])} is not a type of JSON Schema`)
    }
    only('type', ...types.flatMap(type => KEYWORDS[type as string] ?? []))
    return this.#ofTypes(types as string[], schema, pointer)
  }

  #ofTypes(types: readonly string[], schema: JsonSchemaObject, pointer: string): Field {
    const fields = types.filter(type => type !== 'null').map(type => this.#ofType(type, schema, pointer))
    const [first, second, ...others] = fields
    if (first === undefined) return f.literal(null)
    const field: Field = second === undefined ? first : f.union(first, second, ...others)
    return types.includes('null') ? field.nullable() : field
  }

  #ofType(type: string, schema: JsonSchemaObject, pointer: string): Field {
    switch (type) {
      case 'boolean':
        return f.bool()
      case 'string':
        return stringField(schema, pointer)
      case 'array':
        return arrayField(schema, pointer, this)
      case 'object':
        return objectField(schema, pointer, this).field
      default:
        return numberField(type === 'integer', schema, pointer)
    }
  }

  #choices(values: unknown, schema: JsonSchemaObject, pointer: string): Field {
    if (!Array.isArray(values) || values.length === 0) throw unsayable(pointer, 'it must be a list of values')
    const types = schema.type === undefined ? null : [schema.type].flat()
    const fitting = values.filter(value => types === null || types.some(type => isOfType(value, type)))
    if (fitting.length === 0) throw unsayable(pointer, 'no value is of the type it asks for')
    const strange = fitting.findIndex(value => typeof value === 'object' && value !== null)
    if (strange >= 0)
      throw unsayable(pointer, `${show(fitting[strange])} is no text, number, boolean or null`)
    return f.enum(...(fitting as [string]))
  }

  #combined(keyword: string, given: unknown, pointer: string): Field {
    const here = pointerTo(pointer, keyword)
    if (!Array.isArray(given) || given.length === 0) throw unsayable(here, 'it must be a list of schemas')
    if (given.length > 1 && keyword === 'allOf')
      throw unsayable(here, 'a field cannot ask for several schemas at once')
    if (given.length > 1 && keyword === 'oneOf' && !areDisjoint(given)) {
      throw unsayable(here, 'its schemas may overlap, and a field cannot ask for exactly one; use anyOf')
    }
    const isNull = (schema: unknown): boolean => isRecord(schema) && schema.type === 'null'
    const fields = given.flatMap((schema, i) =>
      isNull(schema) ? [] : [this.read(schema, pointerTo(here, i))],
    )
    const [first, second, ...others] = fields
    if (first === undefined) return f.literal(null)
    const field: Field = second === undefined ? first : f.union(first, second, ...others)
    return given.some(isNull) ? field.nullable() : field
  }

  /** The field of a reference; one that is still being read is looked up when it is first needed. */
  #reference($ref: unknown, pointer: string): Field {
    const found = this.#find($ref, pointerTo(pointer, '$ref'))
    const known = this.#known.get(found.pointer)
    if (known !== undefined && known !== null) return known
    const name = pointerKeys(found.pointer).at(-1) ?? 'root'
    if (known === null || found.schema === this.#root) {
      return deferred(name, () => this.#known.get(found.pointer) ?? this.#rootField())
    }
    this.#known.set(found.pointer, null)
    const field = this.read(found.schema, found.pointer)
    this.#known.set(found.pointer, field)
    return field
  }

  #rootField(): Field {
    const field = this.#known.get('') ?? this.read(this.#root, '')
    this.#known.set('', field)
    return field
  }

  #find($ref: unknown, pointer: string): { schema: unknown; pointer: string } {
    if (typeof $ref !== 'string' || !/^#(?:\/|$)/.test($ref)) {
      throw unsayable(
        pointer,
        `only references within the schema are followed, like '#/$defs/name', got ${show($ref)}`,
      )
    }
    const to = decodeURIComponent($ref.slice(1))
    let schema: unknown = this.#root
    for (const key of pointerKeys(to)) {
      const isThere = typeof schema === 'object' && schema !== null && Object.hasOwn(schema, key)
      if (!isThere) throw unsayable(pointer, `there is nothing at '${$ref}'`)
      schema = (schema as Record<string, unknown>)[key]
    }
    return { schema, pointer: to }
  }
}

const MAX_HOPS = 100

const ALL_KEYWORDS: ReadonlySet<string> = new Set([
  ...Object.values(KEYWORDS).flat(),
  ...['type', 'enum', 'const', '$ref', 'anyOf', 'oneOf', 'allOf'],
])

function isOfType(value: unknown, type: unknown): boolean {
  switch (type) {
    case 'null':
      return value === null
    case 'integer':
      return Number.isInteger(value)
    case 'array':
      return Array.isArray(value)
    case 'object':
      return isRecord(value)
    default:
      return typeof value === type
  }
}

/** Whether no value can fit two of the schemas: their types differ, or a required property has different constants. */
function areDisjoint(schemas: readonly unknown[]): boolean {
  return schemas.every((a, i) =>
    schemas.slice(i + 1).every(b => isRecord(a) && isRecord(b) && areApart(a, b)),
  )
}

function areApart(a: JsonSchemaObject, b: JsonSchemaObject): boolean {
  const [types, others] = [typesOf(a), typesOf(b)]
  if (types !== null && others !== null && !types.some(type => others.includes(type))) return true
  const [own, their] = [constantsOf(a), constantsOf(b)]
  return Object.keys(own).some(key => Object.hasOwn(their, key) && own[key] !== their[key])
}

function typesOf(schema: JsonSchemaObject): string[] | null {
  if (Object.hasOwn(schema, 'const')) return [schema.const === null ? 'null' : typeof schema.const]
  if (schema.type === undefined) return null
  // Every integer is a number.
  return [schema.type].flat().map(type => (type === 'integer' ? 'number' : String(type)))
}

/** The constants of the required properties of a schema of objects, and its own constant under the empty key. */
function constantsOf(schema: JsonSchemaObject): Record<string, unknown> {
  const constants: Record<string, unknown> = Object.create(null)
  if (Object.hasOwn(schema, 'const')) constants[''] = schema.const
  const { properties, required } = schema
  if (!isRecord(properties) || !Array.isArray(required)) return constants
  for (const key of required) {
    const property = Object.hasOwn(properties, key) ? properties[key] : null
    if (isRecord(property) && Object.hasOwn(property, 'const')) constants[key] = property.const
  }
  return constants
}

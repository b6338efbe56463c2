/** Random schemas of records with values that fit them, over a few keys, so that names collide and masks match. */

import fc from 'fast-check'
import { type Json, type JsonSchema, setKey } from '../../../src/modules/json.ts'
import { type CheckedSchema, checkedSchema } from '../../../src/modules/schema-check.ts'
import { fillDefaults } from '../../../src/modules/schema-defaults.ts'
import { fits } from './fits.ts'

export const KEYS = ['a', 'a_1', 'a_2', 'b', 'as', 'bs', 'b_1', 'constructor']
const DEFS: { readonly [name: string]: JsonSchema } = {
  Leaf: { type: 'integer', minimum: 0, maximum: 3 },
  Pair: {
    type: 'object',
    properties: { a: { $ref: '#/$defs/Leaf' }, b: { type: 'string' } },
    required: ['a'],
  },
  Tree: {
    type: 'object',
    properties: { b: { $ref: '#/$defs/Leaf' }, as: { type: 'array', items: { $ref: '#/$defs/Tree' } } },
    required: ['b'],
  },
}

const key = fc.constantFrom(...KEYS)
const leaf: fc.Arbitrary<JsonSchema> = fc.constantFrom<JsonSchema>(
  { type: 'string', title: 'Text' },
  { type: 'integer' },
  { type: ['boolean', 'null'] },
  { enum: [1, 'two', { a: 1, b: [2] }] },
  { const: { b: 1 } },
  {},
  { $ref: '#/$defs/Leaf' },
  { $ref: '#/$defs/Pair' },
  { $ref: '#/$defs/Tree' },
  { type: 'object' },
)

/** A schema of records; its parts are of at most the given depth. */
function records(depth: number, canJoin = true): fc.Arbitrary<JsonSchema> {
  const plain = fc
    .record({
      properties: fc.dictionary(key, schemas(depth - 1), { maxKeys: 4 }),
      required: fc.uniqueArray(key),
      rest: fc.constantFrom<Json | undefined>(undefined, undefined, false, true, { type: 'integer' }),
      withDefault: fc.boolean(),
    })
    .map(({ properties, required, rest, withDefault }): JsonSchema => {
      const named = Object.fromEntries(
        Object.entries(properties).map(([name, schema]) =>
          withDefault && schema.type === 'string' ? [name, { ...schema, default: 'x' }] : [name, schema],
        ),
      )
      const needed = required.filter(name => Object.hasOwn(named, name))
      return {
        type: 'object',
        properties: named,
        ...(needed.length > 0 ? { required: needed } : {}),
        ...(rest === undefined ? {} : { additionalProperties: rest }),
      }
    })
  if (!canJoin || depth <= 0) return plain
  const part = records(depth - 1, false)
  return fc.oneof(
    { weight: 6, arbitrary: plain },
    { weight: 1, arbitrary: fc.array(part, { minLength: 1, maxLength: 3 }).map(anyOf => ({ anyOf })) },
    { weight: 1, arbitrary: fc.constant<JsonSchema>({ $ref: '#/$defs/Pair' }) },
    { weight: 1, arbitrary: fc.constant<JsonSchema>({ $ref: '#/$defs/Tree' }) },
    {
      weight: 1,
      arbitrary: part.map(({ additionalProperties: _, ...first }) => ({
        allOf: [first, { properties: { b: {} } }, { $ref: '#/$defs/Pair' }],
      })),
    },
    {
      weight: 1,
      arbitrary: part.map(({ additionalProperties: _, ...first }) => ({
        ...first,
        if: { properties: { a: { const: 1 } }, required: ['a'] },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: { properties: { a: {}, b: { type: 'integer' } }, required: ['b'] },
        else: { properties: { a: { type: 'string' } } },
      })),
    },
  )
}

function schemas(depth: number): fc.Arbitrary<JsonSchema> {
  if (depth <= 0) return leaf
  return fc.oneof(
    leaf,
    records(depth, false),
    schemas(depth - 1).map((items): JsonSchema => ({ type: 'array', items, minItems: 1 })),
    fc.tuple(schemas(depth - 1), schemas(depth - 1)).map((anyOf): JsonSchema => ({ anyOf })),
  )
}

const json = fc.jsonValue({ maxDepth: 1 }) as fc.Arbitrary<Json>

/** Values that are likely to fit a schema. */
function valuesOf(schema: Json, depth: number): fc.Arbitrary<Json> {
  if (typeof schema === 'boolean') return json
  const {
    type,
    properties = {},
    required = [],
    additionalProperties: rest,
    $ref,
    anyOf,
    allOf,
  } = schema as JsonSchema & {
    required?: readonly string[]
    anyOf?: readonly Json[]
    allOf?: readonly Json[]
  }
  if (typeof $ref === 'string') return valuesOf(DEFS[$ref.slice('#/$defs/'.length)] as Json, depth - 1)
  if (anyOf !== undefined) return fc.oneof(...anyOf.map(part => valuesOf(part, depth)))
  if (allOf !== undefined) {
    const parts = allOf.map(part => valuesOf(part, depth))
    return fc.tuple(...parts).map(all => Object.assign({}, ...all) as Json)
  }
  if (schema !== null && 'const' in (schema as object))
    return fc.constant((schema as JsonSchema).const as Json)
  if (Array.isArray((schema as JsonSchema).enum))
    return fc.constantFrom(...((schema as JsonSchema).enum as Json[]))
  if (type === 'integer') return fc.integer({ min: 0, max: 3 })
  if (type === 'string') return fc.string({ maxLength: 2 })
  if (Array.isArray(type)) return fc.constantFrom<Json>(true, null)
  if (type === 'array') {
    return fc.array(valuesOf((schema as JsonSchema).items ?? {}, depth - 1), {
      minLength: 1,
      maxLength: depth > 0 ? 2 : 1,
    })
  }
  if (type !== 'object' && properties === undefined) return json
  if (type === undefined && Object.keys(properties as object).length === 0) return json
  const named = Object.entries(properties as JsonSchema).filter(
    ([name]) => depth > 0 || required.includes(name),
  )
  const values = named.map(([name, part]) => {
    const value = valuesOf(part, depth - 1)
    return required.includes(name) ? value : fc.option(value, { nil: undefined })
  })
  const others =
    rest === undefined || rest === false
      ? fc.constant({})
      : fc.dictionary(fc.constantFrom('a', 'b_1', 'other', 'bs'), valuesOf(rest, depth - 1), { maxKeys: 2 })
  return fc.tuple(fc.tuple(...values), others).map(([all, extra]) => {
    const record: Record<string, Json> = {}
    all.forEach((value, i) => {
      if (value !== undefined) setKey(record, named[i]?.[0] as string, value)
    })
    for (const [name, value] of Object.entries(extra))
      if (!Object.hasOwn(record, name)) setKey(record, name, value)
    return record
  })
}

/** A schema, with a value that fits it. */
export interface Fitting {
  readonly checked: CheckedSchema
  readonly value: Json
}

/** Random schemas of records, with values that fit. */
export const fitting = (depth = 3): fc.Arbitrary<Fitting> => withValues(records(depth), depth)

/** Schemas of plain records, whose keys are known, with values that fit. */
export const plainlyFitting = (depth = 2): fc.Arbitrary<Fitting> => withValues(records(depth, false), depth)

const withValues = (schemas: fc.Arbitrary<JsonSchema>, depth: number): fc.Arbitrary<Fitting> =>
  schemas
    .chain(schema =>
      valuesOf(schema, depth).map(value => ({ schema: { ...schema, $defs: DEFS } as JsonSchema, value })),
    )
    .filter(({ schema, value }) => fits(schema, value))
    .map(({ schema, value }) => {
      const checked = checkedSchema(schema)
      return { checked, value: fillDefaults(checked.prepared, structuredClone(value) as Json).json }
    })

/**
 * Where schemas come from: JSON Schema as it is, fields and classes of trees, and Standard Schemas that can give their
 * JSON Schema, as those of zod and ArkType can. What a Standard Schema checks beyond its JSON Schema is asked as well.
 */

import { KeyPath, toJsonSchema } from '../symbolic/index.ts'
import { DataError, type DataProblem, problem } from './data-error.ts'
import { isJsonRecord, type Json } from './json.ts'
import type { SchemaSource, StandardSource } from './schema-types.ts'

/** A schema, and what else there is to ask about a value that fits it. */
export interface Sourced {
  readonly schema: unknown
  readonly more: ((value: Json) => readonly DataProblem[]) | null
}

/** The JSON Schema of a source. Throws `DataError` for a Standard Schema that cannot give one. */
export function schemaOfSource(source: SchemaSource): Sourced {
  if (!isStandard(source)) return { schema: source, more: null }
  // Our fields and classes are Standard Schemas too, and say what they store.
  if (source['~standard'].vendor === 'espalier') return { schema: schemaOfField(source), more: null }
  return { schema: schemaOfStandard(source), more: value => problemsOf(source, value) }
}

function isStandard(source: unknown): source is StandardSource {
  const isObject = (typeof source === 'object' && source !== null) || typeof source === 'function'
  return isObject && '~standard' in source
}

function schemaOfField(source: StandardSource): unknown {
  try {
    return toJsonSchema(source as unknown as Parameters<typeof toJsonSchema>[0], { typeNames: 'never' })
  } catch (cause) {
    throw refused(source, cause, 'cannot be made from this field or class')
  }
}

function schemaOfStandard(source: StandardSource): unknown {
  const { vendor, jsonSchema } = source['~standard'] as StandardSource['~standard'] & {
    readonly jsonSchema?: { readonly output?: (options: { readonly target: string }) => unknown }
  }
  if (typeof jsonSchema?.output !== 'function') {
    const how = `give its JSON Schema, as in DataModel.of<Value>(toJsonSchema(schema))`
    throw refused(source, undefined, `cannot be told by the ${vendor} schema itself: ${how}`)
  }
  try {
    return jsonSchema.output({ target: 'draft-2020-12' })
  } catch (cause) {
    throw refused(source, cause, `cannot be made from the ${vendor} schema`)
  }
}

function refused(source: unknown, cause: unknown, message: string): DataError {
  const why = cause instanceof Error ? `${message}: ${cause.message}` : message
  return DataError.of('schema', [problem('', source, 'a JSON Schema', why)], cause)
}

/** What a Standard Schema finds wrong with a value that fits its JSON Schema. */
function problemsOf(source: StandardSource, value: Json): DataProblem[] {
  const { vendor, validate } = source['~standard']
  let result: unknown
  try {
    result = validate(value)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return [problem('', value, `data for the ${vendor} schema`, `cannot be checked: ${why}`)]
  }
  if (result instanceof Promise) {
    result.catch(() => {})
    const why = `cannot be checked: the ${vendor} schema answers later, and data is checked at once`
    return [problem('', value, `data for the ${vendor} schema`, why)]
  }
  const { issues = [] } = result as { issues?: readonly Issue[] }
  return issues.map(({ message, path = [] }) => {
    const keys = path.map(step => (typeof step === 'object' ? step.key : step))
    const place = KeyPath.of(...keys.map(key => (typeof key === 'number' ? key : String(key))))
    return problem(place.toString(), valueAt(value, keys), message, `does not fit: ${message}`)
  })
}

interface Issue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[]
}

function valueAt(value: Json, keys: readonly PropertyKey[]): Json | undefined {
  let at: Json | undefined = value
  for (const key of keys) {
    if (Array.isArray(at)) at = (at as readonly Json[])[Number(key)]
    else at = isJsonRecord(at) && Object.hasOwn(at, key) ? at[String(key)] : undefined
  }
  return at
}

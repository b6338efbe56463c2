/**
 * Checking JSON against a JSON Schema (draft 2020-12, with draft 7's tuples) by ajv, which is loaded with the first
 * check and writes one function per schema. Equal schemas share their functions: models are made again and again when
 * trees are loaded, copied and changed.
 */

import { createRequire } from 'node:module'
import type { ValidateFunction } from 'ajv'
import type { Ajv2020 } from 'ajv/dist/2020.js'
import { equals, hash } from '../symbolic/index.ts'
import { DataError, type DataProblem, notJson, problem } from './data-error.ts'
import { copyJson, frozen, type Json, type JsonSchema } from './json.ts'
import { mentionsDefault } from './schema-defaults.ts'
import { prepareSchema } from './schema-prepare.ts'
import { problemsOfErrors } from './schema-problems.ts'

/** A schema that was found fit, and what can be asked about it. */
export class CheckedSchema {
  /** As it was given, frozen. */
  readonly schema: JsonSchema
  /** As it is checked: unknown keys refused, in the words of draft 2020-12. */
  readonly prepared: JsonSchema
  readonly hasDefaults: boolean
  #first: ValidateFunction | null = null
  #all: ValidateFunction | null = null

  constructor(schema: JsonSchema) {
    this.schema = schema
    this.prepared = prepareSchema(schema)
    this.hasDefaults = mentionsDefault(this.prepared)
  }

  /** Whether JSON fits as it is. */
  accepts(json: Json): boolean {
    this.#first ??= compile(this.prepared, false)
    try {
      return this.#first(json)
    } catch {
      return false
    }
  }

  /** Everything that is wrong with JSON that does not fit. */
  problems(json: Json): DataProblem[] {
    this.#all ??= compile(this.prepared, true)
    try {
      if (this.#all(json)) return []
    } catch (error) {
      // A schema that refers to itself without end overflows the stack; the data is refused, whatever it is.
      const why = error instanceof Error ? error.message : String(error)
      return [problem('', json, 'data the schema can check', `cannot be checked by its schema: ${why}`)]
    }
    return problemsOfErrors(this.#all.errors ?? [], json)
  }
}

const CACHED = 1000
const cache = new Map<number, CheckedSchema[]>()
let cached = 0

/** The checked form of a schema; equal schemas have one and the same. Throws `DataError` for what is no schema. */
export function checkedSchema(schema: unknown): CheckedSchema {
  const copied = copyJson(schema)
  if (!copied.ok) throw DataError.of('schema', [notJson(copied)])
  const key = hash(copied.json)
  const known = cache.get(key)?.find(other => equals(other.schema, copied.json))
  if (known !== undefined) return known
  const checked = new CheckedSchema(frozen(copied.json as JsonSchema))
  if (++cached > CACHED) {
    cache.clear()
    cached = 1
  }
  cache.set(key, [...(cache.get(key) ?? []), checked])
  return checked
}

function compile(schema: JsonSchema, allErrors: boolean): ValidateFunction {
  const ajv = ajvFor(allErrors)
  try {
    return ajv.compile(schema)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw DataError.of('schema', [problem('', schema, 'a JSON Schema', `cannot be used: ${why}`)], cause)
  } finally {
    // Our own cache is bounded; ajv's is not.
    ajv.removeSchema(schema)
  }
}

const ajvs: { first: Ajv2020 | null; all: Ajv2020 | null } = { first: null, all: null }

function ajvFor(allErrors: boolean): Ajv2020 {
  const kind = allErrors ? 'all' : 'first'
  let ajv = ajvs[kind]
  if (ajv === null) {
    // Loaded when used, and at once: trees are checked by hooks, which cannot wait.
    const load = createRequire(import.meta.url)
    const { Ajv2020: Ajv } = load('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js')
    ajv = new Ajv({
      allErrors,
      verbose: allErrors,
      strictSchema: true,
      strictTypes: false,
      strictTuples: false,
      strictRequired: false,
      allowUnionTypes: true,
      allowMatchingProperties: true,
      validateFormats: false,
      ownProperties: true,
      // Keywords are checked when compiled; the meta-schema would add 50 ms to every first use.
      meta: false,
      validateSchema: false,
      addUsedSchema: false,
      logger: false,
    })
    ajvs[kind] = ajv
  }
  return ajv
}

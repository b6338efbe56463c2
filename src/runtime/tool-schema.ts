// Schemas of what a tool takes and gives, as one function that lets a value pass or says what is wrong with it.
// A schema is a Standard Schema (zod, valibot, ArkType and their like) or a JSON Schema; the latter needs ajv, which is
// loaded with the first of them. Only the first problem is told: the values come from scripts, and a list of
// everything wrong with a hostile megabyte would be larger than it.

import { createRequire } from 'node:module'
import type { ErrorObject, ValidateFunction } from 'ajv'
import type { Ajv2020 } from 'ajv/dist/2020.js'
import { findPeer } from './peer.ts'

/** What a tool takes or gives, in the words of https://standardschema.dev. */
export interface StandardSchema {
  readonly '~standard': {
    readonly validate: (value: unknown) => StandardResult | Promise<StandardResult>
  }
}

interface StandardResult {
  readonly value?: unknown
  readonly issues?: readonly StandardIssue[] | undefined
}

interface StandardIssue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

/** A JSON Schema, draft 2020-12. */
export interface JsonSchema {
  readonly [keyword: string]: unknown
}

export type ToolSchema = StandardSchema | JsonSchema

/** Gives a value back, as a Standard Schema may have changed it; throws a sentence that begins with the place. */
export type Check = (value: unknown) => unknown

/**
 * The check of a schema. `option` names the schema in errors about it, `subject` the value in errors about that.
 *
 *     readSchema({ required: ['q'] }, 'tools.search.inputSchema', 'input')({})      // Error: input.q is required
 */
export function readSchema(schema: unknown, option: string, subject: string): Check {
  if ((typeof schema !== 'object' && typeof schema !== 'function') || schema === null) {
    const got = schema === null ? 'null' : typeof schema
    throw new TypeError(`${option} must be a JSON Schema or a Standard Schema, got ${got}`)
  }
  if ('~standard' in schema) return checkOfStandard(schema as StandardSchema, subject)
  // The AI SDK wraps a JSON Schema that has no library in an object of its own.
  const json = ('jsonSchema' in schema ? schema.jsonSchema : schema) as JsonSchema
  if (json instanceof Promise) throw new TypeError(`${option} must be given at once, got a Promise`)
  const validate = compile(json, option)
  return value => {
    // A schema that refers to itself can overflow the stack on a deep value; that is refused like any other.
    if (validate(value) === true) return value
    throw new Error(sentenceOf(validate.errors?.[0], value, subject))
  }
}

function checkOfStandard(schema: StandardSchema, subject: string): Check {
  return async value => {
    const result = await schema['~standard'].validate(value)
    if (!result.issues) return result.value
    const { message = 'the value is refused', path = [] } = result.issues[0] ?? {}
    const keys = path.map(step => String(typeof step === 'object' ? step.key : step))
    const { place, found } = locate(keys, value, subject)
    throw new Error(`${place}: ${message}, got ${show(found)}`)
  }
}

function compile(schema: JsonSchema, option: string): ValidateFunction {
  const known = compiled.get(schema)
  if (known) return known
  const ajv = (shared ??= loadAjv(option))
  try {
    const validate = ajv.compile(schema)
    compiled.set(schema, validate)
    return validate
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new TypeError(`${option} cannot be used as a JSON Schema: ${why}`, { cause })
  } finally {
    // Tools may be made anew for every run; only those in use are kept.
    ajv.removeSchema(schema)
  }
}

const compiled = new WeakMap<JsonSchema, ValidateFunction>()
let shared: Ajv2020 | undefined

function loadAjv(option: string): Ajv2020 {
  const path = findPeer('ajv/dist/2020.js')
  if (path === undefined)
    throw new Error(`${option} is a JSON Schema, which needs the package ajv; or give a Standard Schema`)
  const module: typeof import('ajv/dist/2020.js') = createRequire(path)(path)
  return new module.Ajv2020({
    strict: false,
    ownProperties: true,
    validateFormats: false,
    // Keywords are checked when compiled; the meta-schema would add 50 ms to the first use.
    meta: false,
    validateSchema: false,
    addUsedSchema: false,
    logger: false,
  })
}

function sentenceOf(error: ErrorObject | undefined, value: unknown, subject: string): string {
  if (!error) return `${subject} does not fit the schema`
  const keys = error.instancePath.split('/').slice(1).map(unescaped)
  const { place, found } = locate(keys, value, subject)
  const { keyword, params, message } = error
  switch (keyword) {
    case 'required':
      return `${locate([...keys, String(params.missingProperty)], value, subject).place} is required`
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const key = String(params.additionalProperty ?? params.unevaluatedProperty)
      return `${locate([...keys, key], value, subject).place} is a key that the schema does not know`
    }
    case 'enum':
      return `${place} must be one of ${show(params.allowedValues)}, got ${show(found)}`
    default:
      return `${place} ${message ?? 'does not fit the schema'}, got ${show(found)}`
  }
}

function unescaped(token: string): string {
  return token.replaceAll('~1', '/').replaceAll('~0', '~')
}

/** The place that keys lead to, as one would write it, and what stands there. */
function locate(keys: readonly string[], value: unknown, subject: string): { place: string; found: unknown } {
  let place = subject
  let found = value
  for (const key of keys) {
    if (Array.isArray(found)) place += `[${key}]`
    else place += /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
    const isContainer = typeof found === 'object' && found !== null && Object.hasOwn(found, key)
    found = isContainer ? (found as Readonly<Record<string, unknown>>)[key] : undefined
  }
  return { place: place.length <= 300 ? place : `${place.slice(0, 300)}…`, found }
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing'
  let text: string
  try {
    text = JSON.stringify(value)
  } catch {
    return 'a value too deep to be shown'
  }
  return text.length <= 200 ? text : `${text.slice(0, 200)}…`
}

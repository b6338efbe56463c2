/** From ajv's errors to sentences: where, what stands there, and what should. */

import type { ErrorObject } from 'ajv'
import { KeyPath } from '../symbolic/index.ts'
import { type DataProblem, problem, showValue } from './data-error.ts'
import { isJsonRecord, type Json } from './json.ts'

/** The problems behind the errors that ajv found in data, without those that only repeat others. */
export function problemsOfErrors(errors: readonly ErrorObject[], data: Json): DataProblem[] {
  const choices = errors.filter(error => error.keyword === 'anyOf' || error.keyword === 'oneOf')
  const telling = errors.filter(error => {
    if (error.keyword === 'if') return false
    // What each alternative of a choice found wrong is told by the choice.
    return !choices.some(choice => error !== choice && error.schemaPath.startsWith(`${choice.schemaPath}/`))
  })
  // A part that fails has named no keys, so that its keys look unknown.
  const known = telling.filter(error => error.keyword !== 'unevaluatedProperties')
  const problems = (known.length > 0 ? known : telling).map(error => problemOf(error, data))
  const seen = new Set<string>()
  return problems.filter(({ path, message }) => {
    const text = `${path} ${message}`
    return !seen.has(text) && seen.add(text)
  })
}

function problemOf(error: ErrorObject, data: Json): DataProblem {
  const { keyword, params, parentSchema } = error
  const { path, value } = locate(error.instancePath, data)
  const at = path.toString()
  switch (keyword) {
    case 'additionalProperties':
    case 'unevaluatedProperties':
      return unknownKey(
        path.child(String(params.additionalProperty ?? params.unevaluatedProperty)),
        value,
        parentSchema,
      )
    case 'required': {
      const key = String(params.missingProperty)
      return problem(
        path.child(key).toString(),
        undefined,
        'given',
        `is required: ${wanted(parentSchema, key)}`,
      )
    }
    case 'type':
      return problem(at, value, typeText(params.type as string | readonly string[]))
    case 'enum':
      return problem(at, value, `one of ${(params.allowedValues as unknown[]).map(showValue).join(', ')}`)
    case 'const':
      return problem(at, value, showValue(params.allowedValue))
    case 'anyOf':
    case 'oneOf': {
      const count = Array.isArray(error.schema) ? error.schema.length : 0
      const expected = `${keyword === 'anyOf' ? 'one' : 'exactly one'} of ${count} alternatives`
      return problem(at, value, expected, `must fit ${expected}, got ${showValue(value)}`)
    }
    case 'false schema':
      return problem(at, value, 'left out', `must be left out, got ${showValue(value)}`)
    default: {
      const message = error.message ?? `must fit '${keyword}'`
      return problem(at, value, message.replace(/^must (be )?/, ''), `${message}, got ${showValue(value)}`)
    }
  }
}

function unknownKey(path: KeyPath, holder: Json | undefined, schema: unknown): DataProblem {
  const names = isRecord(schema) && isRecord(schema.properties) ? Object.keys(schema.properties) : []
  const known = names.length === 0 ? 'no such key is expected' : `the schema has ${names.join(', ')}`
  const value = isJsonRecord(holder) ? holder[String(path.key)] : undefined
  return problem(path.toString(), value, 'left out', `is not in the schema; ${known}`)
}

/** What a schema says about one of its properties, in a few words. */
function wanted(schema: unknown, key: string): string {
  const properties = isRecord(schema) ? schema.properties : undefined
  const property = isRecord(properties) && Object.hasOwn(properties, key) ? properties[key] : undefined
  if (!isRecord(property)) return 'a value'
  if (typeof property.type === 'string' || Array.isArray(property.type)) return typeText(property.type)
  if (Array.isArray(property.enum)) return `one of ${property.enum.map(showValue).join(', ')}`
  return typeof property.description === 'string' ? property.description : 'a value'
}

const ARTICLES: { readonly [type: string]: string } = {
  array: 'a list',
  boolean: 'a boolean',
  integer: 'an integer',
  null: 'null',
  number: 'a number',
  object: 'a record',
  string: 'a string',
}

const typeText = (type: string | readonly string[]): string =>
  (typeof type === 'string' ? type.split(',') : type).map(name => ARTICLES[name] ?? name).join(' or ')

/** The place of a JSON pointer in data: steps into lists are indices, steps into records keys. */
function locate(pointer: string, data: Json): { readonly path: KeyPath; readonly value: Json | undefined } {
  let path = KeyPath.root
  let value: Json | undefined = data
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~')
    if (Array.isArray(value)) {
      path = path.child(Number(key))
      value = (value as Json[])[Number(key)]
    } else {
      path = path.child(key)
      value = isJsonRecord(value) && Object.hasOwn(value, key) ? value[key] : undefined
    }
  }
  return { path, value }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

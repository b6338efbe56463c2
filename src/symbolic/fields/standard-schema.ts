/**
 * Standard Schema (https://standardschema.dev) both ways: schemas of zod, valibot, ArkType and their like as fields, and
 * fields and classes as Standard Schemas. Fields are checked at once, so schemas that answer later cannot be fields.
 */

import { INVALID } from '../change/missing.ts'
import { DefinitionError, SymError } from '../errors.ts'
import { equalValues } from '../greens/equal.ts'
import { isGreen } from '../greens/spec.ts'
import { READER } from '../json/json-in.ts'
import { type Key, KeyPath } from '../key-path.ts'
import { makeNode } from '../node.ts'
import { toPlain } from '../plain.ts'
import type { Symbolized } from '../symbolized.ts'
import { acceptAny, forgetRefused } from './accept.ts'
import {
  type Field,
  type Kind,
  OF_KIND,
  type StandardResult,
  type StandardSchema,
  standard,
} from './field.ts'
import { isRecord } from './given.ts'
import { makeField } from './make-field.ts'
import { acceptOrThrow } from './refusal.ts'

/** What a schema takes, and what it gives. */
type InputOf<Schema> = Schema extends { readonly '~standard': { readonly types?: infer Types } }
  ? NonNullable<Types> extends { readonly input: infer Input }
    ? Input
    : unknown
  : unknown
type OutputOf<Schema> = Schema extends { readonly '~standard': { readonly types?: infer Types } }
  ? NonNullable<Types> extends { readonly output: infer Output }
    ? Output
    : unknown
  : unknown

/**
 * The field of what a Standard Schema takes. What it gives is stored: arrays and records as lists and dicts. It is asked
 * again when values move or change inside, so it must take what it gives.
 *
 *     f.standard(z.object({ name: z.string() }))
 */
export function standardField<const Schema extends StandardSchema>(
  schema: Schema,
): Field<Symbolized<OutputOf<Schema>>, InputOf<Schema> | Symbolized<OutputOf<Schema>>, false> {
  const props = (schema as Partial<StandardSchema> | null)?.['~standard']
  if (props?.version !== 1 || typeof props.validate !== 'function') {
    throw new DefinitionError(
      '',
      'f.standard takes a Standard Schema of version 1, like those of zod, valibot and ArkType',
    )
  }
  return makeField({ tag: OF_KIND, kind: STANDARD, data: schema })
}

export const STANDARD: Kind = {
  name: 'Standard Schema',
  target: null,
  isWhole: true,
  accept(field, value, reader, depth) {
    const given = acceptAny(value, reader, depth)
    if (given === INVALID) return INVALID
    const result = answerOf(field, given)
    if (typeof result === 'string' || result.issues !== undefined) return INVALID
    const stored = acceptAny(withoutAbsent(result.value, 0), null, depth)
    // What comes out as it went in stays what it is, and shared.
    return equalValues(stored, given) ? given : stored
  },
  describe: field => `value that fits its ${vendorOf(field)} schema`,
  explain(field, value, site) {
    const given = acceptAny(value, site.reader, site.depth)
    if (given === INVALID) return false
    const result = answerOf(field, given)
    if (typeof result === 'string') {
      site.say(result)
      return true
    }
    for (const issue of result.issues ?? []) {
      let place = site
      for (const segment of issue.path ?? []) {
        const key = typeof segment === 'object' ? segment.key : segment
        place = place.child(typeof key === 'number' ? key : (String(key) as Key))
      }
      place.say(`does not fit: ${issue.message}`)
    }
    return result.issues !== undefined
  },
  tighten: (field, base) =>
    field.rules.data === base.rules.data ? {} : 'which of two Standard Schemas takes less cannot be told',
}

const vendorOf = (field: Field): string => (field.rules.data as StandardSchema)['~standard'].vendor

/** What the schema of a field says to a stored value, or why it cannot say anything. */
function answerOf(field: Field, stored: unknown): StandardResult<unknown> | string {
  const schema = field.rules.data as StandardSchema
  try {
    const result = schema['~standard'].validate(toPlain(stored))
    if (!(result instanceof Promise)) return result
    result.catch(() => {})
    return `cannot be checked: the ${vendorOf(field)} schema answers later, and fields are checked at once`
  } catch (error) {
    return `cannot be checked: ${error instanceof Error ? error.message : String(error)}`
  }
}

/** The value without keys that hold undefined: in a dict, what is absent has no key. */
function withoutAbsent(value: unknown, depth: number): unknown {
  if (depth > MAX_DEPTH) return value
  if (Array.isArray(value)) return value.map(each => withoutAbsent(each, depth + 1))
  if (!isRecord(value)) return value
  const entries = Object.entries(value).filter(([, each]) => each !== undefined)
  return Object.fromEntries(entries.map(([key, each]) => [key, withoutAbsent(each, depth + 1)]))
}

const MAX_DEPTH = 1000

standard.validate = (field, value) => {
  forgetRefused()
  return resultOf(() => acceptOrThrow('value', [], field, value, READER))
}

/** The answer of a Standard Schema for what a function makes or throws. */
export function resultOf(make: () => unknown): StandardResult<never> {
  try {
    const stored = make()
    return { value: (isGreen(stored) ? makeNode(stored, null, '') : stored) as never }
  } catch (error) {
    if (!(error instanceof SymError)) throw error
    return {
      issues: error.problems.map(({ path, message }) => ({ message, path: [...KeyPath.parse(path).keys] })),
    }
  }
}

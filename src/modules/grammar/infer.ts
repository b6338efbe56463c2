/**
 * The types of inputs and outputs, from a JSON Schema where there is one and from the samples otherwise. What the
 * language has no type for is refused by name, all of it at once.
 */

import type { JsonSchema } from '../json.ts'
import type { Sample } from '../samples.ts'
import { findType, isOfType, type Pack } from './pack.ts'
import type { Types } from './rule.ts'
import {
  fits,
  isElement,
  isList,
  isPackName,
  joinTypes,
  listOf,
  type Type,
  typeOfValue,
  type Value,
} from './types.ts'

/** One place whose type the grammar does not know. */
export interface TypeProblem {
  readonly path: string
  readonly message: string
}

/** Inputs or outputs that the grammar has no types for. */
export class GrammarTypeError extends Error {
  override readonly name = 'GrammarTypeError'
  readonly problems: readonly TypeProblem[]

  constructor(problems: readonly TypeProblem[]) {
    super(problems.map(({ path, message }) => `${path} ${message}`).join('; '))
    this.problems = problems
  }
}

const KNOWN = 'a boolean, an integer, a number, a string, or a list of one of these'

/**
 * The types of the properties of an object schema.
 *
 *     typesOfSchema({ type: 'object', properties: { a: { type: 'integer' } } }, 'inputs')     // { a: 'integer' }
 *
 * A property that the schema says something else of is of the type of a pack, where one has its values in all samples.
 * Throws `GrammarTypeError` naming every property of another kind.
 */
export function typesOfSchema(
  schema: JsonSchema,
  name: 'inputs' | 'outputs',
  {
    samples = [],
    packs = [],
  }: { readonly samples?: readonly Sample[]; readonly packs?: readonly Pack[] } = {},
): Types {
  const properties = recordOf(schema.properties)
  if (properties === undefined || Object.keys(properties).length === 0) {
    throw new GrammarTypeError([{ path: name, message: 'must be described by a schema with properties' }])
  }
  const found = Object.entries(properties).map(
    ([key, property]) =>
      [
        key,
        typeOfSchema(property) ??
          packTypeOf(
            samples.map(sample => recordOf(sample[name])?.[key]),
            packs,
          ),
      ] as const,
  )
  return checked(name, found, key => JSON.stringify(properties[key]))
}

/** The narrowest types that fit the values of all samples under each key; throws like `typesOfSchema`. */
export function typesOfSamples(
  samples: readonly Sample[],
  side: 'inputs' | 'outputs',
  packs: readonly Pack[] = [],
): Types {
  const problems: TypeProblem[] = []
  const types = new Map<string, Type>()
  /** Lists that were empty so far: they fit any list, and are integers if nothing else is said. */
  const empty = new Set<string>()
  for (const [i, sample] of samples.entries()) {
    const record = recordOf(sample[side])
    const path = `samples[${i}].${side}`
    if (record === undefined) {
      problems.push({ path, message: `must be a record of values by name, got ${shown(sample[side])}` })
      continue
    }
    for (const [key, value] of Object.entries(record)) {
      const type = findType(value, packs)
      const known = types.get(key)
      const isKnownEmpty = type !== undefined && isList(type) && empty.has(key)
      const joined =
        type === undefined || known === undefined || isKnownEmpty
          ? type
          : isEmpty(value) && isList(known)
            ? known
            : joinTypes(known, type)
      if (!isEmpty(value)) empty.delete(key)
      else if (known === undefined) empty.add(key)
      if (joined !== undefined) types.set(key, joined)
      else if (type === undefined)
        problems.push({ path: `${path}.${key}`, message: `must be ${KNOWN}, got ${shown(value)}` })
      else
        problems.push({
          path: `${path}.${key}`,
          message: `must be ${known} as in the samples before, got ${shown(value)}`,
        })
    }
    for (const key of i === 0 ? [] : types.keys()) {
      if (!Object.hasOwn(record, key))
        problems.push({ path: `${path}.${key}`, message: 'must be there as in other samples' })
    }
  }
  if (problems.length === 0 && types.size === 0) {
    problems.push({ path: 'samples', message: `must have ${side} to find types by, got none` })
  }
  if (problems.length > 0) throw new GrammarTypeError(problems.slice(0, 20))
  return Object.fromEntries(types)
}

const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0

/** Outputs that come up again and again in the samples: a rule may need them as constants. */
export function constantsOf(samples: readonly Sample[], outputTypes: Types): Value[] {
  return Object.entries(outputTypes).flatMap(([key, type]) => {
    if (type === 'boolean' || isList(type) || isPackName(type)) return []
    const values = new Set(samples.map(sample => recordOf(sample.outputs)?.[key] as Value))
    const isSmall = values.size <= 8 && values.size * 2 <= samples.length
    return isSmall ? [...values].filter(value => fits(typeOfValue(value) ?? 'boolean', type)) : []
  })
}

/** The first type of a pack that has all the values. */
function packTypeOf(values: readonly unknown[], packs: readonly Pack[]): Type | undefined {
  if (values.length === 0) return undefined
  const types = packs.flatMap(pack => [...pack.types.keys()])
  return types.find(type => values.every(value => isOfType(value, type)))
}

function typeOfSchema(schema: unknown): Type | undefined {
  const record = recordOf(schema)
  switch (record?.type) {
    case 'boolean':
    case 'integer':
    case 'number':
    case 'string':
      return record.type
    case 'array': {
      const element = recordOf(record.items)?.type
      return typeof element === 'string' && isElement(element as Type) ? listOf(element as Type) : undefined
    }
    default:
      return undefined
  }
}

function checked(
  name: string,
  found: readonly (readonly [key: string, type: Type | undefined])[],
  show: (key: string) => string,
): Types {
  const problems = found
    .filter(([, type]) => type === undefined)
    .map(([key]) => ({ path: `${name}.${key}`, message: `must be ${KNOWN}, got ${show(key)}` }))
  if (problems.length > 0) throw new GrammarTypeError(problems)
  return Object.fromEntries(found as readonly (readonly [string, Type])[])
}

function recordOf(value: unknown): { readonly [key: string]: unknown } | undefined {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isRecord ? (value as { readonly [key: string]: unknown }) : undefined
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value)
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`
}

/**
 * A schema as the records it takes: what each named key must fit, which keys are required, and what other keys must fit.
 * Joined parts become one record, and alternatives several: that is all that operators need to know of a schema. Rules
 * across keys (`not`, `minProperties`, …) have no meaning once keys change, and are left out: what fits still fits.
 */

import { DataError, problem } from '../data-error.ts'
import { isJsonRecord, type Json, type JsonSchema, sameJson, setKey } from '../json.ts'
import { type NormalSchema, nameIn } from './normal-schema.ts'

/** One kind of records. */
export interface RecordSchema {
  readonly title: string | null
  readonly properties: ReadonlyMap<string, Json>
  readonly required: ReadonlySet<string>
  /** What keys without a schema of their own must fit; false where there are none. */
  readonly rest: Json
}

/** The kinds of records that a schema takes. Throws `DataError` when it takes none, or too many kinds to go through. */
export function recordsOf(schema: NormalSchema): readonly RecordSchema[] {
  const records = new Expansion(schema).expand(schema.root, 0).map(closed)
  if (records.length > 0) return records
  throw DataError.of('schema', [problem('', schema.root, 'a schema of records', NO_RECORDS)])
}

/** The schema of a kind of records. */
export function schemaOfRecord({ title, properties, required, rest }: RecordSchema): JsonSchema {
  const map: Record<string, Json> = {}
  for (const [key, schema] of properties) setKey(map, key, schema)
  return {
    ...(title === null ? {} : { title }),
    type: 'object',
    properties: map,
    ...(required.size === 0 ? {} : { required: [...required] }),
    additionalProperties: rest,
  }
}

/** What fits both. */
export function both(a: Json, b: Json): Json {
  if (isOpen(a) || b === false || sameJson(a, b)) return b
  return isOpen(b) || a === false ? a : { allOf: [a, b] }
}

/** What fits any of them, each named once. */
export function anyOf(schemas: readonly Json[]): Json {
  const distinct: Json[] = []
  for (const schema of schemas) {
    if (isOpen(schema)) return true
    const isNew = schema !== false && !distinct.some(other => sameJson(other, schema))
    if (isNew) distinct.push(schema)
  }
  if (distinct.length === 0) return false
  return distinct.length === 1 ? (distinct[0] as Json) : { anyOf: distinct }
}

/** More kinds of records than this are no longer gone through. */
export const MAX_KINDS = 64

/** Throws `DataError` when there are too many kinds. */
export function withinLimit<Item>(kinds: readonly Item[]): readonly Item[] {
  if (kinds.length <= MAX_KINDS) return kinds
  const message = `makes more than ${MAX_KINDS} kinds of records by its alternatives: use fewer of them`
  throw DataError.of('schema', [problem('', kinds.length, `at most ${MAX_KINDS} kinds of records`, message)])
}

const NO_RECORDS = 'must be a schema of records, since operators work on their keys'
const MAX_HOPS = 100
const isOpen = (schema: Json): boolean =>
  schema === true || (isJsonRecord(schema) && Object.keys(schema).length === 0)

/** A kind of records on the way: other keys are told apart by whether a pattern knows them. */
interface Kind extends Omit<RecordSchema, 'rest'> {
  readonly patterned: Json
  /** What keys must fit that nothing names. */
  readonly additional: Json
  /** Whether a schema says so, as opposed to being silent about them. */
  readonly isSaid: boolean
}

const OPEN: Kind = {
  title: null,
  properties: new Map(),
  required: new Set(),
  patterned: false,
  additional: true,
  isSaid: false,
}

const restOf = ({ patterned, additional }: Kind): Json => anyOf([patterned, additional])

const closed = (kind: Kind): RecordSchema => {
  const { title, required } = kind
  const rest = restOf(kind)
  const properties = new Map([...kind.properties].filter(([, schema]) => schema !== false))
  for (const key of required) if (!properties.has(key)) properties.set(key, rest)
  return { title, properties, required, rest }
}

class Expansion {
  readonly #schema: NormalSchema

  constructor(schema: NormalSchema) {
    this.#schema = schema
  }

  /** The kinds of records that fit a schema; none for one that records do not fit. */
  expand(schema: Json | undefined, hops: number): readonly Kind[] {
    if (schema === true) return [OPEN]
    if (!isJsonRecord(schema) || hops > MAX_HOPS || !takesRecords(schema)) return []
    const next = (part: Json | undefined): readonly Kind[] => this.expand(part, hops + 1)
    let kinds: readonly Kind[] = [ownKind(schema)]
    const join = (others: readonly Kind[]): void => {
      kinds = withinLimit(kinds.flatMap(kind => others.flatMap(other => joined(kind, other))))
    }
    const values = schema.enum ?? (schema.const === undefined ? undefined : [schema.const])
    if (Array.isArray(values)) join(values.flatMap(kindOfValue))
    if (typeof schema.$ref === 'string') join(next(this.#schema.defs.get(nameIn(schema.$ref))))
    for (const part of listOf(schema.allOf)) join(next(part))
    for (const alternatives of [schema.anyOf, schema.oneOf]) {
      if (alternatives !== undefined) join(listOf(alternatives).flatMap(next))
    }
    if (schema.if !== undefined) {
      const holds = next(schema.if).flatMap(kind =>
        next(schema.then ?? true).flatMap(each => joined(kind, each)),
      )
      join([...holds, ...next(schema.else ?? true)])
    }
    const dependent = isJsonRecord(schema.dependentSchemas) ? Object.values(schema.dependentSchemas) : []
    for (const part of dependent) join([...next(part), OPEN])
    const { unevaluatedProperties: others } = schema
    if (others === undefined) return kinds
    return kinds.map(kind => (kind.isSaid ? kind : { ...kind, additional: others, isSaid: true }))
  }
}

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : [])

function takesRecords({ type }: JsonSchema): boolean {
  return type === undefined || type === 'object' || (Array.isArray(type) && type.includes('object'))
}

/** What a schema says itself, without its parts. */
function ownKind(schema: JsonSchema): Kind {
  const patterns = Object.entries(isJsonRecord(schema.patternProperties) ? schema.patternProperties : {})
  const properties = new Map<string, Json>()
  for (const [key, property] of Object.entries(isJsonRecord(schema.properties) ? schema.properties : {})) {
    const matching = patterns.filter(([pattern]) => matches(pattern, key))
    properties.set(
      key,
      matching.reduce((all, [, part]) => both(all, part), property),
    )
  }
  return {
    title: typeof schema.title === 'string' ? schema.title : null,
    properties,
    required: new Set(listOf(schema.required) as readonly string[]),
    patterned: anyOf(patterns.map(([, part]) => part)),
    additional: schema.additionalProperties ?? true,
    isSaid: schema.additionalProperties !== undefined,
  }
}

function matches(pattern: string, key: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(key)
  } catch (cause) {
    const message = `cannot be used: ${(cause as Error).message}`
    throw DataError.of('schema', [problem('', pattern, 'a pattern', message)], cause)
  }
}

/** The kind of one record alone. */
function kindOfValue(value: Json): Kind[] {
  if (!isJsonRecord(value)) return []
  const properties = new Map(Object.entries(value).map(([key, item]) => [key, { const: item } as Json]))
  return [{ ...OPEN, properties, required: new Set(properties.keys()), additional: false, isSaid: true }]
}

/** What is of both kinds: one kind, or none when a required key must not be. */
function joined(a: Kind, b: Kind): Kind[] {
  const properties = new Map<string, Json>()
  const at = (kind: Kind, key: string): Json => kind.properties.get(key) ?? restOf(kind)
  for (const key of [...a.properties.keys(), ...b.properties.keys()]) {
    properties.set(key, both(at(a, key), at(b, key)))
  }
  const required = new Set([...a.required, ...b.required])
  for (const key of required) if (properties.get(key) === false) return []
  const kind: Kind = {
    title: a.title ?? b.title,
    properties,
    required,
    patterned: anyOf([both(a.patterned, restOf(b)), both(restOf(a), b.patterned)]),
    additional: both(a.additional, b.additional),
    isSaid: a.isSaid || b.isSaid,
  }
  return [kind]
}

/**
 * Schemas in the one form that operators work on: every `$ref` leads to a definition by its name. What a reference led
 * to elsewhere, the whole schema among it, becomes a definition, so that parts can be moved without breaking what they
 * refer to.
 */

import { isJsonRecord, type Json, type JsonSchema, setKey } from '../json.ts'
import { resolveRef } from '../schema-ref.ts'
import { freeKey } from './keys.ts'

/** A schema whose references are `#/$defs/Name` with names from `defs`. */
export interface NormalSchema {
  readonly root: Json
  readonly defs: Definitions
}

export type Definitions = ReadonlyMap<string, Json>

/** The normal form of a prepared schema. */
export function normalSchema(schema: JsonSchema): NormalSchema {
  const hoist = new Hoist(schema)
  return { root: hoist.rewrite(schema), defs: hoist.defs }
}

/**
 * The schema of a normal form, with the definitions it needs. A definition under `variantOf(name, …)` gets the name
 * itself when the original is not needed any more.
 */
export function assembled({ root, defs }: NormalSchema): JsonSchema {
  const needed = new Set<string>()
  const visit = (schema: Json): void => {
    for (const name of refsIn(schema)) {
      if (needed.has(name)) continue
      needed.add(name)
      visit(defs.get(name) as Json)
    }
  }
  visit(root)
  const names = finalNames(needed)
  const rename = (schema: Json): Json => mapRefs(schema, name => names.get(name) as string)
  const whole = rename(root)
  const schema: JsonSchema = isJsonRecord(whole) ? whole : whole === true ? {} : { not: {} }
  if (needed.size === 0) return schema
  const $defs: Record<string, Json> = {}
  for (const [name, short] of names) setKey($defs, short, rename(defs.get(name) as Json))
  return { ...schema, $defs }
}

/** The schema with each schema directly inside it changed. */
export function mapSchemas(schema: JsonSchema, change: (schema: Json) => Json): JsonSchema {
  const result: Record<string, Json> = {}
  for (const [keyword, value] of Object.entries(schema)) {
    if (MAPS.has(keyword) && isJsonRecord(value)) {
      const map: Record<string, Json> = {}
      for (const [key, item] of Object.entries(value)) setKey(map, key, change(item))
      result[keyword] = map
    } else if (LISTS.has(keyword) && Array.isArray(value)) result[keyword] = (value as Json[]).map(change)
    else result[keyword] = SCHEMAS.has(keyword) ? change(value) : value
  }
  return result
}

/** The schema with its references, however deep, led to other names. */
export function mapRefs(schema: Json, rename: (name: string) => string): Json {
  if (!isJsonRecord(schema)) return schema
  const inside = mapSchemas(schema, part => mapRefs(part, rename))
  return typeof schema.$ref === 'string' ? { ...inside, $ref: refTo(rename(nameIn(schema.$ref))) } : inside
}

/** The names that a schema refers to. */
function refsIn(schema: Json): string[] {
  const names: string[] = []
  mapRefs(schema, name => {
    names.push(name)
    return name
  })
  return names
}

export const refTo = (name: string): string => REF + name

/** The name in a reference of a normal schema. */
export const nameIn = (ref: string): string => ref.slice(REF.length)

/** The name for another form of a definition, which may stand beside the original. */
export const variantOf = (name: string, form: string): string => name + VARIANT + form

const REF = '#/$defs/'
/** No name of a normal schema has this in it. */
const VARIANT = '*'
const MAPS = new Set(['properties', 'patternProperties', 'dependentSchemas'])
const LISTS = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems'])
const SCHEMAS = new Set([
  'additionalProperties',
  'unevaluatedProperties',
  'unevaluatedItems',
  'items',
  'contains',
  'propertyNames',
  'not',
  'if',
  'then',
  'else',
])

class Hoist {
  readonly defs = new Map<string, Json>()
  readonly #root: JsonSchema
  readonly #names = new Map<string, string>()

  constructor(root: JsonSchema) {
    this.#root = root
  }

  rewrite(schema: Json): Json {
    if (!isJsonRecord(schema)) return schema
    const { $defs: _, definitions: __, ...rest } = schema
    const inside = mapSchemas(rest, part => this.rewrite(part))
    if (typeof schema.$ref !== 'string') return inside
    const name = this.#nameOf(schema.$ref)
    const target = this.defs.get(name)
    if (schema.unevaluatedProperties !== false || !isOpenRecord(target))
      return { ...inside, $ref: refTo(name) }
    // A definition that is open because others join it, closed for this one: so it is the same wherever it stands.
    const { unevaluatedProperties: ___, ...open } = inside
    const closed = variantOf(name, 'closed')
    this.defs.set(closed, { ...target, additionalProperties: false })
    return { ...open, $ref: refTo(closed) }
  }

  #nameOf(ref: string): string {
    const known = this.#names.get(ref)
    if (known !== undefined) return known
    const target = resolveRef(this.#root, ref) as Json
    const title = isJsonRecord(target) && typeof target.title === 'string' ? target.title : 'Root'
    const words = ref === '#' ? title : ref.slice(ref.lastIndexOf('/') + 1)
    // Such names need no escapes in references.
    const name = freeKey(words.replace(/~[01]|[^\w.-]/g, '_') || 'Part', key => this.defs.has(key))
    this.#names.set(ref, name)
    this.defs.set(name, true)
    this.defs.set(name, this.rewrite(target))
    return name
  }
}

/** Whether a schema is a record that names its own keys and says nothing of others. */
function isOpenRecord(schema: Json | undefined): schema is JsonSchema {
  if (!isJsonRecord(schema) || schema.properties === undefined) return false
  return ![...JOINING, 'additionalProperties', 'patternProperties'].some(keyword => keyword in schema)
}

const JOINING = ['$ref', 'allOf', 'anyOf', 'oneOf', 'if', 'then', 'else', 'dependentSchemas']

function finalNames(needed: ReadonlySet<string>): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const taken = new Set(needed)
  for (const name of needed) {
    const at = name.indexOf(VARIANT)
    const final = at < 0 ? name : freeKey(name.slice(0, at), key => taken.has(key))
    taken.add(final)
    names.set(name, final)
  }
  return names
}

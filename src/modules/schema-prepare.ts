/**
 * From a schema as written to the one that is checked. Two things happen: what could reach outside or fool the checker
 * is refused, and keys that no part of a schema names are made errors. Where a schema is a composite (`allOf`, a
 * `$ref` with company), its parts must not refuse what another part names, so there the whole says it, with
 * `unevaluatedProperties`. A definition that is used as such a part anywhere stays open, and its other users say it.
 */

import { KeyPath } from '../symbolic/index.ts'
import { DataError, type DataProblem, problem } from './data-error.ts'
import { isJsonRecord, type Json, type JsonSchema, setKey } from './json.ts'
import { isLocalRef, resolveRef } from './schema-ref.ts'

/**
 * The schema in draft 2020-12, closed to unknown keys. Throws `DataError` for references that leave the schema, for
 * identifiers, and for nesting without end.
 */
export function prepareSchema(schema: unknown): JsonSchema {
  if (!isJsonRecord(schema)) throw DataError.of('schema', [problem('', schema, 'a JSON Schema')])
  const preparation = new Preparation(schema)
  preparation.findParts()
  if (preparation.problems.length > 0) throw DataError.of('schema', preparation.problems)
  return preparation.rewrite(schema, WHOLE, KeyPath.root) as JsonSchema
}

/** How a schema stands: on its own, as a part of a composite, or as a condition, which is left as it is. */
type Role = typeof WHOLE | typeof PART | typeof CONDITION
const WHOLE = 'whole'
const PART = 'part'
const CONDITION = 'condition'

const MAX_SCHEMA_DEPTH = 100

const LISTS_IN_PLACE = ['allOf', 'anyOf', 'oneOf'] as const
const MAPS_OF_SCHEMAS = new Set([
  'properties',
  'patternProperties',
  '$defs',
  'definitions',
  'dependentSchemas',
])
const LISTS_OF_SCHEMAS = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems'])
const SCHEMAS = new Set([
  'additionalProperties',
  'unevaluatedProperties',
  'unevaluatedItems',
  'items',
  'then',
  'else',
])
const CONDITIONS = new Set(['not', 'if', 'contains', 'propertyNames'])
const REFUSED = new Set(['$id', '$anchor', '$dynamicRef', '$dynamicAnchor', '$recursiveRef', '$async'])

class Preparation {
  readonly problems: DataProblem[] = []
  readonly #root: JsonSchema
  /** The references that stand as parts of composites. */
  readonly #parts = new Set<string>()

  constructor(root: JsonSchema) {
    this.#root = root
  }

  /** Finds the references that stand as parts; repeats until the parts of parts are known too. */
  findParts(): void {
    for (let known = -1; known < this.#parts.size; ) {
      known = this.#parts.size
      this.rewrite(this.#root, WHOLE, KeyPath.root)
      if (this.problems.length > 0) return
    }
  }

  rewrite(schema: Json, role: Role, path: KeyPath): Json {
    if (typeof schema === 'boolean') return schema
    if (!isJsonRecord(schema)) return this.#refuse(path, schema, 'a JSON Schema')
    if (path.depth > MAX_SCHEMA_DEPTH) return this.#refuse(path, schema, 'a schema of less depth')
    const { $ref } = schema
    const isComposite = collectsParts(schema)
    const inPlace = role === CONDITION ? CONDITION : isComposite || role === PART ? PART : WHOLE
    const inside = role === CONDITION ? CONDITION : WHOLE
    if (typeof $ref === 'string' && inPlace === PART) this.#parts.add($ref)
    const result: Record<string, Json> = {}
    for (const [key, value] of Object.entries(schema)) {
      // Draft 7 has no use for it but after a tuple.
      if (key === 'additionalItems' && !Array.isArray(schema.items)) continue
      this.#keyword(result, key, value, inPlace, inside, path.child(key))
    }
    if (role === WHOLE) this.#close(schema, result, isComposite)
    return result
  }

  #keyword(
    result: Record<string, Json>,
    key: string,
    value: Json,
    inPlace: Role,
    inside: Role,
    path: KeyPath,
  ): void {
    const isNote = key === '$schema' || key === 'discriminator' || key.startsWith('x-')
    const isOwnName = path.depth === 1 && (key === '$id' || key === 'id')
    if (isNote || isOwnName) return
    if (REFUSED.has(key)) {
      this.#refuse(path, value, 'left out', `is not supported; use '$ref' with a path like '#/$defs/Name'`)
    } else if (key === '$ref') {
      result[key] = this.#reference(value, path)
    } else if (key === 'items' && Array.isArray(value)) {
      result.prefixItems = this.#list(value, inside, path)
    } else if (key === 'additionalItems') {
      result.items = this.rewrite(value, inside, path)
    } else if (key === 'dependencies') {
      this.#dependencies(result, value, inPlace, path)
    } else if (MAPS_OF_SCHEMAS.has(key)) {
      const role = key === 'dependentSchemas' ? inPlace : inside
      result[key] = this.#map(value, key, role, path)
    } else if (LISTS_OF_SCHEMAS.has(key)) {
      result[key] = this.#list(value, key === 'prefixItems' ? inside : inPlace, path)
    } else if (SCHEMAS.has(key)) {
      result[key] = this.rewrite(value, key === 'then' || key === 'else' ? inPlace : inside, path)
    } else if (CONDITIONS.has(key)) {
      result[key] = this.rewrite(value, CONDITION, path)
    } else {
      setKey(result, key, value)
    }
  }

  #map(value: Json, keyword: string, role: Role, path: KeyPath): Json {
    if (!isJsonRecord(value)) return this.#refuse(path, value, 'a record of schemas')
    const result: Record<string, Json> = {}
    const isDefinitions = keyword === '$defs' || keyword === 'definitions'
    for (const [key, item] of Object.entries(value)) {
      if (key === '__proto__') {
        this.#refuse(path.child(key), item, 'another name', `cannot be the name of a property`)
        continue
      }
      const isPart = isDefinitions && this.#parts.has(`#/${keyword}/${escapeStep(key)}`)
      result[key] = this.rewrite(item, isPart ? PART : role, path.child(key))
    }
    return result
  }

  #list(value: Json, role: Role, path: KeyPath): Json {
    if (!Array.isArray(value)) return this.#refuse(path, value, 'a list of schemas')
    return (value as Json[]).map((item, i) => this.rewrite(item, role, path.child(i)))
  }

  /** Draft 7's `dependencies`, which 2020-12 has as two keywords. */
  #dependencies(result: Record<string, Json>, value: Json, inPlace: Role, path: KeyPath): void {
    const required: Record<string, Json> = {}
    const schemas: Record<string, Json> = {}
    for (const [key, item] of Object.entries(isJsonRecord(value) ? value : {})) {
      setKey(Array.isArray(item) ? required : schemas, key, item)
    }
    if (Object.keys(required).length > 0) result.dependentRequired = required
    if (Object.keys(schemas).length > 0) {
      result.dependentSchemas = this.#map(schemas, 'dependentSchemas', inPlace, path)
    }
  }

  #reference(value: Json, path: KeyPath): Json {
    if (typeof value !== 'string' || !isLocalRef(value)) {
      return this.#refuse(path, value, `a path into the schema itself, like '#/$defs/Name'`)
    }
    if (resolveRef(this.#root, value) === undefined) {
      return this.#refuse(path, value, 'the path of something in the schema')
    }
    return value
  }

  /** Makes a schema that stands on its own refuse the keys that nothing in it names. */
  #close(schema: JsonSchema, result: Record<string, Json>, isComposite: boolean): void {
    if (schema.additionalProperties !== undefined || schema.unevaluatedProperties !== undefined) return
    if (isComposite) {
      if (this.#names(schema, new Set())) result.unevaluatedProperties = false
    } else if (typeof schema.$ref === 'string') {
      const isOpen = this.#parts.has(schema.$ref)
      if (isOpen && this.#names(schema, new Set())) result.unevaluatedProperties = false
    } else if (namesKeys(schema)) {
      result.additionalProperties = false
    }
  }

  /** Whether a schema, or a part of it, names keys. */
  #names(schema: Json | undefined, seen: Set<Json>): boolean {
    if (!isJsonRecord(schema) || seen.has(schema)) return false
    seen.add(schema)
    if (namesKeys(schema)) return true
    if (typeof schema.$ref === 'string' && this.#names(resolveRef(this.#root, schema.$ref), seen)) return true
    const lists = LISTS_IN_PLACE.flatMap(key => (Array.isArray(schema[key]) ? (schema[key] as Json[]) : []))
    const dependent = isJsonRecord(schema.dependentSchemas) ? Object.values(schema.dependentSchemas) : []
    return [...lists, ...dependent, schema.then, schema.else].some(part => this.#names(part, seen))
  }

  #refuse(path: KeyPath, value: unknown, expected: string, message?: string): false {
    this.problems.push(problem(path.toString(), value, expected, message))
    return false
  }
}

const namesKeys = (schema: JsonSchema): boolean =>
  schema.properties !== undefined || schema.patternProperties !== undefined

/** Whether several parts of a schema may each name some of its keys. */
function collectsParts(schema: JsonSchema): boolean {
  const { $ref, anyOf, oneOf } = schema
  const isJoined =
    schema.allOf !== undefined ||
    schema.then !== undefined ||
    schema.else !== undefined ||
    schema.dependentSchemas !== undefined ||
    schema.dependencies !== undefined
  const alternatives = Number(anyOf !== undefined) + Number(oneOf !== undefined) + Number($ref !== undefined)
  return isJoined || alternatives > 1 || (alternatives === 1 && namesKeys(schema))
}

const escapeStep = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1')

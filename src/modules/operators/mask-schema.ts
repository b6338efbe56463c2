/**
 * What masks make of schemas, keyword by keyword, so that masked values fit. A key that is kept for what is inside it is
 * required only if there must be a match inside; rules that count or compare whole values are left out.
 */

import { isJsonRecord, type Json, type JsonSchema, setKey } from '../json.ts'
import { type CheckedSchema, checkedSchema } from '../schema-check.ts'
import { type Change, changeOf, normalOf } from './change.ts'
import { holdsMatch, type Masking, maskedValue } from './mask.ts'
import { assembled, type Definitions, nameIn, refTo, variantOf } from './normal-schema.ts'
import { anyOf } from './record-schema.ts'

/** What a mask makes of a schema and its values. */
export const masked = (checked: CheckedSchema, masking: Masking): Change =>
  changeOf(checked, masking.id, () => {
    const { root, defs } = normalOf(checked)
    const writer = new MaskWriter(defs, masking)
    const result = { root: writer.enter(root), defs: writer.defs }
    return {
      checked: checkedSchema(assembled(result)),
      apply: value => maskedValue(value, masking),
    }
  })

/** Keywords whose meaning is lost when keys go. */
const LEFT_OUT = new Set([
  'not',
  'if',
  'then',
  'else',
  'contains',
  'minContains',
  'maxContains',
  'uniqueItems',
  'minProperties',
  'propertyNames',
  'dependentRequired',
  'dependentSchemas',
  'anyOf',
  'oneOf',
  'allOf',
])
const LISTS_OR_RECORDS = ['object', 'array']

class MaskWriter {
  /** The definitions as they were, and those that were entered. */
  readonly defs: Map<string, Json>
  readonly #masking: Masking

  constructor(defs: Definitions, masking: Masking) {
    this.defs = new Map(defs)
    this.#masking = masking
  }

  /** The schema of what is left of values. */
  enter(schema: Json): Json {
    if (!isJsonRecord(schema)) return schema
    const result: Record<string, Json> = {}
    for (const [keyword, value] of Object.entries(schema)) {
      if (!LEFT_OUT.has(keyword)) result[keyword] = this.#keyword(schema, keyword, value)
    }
    if (Array.isArray(result.required) && result.required.length === 0) delete result.required
    const [first, ...others] = this.#choices(schema)
    const parts = [...this.#joined(schema.allOf), ...others.map(anyOf => ({ anyOf }))]
    return {
      ...result,
      // Where it stands alone it must stay alone: parts that are joined answer for each other's keys.
      ...(first === undefined ? {} : { anyOf: first }),
      ...(parts.length === 0 ? {} : { allOf: parts }),
    }
  }

  #keyword(schema: JsonSchema, keyword: string, value: Json): Json {
    const enter = (part: Json): Json => this.enter(part)
    switch (keyword) {
      case '$ref':
        return this.#ref(value as string)
      case 'properties':
        return this.#properties(value as JsonSchema)
      case 'required':
        return (value as readonly string[]).filter(key => this.#isStillRequired(schema, key))
      case 'patternProperties':
        return Object.fromEntries(
          Object.entries(value as JsonSchema).map(([pattern, part]) => [pattern, this.#other(part)]),
        )
      case 'additionalProperties':
      case 'unevaluatedProperties':
        return this.#other(value)
      case 'prefixItems':
        return (value as readonly Json[]).map(enter)
      case 'items':
      case 'unevaluatedItems':
        return enter(value)
      case 'const':
      case 'default':
        return maskedValue(value, this.#masking)
      case 'enum':
      case 'examples':
        return (value as readonly Json[]).map(item => maskedValue(item, this.#masking))
      default:
        return value
    }
  }

  #properties(properties: JsonSchema): JsonSchema {
    const { matches, keeps, recursive } = this.#masking
    const result: Record<string, Json> = {}
    for (const [key, schema] of Object.entries(properties)) {
      if (matches(key)) {
        if (keeps) setKey(result, key, schema)
      } else if (!keeps) setKey(result, key, recursive ? this.enter(schema) : schema)
      else if (recursive && this.#mayMatch(schema, new Set())) setKey(result, key, this.enter(schema))
    }
    return result
  }

  #isStillRequired({ properties }: JsonSchema, key: string): boolean {
    const { matches, keeps, recursive } = this.#masking
    if (matches(key) || !keeps) return matches(key) === keeps
    const schema = isJsonRecord(properties) ? properties[key] : undefined
    return recursive && schema !== undefined && this.#mustMatch(schema, new Set())
  }

  /** What is left of values whose keys the schema does not name. */
  #other(schema: Json): Json {
    const { keeps, recursive } = this.#masking
    if (!recursive || typeof schema === 'boolean') return schema
    return keeps ? anyOf([schema, this.enter(schema)]) : this.enter(schema)
  }

  #ref(ref: string): Json {
    const name = nameIn(ref)
    const entered = variantOf(name, 'masked')
    if (!this.defs.has(entered)) {
      this.defs.set(entered, true)
      this.defs.set(entered, this.enter(this.defs.get(name) as Json))
    }
    return refTo(entered)
  }

  #joined(parts: Json | undefined): Json[] {
    return Array.isArray(parts) ? (parts as Json[]).map(part => this.enter(part)) : []
  }

  /** The alternatives of a schema; conditions are alternatives too, once nobody can tell whether they hold. */
  #choices(schema: JsonSchema): (readonly Json[])[] {
    const choices = [schema.anyOf, schema.oneOf].map(all => this.#joined(all)).filter(all => all.length > 0)
    if (schema.if !== undefined) {
      const holds = [schema.if, schema.then ?? true].map(part => this.enter(part))
      choices.push([{ allOf: holds }, this.enter(schema.else ?? true)])
    }
    const dependent = isJsonRecord(schema.dependentSchemas) ? Object.values(schema.dependentSchemas) : []
    for (const part of dependent) choices.push([this.enter(part), true])
    return choices
  }

  /** False only if no value of the schema has anything in it that the mask names. */
  #mayMatch(schema: Json | undefined, seen: Set<Json>): boolean {
    if (!isJsonRecord(schema)) return schema !== false
    if (seen.has(schema)) return false
    seen.add(schema)
    const { type } = schema
    const types = type === undefined || Array.isArray(type) ? (type as readonly string[] | undefined) : [type]
    if (types !== undefined && !types.some(each => LISTS_OR_RECORDS.includes(each as string))) return false
    const may = (part: Json | undefined): boolean => this.#mayMatch(part, seen)
    const values = schema.enum ?? (schema.const === undefined ? undefined : [schema.const])
    if (Array.isArray(values)) return values.some(value => holdsMatch(value as Json, this.#masking))
    const { properties, $ref } = schema
    const named = Object.entries(isJsonRecord(properties) ? properties : {})
    if (named.some(([key, part]) => this.#masking.matches(key) || may(part))) return true
    if (typeof $ref === 'string') return may(this.defs.get(nameIn($ref)))
    const isList = types?.every(each => each === 'array') ?? false
    if (isList)
      return may(schema.items ?? true) || (schema.prefixItems as Json[] | undefined)?.some(may) === true
    const isClosed = types?.includes('array') === false && schema.additionalProperties === false
    return !(isClosed && schema.patternProperties === undefined)
  }

  /** True only if every value of the schema has something in it that the mask names. */
  #mustMatch(schema: Json | undefined, seen: ReadonlySet<Json>): boolean {
    if (!isJsonRecord(schema) || seen.has(schema)) return false
    const inside = new Set(seen).add(schema)
    const must = (part: Json): boolean => this.#mustMatch(part, inside)
    const { type, required, properties, $ref, minItems, items, prefixItems } = schema
    const isInRecord =
      type === 'object' &&
      Array.isArray(required) &&
      (required as readonly string[]).some(
        key =>
          this.#masking.matches(key) ||
          (isJsonRecord(properties) && properties[key] !== undefined && must(properties[key])),
      )
    const isInList =
      type === 'array' &&
      Number(minItems) >= 1 &&
      prefixItems === undefined &&
      items !== undefined &&
      must(items)
    return (
      isInRecord ||
      isInList ||
      (typeof $ref === 'string' && must(this.defs.get(nameIn($ref)) as Json)) ||
      (Array.isArray(schema.allOf) && (schema.allOf as Json[]).some(must)) ||
      [schema.anyOf, schema.oneOf].some(all => Array.isArray(all) && (all as Json[]).every(must))
    )
  }
}

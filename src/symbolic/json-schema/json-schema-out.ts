/**
 * JSON Schema of fields and classes: what `fromJson` takes. Classes stand under `$defs` by their type names, so that
 * recursion is a reference; the class that was asked for stands at the top.
 */

import { specOf } from '../class-spec.ts'
import { DefinitionError } from '../errors.ts'
import { resolveLazy } from '../fields/accept.ts'
import type { DeferredData } from '../fields/deferred.ts'
import {
  ANY,
  BOOL,
  DICT_OF,
  ENUM,
  Field,
  FLOAT,
  INT,
  LAZY,
  LIST_OF,
  OBJECT_OF,
  STRING,
  UNION,
} from '../fields/field.ts'
import { isKindOf, type Spec } from '../greens/spec.ts'
import { toJsonData } from '../json/json-out.ts'
import { allSpecs } from '../json/registry.ts'
import { DRAFT, ends, type JsonSchemaObject, pointerTo } from './json-schema.ts'
import { kindSchema } from './json-schema-kinds.ts'

export interface JsonSchemaOptions {
  /**
   * Whether the JSON carries type names (`_type`, and the word before tuples): it may (`allowed`, as for `fromJson`), it
   * must (`always`, as `toJSON` writes it), or it does not (`never`, as people and models write it).
   */
  readonly typeNames?: 'allowed' | 'always' | 'never'
  /** Whether a field of a class also takes the registered classes on top of it; those of abstract classes always do. */
  readonly subclasses?: boolean
  /** What becomes of rules that JSON Schema cannot say, such as a range of dates: an error, or left out. */
  readonly unsayable?: 'error' | 'widen'
}

/**
 * The JSON Schema of a field or class, with the descriptions and defaults of its fields.
 *
 *     toJsonSchema(Model)      // { $schema: …, type: 'object', properties: { layers: … }, …, $defs: { … } }
 *
 * Throws `DefinitionError` for rules that JSON Schema cannot say, unless they are to be left out. Transforms and
 * converters are not in it: it describes what is stored.
 */
export function toJsonSchema(
  what: Field | (abstract new (...args: never) => { readonly '~symbolic': true }),
  { typeNames = 'allowed', subclasses = false, unsayable = 'error' }: JsonSchemaOptions = {},
): JsonSchemaObject {
  const writer = new SchemaWriter({ typeNames, subclasses, unsayable })
  const schema = what instanceof Field ? writer.field(what) : writer.root(specOf(what))
  const defs = writer.finish()
  return { $schema: DRAFT, ...schema, ...(Object.keys(defs).length === 0 ? {} : { $defs: defs }) }
}

/** Writes one schema; collects the classes met on the way. */
export class SchemaWriter {
  readonly options: Required<JsonSchemaOptions>
  #root: Spec | null = null
  readonly #defs = new Map<Spec, JsonSchemaObject>()
  readonly #waiting: Spec[] = []
  readonly #fields = new Map<Field, { readonly name: string; schema: JsonSchemaObject }>()

  constructor(options: Required<JsonSchemaOptions>) {
    this.options = options
  }

  /** The class at the top. */
  root(spec: Spec): JsonSchemaObject {
    if (this.#alternatives(spec).length !== 1) return this.#classRef(spec)
    this.#root = spec
    return this.#object(spec)
  }

  /** The definitions of all classes that were referred to, and of those that these refer to. */
  finish(): Record<string, JsonSchemaObject> {
    for (let spec = this.#waiting.pop(); spec !== undefined; spec = this.#waiting.pop()) {
      this.#defs.set(spec, this.#object(spec))
    }
    const classes = [...this.#defs].map(([spec, schema]) => [spec.name, schema] as const)
    const fields = [...this.#fields.values()].map(({ name, schema }) => [name, schema] as const)
    return Object.fromEntries([...classes, ...fields].sort(([a], [b]) => (a < b ? -1 : 1)))
  }

  /** The schema of a rule; null stands for anything. */
  field(field: Field | null): JsonSchemaObject {
    if (field === null) return {}
    const { description, hasDefault, initial, isFrozen } = field.rules
    const schema = isFrozen ? { const: toJsonData(initial) } : this.#value(field)
    return {
      ...schema,
      ...(description === '' ? {} : { description }),
      ...(hasDefault && !isFrozen && initial !== undefined ? { default: toJsonData(initial) } : {}),
    }
  }

  /** The schema of the classes that may stand under a class name in `espalier.Class`. */
  classNames(spec: Spec): string[] {
    return allSpecs()
      .filter(other => isKindOf(other, spec))
      .map(other => other.name)
      .sort()
  }

  /** A field that stands for another one, by reference: it may be on its way already. */
  deferred({ name, field }: DeferredData): JsonSchemaObject {
    const target = field()
    let known = this.#fields.get(target)
    if (known === undefined) {
      for (let i = 1, free = name; known === undefined; free = `${name}${++i}`) {
        const isTaken = [...this.#fields.values()].some(each => each.name === free)
        if (!isTaken) this.#fields.set(target, (known = { name: free, schema: {} }))
      }
      known.schema = this.field(target)
    }
    return { $ref: pointerTo('#', '$defs', known.name) }
  }

  /** Leaves out a rule that JSON Schema cannot say, or throws. */
  leaveOut(what: string): void {
    if (this.options.unsayable === 'widen') return
    throw new DefinitionError('', `JSON Schema cannot say ${what}; leave it out with { unsayable: 'widen' }`)
  }

  #value(field: Field): JsonSchemaObject {
    const schema = this.#byTag(field.plain)
    if (!field.rules.isNullable) return schema
    const { type } = schema
    if (typeof type === 'string' && !('const' in schema)) return { ...schema, type: [type, 'null'] }
    const options = Array.isArray(schema.anyOf) && Object.keys(schema).length === 1 ? schema.anyOf : [schema]
    return Object.keys(schema).length === 0 ? {} : { anyOf: [...options, { type: 'null' }] }
  }

  #byTag(field: Field): JsonSchemaObject {
    const { min, max, choices, options } = field.rules
    switch (field.tag) {
      case BOOL:
        return { type: 'boolean' }
      case INT:
        return { type: 'integer', ...ends('minimum', min, 'maximum', max) }
      case FLOAT:
        return { type: 'number', ...ends('minimum', min, 'maximum', max) }
      case STRING:
        return { type: 'string', ...ends('minLength', min, 'maxLength', max), ...this.#pattern(field) }
      case ENUM:
        return choices.length === 1 ? { const: choices[0] } : { enum: choices }
      case LIST_OF: {
        const { element, minSize, maxSize } = field.spec as Spec
        const items = element === null ? {} : { items: this.field(element) }
        return { type: 'array', ...items, ...ends('minItems', minSize, 'maxItems', maxSize) }
      }
      case DICT_OF: {
        const { element, minSize, maxSize } = field.spec as Spec
        const additional = element === null ? {} : { additionalProperties: this.field(element) }
        return { type: 'object', ...additional, ...ends('minProperties', minSize, 'maxProperties', maxSize) }
      }
      case UNION:
        return { anyOf: options.map(option => this.field(option)) }
      case LAZY:
        resolveLazy(field)
        return this.#classRef(field.spec as Spec)
      case OBJECT_OF:
        return this.#classRef(field.spec as Spec)
      case ANY:
        return {}
      default:
        return this.#byKind(field)
    }
  }

  #byKind(field: Field): JsonSchemaObject {
    const schema = kindSchema(field, this)
    if (schema !== null) return schema
    this.leaveOut(`what a ${field.rules.kind?.name ?? 'field'} takes`)
    return {}
  }

  #pattern(field: Field): JsonSchemaObject {
    const { pattern } = field.rules
    if (pattern === null) return {}
    if (pattern.flags.replace('u', '') === '') return { pattern: pattern.source }
    this.leaveOut(`the flags of the pattern ${pattern}`)
    return {}
  }

  /** A class, or one of the classes that may stand for it. */
  #classRef(spec: Spec): JsonSchemaObject {
    return this.classes(spec, () => true)
  }

  /** A class, or those of the classes that may stand for it which fit. */
  classes(spec: Spec, fits: (spec: Spec) => boolean): JsonSchemaObject {
    const classes = this.#alternatives(spec).filter(fits)
    if (classes.length === 1 && classes[0] === spec) return { $ref: this.#ref(spec) }
    return { anyOf: classes.map(each => (each === spec ? { $ref: this.#ref(each) } : this.#tagged(each))) }
  }

  #alternatives(spec: Spec): readonly Spec[] {
    if (!spec.isAbstract && !this.options.subclasses) return [spec]
    const classes = allSpecs().filter(
      each => isKindOf(each, spec) && !each.isAbstract && each.boundClass !== null,
    )
    return classes.sort((a, b) => (a === spec ? -1 : b === spec ? 1 : a.name < b.name ? -1 : 1))
  }

  /** Where a class stands for its base, only its name tells. */
  #tagged(spec: Spec): JsonSchemaObject {
    const $ref = this.#ref(spec)
    if (this.options.typeNames === 'always') return { $ref }
    if (this.options.typeNames === 'never') {
      this.leaveOut(`which class of several it is without type names`)
      return { $ref }
    }
    return { $ref, required: ['_type'] }
  }

  #ref(spec: Spec): string {
    if (spec === this.#root) return '#'
    if (!this.#defs.has(spec)) {
      this.#defs.set(spec, {})
      this.#waiting.push(spec)
    }
    return pointerTo('#', '$defs', spec.name)
  }

  #object(spec: Spec): JsonSchemaObject {
    const { typeNames } = this.options
    const properties: Record<string, JsonSchemaObject> = {}
    const required: string[] = []
    if (typeNames !== 'never') properties._type = { const: spec.name }
    if (typeNames === 'always') required.push('_type')
    for (const [i, name] of spec.names.entries()) {
      const field = spec.fields[i] as Field
      properties[name] = this.field(field)
      if (!field.rules.hasDefault && !field.rules.isOptional) required.push(name)
    }
    return {
      type: 'object',
      properties,
      ...(required.length === 0 ? {} : { required }),
      additionalProperties: false,
    }
  }
}

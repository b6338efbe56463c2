/**
 * Objects: `SymObject.define` makes a base class from a name and fields, and the class written on top of it has typed
 * properties, a checked constructor and everything a node can do. Properties are getters without setters, so assigning
 * throws by itself, and nothing is ever frozen: freezing would make every copy 3 to 30 times slower.
 */

import { declareSpec, ownSpec, type StandsFor, specOf } from './class-spec.ts'
import { DefinitionError, FieldError } from './errors.ts'
import { isRecord } from './fields/accept.ts'
import {
  BOOL,
  ENUM,
  type Field,
  type FieldMap,
  type InitOf,
  type OutOf,
  type OwnStandard,
  type Tag,
  type ValuesOf,
} from './fields/field.ts'
import { constructOrThrow } from './fields/refusal.ts'
import { resultOf } from './fields/standard-schema.ts'
import { FIRST, type Green, isGreen } from './greens/spec.ts'
import { fromJsonData } from './json/json-in.ts'
import { inference, knownChild, makeNode, type Node, readChild, tracking } from './node.ts'
import { Symbolic } from './symbolic.ts'
import { type PartialInit, type PartialOf, partialOf } from './values/partial.ts'
import { show } from './view/format.ts'

/** What `define` gives: a class to extend, with the fields as properties and a constructor that takes them. */
export interface SymClass<Instance, Fields> {
  /** Checks the values and fills in defaults. Throws `FieldError` naming every value that does not fit. */
  new (
    ...init: Nothing extends InitOf<Fields> ? [values?: InitOf<Fields>] : [values: InitOf<Fields>]
  ): Instance
  /** The name in JSON and in messages. */
  readonly typeName: string
  /** The fields by name, those of base classes first. */
  readonly fields: Fields & FieldMap
  /** The class as a Standard Schema: it takes instances, and JSON for them. */
  readonly '~standard': OwnStandard<InitOf<Fields> | Instance, Instance>
  /** A class on top of this one, with more fields, or tighter ones. */
  define: typeof SymObject.define
  /** An instance from plain data without type names, checked like everything else. */
  from<Made extends Symbolic>(this: abstract new (...args: never) => Made, data: unknown): Made
  /** An instance of which values may be missing; see `isPartial`, `missing` and `complete`. */
  partial<Made extends Symbolic>(
    this: abstract new (
      ...args: never
    ) => Made,
    values?: PartialInit<Made>,
  ): PartialOf<Made>
}

/** The static shape of an instance: its properties, and what path types read. */
export interface SymShape<Name, Fields> {
  /** Carry the static types; nothing stands here at run time. */
  readonly '~fields': Fields
  readonly '~name': () => Name
}

type Nothing = Record<never, never>

/** The fields of a base and those of a class on top of it, which stand for its base's of the same name. */
type Extended<Base, Fields> = keyof Base & keyof Fields extends never
  ? Base & Fields
  : Omit<Base, keyof Fields> & Fields

/** The fields of a class, where they may be declared; else the sentence about why not. */
type CheckedFields<Base, Fields> = {
  readonly [Name in keyof Fields]: Name extends keyof SymObject
    ? ReservedName<Name>
    : Name extends keyof Base
      ? OutOf<Fields[Name]> extends OutOf<Base[Name]>
        ? unknown
        : LooserField<Name, OutOf<Fields[Name]>, OutOf<Base[Name]>>
      : unknown
}

/** A field name that every node has a member of already. */
export interface ReservedName<Name> {
  readonly '~reserved name': Name
}

/** A field that takes values which the field of the base class does not. */
export interface LooserField<Name, Values, BaseValues> {
  readonly '~looser field': [Name, Values, BaseValues]
}

type FieldsIn<Instance> = Instance extends { readonly '~fields': infer Fields } ? Fields : Nothing

/** An immutable object with typed fields. Extend what `define` gives, never this class itself. */
export class SymObject extends Symbolic {
  constructor(values: object = {}) {
    super()
    const spec = specOf(new.target)
    const given = values as Record<string, unknown>
    if (!isRecord(given)) {
      const message = `is made of a record of its fields, got ${show(values)}`
      throw FieldError.of(spec.name, [{ path: '', message }])
    }
    const green = constructOrThrow(spec, given)
    const node = makeNode(green, null, '')
    if (tracking.note !== null) tracking.note('new', node, null)
    // biome-ignore lint/correctness/noConstructorReturn: handles are made by the class's own plain constructor.
    return node as this
  }

  /**
   * A base class for a type with the given name and fields.
   *
   *     class Dense extends SymObject.define('nn.Dense', {
   *       units: f.int({ min: 1 }),
   *       activation: f.enum('relu', 'gelu').default('relu'),
   *     }) {}
   *
   * Throws `DefinitionError` when the name is taken or a field cannot be named so.
   */
  static define<
    Base extends abstract new (
      ...args: never
    ) => object,
    const Name extends string,
    const Fields extends FieldMap,
  >(
    this: Base,
    name: Name,
    fields: Fields & CheckedFields<FieldsIn<InstanceType<Base>>, Fields>,
  ): SymClass<
    InstanceType<Base> & ValuesOf<Fields> & SymShape<Name, Fields>,
    Extended<FieldsIn<InstanceType<Base>>, Fields>
  > {
    const base = ownSpec(this)
    if (base !== null) specOf(this)
    const Parent = this as unknown as abstract new (values?: object) => Symbolic
    class Defined extends (Parent as typeof SymObject) {}
    Object.defineProperty(Defined, 'name', { value: name.slice(name.lastIndexOf('.') + 1) })
    const spec = declareSpec(Defined, name, fields, base)
    for (const key of Object.keys(fields)) {
      const slot = spec.slots.get(key) as number
      const get = getterFor(fields[key] as Field, slot, key)
      Object.defineProperty(Defined.prototype, key, { get, enumerable: true, configurable: true })
    }
    return Defined as never
  }

  static get typeName(): string {
    return specOf(this).name
  }

  /** The class as a Standard Schema: it takes instances, and JSON for them. */
  static get '~standard'(): OwnStandard<unknown, Symbolic> {
    const validate = (value: unknown) => resultOf(() => (value instanceof this ? value : this.from(value)))
    return { version: 1, vendor: 'espalier', validate }
  }

  static get fields(): FieldMap {
    const { names, fields } = specOf(this)
    return Object.fromEntries(names.map((name, i) => [name, fields[i] as Field]))
  }

  static from<Made extends Symbolic>(this: abstract new (...args: never) => Made, data: unknown): Made {
    return makeNode(fromJsonData(data, specOf(this)) as Green, null, '') as Node & Made
  }

  static partial<Made extends Symbolic>(
    this: abstract new (
      ...args: never
    ) => Made,
    values: object = {},
  ): PartialOf<Made> {
    return partialOf(this, values) as PartialOf<Made>
  }

  /** The name in JSON and in messages. */
  get typeName(): string {
    return this._g[0].name
  }

  /** The values of the fields by name, as a record of the caller's own. */
  fieldValues(): Record<string, unknown> {
    const { names } = this._g[0]
    const record: Record<string, unknown> = {}
    for (const name of names) record[name] = (this as unknown as Record<string, unknown>)[name]
    return record
  }
}

/** A getter for a slot that holds leaves, unless a stand-in has taken the place of one. */
function leafGetter(slot: number, key: string): () => unknown {
  return function (this: Node) {
    const value = this._g[slot]
    return typeof value !== 'object' || !isGreen(value) ? value : readChild(this, slot, key, value)
  }
}

/** A getter for a slot that may hold containers: their node is mostly known already. */
function childGetter(slot: number, key: string): () => unknown {
  return function (this: Node) {
    const known = knownChild(this, slot)
    if (known !== undefined) return known
    const value = this._g[slot]
    return isGreen(value) ? readChild(this, slot, key, value) : value
  }
}

/** A getter for a field that may be taken from the context. */
function contextualGetter(slot: number, key: string): () => unknown {
  return function (this: Node) {
    return inference.readContextual(this, slot, key)
  }
}

function getterFor({ rules, tag }: Field, slot: number, key: string): () => unknown {
  if (rules.isContextual) return contextualGetter(slot, key)
  return isLeafTag(tag) ? leafGetter(slot, key) : childGetter(slot, key)
}

const isLeafTag = (tag: Tag): boolean => BOOL <= tag && tag <= ENUM

/** The field that a class has under a name. Throws `DefinitionError` when it has none. */
export function fieldOf(cls: abstract new (...args: never) => object, name: string): Field {
  const spec = specOf(cls)
  const slot = spec.slots.get(name)
  if (slot === undefined) throw new DefinitionError(name, `${spec.name} has no field '${name}'`)
  return spec.fields[slot - FIRST] as Field
}

export type { StandsFor }

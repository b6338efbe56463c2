/**
 * Static types of the values that schemas take: JSON Schemas written down as constants, Standard Schemas, fields and
 * classes. What a type cannot say (patterns, conditions) it leaves out; what is not known when compiling is `Json`.
 */

import type { Field, OutOf } from '../symbolic/index.ts'
import type { Json, JsonSchema } from './json.ts'

/** A Standard Schema, version 1, that can give its JSON Schema as well. */
export interface StandardSource {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly validate: (value: unknown) => unknown
    readonly types?: { readonly input: unknown; readonly output: unknown } | undefined
  }
}

/** A class made by `SymObject.define`, as the source of a schema. */
export type ClassSource = abstract new (
  ...args: never
) => { readonly '~symbolic': true; readonly '~fields': unknown }

/** Whatever a data model can be made of. */
export type SchemaSource = JsonSchema | StandardSource | Field | ClassSource

/** The values that fit a source. */
export type ValueOfSource<Source> =
  Source extends Field<infer Out>
    ? PlainOf<Out>
    : Source extends abstract new (
          ...args: never
        ) => infer Instance
      ? PlainOf<Instance>
      : Source extends { readonly '~standard': { readonly types?: infer Types } }
        ? NonNullable<Types> extends { readonly output: infer Output }
          ? Output
          : Json
        : ValueOfSchema<Source>

/** The values that fit a JSON Schema; of defaults it is known that they are filled in. */
export type ValueOfSchema<Schema, Root = Schema> = JsonSchema extends Schema
  ? Json
  : Schema extends { readonly const: infer Value }
    ? Value
    : Schema extends { readonly enum: readonly (infer Value)[] }
      ? Value
      : Schema extends { readonly $ref: infer Ref }
        ? Referred<Ref, Root>
        : Schema extends { readonly anyOf: readonly (infer Part)[] }
          ? Each<Part, Root>
          : Schema extends { readonly oneOf: readonly (infer Part)[] }
            ? Each<Part, Root>
            : Schema extends { readonly allOf: infer Parts }
              ? AllOf<Parts, Root>
              : Schema extends { readonly type: infer Type }
                ? OfType<Type extends readonly (infer One)[] ? One : Type, Schema, Root>
                : Schema extends { readonly properties: unknown }
                  ? RecordOf<Schema, Root>
                  : Json

type Each<Part, Root> = Part extends unknown ? ValueOfSchema<Part, Root> : never

type AllOf<Parts, Root> = Parts extends readonly [infer First, ...infer Rest]
  ? ValueOfSchema<First, Root> & AllOf<Rest, Root>
  : unknown

type Referred<Ref, Root> = Ref extends '#'
  ? ValueOfSchema<Root, Root>
  : Ref extends `#/$defs/${infer Name}`
    ? Root extends { readonly $defs: infer Defs }
      ? Name extends keyof Defs
        ? ValueOfSchema<Defs[Name], Root>
        : Json
      : Json
    : Json

type OfType<Type, Schema, Root> = Type extends 'string'
  ? string
  : Type extends 'number' | 'integer'
    ? number
    : Type extends 'boolean'
      ? boolean
      : Type extends 'null'
        ? null
        : Type extends 'array'
          ? ListOf<Schema, Root>
          : Type extends 'object'
            ? RecordOf<Schema, Root>
            : Json

type ListOf<Schema, Root> = Schema extends { readonly prefixItems: unknown }
  ? Json[]
  : Schema extends { readonly items: infer Items }
    ? ValueOfSchema<Items, Root>[]
    : Json[]

type RecordOf<Schema, Root> = Schema extends { readonly properties: infer Properties }
  ? Flat<
      {
        -readonly [Key in keyof Properties as IsGiven<Key, Schema, Properties[Key]> extends true
          ? Key
          : never]: ValueOfSchema<Properties[Key], Root>
      } & {
        -readonly [Key in keyof Properties as IsGiven<Key, Schema, Properties[Key]> extends true
          ? never
          : Key]?: ValueOfSchema<Properties[Key], Root>
      } & OtherKeys<Schema, unknown>
    >
  : OtherKeys<Schema, { [key: string]: Json }>

/** Whether a key stands in every value once defaults are filled in. */
type IsGiven<Key, Schema, Property> = Schema extends { readonly required: readonly (infer Required)[] }
  ? Key extends Required
    ? true
    : HasDefault<Property>
  : HasDefault<Property>

type HasDefault<Property> = Property extends { readonly default: unknown } ? true : false

type OtherKeys<Schema, Else> = Schema extends { readonly additionalProperties: true | object }
  ? { [key: string]: Json }
  : Else

/** The plain data of what stands in a tree. */
export type PlainOf<Value> = Value extends Date
  ? Json
  : Value extends { readonly '~keys': { readonly fields: infer Fields } }
    ? PlainFields<Fields>
    : Value extends { readonly '~fields': infer Fields }
      ? PlainFields<Fields>
      : Value extends { readonly '~entry': { readonly out: infer Item } }
        ? { [key: string]: PlainOf<Item> }
        : Value extends { readonly '~element': { readonly out: infer Item } }
          ? PlainOf<Item>[]
          : Value extends string | number | boolean | null
            ? Value
            : Json

type PlainFields<Fields> = Flat<
  {
    -readonly [Key in keyof Fields as undefined extends OutOf<Fields[Key]> ? never : Key]: PlainOf<
      OutOf<Fields[Key]>
    >
  } & {
    -readonly [Key in keyof Fields as undefined extends OutOf<Fields[Key]> ? Key : never]?: PlainOf<
      Exclude<OutOf<Fields[Key]>, undefined>
    >
  }
>

type Flat<Value> = { [Key in keyof Value]: Value[Key] }

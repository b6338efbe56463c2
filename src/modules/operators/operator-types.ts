/**
 * What operators make of the static types of values, as far as these can say it. Where they cannot (patterns, folded
 * keys, records whose keys are not known) the result is any record of JSON.
 */

import type { DataModel } from '../data-model.ts'
import type { Json } from '../json.ts'
import type { Fold } from './keys.ts'
import type { Mask, MaskOptions } from './mask.ts'

/** A record of which nothing else is known. */
export type AnyRecord = { readonly [key: string]: Json }

/** The value types of models. */
export type ValuesOfModels<Models extends readonly unknown[]> = {
  -readonly [Index in keyof Models]: ValueOfModel<Models[Index]>
}

/** The value types of those models that are not null. */
export type GivenModels<Models extends readonly unknown[]> = Models extends readonly [
  infer First,
  ...infer Rest,
]
  ? First extends DataModel<infer Value>
    ? [Value, ...GivenModels<Rest>]
    : GivenModels<Rest>
  : []

export type ValueOfModel<Model> = Model extends DataModel<infer Value> ? Value : never

/** A record of both; keys of the second that are taken get the lowest free number. */
type Concat<First, Second> = true extends IsLoose<First> | IsLoose<Second>
  ? AnyRecord
  : First extends unknown
    ? Second extends unknown
      ? Flat<
          First & {
            [Key in keyof Second as Renamed<
              Key & string,
              keyof First & string,
              keyof Second & string
            >]: Second[Key]
          }
        >
      : never
    : never

/** A record of all, from left to right. */
export type ConcatAll<Values extends readonly unknown[]> = Values extends readonly [
  infer First,
  infer Second,
  ...infer Rest,
]
  ? ConcatAll<[Concat<First, Second>, ...Rest]>
  : Values[0]

/** A record of some of them: every choice of one or more, in order. */
export type SomeOf<Values extends readonly unknown[]> = Values extends readonly [infer First, ...infer Rest]
  ? Rest extends readonly []
    ? First
    : First | SomeOf<Rest> | Concat<First, SomeOf<Rest>>
  : never

export type Prefixed<Value, Prefix extends string> = Prefix extends ''
  ? Value
  : IsLoose<Value> extends true
    ? AnyRecord
    : Value extends unknown
      ? { [Key in keyof Value as `${Prefix}_${Key & string}`]: Value[Key] }
      : never

export type Suffixed<Value, Suffix extends string> = Suffix extends ''
  ? Value
  : IsLoose<Value> extends true
    ? AnyRecord
    : Value extends unknown
      ? { [Key in keyof Value as `${Key & string}_${Suffix}`]: Value[Key] }
      : never

/** What `inMask` leaves; any record where the mask has keys that are not known when compiling. */
export type InMaskedBy<Value, Keys extends Mask, Options extends MaskOptions> =
  IsExact<Keys, Options> extends true ? InMasked<Value, Keys[number], IsDeep<Options>> : AnyRecord

/** What `outMask` leaves. */
export type OutMaskedBy<Value, Keys extends Mask, Options extends MaskOptions> =
  IsExact<Keys, Options> extends true ? OutMasked<Value, Keys[number], IsDeep<Options>> : AnyRecord

type IsExact<Keys extends Mask, Options> = Keys extends readonly string[]
  ? string extends Keys[number]
    ? false
    : Options extends { readonly fold: Fold }
      ? false
      : true
  : false

type IsDeep<Options> = Options extends { readonly recursive: false } ? false : true

/** What is left when the keys are taken away, however deep. */
type OutMasked<Value, Keys, IsDeep> = Value extends readonly (infer Item)[]
  ? OutMasked<Item, Keys, IsDeep>[]
  : Value extends object
    ? IsLoose<Value> extends true
      ? AnyRecord
      : {
          [Key in keyof Value as Key extends Keys ? never : Key]: IsDeep extends true
            ? OutMasked<Value[Key], Keys, IsDeep>
            : Value[Key]
        }
    : Value

/** What is left when only the keys are kept, and the ways that lead to them. */
type InMasked<Value, Keys, IsDeep> = Value extends readonly (infer Item)[]
  ? InMasked<Item, Keys, IsDeep>[]
  : Value extends object
    ? IsLoose<Value> extends true
      ? AnyRecord
      : Flat<
          { [Key in keyof Value as Key extends Keys ? Key : never]: Value[Key] } & (IsDeep extends true
            ? {
                [Key in keyof Value as Way<Value[Key], Key, Keys, 'must'>]: InMasked<Value[Key], Keys, IsDeep>
              } & {
                [Key in keyof Value as Way<Value[Key], Key, Keys, 'may'>]?: InMasked<Value[Key], Keys, IsDeep>
              }
            : unknown)
        >
    : Value

/** The key, when it is no match itself and a match stands inside: always (`must`) or only sometimes (`may`). */
type Way<Value, Key, Keys, How extends 'must' | 'may'> = Key extends Keys
  ? never
  : Must<Value, Keys> extends true
    ? How extends 'must'
      ? Key
      : never
    : May<Value, Keys> extends false
      ? never
      : How extends 'may'
        ? Key
        : never

/** Whether a value may have a match inside; types that refer to themselves are followed for a few steps. */
type May<Value, Keys, Steps extends readonly 1[] = []> = Steps['length'] extends 4
  ? true
  : Value extends readonly (infer Item)[]
    ? May<Item, Keys, [...Steps, 1]>
    : Value extends object
      ? IsLoose<Value> extends true
        ? true
        : {
            [Key in keyof Value]-?: Key extends Keys ? true : May<Value[Key], Keys, [...Steps, 1]>
          }[keyof Value]
      : IsLoose<Value>

/** Whether every value has a match inside; what is optional does not count. */
type Must<Value, Keys, Steps extends readonly 1[] = []> = Steps['length'] extends 4
  ? false
  : [Value] extends [readonly unknown[]]
    ? false
    : [Value] extends [object]
      ? true extends {
          [Key in keyof Value]-?: undefined extends Value[Key]
            ? false
            : Key extends Keys
              ? true
              : Must<Value[Key], Keys, [...Steps, 1]>
        }[keyof Value]
        ? true
        : false
      : false

/** One record instead of an intersection, as editors like to show it. */
type Flat<Value> = { [Key in keyof Value]: Value[Key] }

/** Whether nothing is known of the keys of a value. */
type IsLoose<Value> = [Json] extends [Value] ? true : string extends keyof Value ? true : false

/** The key of the second record in the result. Of several with one base, no type knows the order. */
type Renamed<Key extends string, Taken extends string, Own extends string> = [
  Sibling<Key, Exclude<Own, Key>>,
] extends [never]
  ? FreeKey<Key, Taken>
  : [Extract<Taken, Key | Sibling<Key, Own>>] extends [never]
    ? Key
    : `${Base<Key>}_${number}` | (Key extends Taken ? never : Key)

type FreeKey<Key extends string, Taken extends string> = Key extends Taken ? Numbered<Base<Key>, Taken> : Key

type Numbered<
  Text extends string,
  Taken extends string,
  Count extends readonly 1[] = [1],
> = `${Text}_${Count['length']}` extends Taken
  ? Numbered<Text, Taken, [...Count, 1]>
  : `${Text}_${Count['length']}`

type Base<Key extends string> = Key extends `${infer Text}_${infer _ extends number}` ? Text : Key

/** The keys among some that have the base of a key. */
type Sibling<Key extends string, Keys extends string> = Keys extends unknown
  ? Base<Keys> extends Base<Key>
    ? Keys
    : never
  : never

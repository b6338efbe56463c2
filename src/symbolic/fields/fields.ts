/**
 * The words fields are made with: `f.int({ min: 1 })`, `f.list(f.object(Dense))`. Each gives a `Field` whose static
 * types are those of reading and writing the place it is put in.
 */

import { specOf } from '../class-spec.ts'
import { DefinitionError } from '../errors.ts'
import { dictSpec } from '../greens/dict-green.ts'
import { listSpec } from '../greens/list-green.ts'
import { jsonSchema } from '../json-schema/json-schema-field.ts'
import type { SymDict } from '../sym-dict.ts'
import type { SymList } from '../sym-list.ts'
import { callable, functorField } from './callable.ts'
import {
  ANY,
  BOOL,
  type ContainerField,
  DICT_OF,
  ENUM,
  type Field,
  FLOAT,
  INT,
  type InOf,
  LAZY,
  LIST_OF,
  OBJECT_OF,
  type OutOf,
  type Primitive,
  STRING,
  UNION,
} from './field.ts'
import { bigint, bytes, classOf, date, type SymType } from './leaf-fields.ts'
import {
  elementRule,
  makeContainer,
  makeField,
  range,
  refuseOptional,
  type SizeOptions,
  sizeRules,
} from './make-field.ts'
import { standardField } from './standard-schema.ts'
import { struct } from './struct.ts'
import { tuple } from './tuple.ts'

export interface RangeOptions {
  /** The smallest value allowed. */
  readonly min?: number
  /** The largest value allowed. */
  readonly max?: number
}

export interface StringOptions {
  readonly minLength?: number
  readonly maxLength?: number
  /** Must match somewhere in the string, as in JSON Schema; anchor it with ^ and $. */
  readonly pattern?: RegExp | string
}

export const f = {
  /** Anything: plain arrays and records become lists and dicts, other values stay as they are. */
  any: (): Field<unknown, unknown, false> => makeField({ tag: ANY }),

  bool: (): Field<boolean, boolean, false> => makeField({ tag: BOOL }),

  /** An integer. */
  int: ({ min, max }: RangeOptions = {}): Field<number, number, false> =>
    makeField({ tag: INT, ...range(min, max) }),

  /** A number; NaN only where no range is asked for. */
  float: ({ min, max }: RangeOptions = {}): Field<number, number, false> =>
    makeField({ tag: FLOAT, ...range(min, max) }),

  string: ({ minLength, maxLength, pattern }: StringOptions = {}): Field<string, string, false> =>
    makeField({
      tag: STRING,
      ...range(minLength ?? 0, maxLength),
      // A sticky or global pattern would remember where it last matched.
      pattern: pattern === undefined ? null : new RegExp(pattern, flagsOf(pattern).replace(/[gy]/g, '')),
    }),

  /** One of the given values. */
  enum: <const Choices extends readonly [Primitive, ...Primitive[]]>(
    ...choices: Choices
  ): Field<Choices[number], Choices[number], false> => {
    if (choices.length === 0) throw new DefinitionError('', 'f.enum needs at least one value')
    return makeField({ tag: ENUM, choices })
  },

  /** One value. */
  literal: <const Value extends Primitive>(value: Value): Field<Value, Value, false> =>
    makeField({ tag: ENUM, choices: [value] }),

  /** A list of values of one field. */
  list: <Element extends Field>(
    element: Element,
    sizes: SizeOptions = {},
  ): ContainerField<
    SymList<OutOf<Element>, InOf<Element>>,
    SymList<OutOf<Element>, InOf<Element>> | readonly InOf<Element>[],
    false
  > =>
    makeContainer({ tag: LIST_OF, spec: listSpec({ element: elementRule(element), ...sizeRules(sizes) }) }),

  /** A dict from strings to values of one field; any key may come and go. */
  dict: <Value extends Field = Field<unknown, unknown, false>>(
    value?: Value,
    sizes: SizeOptions = {},
  ): ContainerField<
    SymDict<OutOf<Value>, InOf<Value>>,
    SymDict<OutOf<Value>, InOf<Value>> | { readonly [key: string]: InOf<Value> },
    false
  > =>
    makeContainer({
      tag: DICT_OF,
      spec: dictSpec({ element: value === undefined ? null : elementRule(value), ...sizeRules(sizes) }),
    }),

  /** A tuple: a field for each position in an array, or one field for all and any number. Arrays are accepted. */
  tuple,

  /** A dict with a field for each of some keys, and fields for other keys by pattern; records are accepted. */
  struct,

  /** A date; it is copied in, and cannot be set. */
  date,

  /** Bytes: a `Uint8Array` is copied in, and read as `Bytes`. */
  bytes,

  /** A big integer. */
  bigint,

  /** What fits a JSON Schema, checked by ajv. */
  jsonSchema,

  /** What fits a Standard Schema of zod, valibot, ArkType or another library. */
  standard: standardField,

  /** A class itself: the given one, or one on top of it. */
  type: classOf,

  /** An instance of a class or of its subclasses. */
  object: <Instance extends { readonly '~symbolic': true }>(
    type: SymType<Instance>,
  ): Field<Instance, Instance, false> => makeField({ tag: OBJECT_OF, spec: specOf(type) }),

  /** An instance of a class that is looked up when first needed: for classes that contain themselves. */
  lazy: <Instance extends object>(type: () => SymType<Instance>): Field<Instance, Instance, false> =>
    makeField({ tag: LAZY, lazy: type }),

  /** A function. It is kept as it is and has no JSON form; a functor has one. */
  callable,

  /** A functor that takes the given arguments: see `functor`. */
  functor: functorField,

  /** What any of the fields accepts; the first that does decides. */
  union: <const Options extends readonly [Field, Field, ...Field[]]>(
    ...options: Options
  ): Field<OutOf<Options[number]>, InOf<Options[number]>, false> => {
    if (options.length < 2)
      throw new DefinitionError('', `f.union needs two fields or more, got ${options.length}`)
    for (const option of options) refuseOptional(option, 'an option of a union')
    return makeField({ tag: UNION, options })
  },
} as const

export type { SizeOptions, SymType }

const flagsOf = (pattern: RegExp | string): string => (typeof pattern === 'string' ? '' : pattern.flags)

/**
 * The words fields are made with: `f.int({ min: 1 })`, `f.list(f.object(Dense))`. Each gives a `Field` whose static
 * types are those of reading and writing the place it is put in.
 */

import { specOf } from './class-spec.ts'
import { dictSpec } from './dict-green.ts'
import { DefinitionError } from './errors.ts'
import { acceptOrThrow } from './explain.ts'
import {
  ANY,
  BOOL,
  ContainerField,
  DICT_OF,
  ENUM,
  Field,
  type FieldRules,
  FLOAT,
  INT,
  type InOf,
  LAZY,
  LIST_OF,
  NO_RULES,
  OBJECT_OF,
  type OutOf,
  type Primitive,
  STRING,
  UNION,
} from './field.ts'
import { listSpec } from './list-green.ts'
import type { SymDict } from './sym-dict.ts'
import type { SymList } from './sym-list.ts'

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

export interface SizeOptions {
  readonly minSize?: number
  readonly maxSize?: number
}

/** A class of the given instances, concrete or abstract: what `f.object` and `f.lazy` take. */
export type SymType<Instance> = abstract new (...args: never) => Instance

export const f = {
  /** Anything: plain arrays and records become lists and dicts, other values stay as they are. */
  any: (): Field<unknown, unknown, false> => make({ tag: ANY }),

  bool: (): Field<boolean, boolean, false> => make({ tag: BOOL }),

  /** An integer. */
  int: ({ min, max }: RangeOptions = {}): Field<number, number, false> =>
    make({ tag: INT, ...range(min, max) }),

  /** A number; NaN only where no range is asked for. */
  float: ({ min, max }: RangeOptions = {}): Field<number, number, false> =>
    make({ tag: FLOAT, ...range(min, max) }),

  string: ({ minLength, maxLength, pattern }: StringOptions = {}): Field<string, string, false> =>
    make({
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
    return make({ tag: ENUM, choices })
  },

  /** One value. */
  literal: <const Value extends Primitive>(value: Value): Field<Value, Value, false> =>
    make({ tag: ENUM, choices: [value] }),

  /** A list of values of one field. */
  list: <Element extends Field>(
    element: Element,
    sizes: SizeOptions = {},
  ): ContainerField<
    SymList<OutOf<Element>, InOf<Element>>,
    SymList<OutOf<Element>, InOf<Element>> | readonly InOf<Element>[],
    false
  > => container(LIST_OF, listSpec({ element: ruleOf(element), ...sizeRules(sizes) })),

  /** A dict from strings to values of one field; any key may come and go. */
  dict: <Value extends Field = Field<unknown, unknown, false>>(
    value?: Value,
    sizes: SizeOptions = {},
  ): ContainerField<
    SymDict<OutOf<Value>, InOf<Value>>,
    SymDict<OutOf<Value>, InOf<Value>> | { readonly [key: string]: InOf<Value> },
    false
  > =>
    container(
      DICT_OF,
      dictSpec({ element: value === undefined ? null : ruleOf(value), ...sizeRules(sizes) }),
    ),

  /** An instance of a class or of its subclasses. */
  object: <Instance extends { readonly '~symbolic': true }>(
    type: SymType<Instance>,
  ): Field<Instance, Instance, false> => make({ tag: OBJECT_OF, spec: specOf(type) }),

  /** An instance of a class that is looked up when first needed: for classes that contain themselves. */
  lazy: <Instance extends object>(type: () => SymType<Instance>): Field<Instance, Instance, false> =>
    make({ tag: LAZY, lazy: type }),

  /** What any of the fields accepts; the first that does decides. */
  union: <const Options extends readonly [Field, Field, ...Field[]]>(
    ...options: Options
  ): Field<OutOf<Options[number]>, InOf<Options[number]>, false> => {
    if (options.length < 2)
      throw new DefinitionError('', `f.union needs two fields or more, got ${options.length}`)
    for (const option of options) refuseOptional(option, 'an option of a union')
    return make({ tag: UNION, options })
  },
} as const

function make<Out, In>(rules: Partial<FieldRules>): Field<Out, In, false> {
  return new Field({ ...NO_RULES, ...rules }, finishDefault)
}

function container<Out, In>(tag: typeof LIST_OF | typeof DICT_OF, spec: FieldRules['spec']) {
  return new ContainerField<Out, In, false>({ ...NO_RULES, tag, spec }, finishDefault)
}

function finishDefault(field: Field, value: unknown): unknown {
  return acceptOrThrow('default', [], field, value)
}

function range(min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY): { min: number; max: number } {
  if (!(min <= max)) throw new DefinitionError('', `the range from ${min} to ${max} holds nothing`)
  return { min, max }
}

function sizeRules({ minSize = 0, maxSize = Number.POSITIVE_INFINITY }: SizeOptions) {
  const { min, max } = range(minSize, maxSize)
  return { minSize: min, maxSize: max }
}

/** Null, the rule that asks nothing, for a field that asks nothing. */
function ruleOf(field: Field): Field | null {
  refuseOptional(field, 'an element of a list or dict')
  return field.tag === ANY && !field.rules.isNullable && !field.rules.hasDefault ? null : field
}

/** Only fields of a class can be absent: in a list or dict nothing is left to say so, in memory or in JSON. */
function refuseOptional(field: Field, what: string): void {
  if (!field.rules.isOptional) return
  throw new DefinitionError(
    '',
    `${what} cannot be optional; use nullable(), or make the whole field optional`,
  )
}

const flagsOf = (pattern: RegExp | string): string => (typeof pattern === 'string' ? '' : pattern.flags)

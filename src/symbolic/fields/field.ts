/**
 * Fields: what may stand somewhere, as data with an integer tag. One `switch` in `accept.ts` reads them; closures per
 * field made construction 3.6 times slower. Every option gives back a new field, and the static types of reading
 * (`Out`), writing (`In`) and leaving out (`Optional`) follow along.
 */

import { isListKind, type Spec } from '../greens/spec.ts'
import type { Reader } from './accept.ts'
import type { Site } from './site.ts'

export const ANY = 0
export const BOOL = 1
export const INT = 2
export const FLOAT = 3
export const STRING = 4
export const ENUM = 5
export const LIST_OF = 6
export const DICT_OF = 7
export const OBJECT_OF = 8
export const LAZY = 9
export const UNION = 10
/** A kind of a file of its own, such as tuples and dates: `rules.kind` knows what it takes. */
export const OF_KIND = 11
/** A field with a transform: what is given becomes something else before its plain field checks it. */
export const TRANSFORMED = 12
export type Tag =
  | typeof ANY
  | typeof BOOL
  | typeof INT
  | typeof FLOAT
  | typeof STRING
  | typeof ENUM
  | typeof LIST_OF
  | typeof DICT_OF
  | typeof OBJECT_OF
  | typeof LAZY
  | typeof UNION
  | typeof OF_KIND
  | typeof TRANSFORMED

/** Values of which the symbolic tree knows all there is to know. */
export type Primitive = null | boolean | number | string

/**
 * What a kind of field takes and says of itself, for the kinds that `accept.ts` does not know by tag. Kept apart from
 * the hot `switch`, so that many kinds cost the common ones nothing.
 */
export interface Kind {
  readonly name: string
  /** What a converter must make to be asked for values of this kind; null when none may be. */
  readonly target: unknown
  /** Whether it judges a value as a whole, so that a change anywhere inside is asked about. */
  readonly isWhole?: boolean
  /** What is stored for a value, or `INVALID`. Null, absence and stand-ins are none of its business. */
  accept(field: Field, value: unknown, reader: Reader | null, depth: number): unknown
  /** What it takes, in words without an article: `date from … to …`. */
  describe(field: Field): string
  /** Says what is wrong in better words than `must be …, got …`; gives back false to leave it at those. */
  explain(field: Field, value: unknown, site: Site): boolean
  /** The rules of a field that asks what it asks and what its base of the same kind asks; a sentence when it is looser. */
  tighten(field: Field, base: Field, tighten: Tighten): Partial<FieldRules> | string
}

/** The field under both its own rules and those of its base, or the sentence about why it is looser. */
export type Tighten = (field: Field, base: Field) => Field | string

/** The data of a field; `Field` wraps it with its types and options. */
export interface FieldRules {
  readonly tag: Tag
  readonly min: number
  readonly max: number
  readonly pattern: RegExp | null
  readonly choices: readonly Primitive[]
  /** The spec of the class, list or dict; null for leaves and for a class not yet looked up. */
  spec: Spec | null
  /** Gives the class of a lazy field. */
  readonly lazy: (() => unknown) | null
  /** The alternatives of a union. */
  readonly options: readonly Field[]
  /** What the field is when its tag is `OF_KIND`, and the options of that kind. */
  readonly kind: Kind | null
  readonly data: unknown
  /** Applied to what is given before it is checked. */
  readonly transform: ((value: never) => unknown) | null
  readonly isNullable: boolean
  readonly isOptional: boolean
  readonly hasDefault: boolean
  /** The default in the form that is stored. */
  readonly initial: unknown
  readonly isFrozen: boolean
  readonly isTrainable: boolean
  /** Whether the field is taken from the context where an object has no value of its own (see `context.ts`). */
  readonly isContextual: boolean
  /** The value of such a field where the context has none, either; null when there is none. */
  readonly fallback: { readonly value: unknown } | null
  readonly description: string
  readonly metadata: Readonly<Record<string, unknown>>
}

export const NO_RULES: FieldRules = {
  tag: ANY,
  min: Number.NEGATIVE_INFINITY,
  max: Number.POSITIVE_INFINITY,
  pattern: null,
  choices: [],
  spec: null,
  lazy: null,
  options: [],
  kind: null,
  data: null,
  transform: null,
  isNullable: false,
  isOptional: false,
  hasDefault: false,
  initial: undefined,
  isFrozen: false,
  isTrainable: false,
  isContextual: false,
  fallback: null,
  description: '',
  metadata: {},
}

/** What a Standard Schema answers. */
export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | {
      readonly issues: readonly {
        readonly message: string
        readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
      }[]
    }

/** A Standard Schema (https://standardschema.dev), version 1. */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>
    readonly types?: { readonly input: Input; readonly output: Output } | undefined
  }
}

/** Our own answer as a Standard Schema: at once. */
export interface OwnStandard<Input, Output> {
  readonly version: 1
  readonly vendor: 'espalier'
  readonly validate: (value: unknown) => StandardResult<Output>
  readonly types?: { readonly input: Input; readonly output: Output } | undefined
}

/** How fields answer as Standard Schemas; set by `standard-schema.ts`, which reads JSON. */
export const standard: { validate: (field: Field, value: unknown) => StandardResult<never> } = {
  validate: () => ({ issues: [] }),
}

/** How a default is checked and turned into what is stored; set by `fields.ts`, which knows how. */
export type Finish = (field: Field, value: unknown) => unknown

/**
 * What may stand at one place of a tree. Made by `f`:
 *
 *     f.int({ min: 1 })                     // required
 *     f.float({ min: 0 }).default(0.01)     // may be left out
 *     f.string().nullable()                 // a string or null
 */
export class Field<Out = unknown, In = unknown, Optional extends boolean = boolean> {
  /** Carries the static types; nothing stands here at run time. */
  declare readonly '~field': { readonly out: Out; readonly in: In; readonly optional: Optional }
  /** @internal */
  readonly rules: FieldRules
  /** @internal The tag, kept here for the hot paths; changes once, when a lazy class is looked up. */
  tag: Tag
  /** @internal */
  spec: Spec | null
  /** @internal Whether a change anywhere inside what stands here is asked about. */
  readonly isWhole: boolean
  /** @internal The field without its transform; itself when it has none. */
  readonly plain: Field
  readonly #finish: Finish

  /** @internal */
  constructor(rules: FieldRules, finish: Finish) {
    this.rules = rules
    this.tag = rules.transform === null ? rules.tag : TRANSFORMED
    this.spec = rules.spec
    this.isWhole = rules.kind?.isWhole === true || rules.options.some(option => option.isWhole)
    this.plain = rules.transform === null ? this : new Field({ ...rules, transform: null }, finish)
    this.#finish = finish
  }

  /** The field with a value that stands when none is given. Throws `FieldError` when the value does not fit. */
  default(value: In): Field<Out, In, true> {
    const initial = this.#finish(this, value)
    if (this.rules.isContextual) return this.with({ fallback: { value: initial } })
    return this.with({ hasDefault: true, initial })
  }

  /** The field, also allowed to be absent (`undefined`). */
  optional(): Field<Out | undefined, In | undefined, true> {
    return this.with({ isOptional: true })
  }

  /** The field, also allowed to be null. */
  nullable(): Field<Out | null, In | null, Optional> {
    return this.with({ isNullable: true })
  }

  /** The field with one value for ever: it may be left out, and nothing else may be written. */
  frozen(value: In): Field<Out, In, true> {
    return this.with({ hasDefault: true, initial: this.#finish(this, value), isFrozen: true })
  }

  /**
   * The field, taken from the context where an object has no value of its own: from the nearest object around it with a
   * field of that name, else from `withContext`, else from its default.
   */
  contextual(): Field<Out, In, true> {
    const { hasDefault, initial, isOptional } = this.rules
    const fallback = hasDefault ? { value: initial } : isOptional ? { value: undefined } : null
    const own = { isOptional: true, hasDefault: false, initial: undefined }
    return this.with({ ...own, isContextual: true, fallback })
  }

  /**
   * The field with a function that what is given goes through before it is checked. Null for a nullable field and
   * stand-ins do not go through it; where it throws, the value is refused in its words. Values that are in a tree may
   * go through it again when they move, so it must leave alone what it has made.
   *
   *     f.string().transform((name: string) => name.trim())
   */
  transform<Given = In>(change: (value: Given) => In): Field<Out, Given, Optional> {
    const before = this.rules.transform as ((value: unknown) => unknown) | null
    const transform =
      before === null
        ? change
        : (value: Given): unknown => before((change as (value: Given) => unknown)(value))
    return this.with({ transform })
  }

  /** The field, marked as something that an optimizer may change. */
  trainable(isTrainable = true): Field<Out, In, Optional> {
    return this.with({ isTrainable })
  }

  /** The field with a sentence about what it means, shown in documents and to models. */
  describe(description: string): Field<Out, In, Optional> {
    return this.with({ description })
  }

  /** The field with data of the user's own about it, merged over what it has. */
  meta(metadata: Readonly<Record<string, unknown>>): Field<Out, In, Optional> {
    return this.with({ metadata: { ...this.rules.metadata, ...metadata } })
  }

  /** The field as a Standard Schema: it reads JSON, and gives what a tree would hold. */
  get '~standard'(): OwnStandard<In, Out> {
    return { version: 1, vendor: 'espalier', validate: value => standard.validate(this, value) }
  }

  get description(): string {
    return this.rules.description
  }

  get metadata(): Readonly<Record<string, unknown>> {
    return this.rules.metadata
  }

  get isTrainable(): boolean {
    return this.rules.isTrainable
  }

  /** @internal The field with other rules. */
  with<O, I, P extends boolean>(changes: Partial<FieldRules>): Field<O, I, P> {
    return new Field({ ...this.rules, ...changes }, this.#finish)
  }
}

/** A field with an empty list or dict of its kind as default at hand. */
export class ContainerField<Out, In, Optional extends boolean> extends Field<Out, In, Optional> {
  /** The field with the empty list or dict as default. */
  orEmpty(): Field<Out, In, true> {
    return this.default((isListKind((this.spec as Spec).kind) ? [] : {}) as In)
  }
}

/** Fields by name, as a class declares them. */
export type FieldMap = { readonly [name: string]: Field }

/** What reading a field gives. */
export type OutOf<F> = F extends { readonly '~field': { readonly out: infer Out } } ? Out : never

/** What may be written to a field. */
export type InOf<F> = F extends { readonly '~field': { readonly in: infer In } } ? In : never

type OptionalKeys<Fields> = {
  [Name in keyof Fields]: Fields[Name] extends { readonly '~field': { readonly optional: true } }
    ? Name
    : never
}[keyof Fields]

/** The properties that a class has for its fields. */
export type ValuesOf<Fields> = { readonly [Name in keyof Fields]: OutOf<Fields[Name]> }

/** What the constructor of a class takes: every field by name, those with a default optional. */
export type InitOf<Fields> = {
  readonly [Name in Exclude<keyof Fields, OptionalKeys<Fields>>]: InOf<Fields[Name]>
} & {
  readonly [Name in OptionalKeys<Fields>]?: InOf<Fields[Name]> | undefined
}

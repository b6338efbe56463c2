/**
 * A data model is a JSON Schema, with or without a value that fits it. It fills in defaults, finds everything that is
 * wrong with data, and never changes what it is given: what it returns is a copy of its own.
 * Operators make other models of models. They work on the schema, and on the value where there is one; the two agree.
 */

import { DataError, type DataProblem, notJson } from './data-error.ts'
import { copyJson, frozen, isJsonRecord, type Json, type JsonSchema } from './json.ts'
import type { Change } from './operators/change.ts'
import { containsKeysOf, namedKeys, namesKey } from './operators/contains.ts'
import { factorized } from './operators/factorize.ts'
import type { Fold } from './operators/keys.ts'
import { type Mask, type MaskOptions, maskingOf } from './operators/mask.ts'
import { masked } from './operators/mask-schema.ts'
import { eitherOf, mergeOf } from './operators/merge.ts'
import type {
  AnyRecord,
  ConcatAll,
  GivenModels,
  InMaskedBy,
  OutMaskedBy,
  Prefixed,
  SomeOf,
  Suffixed,
  ValuesOfModels,
} from './operators/operator-types.ts'
import { withinLimit } from './operators/record-schema.ts'
import { prefixed, suffixed } from './operators/rename.ts'
import { type CheckedSchema, checkedSchema } from './schema-check.ts'
import { fillDefaults } from './schema-defaults.ts'
import { type Sourced, schemaOfSource } from './schema-source.ts'
import type { SchemaSource, ValueOfSource } from './schema-types.ts'

/**
 * A schema for values of a static type: the one that follows from the source, or the caller's word for it.
 *
 *     const Output = DataModel.of({
 *       type: 'object', properties: { y: { type: 'integer' } }, required: ['y'],
 *     })
 *     Output.parse({ y: 3 })      // { y: 3 }, typed
 *     Output.parse({ y: 'a' })    // DataError: data.y must be an integer, got "a"
 *     DataModel.of(z.object({ y: z.int() })); DataModel.of(f.struct({ y: f.int() })); DataModel.of(Dense)
 *
 * Keys that a schema does not name are errors, unless it says otherwise with `additionalProperties` or
 * `unevaluatedProperties`. `$ref` may point into the schema itself only. Formats are not checked.
 */
export class DataModel<Value = Json> {
  /** Carries the static type; nothing stands here at run time. */
  declare readonly '~value': Value
  readonly #checked: CheckedSchema
  /** What the source asks beyond its JSON Schema. */
  readonly #more: Sourced['more']
  /** A value that fits, frozen; undefined for a schema alone. */
  readonly value: Value | undefined

  private constructor(checked: CheckedSchema, value: Value | undefined, more: Sourced['more'] = null) {
    this.#checked = checked
    this.#more = more
    this.value = value
  }

  /**
   * The model of a JSON Schema, of a field or class of trees, or of a Standard Schema (zod, ArkType, …) that can give
   * its JSON Schema. Throws `DataError` when the schema is not one that can be checked.
   */
  static of<Value = never, const Source extends SchemaSource = SchemaSource>(
    source: Source,
  ): DataModel<[Value] extends [never] ? ValueOfSource<Source> : Value> {
    const { schema, more } = schemaOfSource(source)
    return new DataModel<never>(checkedSchema(schema), undefined, more) as never
  }

  /** The schema as it was given, frozen. */
  get schema(): JsonSchema {
    return this.#checked.schema
  }

  /** This schema with a value, which is parsed first. */
  with(value: unknown): DataModel<Value> {
    return new DataModel(this.#checked, frozen(this.parse(value)), this.#more)
  }

  /** This schema alone. */
  withoutValue(): DataModel<Value> {
    return this.value === undefined ? this : new DataModel<Value>(this.#checked, undefined, this.#more)
  }

  /**
   * A copy of the value with defaults filled in. Throws `DataError` listing everything that does not fit; `on` names
   * the value in its sentences.
   */
  parse(value: unknown, on = 'data'): Value {
    const copied = this.#copy(value)
    if ('problem' in copied) throw DataError.of(on, [copied.problem])
    const problems = this.#problemsOf(copied.json)
    if (problems.length > 0) throw DataError.of(on, problems)
    return copied.json as Value
  }

  /** Whether the value, once defaults are filled in, fits. */
  accepts(value: unknown): boolean {
    const copied = this.#copy(value)
    return 'json' in copied && this.#problemsOf(copied.json).length === 0
  }

  /** Everything that is wrong with a value as it is, without filling anything in; empty when it fits. */
  problems(value: unknown): readonly DataProblem[] {
    const copied = copyJson(value)
    return copied.ok ? this.#problemsOf(copied.json) : [notJson(copied)]
  }

  /** The key paths of defaults that the schema has and the value lacks. */
  unfilled(value: unknown): readonly string[] {
    if (!this.#checked.hasDefaults) return []
    const copied = copyJson(value)
    return copied.ok ? fillDefaults(this.#checked.prepared, copied.json).filled : []
  }

  /** What stands under a key of the value; else what is to be given instead. */
  at<const Key extends string, const Else = undefined>(
    key: Key,
    otherwise?: Else,
  ): (Key extends keyof Value ? Value[Key] : Json) | Else {
    const { value } = this
    const isThere = isJsonRecord(value) && Object.hasOwn(value, key)
    return (isThere ? value[key] : otherwise) as never
  }

  /** The keys of the value; those that the schema names when there is none. */
  keys(): string[] {
    return this.value === undefined ? namedKeys(this.#checked) : Object.keys(this.value as object)
  }

  /** The value, or the schema when there is none, as JSON text to be read. */
  pretty(): string {
    return JSON.stringify(this.value ?? this.schema, null, 2)
  }

  /**
   * One record of all: the keys of this model, then those of the others. A key that is taken becomes the lowest free
   * number of its base, however the models are grouped. The result has a value when all of them have one.
   *
   *     Query.concat(Query)      // { query, query_1 }
   */
  concat<First, const Others extends readonly DataModel<unknown>[]>(
    this: DataModel<First>,
    ...others: Others
  ): DataModel<ConcatAll<[First, ...ValuesOfModels<Others>]>> {
    return (others as readonly DataModel<unknown>[]).reduce<DataModel<unknown>>(
      (first, second) => first.#merge(second),
      this,
    ) as never
  }

  /** The concatenation of all, or null when one of them is null. */
  and<First, const Others extends readonly (DataModel<unknown> | null)[]>(
    this: DataModel<First>,
    ...others: Others
  ): null extends Others[number] ? null : DataModel<ConcatAll<[First, ...ValuesOfModels<Others>]>> {
    return (others.includes(null) ? null : this.concat(...(others as readonly DataModel<unknown>[]))) as never
  }

  /**
   * The concatenation of those that are not null. Of schemas alone, of which any may turn out to be null, the result
   * takes the values of every such concatenation.
   */
  or<First, const Others extends readonly (DataModel<unknown> | null)[]>(
    this: DataModel<First>,
    ...others: Others
  ): DataModel<SomeOf<[First, ...GivenModels<Others>]>> {
    const models = [this as DataModel<unknown>, ...others.filter(other => other !== null)]
    if (models.length === 1) return this as never
    if (models.every(model => model.value !== undefined)) return this.concat(...models.slice(1)) as never
    let some: readonly DataModel<unknown>[] = []
    for (const model of models) {
      some = withinLimit([...some, model, ...some.map(before => before.concat(model))])
    }
    return DataModel.#either(some) as never
  }

  /** This model, unless one of the others is not null: then null. Of schemas alone, the result takes values of each. */
  xor<First, const Others extends readonly (DataModel<unknown> | null)[]>(
    this: DataModel<First>,
    ...others: Others
  ): DataModel<First | GivenModels<Others>[number]> | null {
    const models = [this as DataModel<unknown>, ...others.filter(other => other !== null)]
    if (models.length > 1 && models.every(model => model.value !== undefined)) return null
    return (models.length === 1 ? this : DataModel.#either(models)) as never
  }

  /** Null for a model with a value; a schema alone, which may turn out to be null, stays. */
  not(): DataModel<Value> | null {
    return this.value === undefined ? this : null
  }

  /**
   * Whether the schema names a key, or has all keys of another model, with schemas that say the same whatever their
   * titles, descriptions and defaults. It goes by schemas alone.
   */
  contains(what: string | DataModel<unknown>): boolean {
    if (typeof what === 'string') return namesKey(this.#checked, what)
    return containsKeysOf(this.#checked, what.#checked)
  }

  /**
   * Only what the mask names, whole, however deep, with the way that leads there.
   *
   *     model.inMask(['answer'])
   *     model.inMask([/^draft_/], { recursive: false })
   *     model.inMask(['answer'], { fold: 'plural' })      // answer, answer_2, answers
   */
  inMask<Given, const Keys extends Mask, const Options extends MaskOptions = MaskOptions>(
    this: DataModel<Given>,
    mask: Keys,
    options?: Options,
  ): DataModel<InMaskedBy<Given, Keys, Options>> {
    return this.#changed(masked(this.#checked, maskingOf(true, mask, options))) as never
  }

  /** All but what the mask names, however deep. */
  outMask<Given, const Keys extends Mask, const Options extends MaskOptions = MaskOptions>(
    this: DataModel<Given>,
    mask: Keys,
    options?: Options,
  ): DataModel<OutMaskedBy<Given, Keys, Options>> {
    return this.#changed(masked(this.#checked, maskingOf(false, mask, options))) as never
  }

  /** The same with `prefix_` before each key; with an empty prefix this model itself. */
  prefix<Given, const Prefix extends string>(
    this: DataModel<Given>,
    prefix: Prefix,
  ): DataModel<Prefixed<Given, Prefix>> {
    return (prefix === '' ? this : this.#changed(prefixed(this.#checked, prefix))) as never
  }

  /** The same with `_suffix` after each key; with an empty suffix this model itself. */
  suffix<Given, const Suffix extends string>(
    this: DataModel<Given>,
    suffix: Suffix,
  ): DataModel<Suffixed<Given, Suffix>> {
    return (suffix === '' ? this : this.#changed(suffixed(this.#checked, suffix))) as never
  }

  /**
   * The same with one list for keys that differ by their number alone, named by their plural: `queries` for `query`,
   * `query_1`. With `fold: 'plural'` the elements of a list that is called so already join in.
   */
  factorize({ fold = 'suffix' }: { readonly fold?: Fold } = {}): DataModel<AnyRecord> {
    return this.#changed(factorized(this.#checked, fold)) as never
  }

  #merge(other: DataModel<unknown>): DataModel<unknown> {
    const { checked, apply } = mergeOf(this.#checked, other.#checked)
    const areValues = this.value !== undefined && other.value !== undefined
    return new DataModel<unknown>(
      checked,
      areValues ? frozen(apply(this.value as Json, other.value as Json)) : undefined,
    )
  }

  #changed({ checked, apply }: Change): DataModel<unknown> {
    const { value } = this
    return new DataModel<unknown>(checked, value === undefined ? undefined : frozen(apply(value as Json)))
  }

  static #either(models: readonly DataModel<unknown>[]): DataModel<unknown> {
    return new DataModel<unknown>(eitherOf(models.map(model => model.#checked)), undefined)
  }

  #problemsOf(json: Json): readonly DataProblem[] {
    if (!this.#checked.accepts(json)) return this.#checked.problems(json)
    return this.#more?.(json) ?? []
  }

  #copy(value: unknown): { readonly json: Json } | { readonly problem: DataProblem } {
    const { hasDefaults, prepared } = this.#checked
    const given = value === undefined ? prepared.default : value
    const copied = copyJson(given)
    if (!copied.ok) return { problem: notJson(copied) }
    return { json: hasDefaults ? fillDefaults(prepared, copied.json).json : copied.json }
  }
}

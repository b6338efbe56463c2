/**
 * The operators as functions of any number of models, of which some may be null, as outputs of modules may be. They are
 * the methods of `DataModel`, for those who would rather write `concat(a, b, c)`.
 */

import type { DataModel } from '../data-model.ts'
import type { Fold } from './keys.ts'
import type { Mask, MaskOptions } from './mask.ts'
import type {
  AnyRecord,
  ConcatAll,
  GivenModels,
  InMaskedBy,
  OutMaskedBy,
  Prefixed,
  SomeOf,
  Suffixed,
  ValueOfModel,
  ValuesOfModels,
} from './operator-types.ts'

type Model = DataModel<unknown>

/** One record of all models; see `DataModel.concat`. Throws `TypeError` for null: use `and` or `or` where it may be. */
export function concat<const Models extends readonly [Model, ...Model[]]>(
  ...models: Models
): DataModel<ConcatAll<ValuesOfModels<Models>>> {
  const at = models.indexOf(null as never)
  if (at >= 0) throw new TypeError(`concat takes models, got null in place ${at}; 'and' and 'or' take null`)
  const [first, ...others] = models
  return first.concat(...others) as never
}

/** The concatenation of all models, or null when one of them is null. */
export function and<const Models extends readonly (Model | null)[]>(
  ...models: Models
): null extends Models[number] ? null : DataModel<ConcatAll<ValuesOfModels<Models>>> {
  const [first = null, ...others] = models
  return (first === null ? null : first.and(...others)) as never
}

/** The concatenation of the models that are not null; null when there are none. */
export function or<const Models extends readonly (Model | null)[]>(
  ...models: Models
): [] extends GivenModels<Models> ? null : DataModel<SomeOf<GivenModels<Models>>> {
  const [first, ...others] = given(models)
  return (first === undefined ? null : first.or(...others)) as never
}

/** The one model that is not null; null when there is none, or more than one. */
export function xor<const Models extends readonly (Model | null)[]>(
  ...models: Models
): DataModel<GivenModels<Models>[number]> | null {
  const [first, ...others] = given(models)
  return (first === undefined ? null : first.xor(...others)) as never
}

/** Null for a model with a value, and for null; a schema alone stays. */
export const not = <Value>(model: DataModel<Value> | null): DataModel<Value> | null => model?.not() ?? null

/** Whether a model names a key, or has all keys of another; null contains nothing. */
export const containsSchema = (model: Model | null, what: string | Model): boolean =>
  model?.contains(what) ?? false

const given = (models: readonly (Model | null)[]): Model[] => models.filter(model => model !== null)

/** `model.inMask(mask, options)`, and null for null. */
export const inMask = <
  const Given extends Model | null,
  const Keys extends Mask,
  const Options extends MaskOptions = MaskOptions,
>(
  model: Given,
  mask: Keys,
  options?: Options,
): OrNull<Given, InMaskedBy<ValueOfModel<Given>, Keys, Options>> =>
  (model?.inMask(mask, options) ?? null) as never

/** `model.outMask(mask, options)`, and null for null. */
export const outMask = <
  const Given extends Model | null,
  const Keys extends Mask,
  const Options extends MaskOptions = MaskOptions,
>(
  model: Given,
  mask: Keys,
  options?: Options,
): OrNull<Given, OutMaskedBy<ValueOfModel<Given>, Keys, Options>> =>
  (model?.outMask(mask, options) ?? null) as never

/** `model.prefix(text)`, and null for null. */
export const prefix = <const Given extends Model | null, const Text extends string>(
  model: Given,
  text: Text,
): OrNull<Given, Prefixed<ValueOfModel<Given>, Text>> => (model?.prefix(text) ?? null) as never

/** `model.suffix(text)`, and null for null. */
export const suffix = <const Given extends Model | null, const Text extends string>(
  model: Given,
  text: Text,
): OrNull<Given, Suffixed<ValueOfModel<Given>, Text>> => (model?.suffix(text) ?? null) as never

/** `model.factorize(options)`, and null for null. */
export const factorize = <const Given extends Model | null>(
  model: Given,
  options?: { readonly fold?: Fold },
): OrNull<Given, AnyRecord> => (model?.factorize(options) ?? null) as never

/** A model, or null where null may be given. */
type OrNull<Given, Value> = Given extends null ? null : DataModel<Value>

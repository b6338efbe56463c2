/** Fields of leaves beyond booleans, numbers and strings: dates, bytes, big integers and classes. */

import { INVALID } from '../change/missing.ts'
import { specOf } from '../class-spec.ts'
import { DefinitionError } from '../errors.ts'
import { isKindOf, type Spec } from '../greens/spec.ts'
import { show } from '../view/format.ts'
import { type Field, type Kind, OF_KIND } from './field.ts'
import { rangeOf } from './field-words.ts'
import { Bytes, classSpec, storedLeaf } from './leaf.ts'
import { makeField, range } from './make-field.ts'
import { ranges } from './tighten.ts'

export interface DateOptions {
  /** The earliest date allowed. */
  readonly min?: Date
  /** The latest date allowed. */
  readonly max?: Date
}

export interface BytesOptions {
  readonly minLength?: number
  readonly maxLength?: number
}

export interface BigIntOptions {
  readonly min?: bigint
  readonly max?: bigint
}

/** The field of dates. */
export const date = ({ min, max }: DateOptions = {}): Field<Date, Date, false> =>
  makeField({ tag: OF_KIND, kind: DATE, ...range(min?.getTime(), max?.getTime()) })

/** The field of bytes. */
export const bytes = ({ minLength, maxLength }: BytesOptions = {}): Field<Bytes, Bytes | Uint8Array, false> =>
  makeField({ tag: OF_KIND, kind: BYTES, ...range(minLength ?? 0, maxLength) })

/** The field of big integers. */
export function bigint({ min, max }: BigIntOptions = {}): Field<bigint, bigint, false> {
  if (min !== undefined && max !== undefined && min > max) {
    throw new DefinitionError('', `the range from ${min} to ${max} holds nothing`)
  }
  return makeField({ tag: OF_KIND, kind: BIGINT, data: { min, max } })
}

/** A class of the given instances, concrete or abstract: what `f.object` and `f.lazy` take, and `f.type` holds. */
export type SymType<Instance> = abstract new (...args: never) => Instance

/** The field of classes: the given one, and those on top of it. */
export const classOf = <Instance extends { readonly '~symbolic': true }>(
  type: abstract new (...args: never) => Instance,
): Field<SymType<Instance>, SymType<Instance>, false> =>
  makeField({ tag: OF_KIND, kind: CLASS, spec: specOf(type) })

type BigIntRules = { readonly [Option in keyof BigIntOptions]: bigint | undefined }

const showDate = (time: unknown): string => new Date(time as number).toISOString()

const noMore = (): boolean => false

export const DATE: Kind = {
  name: 'date',
  target: Date,
  accept(field, value) {
    if (!(value instanceof Date)) return INVALID
    const time = value.getTime()
    return field.rules.min <= time && time <= field.rules.max ? storedLeaf(value) : INVALID
  },
  describe: ({ rules: { min, max } }) => `date${between(min, max, showDate)}`,
  explain: noMore,
  tighten: (field, base) => ranges(field, base, showDate),
}

export const BYTES: Kind = {
  name: 'bytes',
  target: Uint8Array,
  accept(field, value) {
    if (!(value instanceof Uint8Array || value instanceof Bytes)) return INVALID
    const fits = field.rules.min <= value.length && value.length <= field.rules.max
    return fits ? storedLeaf(value) : INVALID
  },
  describe: ({ rules: { min, max } }) =>
    min === 0 && max === Infinity ? 'row of bytes' : `row of ${rangeOf(min, max)} bytes`,
  explain: noMore,
  tighten: (field, base) => {
    const min = field.rules.min === 0 ? -Infinity : field.rules.min
    return ranges(field.with({ min }), base)
  },
}

export const BIGINT: Kind = {
  name: 'bigint',
  target: 'bigint',
  accept(field, value) {
    if (typeof value !== 'bigint') return INVALID
    const { min, max } = field.rules.data as BigIntRules
    return (min === undefined || min <= value) && (max === undefined || value <= max) ? value : INVALID
  },
  describe(field) {
    const { min, max } = field.rules.data as BigIntRules
    return `big integer${between(min ?? -Infinity, max ?? Infinity, show)}`
  },
  explain: noMore,
  tighten(field, base) {
    const [own, wide] = [field.rules.data as BigIntRules, base.rules.data as BigIntRules]
    if (own.min !== undefined && wide.min !== undefined && own.min < wide.min) {
      return `it starts at ${own.min}, before ${wide.min} of the base`
    }
    if (own.max !== undefined && wide.max !== undefined && own.max > wide.max) {
      return `it ends at ${own.max}, after ${wide.max} of the base`
    }
    return { data: { min: own.min ?? wide.min, max: own.max ?? wide.max } }
  },
}

export const CLASS: Kind = {
  name: 'class',
  target: null,
  accept(field, value) {
    const spec = typeof value === 'function' ? classSpecOf(value) : null
    return spec !== null && isKindOf(spec, field.spec as Spec) ? value : INVALID
  },
  describe: ({ spec }) => `class like ${spec?.name}`,
  explain: noMore,
  tighten(field, base) {
    const [own, wide] = [field.spec as Spec, base.spec as Spec]
    return isKindOf(own, wide)
      ? {}
      : `it takes classes like ${own.name}, which is no ${wide.name} as in the base`
  },
}

/** The spec of a class, which may be met here for the first time; null for what is no class of ours. */
function classSpecOf(value: object): Spec | null {
  try {
    specOf(value)
  } catch {
    return null
  }
  return classSpec(value)
}

/** A range in words that go behind a noun. */
const between = (min: unknown, max: unknown, say: (value: unknown) => string): string =>
  min === -Infinity && max === Infinity
    ? ''
    : min === -Infinity
      ? ` of at most ${say(max)}`
      : max === Infinity
        ? ` of at least ${say(min)}`
        : ` from ${say(min)} to ${say(max)}`

/**
 * Converters: functions from one type to another that fields may use when a value does not fit as it is. There is one
 * registry for the process; without converters in it, refusing a value costs what it always did.
 */

import { INVALID } from '../change/missing.ts'
import { ownSpec, specOf } from '../class-spec.ts'
import { DefinitionError } from '../errors.ts'
import { isKindOf, type Spec } from '../greens/spec.ts'
import { makeNode } from '../node.ts'
import { accept, conversion, isStored } from './accept.ts'
import { BOOL, ENUM, type Field, FLOAT, INT, LIST_OF, OBJECT_OF, STRING } from './field.ts'

/** The types that converters lead from and to: the words of `typeof`, and classes. */
interface TypeWords {
  string: string
  number: number
  boolean: boolean
  bigint: bigint
}

/** A type to convert from or to: `'string'`, `'number'`, `'boolean'`, `'bigint'`, or a class such as `Date`. */
export type ConverterType = keyof TypeWords | (abstract new (...args: never) => object)

/** The values of such a type. */
export type ConverterValue<Type> = Type extends keyof TypeWords
  ? TypeWords[Type]
  : Type extends abstract new (
        ...args: never
      ) => infer Instance
    ? Instance
    : never

/**
 * Makes fields of one type take values of another: when a value does not fit as it is, the first converter that makes
 * something fitting of it decides. Gives back the function that takes the converter out again.
 *
 *     const forget = registerConverter('string', Date, text => new Date(text))
 *
 * A converter that throws counts as none. Options of a union take what fits as it is before anything is converted.
 */
export function registerConverter<const From extends ConverterType, const To extends ConverterType>(
  from: From,
  to: To,
  convert: (value: ConverterValue<From>) => ConverterValue<To>,
): () => void {
  for (const type of [from, to]) {
    const isType = typeof type === 'function' || ['string', 'number', 'boolean', 'bigint'].includes(type)
    if (!isType) {
      throw new DefinitionError('', `a converter leads from and to classes or names of types, got '${type}'`)
    }
  }
  const spec = typeof to === 'function' && ownSpec(to) !== null ? specOf(to) : null
  const converter: Converter = { from, to, spec, convert: convert as (value: unknown) => unknown }
  converters.push(converter)
  conversion.isOn = true
  return () => {
    const index = converters.indexOf(converter)
    if (index >= 0) converters.splice(index, 1)
    conversion.isOn = converters.length > 0
  }
}

interface Converter {
  readonly from: ConverterType
  readonly to: ConverterType
  /** The spec of the class that it leads to, when it is one of ours. */
  readonly spec: Spec | null
  readonly convert: (value: unknown) => unknown
}

const converters: Converter[] = []

conversion.convert = (field, value) => {
  const given = isStored(value) ? makeNode(value, null, '') : value
  for (const converter of converters) {
    if (!isOf(converter.from, given) || !leadsTo(converter, field)) continue
    // What comes out must fit as it is: converters do not build on each other.
    conversion.isOn = false
    try {
      const accepted = accept(field.plain, converter.convert(given), null, 0)
      if (accepted !== INVALID) return accepted
    } catch {
      // The field then says what it wants, and what it got.
    } finally {
      conversion.isOn = converters.length > 0
    }
  }
  return INVALID
}

const isOf = (type: ConverterType, value: unknown): boolean =>
  typeof type === 'string' ? typeof value === type : value instanceof type

/** Whether a field could take what a converter makes. */
function leadsTo({ to, spec }: Converter, field: Field): boolean {
  switch (field.plain.tag) {
    case STRING:
      return to === 'string'
    case INT:
    case FLOAT:
      return to === 'number'
    case BOOL:
      return to === 'boolean'
    case ENUM:
      return field.rules.choices.some(choice => typeof choice === to)
    case OBJECT_OF:
      return spec !== null && isKindOf(spec, field.plain.spec as Spec)
    case LIST_OF:
      return to === Array
    default:
      return field.rules.kind !== null && field.rules.kind.target === to
  }
}

/** Fields in words: what they take, as it stands in errors and documents. */

import type { Spec } from '../greens/spec.ts'
import { show } from '../view/format.ts'
import { resolveLazy } from './accept.ts'
import {
  BOOL,
  DICT_OF,
  ENUM,
  type Field,
  FLOAT,
  INT,
  type Kind,
  LAZY,
  LIST_OF,
  OBJECT_OF,
  OF_KIND,
  STRING,
  TRANSFORMED,
  UNION,
} from './field.ts'

/** What a field accepts, in words: `an integer of at least 1`. */
export function describe(field: Field | null): string {
  if (field === null) return 'value'
  const { min, max, isNullable, choices, options, pattern } = field.rules
  const range = rangeText(min, max)
  const orNull = isNullable ? ' or null' : ''
  switch (field.tag) {
    case BOOL:
      return `boolean${orNull}`
    case INT:
      return `integer${range}${orNull}`
    case FLOAT:
      return `number${range}${orNull}`
    case STRING: {
      const length = min > 0 || max < Infinity ? ` of ${rangeOf(min, max)} characters` : ''
      return `string${length}${pattern === null ? '' : ` matching ${pattern}`}${orNull}`
    }
    case ENUM:
      return choices.length === 1
        ? `${show(choices[0])}${orNull}`
        : `one of ${choices.map(choice => show(choice)).join(', ')}${orNull}`
    case LIST_OF:
      return `list of ${plural(describe(field.spec?.element ?? null))}${orNull}`
    case DICT_OF:
      return `dict of ${plural(describe(field.spec?.element ?? null))}${orNull}`
    case OBJECT_OF:
      return `${field.spec?.name}${orNull}`
    case LAZY:
      resolveLazy(field)
      return describe(field)
    case UNION:
      return `${options.map(describe).join(' or ')}${orNull}`
    case OF_KIND:
      return `${(field.rules.kind as Kind).describe(field)}${orNull}`
    case TRANSFORMED:
      return describe(field.plain)
    default:
      return 'value'
  }
}

export const rangeText = (min: number, max: number): string =>
  min === -Infinity && max === Infinity
    ? ''
    : min === -Infinity
      ? ` of at most ${max}`
      : max === Infinity
        ? ` of at least ${min}`
        : ` from ${min} to ${max}`

export const rangeOf = (min: number, max: number): string =>
  max === Infinity
    ? `at least ${min}`
    : min === max
      ? `${min}`
      : min > 0
        ? `${min} to ${max}`
        : `at most ${max}`

export const sizeText = (spec: Spec): string => rangeOf(spec.minSize, spec.maxSize)

const plural = (noun: string): string =>
  noun.replace(/^(integer|number|boolean|string|value|list|dict)\b/, '$1s')

/** A noun with its article. */
export const article = (noun: string): string =>
  /^(one of|"|'|\d|null|true|false)/.test(noun) ? noun : /^[aeiou]/i.test(noun) ? `an ${noun}` : `a ${noun}`

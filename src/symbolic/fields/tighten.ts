/**
 * Fields of a class over those of its base. A field may only ask for more than the field it stands for, so that an
 * instance of the class is good wherever one of the base is: the base's rules go on to hold where the new field says
 * nothing, and what would let more in is refused with the reason.
 */

import { INVALID } from '../change/missing.ts'
import { DefinitionError } from '../errors.ts'
import { dictSpec } from '../greens/dict-green.ts'
import { listSpec } from '../greens/list-green.ts'
import { isKindOf, type Spec } from '../greens/spec.ts'
import { show } from '../view/format.ts'
import { accept, isInitial, resolveLazy } from './accept.ts'
import {
  ANY,
  BOOL,
  DICT_OF,
  ENUM,
  type Field,
  type FieldRules,
  FLOAT,
  INT,
  LAZY,
  LIST_OF,
  OBJECT_OF,
  OF_KIND,
  STRING,
  type Tighten,
  UNION,
} from './field.ts'
import { article, describe } from './field-words.ts'

/**
 * What a class has under the name of a field of its base: the field given, with the base's rules where it has none.
 * The base's default, transform, description and metadata stay when none is given (the default only while it fits).
 * Throws `DefinitionError` with the reason when the field is looser than the base's.
 */
export function tightened(place: string, field: Field, base: Field): Field {
  if (field === base) return field
  const own = tighten(field, base)
  if (typeof own === 'string') {
    throw new DefinitionError(place, `${place} may only be tighter than in its base class: ${own}`)
  }
  const { rules } = own
  const changes: Mutable<Partial<FieldRules>> = {
    transform: rules.transform ?? base.rules.transform,
    description: rules.description || base.rules.description,
    metadata: { ...base.rules.metadata, ...rules.metadata },
  }
  if (rules.hasDefault) {
    const initial = accept(own.plain, rules.initial, null, 0)
    if (initial === INVALID) {
      throw new DefinitionError(
        place,
        `the default of ${place} must be ${one(own)}, got ${show(rules.initial)}`,
      )
    }
    changes.initial = initial
  } else if (base.rules.hasDefault) {
    const initial = accept(own.plain, base.rules.initial, null, 0)
    if (initial !== INVALID) Object.assign(changes, { hasDefault: true, initial })
  }
  return own.with(changes)
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] }

/** The field under its own rules and those of its base, or a sentence about why it is looser. */
const tighten: Tighten = (field, base) => {
  if (base.rules.isFrozen) {
    const isSame = field.rules.isFrozen && isInitial(base, field.rules.initial)
    return isSame ? field : `its base is frozen at ${show(base.rules.initial)}`
  }
  if (field.rules.isFrozen) {
    const fits = accept(base.plain, field.rules.initial, null, 0) !== INVALID
    return fits ? field : `it is frozen at ${show(field.rules.initial)}, where the base takes ${one(base)}`
  }
  // What is taken from the context is absent only where it is stored: reading it gives a value or an error.
  const mayBeAbsent = field.rules.isOptional && !field.rules.isContextual
  if (mayBeAbsent && !base.rules.isOptional) return 'it may be absent, which the base forbids'
  if (field.rules.isNullable && accept(base.plain, null, null, 0) === INVALID) {
    return 'it may be null, which the base forbids'
  }
  const rules = byTag(field.plain, base.plain)
  return typeof rules === 'string' ? rules : field.with(rules)
}

/** The rules that are asked for together, whatever may be null or absent. */
function byTag(field: Field, base: Field): Partial<FieldRules> | string {
  if (base.tag === ANY) return {}
  if (field.tag === UNION) return eachOption(field, base)
  if (field.tag === ENUM) {
    const stranger = field.rules.choices.findIndex(choice => accept(base, choice, null, 0) === INVALID)
    return stranger < 0 ? {} : `it takes ${show(field.rules.choices[stranger])}, where ${theBase(base)}`
  }
  if (base.tag === UNION) return anyOption(field, base)
  const isNumber = field.tag === INT || field.tag === FLOAT
  if (isNumber && (base.tag === field.tag || base.tag === FLOAT)) return ranges(field, base)
  if (isClass(field) && isClass(base)) return classes(field, base)
  if (field.tag !== base.tag || field.rules.kind !== base.rules.kind) {
    const isBoolean = field.tag === BOOL && base.tag === ENUM
    const fits = isBoolean && [true, false].every(value => base.rules.choices.includes(value))
    return fits ? {} : `it takes ${one(field)}, where ${theBase(base)}`
  }
  switch (field.tag) {
    case STRING:
      return strings(field, base)
    case LIST_OF:
    case DICT_OF:
      return containers(field, base)
    case OF_KIND:
      return field.rules.kind?.tighten(field, base, tighten) ?? {}
    default:
      return {}
  }
}

const one = (field: Field): string => article(describe(field))

const theBase = (base: Field): string => `the base takes ${one(base)}`

/** A range within the base's; an end that the field leaves open is the base's. */
export function ranges(field: Field, base: Field, say = show): Partial<FieldRules> | string {
  const { min, max } = field.rules
  const [low, high] = [base.rules.min, base.rules.max]
  if (min !== -Infinity && min < low) return `it starts at ${say(min)}, before ${say(low)} of the base`
  if (max !== Infinity && max > high) return `it ends at ${say(max)}, after ${say(high)} of the base`
  const [from, to] = [Math.max(min, low), Math.min(max, high)]
  return from <= to ? { min: from, max: to } : `it has nothing in common with the base: ${theBase(base)}`
}

function strings(field: Field, base: Field): Partial<FieldRules> | string {
  const [min, max] = [field.rules.min === 0 ? -Infinity : field.rules.min, field.rules.max]
  const lengths = ranges(field.with({ min, max }), base)
  if (typeof lengths === 'string') return lengths.replace('it starts at', 'its length starts at')
  const pattern = bothPatterns(field.rules.pattern, base.rules.pattern)
  if (pattern !== undefined) return { ...lengths, pattern }
  return `its pattern ${field.rules.pattern} cannot be put together with ${base.rules.pattern} of the base`
}

/** A pattern that matches where both do; undefined when they cannot be put into one. */
function bothPatterns(own: RegExp | null, base: RegExp | null): RegExp | null | undefined {
  if (own === null || base === null) return own ?? base
  if (own.source === base.source && own.flags === base.flags) return own
  // Groups count through a pattern, so a reference to one would mean another.
  const refers = /\\[1-9]|\\k</.test(own.source + base.source)
  if (own.flags !== base.flags || refers) return undefined
  return new RegExp(`^(?=[^]*(?:${base.source}))(?=[^]*(?:${own.source}))`, own.flags.replace('m', ''))
}

/** Lists and dicts: sizes within the base's, elements tighter than the base's. */
function containers(field: Field, base: Field): Partial<FieldRules> | string {
  const [own, wide] = [field.spec as Spec, base.spec as Spec]
  const sizes = sizesOf(own, wide)
  if (typeof sizes === 'string') return sizes
  const element = tightElement(own.element, wide.element)
  if (typeof element === 'string') return `in its elements, ${element}`
  const rules = { element, ...sizes }
  return { spec: field.tag === LIST_OF ? listSpec(rules) : dictSpec(rules) }
}

/** Sizes within those of a base. */
export function sizesOf(own: Spec, base: Spec): { minSize: number; maxSize: number } | string {
  if (own.minSize !== 0 && own.minSize < base.minSize) {
    return `it may have ${own.minSize} entries, where the base has at least ${base.minSize}`
  }
  if (own.maxSize !== Infinity && own.maxSize > base.maxSize) {
    return `it may have ${own.maxSize} entries, where the base has at most ${base.maxSize}`
  }
  const minSize = Math.max(own.minSize, base.minSize)
  const maxSize = Math.min(own.maxSize, base.maxSize)
  return minSize <= maxSize
    ? { minSize, maxSize }
    : `no size is allowed by it and by the base: ${minSize} is more than ${maxSize}`
}

/** Elements tighter than a base's; null stands for anything. */
function tightElement(own: Field | null, base: Field | null): Field | null | string {
  if (base === null) return own
  return own === null ? `it takes anything, where ${theBase(base)}` : tighten(own, base)
}

/** Each option must be tighter than the base, or than one of its options. */
function eachOption(field: Field, base: Field): Partial<FieldRules> | string {
  const options: Field[] = []
  for (const option of field.rules.options) {
    const own = tighten(option, base)
    if (typeof own === 'string') return own
    options.push(own)
  }
  return { options }
}

/** The first option of the base that takes all that the field does. */
function anyOption(field: Field, base: Field): Partial<FieldRules> | string {
  for (const option of base.rules.options) {
    const own = tighten(field.rules.isNullable ? field.with({ isNullable: false }) : field, option)
    if (typeof own === 'string') continue
    const { min, max, pattern, spec, options, data } = own.rules
    return { min, max, pattern, spec, options, data }
  }
  return `it takes ${one(field)}, where ${theBase(base)}`
}

const isClass = (field: Field): boolean => field.tag === OBJECT_OF || field.tag === LAZY

/** A class of the base's line. Classes that are still being made are compared when they are first needed. */
function classes(field: Field, base: Field): Partial<FieldRules> | string {
  if (field.rules.lazy !== null && field.rules.lazy === base.rules.lazy) return {}
  if (!isKnown(field) || !isKnown(base)) {
    const { lazy } = field.rules
    if (lazy === null) return {}
    const checked = (): unknown => {
      const cls = lazy()
      const given = field.with({ lazy: () => cls })
      resolveLazy(given)
      if (base.tag === LAZY) resolveLazy(base)
      const problem = unrelated(given, base)
      if (problem !== null) throw new DefinitionError('', problem)
      return cls
    }
    return { lazy: checked }
  }
  return unrelated(field, base) ?? {}
}

function unrelated(field: Field, base: Field): string | null {
  const [own, wide] = [field.spec as Spec, base.spec as Spec]
  return isKindOf(own, wide) ? null : `it takes ${own.name}, which is no ${wide.name} as in the base`
}

/** Whether the class of a field exists already. */
function isKnown(field: Field): boolean {
  if (field.tag !== LAZY) return true
  try {
    resolveLazy(field)
    return true
  } catch {
    return false
  }
}

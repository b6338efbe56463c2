/**
 * Structs: dicts in which certain keys have fields of their own, and others are known by a pattern. They read, change and
 * are saved like dicts; only their rules differ from key to key.
 */

import { INVALID } from '../change/missing.ts'
import { DefinitionError } from '../errors.ts'
import { dictEach, dictFrom, dictSpec } from '../greens/dict-green.ts'
import { type Green, isDictKind, type PlaceRules, type Spec, withSeal } from '../greens/spec.ts'
import { nearest } from '../nearest.ts'
import { Node } from '../node.ts'
import type { SymDict } from '../sym-dict.ts'
import { acceptPart, isRecord, isStored, MAX_DEPTH, type Reader } from './accept.ts'
import { explainPart } from './explain.ts'
import {
  type ContainerField,
  type Field,
  type FieldMap,
  type InitOf,
  type InOf,
  type Kind,
  OF_KIND,
  type OutOf,
} from './field.ts'
import { describe, rangeOf } from './field-words.ts'
import { makeContainer, makeField, refuseOptional, type SizeOptions, sizeRules } from './make-field.ts'
import { sizesOf } from './tighten.ts'

export interface StructOptions<Patterns, Rest> extends SizeOptions {
  /** Fields for the keys that match a pattern, anywhere in them; the first that matches decides. */
  readonly patterns?: Patterns
  /** The field for all other keys; without it there are none. */
  readonly rest?: Rest
}

type KeyPatterns = readonly (readonly [pattern: RegExp | string, field: Field])[]

/** A dict that knows its keys: `at('a')` gives what the field of `a` says. */
export type SymStruct<Fields, Rest> = {
  at<Key extends string>(key: Key): Key extends keyof Fields ? OutOf<Fields[Key]> : OutOf<Rest> | undefined
  /** Carries the static types; nothing stands here at run time. */
  readonly '~keys': { readonly fields: Fields; readonly rest: Rest }
} & SymDict<OutOf<Fields[keyof Fields] | Rest>, InOf<Fields[keyof Fields] | Rest>>

/** What may be written where a struct is wanted. */
export type StructInput<Fields, Rest> =
  | SymStruct<Fields, Rest>
  | ([Rest] extends [never] ? InitOf<Fields> : InitOf<Fields> & { readonly [key: string]: unknown })

/** The field of dicts with the given keys, and others as the options say. */
export function struct<
  const Fields extends FieldMap,
  const Patterns extends KeyPatterns = [],
  Rest extends Field = never,
>(
  fields: Fields,
  options: StructOptions<Patterns, Rest> = {},
): ContainerField<
  SymStruct<Fields, Patterns[number][1] | Rest>,
  StructInput<Fields, Patterns[number][1] | Rest>,
  false
> {
  const { patterns, rest, ...sizes } = options
  const others: (readonly [RegExp, Field])[] = []
  for (const [pattern, field] of patterns ?? []) {
    refuseOptional(field, 'what a pattern stands for')
    const flags = typeof pattern === 'string' ? '' : pattern.flags.replace(/[gy]/g, '')
    others.push([new RegExp(pattern, flags), field])
  }
  if (rest !== undefined) refuseOptional(rest, 'the rest of a struct')
  for (const [key, field] of Object.entries(fields)) {
    if (!(typeof field === 'object' && field.rules)) throw new DefinitionError(key, `'${key}' needs a field`)
  }
  const keys = new Keys(new Map(Object.entries(fields)), others, rest ?? null)
  return makeContainer({ tag: OF_KIND, kind: STRUCT, spec: dictSpec({ places: keys, ...sizeRules(sizes) }) })
}

/** The rules of a struct. */
export class Keys implements PlaceRules {
  readonly fixed: ReadonlyMap<string, Field>
  readonly patterns: readonly (readonly [RegExp, Field])[]
  readonly rest: Field | null
  readonly #none: Field

  constructor(
    fixed: ReadonlyMap<string, Field>,
    patterns: readonly (readonly [RegExp, Field])[],
    rest: Field | null,
  ) {
    this.fixed = fixed
    this.patterns = patterns
    this.rest = rest
    this.#none = makeField({ tag: OF_KIND, kind: NO_KEY, data: this })
  }

  fieldAt(key: string | number): Field {
    return this.fixed.get(key as string) ?? this.ofOther(key as string)
  }

  /** The rule for a key without a field of its own. */
  ofOther(key: string): Field {
    for (const [pattern, field] of this.patterns) if (pattern.test(key)) return field
    return this.rest ?? this.#none
  }

  keeps(key: string | number): boolean {
    return this.fixed.get(key as string)?.rules.isOptional === false
  }
}

export const STRUCT: Kind = {
  name: 'struct',
  target: null,

  accept(field, value, reader, depth) {
    const spec = field.spec as Spec
    if (isRecord(value)) return structOf(spec, new Map(Object.entries(value)), reader, depth)
    const entries = entriesOf(value)
    if (entries === null) return INVALID
    const green = value instanceof Node ? value._g : (value as Green)
    if (green[0].base.small === spec.small) return green
    return structOf(green[0].sealed ? withSeal(spec, true) : spec, entries, null, depth)
  },

  describe(field) {
    const { fixed, patterns, rest } = keysOf(field)
    const words = [...fixed].map(
      ([key, each]) => `${key}${each.rules.isOptional ? '?' : ''}: ${describe(each)}`,
    )
    for (const [pattern, each] of patterns) words.push(`${pattern}: ${describe(each)}`)
    if (rest !== null) words.push(`…: ${describe(rest)}`)
    return `dict of {${words.join(', ')}}`
  },

  explain(field, value, site) {
    const isData = isRecord(value)
    const entries = isData ? new Map(Object.entries(value)) : entriesOf(value)
    if (entries === null) return false
    const keys = keysOf(field)
    for (const [key, each] of entries) {
      const rule = keys.fieldAt(key)
      const isLeftOut = each === undefined && (rule.rules.hasDefault || rule.rules.isOptional)
      if (!isLeftOut) explainPart(rule, each, isData ? site.child(key) : site.child(key, null))
    }
    for (const [key, each] of keys.fixed) {
      if (entries.has(key) || each.rules.hasDefault || each.rules.isOptional) continue
      site.child(key).say(`is required: ${describe(each)}`)
    }
    const { minSize, maxSize } = field.spec as Spec
    const { size } = entries
    if (size < minSize || size > maxSize) {
      site.say(`must have ${rangeOf(minSize, maxSize)} entries, got ${size}`)
    }
    return true
  },

  tighten(field, base, tighten) {
    const [own, wide] = [field.spec as Spec, base.spec as Spec]
    const [keys, baseKeys] = [keysOf(field), keysOf(base)]
    const sizes = sizesOf(own, wide)
    if (typeof sizes === 'string') return sizes
    const fixed = new Map<string, Field>()
    for (const [key, rule] of keys.fixed) {
      const wideRule = baseKeys.fieldAt(key)
      if (wideRule.rules.kind === NO_KEY) return `it has a key '${key}', which the base has not`
      const tight = tighten(rule, wideRule)
      if (typeof tight === 'string') return `at '${key}', ${tight}`
      fixed.set(key, tight)
    }
    const lost = [...baseKeys.fixed.keys()].find(key => !fixed.has(key))
    if (lost !== undefined) return `it has no '${lost}', which the base has`
    const isSame =
      keys.rest === baseKeys.rest &&
      keys.patterns.length === baseKeys.patterns.length &&
      keys.patterns.every(([pattern, rule], i) => {
        const [other, otherRule] = baseKeys.patterns[i] as readonly [RegExp, Field]
        return String(pattern) === String(other) && rule === otherRule
      })
    const isClosed = keys.rest === null && keys.patterns.length === 0
    if (!isSame && !isClosed) return 'its patterns and the field of other keys are not those of the base'
    return { spec: dictSpec({ places: new Keys(fixed, keys.patterns, keys.rest), ...sizes }) }
  },
}

/** What stands under a key that a struct does not have: nothing fits it. */
const NO_KEY: Kind = {
  name: 'no key',
  target: null,
  accept: () => INVALID,
  describe: () => 'nothing',
  tighten: () => 'there is nothing to be tighter than',
  explain(field, _, site) {
    const { fixed, patterns } = field.rules.data as Keys
    const near = nearest(String(site.path.key), fixed.keys())
    const known = [...fixed.keys(), ...patterns.map(([pattern]) => `those that match ${pattern}`)].join(', ')
    const hint = near === null ? `; its keys are ${known || 'none'}` : `; did you mean '${near}'?`
    site.say(`is not a key of the dict${hint}`)
    return true
  },
}

const keysOf = (field: Field): Keys => (field.spec as Spec).places as Keys

/** The entries of a dict, as a node or stored; null for anything else. */
function entriesOf(value: unknown): Map<string, unknown> | null {
  const green = value instanceof Node ? value._g : isStored(value) ? value : null
  if (green === null || !isDictKind(green[0].kind)) return null
  const entries = new Map<string, unknown>()
  dictEach(green, (each, key) => {
    entries.set(key, each)
  })
  return entries
}

/** The dict of some entries: fixed keys in the order of their fields, then the others in the order given. */
function structOf(
  spec: Spec,
  given: ReadonlyMap<string, unknown>,
  reader: Reader | null,
  depth: number,
): unknown {
  if (depth > MAX_DEPTH) return INVALID
  const rules = spec.places as Keys
  const keys: string[] = []
  const values: unknown[] = []
  for (const [key, rule] of rules.fixed) {
    const value = given.get(key)
    const { hasDefault, initial, isOptional } = rule.rules
    if (value === undefined && !hasDefault && isOptional) continue
    const accepted = value === undefined && hasDefault ? initial : acceptPart(rule, value, reader, depth + 1)
    if (accepted === INVALID) return INVALID
    keys.push(key)
    values.push(accepted)
  }
  for (const [key, value] of given) {
    if (rules.fixed.has(key)) continue
    const accepted = acceptPart(rules.ofOther(key), value, reader, depth + 1)
    if (accepted === INVALID) return INVALID
    keys.push(key)
    values.push(accepted)
  }
  if (keys.length < spec.minSize || keys.length > spec.maxSize) return INVALID
  return dictFrom(spec, keys, values)
}

/**
 * Tuples: lists whose positions mean something. `f.tuple([f.int(), f.string()])` has a field for each position and keeps
 * its length; `f.tuple(f.int(), sizes)` is a list under another name. Both are equal to tuples only, and their JSON starts
 * with PyGlove's `__tuple__`.
 */

import { INVALID } from '../change/missing.ts'
import { listFrom, listSpec, listValues, TUPLE_WORD } from '../greens/list-green.ts'
import { isListKind, type PlaceRules, ruleAt, type Spec, withSeal } from '../greens/spec.ts'
import { Node } from '../node.ts'
import type { SymTuple } from '../sym-tuple.ts'
import { acceptPart, isStored, MAX_DEPTH, type Reader } from './accept.ts'
import { explainPart } from './explain.ts'
import {
  type ContainerField,
  Field,
  type InOf,
  type Kind,
  OF_KIND,
  type OutOf,
  type Tighten,
} from './field.ts'
import { describe, rangeOf } from './field-words.ts'
import { elementRule, makeContainer, type SizeOptions, sizeRules } from './make-field.ts'
import { sizesOf } from './tighten.ts'

/** What reading the positions gives, and what may be written to them. */
export type TupleOut<Fields> = { readonly [Index in keyof Fields]: OutOf<Fields[Index]> }
export type TupleIn<Fields> = { readonly [Index in keyof Fields]: InOf<Fields[Index]> }

/** The tuple of some fields, and what may be written where one is wanted. */
export type TupleOf<Fields> = Fields extends readonly Field[]
  ? SymTuple<TupleOut<Fields>, TupleIn<Fields>>
  : SymTuple<readonly OutOf<Fields>[], readonly InOf<Fields>[]>
export type TupleInput<Fields> = Fields extends readonly Field[] ? TupleIn<Fields> : readonly InOf<Fields>[]

/** The field of tuples: of the given fields, one for each position, or of any number of values of one field. */
export function tuple<const Fields extends Field | readonly Field[]>(
  fields: Fields,
  sizes: SizeOptions = {},
): ContainerField<TupleOf<Fields>, TupleOf<Fields> | TupleInput<Fields>, false> {
  return makeContainer({ tag: OF_KIND, kind: TUPLE, spec: tupleSpec(fields, sizes) })
}

function tupleSpec(fields: Field | readonly Field[], sizes: SizeOptions): Spec {
  if (fields instanceof Field)
    return listSpec({ element: elementRule(fields), isTuple: true, ...sizeRules(sizes) })
  for (const field of fields) elementRule(field)
  const places = new Positions(fields)
  return listSpec({ places, isTuple: true, minSize: fields.length, maxSize: fields.length })
}

/** The rules of a tuple of fixed positions. */
export class Positions implements PlaceRules {
  readonly fields: readonly Field[]

  constructor(fields: readonly Field[]) {
    this.fields = fields
  }

  fieldAt(index: string | number): Field {
    return this.fields[index as number] as Field
  }

  keeps(): boolean {
    return true
  }
}

export const TUPLE: Kind = {
  name: 'tuple',
  target: null,

  accept(field, value, reader, depth) {
    const spec = field.spec as Spec
    if (value instanceof Node || isStored(value)) {
      const green = value instanceof Node ? value._g : value
      if (!isListKind(green[0].kind)) return INVALID
      if (green[0].base.small === spec.small) return green
      const elements = acceptElements(spec, listValues(green), null, depth)
      return elements === null ? INVALID : listFrom(green[0].sealed ? withSeal(spec, true) : spec, elements)
    }
    const given = elementsOf(value, reader !== null)
    const elements = given === null ? null : acceptElements(spec, given, reader, depth)
    return elements === null ? INVALID : listFrom(spec, elements)
  },

  describe(field) {
    const { element, minSize, maxSize, places } = field.spec as Spec
    if (places instanceof Positions) return `tuple of (${places.fields.map(describe).join(', ')})`
    const sizes = minSize === 0 && maxSize === Infinity ? '' : ` of ${rangeOf(minSize, maxSize)} elements`
    return `tuple${sizes} of ${describe(element)}`
  },

  explain(field, value, site) {
    const green = value instanceof Node ? value._g : isStored(value) ? value : null
    const stored = green !== null && isListKind(green[0].kind) ? listValues(green) : null
    const elements = green === null ? elementsOf(value, site.reader !== null) : stored
    if (elements === null) return false
    const spec = field.spec as Spec
    const { minSize, maxSize } = spec
    if (elements.length < minSize || elements.length > maxSize) {
      site.say(`must have ${rangeOf(minSize, maxSize)} elements, got ${elements.length}`)
    }
    const count = spec.places === null ? elements.length : Math.min(elements.length, maxSize)
    for (let i = 0; i < count; i++) {
      explainPart(ruleAt(spec, i), elements[i], green === null ? site.child(i) : site.child(i, null))
    }
    return true
  },

  tighten(field, base, tighten) {
    const [own, wide] = [field.spec as Spec, base.spec as Spec]
    const sizes = sizesOf(own, wide)
    if (typeof sizes === 'string') return sizes
    if (!(own.places instanceof Positions)) {
      if (wide.places !== null) return `it has any number of positions, where the base has ${wide.minSize}`
      const element = tightPlace(own.element, wide.element, tighten)
      if (typeof element === 'string') return `in its elements, ${element}`
      return { spec: listSpec({ element, isTuple: true, ...sizes }) }
    }
    const fields: Field[] = []
    for (let i = 0; i < own.places.fields.length; i++) {
      const place = tightPlace(own.places.fields[i] as Field, ruleAt(wide, i), tighten)
      if (typeof place === 'string') return `at position ${i}, ${place}`
      fields.push(place as Field)
    }
    return { spec: tupleSpec(fields, {}) }
  },
}

function tightPlace(own: Field | null, base: Field | null, tighten: Tighten): Field | null | string {
  if (base === null) return own
  return own === null ? `it takes anything, where the base takes ${describe(base)}` : tighten(own, base)
}

/** The elements of what is given as a tuple: an array, in JSON perhaps with the word for tuples before them. */
function elementsOf(value: unknown, isJson: boolean): readonly unknown[] | null {
  if (!Array.isArray(value)) return null
  return isJson && value[0] === TUPLE_WORD ? value.slice(1) : value
}

function acceptElements(
  spec: Spec,
  given: readonly unknown[],
  reader: Reader | null,
  depth: number,
): unknown[] | null {
  if (given.length < spec.minSize || given.length > spec.maxSize || depth > MAX_DEPTH) return null
  const elements: unknown[] = []
  for (let i = 0; i < given.length; i++) {
    const accepted = acceptPart(ruleAt(spec, i), given[i], reader, depth + 1)
    if (accepted === INVALID) return null
    elements.push(accepted)
  }
  return elements
}

/**
 * How a value joins the tree: `accept` checks it against a field and gives back what is stored (a leaf or a green), or
 * `INVALID`. It keeps no path and words no sentence, so that the good case is one `switch`; when it refuses,
 * `explain.ts` walks the value again and says everything that is wrong, and where.
 */

import { INVALID, Insertion, MISSING } from '../change/missing.ts'
import { dictEach, dictFrom, dictKeys, shapeWith, UNTYPED_DICT } from '../greens/dict-green.ts'
import { equalValues } from '../greens/equal.ts'
import { listFrom, listValues, TUPLE_WORD, UNTYPED_LIST, UNTYPED_TUPLE } from '../greens/list-green.ts'
import {
  FIRST,
  type Green,
  isDictKind,
  isGreen,
  isKindOf,
  isListKind,
  SMALL,
  type Spec,
  withSeal,
} from '../greens/spec.ts'
import { runHook } from '../hook.ts'
import { makeNode, Node } from '../node.ts'
import {
  ANY,
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
import { Failed, isRecord, isStored, transformed, UNCHANGED } from './given.ts'
import { storedLeaf } from './leaf.ts'

export { isRecord, isStored }

/** Values nested deeper than this are refused: they are cycles, or attacks. */
export const MAX_DEPTH = 1000

/** Data without a type name or special form, as a `Reader` says it. */
export const UNTAGGED: unique symbol = Symbol('UNTAGGED')

/** Reads data that may carry type names (see `json-in.ts`); null for values that are given in code. */
export interface Reader {
  /** What tagged data stands for: a green or a leaf, `INVALID` when it is wrong, `UNTAGGED` when it has no tag. */
  readonly read: (data: object, depth: number) => unknown
  /** The spec of the class of a type name; null when there is none. */
  readonly find: (type: string) => Spec | null
  /** The record of an object as its class has it now: what an older version wrote is migrated. */
  readonly current: (
    spec: Spec,
    record: Readonly<Record<string, unknown>>,
  ) => Readonly<Record<string, unknown>>
  /** Whether an object of this type is kept as data, since there is no class for it. */
  readonly isKept: (type: string) => boolean
}

/** The same as `accept` for a part of a value, which may also be frozen at another one. */
export function acceptPart(
  field: Field | null,
  value: unknown,
  reader: Reader | null,
  depth: number,
): unknown {
  const accepted = accept(field, value, reader, depth)
  return field?.rules.isFrozen && !isInitial(field, accepted) ? INVALID : accepted
}

/** What is stored for a value under a field, or `INVALID`. */
export function accept(field: Field | null, value: unknown, reader: Reader | null, depth: number): unknown {
  if (reader !== null && typeof value === 'object' && value !== null) {
    const read = reader.read(value, depth)
    if (read !== UNTAGGED) return read === INVALID ? INVALID : accept(field, read, null, depth)
  }
  if (field === null) return acceptAny(value, reader, depth)
  switch (field.tag) {
    case INT:
      if (typeof value === 'number') {
        const isInteger = (value | 0) === value || Number.isInteger(value)
        return isInteger && field.rules.min <= value && value <= field.rules.max ? value : INVALID
      }
      break
    case FLOAT:
      if (typeof value === 'number') return fitsFloat(field, value) ? value : INVALID
      break
    case STRING:
      if (typeof value === 'string') return fitsString(field, value) ? value : INVALID
      break
    case BOOL:
      if (typeof value === 'boolean') return value
      break
    case ENUM:
      if (field.rules.choices.includes(value as string)) return value
      break
    case OBJECT_OF:
      return acceptObject(field, value, reader, depth)
    case LIST_OF:
      return acceptList(field, value, reader, depth)
    case DICT_OF:
      return acceptDict(field, value, reader, depth)
    case UNION:
      return acceptUnion(field, value, reader, depth)
    case LAZY:
      // Null need not know the class, which may not be finished while its own fields are made.
      if (value === null) break
      resolveLazy(field)
      return accept(field, value, reader, depth)
    case ANY: {
      if (value === undefined) break
      return acceptAny(value, reader, depth)
    }
    case OF_KIND: {
      const accepted = (field.rules.kind as Kind).accept(field, value, reader, depth)
      if (accepted !== INVALID) return accepted
      break
    }
    case TRANSFORMED:
      return acceptTransformed(field, value, reader, depth)
  }
  return acceptOther(field, value)
}

/** Null, absence, stand-ins, and what converters can do: what every kind of field may take besides its own values. */
function acceptOther(field: Field, value: unknown): unknown {
  if (value === null && field.rules.isNullable) return null
  // As in constructors, nothing given means the default where there is one.
  if (value === undefined) return field.rules.isOptional ? field.rules.initial : INVALID
  if (value instanceof Node || isStored(value)) {
    const accepted = acceptStandIn(field, stored(value))
    if (accepted !== INVALID) return accepted
  }
  return conversion.isOn ? conversion.convert(field, value) : INVALID
}

/** Converters between types, set by `converters.ts`; off while there are none, and while plain checks come first. */
export const conversion: { isOn: boolean; convert: (field: Field, value: unknown) => unknown } = {
  isOn: false,
  convert: () => INVALID,
}

function acceptTransformed(field: Field, value: unknown, reader: Reader | null, depth: number): unknown {
  const changed = transformed(field, value)
  if (changed === UNCHANGED) return acceptOther(field, value)
  return changed instanceof Failed ? INVALID : accept(field.plain, changed, reader, depth)
}

/** Hyper values and their like stand in any field, if they themselves find that they fit. */
function acceptStandIn(field: Field, green: Green): unknown {
  if (green[0].standsFor !== null) return misfitOf(field, green) === null ? green : INVALID
  const { tag, spec } = field
  if (tag !== OBJECT_OF || spec === null) return INVALID
  // What is left are whole objects under a field of a partial parent, and partial ones that are complete by now.
  if (spec.whole !== null && isKindOf(green[0], spec.whole)) return green
  const whole = wholeOf(green)
  return whole !== INVALID && isKindOf((whole as Green)[0], spec) ? whole : INVALID
}

/** The green of a partial object as a whole one, or `INVALID` while something is missing. */
export function wholeOf(green: Green): unknown {
  const { whole } = green[0].base
  if (whole === null) return INVALID
  const copy: Green = [withSeal(whole, green[0].sealed), 0]
  for (let slot = FIRST; slot < green.length; slot++) {
    const field = whole.fields[slot - FIRST] as Field
    const value = green[slot]
    const accepted = isGreen(value) ? accept(field, value, null, 0) : value === MISSING ? INVALID : value
    if (accepted === INVALID) return INVALID
    copy.push(accepted)
  }
  if (whole.hasHook) runHook(copy)
  return copy
}

/** Why a stand-in does not fit a field, in its own words; null when it does, and for anything else. */
export function misfitOf(field: Field | null, green: Green): string | null {
  const { standsFor } = green[0]
  return field === null || standsFor === null ? null : standsFor(makeNode(green, null, ''), field)
}

function acceptObject(field: Field, value: unknown, reader: Reader | null, depth: number): unknown {
  const expected = field.spec as Spec
  if (reader !== null && isRecord(value)) return construct(expected, value, reader, depth)
  if (value instanceof Node || isStored(value)) {
    const green = stored(value)
    if (isKindOf(green[0], expected)) return green
  }
  return acceptOther(field, value)
}

function acceptList(field: Field, value: unknown, reader: Reader | null, depth: number): unknown {
  const spec = field.spec as Spec
  const isArray = Array.isArray(value)
  if (isArray && !isStored(value)) {
    // JSON that begins with the word for tuples is a tuple, and no list.
    return reader !== null && value[0] === TUPLE_WORD ? INVALID : listOf(spec, value, reader, depth)
  }
  if (isArray || value instanceof Node) {
    const green = stored(value as Node | Green)
    if (isListKind(green[0].kind) && !green[0].isTuple) return retypeList(spec, green, depth)
  }
  return acceptOther(field, value)
}

function acceptDict(field: Field, value: unknown, reader: Reader | null, depth: number): unknown {
  const spec = field.spec as Spec
  // Plain data first: what is made of records and arrays need not ask each of them whether it is a node.
  if (isRecord(value)) return dictOf(spec, value, reader, depth)
  if (value instanceof Node || isStored(value)) {
    const green = stored(value)
    if (isDictKind(green[0].kind)) return retypeDict(spec, green, depth)
  }
  return acceptOther(field, value)
}

function acceptUnion(field: Field, value: unknown, reader: Reader | null, depth: number): unknown {
  if (!conversion.isOn) return acceptOption(field, value, reader, depth, refused)
  // What an option takes as it is comes before what another one could take converted.
  conversion.isOn = false
  try {
    const accepted = acceptOption(field, value, reader, depth, refused)
    if (accepted !== INVALID) return accepted
  } finally {
    conversion.isOn = true
  }
  return acceptOption(field, value, reader, depth, refusedConverted)
}

function acceptOption(
  field: Field,
  value: unknown,
  reader: Reader | null,
  depth: number,
  refused: WeakMap<object, Set<Field>>,
): unknown {
  const data = reader !== null && typeof value === 'object' && value !== null ? value : null
  if (data !== null && refused.get(data)?.has(field) === true) return INVALID
  for (const option of field.rules.options) {
    const accepted = accept(option, value, reader, depth)
    if (accepted !== INVALID) return accepted
  }
  const accepted = acceptOther(field, value)
  if (accepted === INVALID && data !== null) {
    const fields = refused.get(data)
    if (fields === undefined) refused.set(data, new Set([field]))
    else fields.add(field)
  }
  return accepted
}

/**
 * The data that unions have refused in the document being read. Where several classes of a union have unions of their
 * own, data that fits none of them would otherwise be tried twice as often at each level further down.
 */
let refused = new WeakMap<object, Set<Field>>()
/** Those refused even when converters may help. */
let refusedConverted = new WeakMap<object, Set<Field>>()

/** To be called before a document is read: data may have changed since. */
export function forgetRefused(): void {
  refused = new WeakMap()
  refusedConverted = new WeakMap()
}

/** What is stored for a value where anything may stand: containers become lists and dicts, the rest stays as it is. */
export function acceptAny(value: unknown, reader: Reader | null, depth: number): unknown {
  if (typeof value !== 'object' || value === null) {
    return value === MISSING || value === undefined || value === INVALID ? INVALID : value
  }
  if (value instanceof Node) return value._g
  if (isStored(value)) return value
  if (Array.isArray(value)) {
    const isTuple = reader !== null && value[0] === TUPLE_WORD
    return isTuple
      ? listOf(UNTYPED_TUPLE, value.slice(1), reader, depth)
      : listOf(UNTYPED_LIST, value, reader, depth)
  }
  if (isRecord(value)) return dictOf(UNTYPED_DICT, value, reader, depth)
  return value instanceof Insertion ? INVALID : storedLeaf(value)
}

/** The green of a record of field values for a class, or `INVALID`. */
export function construct(
  spec: Spec,
  record: Readonly<Record<string, unknown>>,
  reader: Reader | null,
  depth: number,
): unknown {
  if (depth > MAX_DEPTH) return INVALID
  if (reader !== null && spec.version !== 1) record = reader.current(spec, record)
  const { names, fields } = spec
  const green = (spec.template as Green).slice() as Green
  let guess = 0
  for (const name in record) {
    // Records mostly list their fields in order: try the next one before looking it up.
    let index = guess
    if (names[index] !== name) {
      const slot = spec.slots.get(name)
      if (slot === undefined) {
        if (!Object.hasOwn(record, name) || (reader !== null && name === '_type')) continue
        if (reader !== null && name === '_version' && reader.current(spec, record) === record) continue
        return INVALID
      }
      index = slot - FIRST
    }
    guess = index + 1
    const value = record[name]
    if (value === undefined) continue
    const field = fields[index] as Field
    const accepted = acceptPart(field, value, reader, depth + 1)
    if (accepted === INVALID) return INVALID
    green[index + FIRST] = accepted
  }
  for (let slot = FIRST; slot < green.length; slot++) {
    if (green[slot] === MISSING && spec.whole === null) return INVALID
  }
  if (spec.whole !== null && reader !== null) {
    // Data that turns out to lack nothing gives a whole object.
    const whole = wholeOf(green)
    if (whole !== INVALID) return whole
  }
  if (spec.hasHook) runHook(green)
  return green
}

/** Whether a stored value is the one value of a frozen field. */
export function isInitial(field: Field, value: unknown): boolean {
  return equalValues(field.rules.initial, value)
}

function listOf(spec: Spec, array: readonly unknown[], reader: Reader | null, depth: number): unknown {
  const length = array.length
  if (length < spec.minSize || length > spec.maxSize || depth > MAX_DEPTH) return INVALID
  const element = spec.element
  if (length > SMALL) {
    // Pushed, since `new Array(n)` has holes for ever, and cutting arrays with holes is 20 times slower.
    const elements: unknown[] = []
    for (let i = 0; i < length; i++) {
      const accepted = acceptPart(element, array[i], reader, depth + 1)
      if (accepted === INVALID) return INVALID
      elements.push(accepted)
    }
    return listFrom(spec, elements)
  }
  if (length === 0) return listFrom(spec, [])
  // Spread and written over: an array that was pushed to keeps room for some 17 more.
  const green: Green = [spec.base.small as Spec, 0, ...array]
  for (let slot = FIRST; slot < green.length; slot++) {
    const accepted = acceptPart(element, green[slot], reader, depth + 1)
    if (accepted === INVALID) return INVALID
    green[slot] = accepted
  }
  return green
}

function dictOf(spec: Spec, record: object, reader: Reader | null, depth: number): unknown {
  if (depth > MAX_DEPTH) return INVALID
  const element = spec.element
  const green: Green = [spec, 0]
  let shape = spec.base.small as Spec
  let count = 0
  for (const key in record) {
    if (!Object.hasOwn(record, key)) continue
    const accepted = acceptPart(element, (record as Record<string, unknown>)[key], reader, depth + 1)
    if (accepted === INVALID) return INVALID
    green.push(accepted)
    if (++count <= SMALL) shape = shapeWith(shape, key)
  }
  if (count < spec.minSize || count > spec.maxSize) return INVALID
  if (count > SMALL) return dictFrom(spec, Object.keys(record), green.slice(FIRST))
  if (count === 0) return dictFrom(spec, [], [])
  green[0] = shape
  return green.slice()
}

/** A list under the rules of another spec; itself when it is under them already. */
function retypeList(spec: Spec, green: Green, depth: number): unknown {
  const from = green[0]
  if (from.base.small === spec.small) return green
  const elements = listValues(green)
  for (let i = 0; i < elements.length; i++) {
    if ((elements[i] = acceptPart(spec.element, elements[i], null, depth + 1)) === INVALID) return INVALID
  }
  const fits = spec.minSize <= elements.length && elements.length <= spec.maxSize
  return fits ? listFrom(from.sealed ? withSeal(spec, true) : spec, elements) : INVALID
}

/** A dict under the rules of another spec; itself when it is under them already. */
function retypeDict(spec: Spec, green: Green, depth: number): unknown {
  const from = green[0]
  if (from.base.small === spec.small) return green
  const values: unknown[] = []
  const areFit = dictEach(green, value => {
    const accepted = acceptPart(spec.element, value, null, depth + 1)
    values.push(accepted)
    return accepted !== INVALID
  })
  const fits = areFit && spec.minSize <= values.length && values.length <= spec.maxSize
  return fits ? dictFrom(from.sealed ? withSeal(spec, true) : spec, dictKeys(green), values) : INVALID
}

/** The class of a lazy field is looked up once; from then on the field is an ordinary object field. */
export function resolveLazy(field: Field): void {
  const cls = field.rules.lazy?.()
  field.spec = lookup.specOf(cls)
  field.tag = OBJECT_OF
}

/** Set by `class-spec.ts`, which knows classes: this file knows only specs. */
export const lookup: { specOf: (cls: unknown) => Spec } = {
  specOf: () => {
    throw new Error('no classes are known yet')
  },
}

const stored = (value: Node | Green): Green => (value instanceof Node ? value._g : value)

export function fitsFloat(field: Field, value: number): boolean {
  const { min, max } = field.rules
  if (min <= value && value <= max) return true
  // NaN lies in no range; it is a number only where no range is asked for.
  return Number.isNaN(value) && min === Number.NEGATIVE_INFINITY && max === Number.POSITIVE_INFINITY
}

export function fitsString(field: Field, value: string): boolean {
  const { min, max, pattern } = field.rules
  return min <= value.length && value.length <= max && (pattern === null || pattern.test(value))
}

/**
 * Why a value does not fit its field. `accept` only says `INVALID`; this walks the value a second time, slowly, and
 * finds every problem with its place, so that a document with five mistakes gets one error that lists five.
 */

import { INVALID, MISSING } from '../change/missing.ts'
import { SymError } from '../errors.ts'
import { listValues, TUPLE_WORD } from '../greens/list-green.ts'
import { FIRST, type Green, isListKind, OBJECT, type Spec } from '../greens/spec.ts'
import { abstractError } from '../hook.ts'
import { nearest } from '../nearest.ts'
import { makeNode, Node } from '../node.ts'
import { show } from '../view/format.ts'
import { accept, isInitial, isRecord, isStored, MAX_DEPTH, type Reader, resolveLazy } from './accept.ts'
import { ANY, DICT_OF, type Field, LAZY, LIST_OF, OBJECT_OF, type Tag, TRANSFORMED, UNION } from './field.ts'
import { article, describe, sizeText } from './field-words.ts'
import { Failed, transformed, UNCHANGED } from './given.ts'
import type { Site } from './site.ts'

/** Each level looks at all that is below it once more, so the search for the place of a problem ends at some depth. */
const MAX_EXPLAINED = 100

/** Tells the site everything that is wrong with a value under a field. */
export function explain(field: Field | null, value: unknown, site: Site): void {
  if (site.isFull) return
  const thrown = complaintOf(field, value, site)
  if (thrown === null) return
  if (site.depth > MAX_EXPLAINED && typeof value === 'object' && value !== null) {
    if (thrown !== INVALID) return site.repeat(thrown)
    return site.say(`has a problem further down; is it a cycle, or nested deeper than ${MAX_DEPTH} levels?`)
  }
  if (thrown === INVALID) return explainParts(field, value, site)
  const before = site.problems.length
  explainBelow(field, value, site)
  if (site.problems.length === before) site.repeat(thrown)
}

/** The same for a part of a value, which may also be frozen at another one. */
export function explainPart(field: Field | null, value: unknown, site: Site): void {
  const before = site.problems.length
  explain(field, value, site)
  if (site.problems.length > before || !field?.rules.isFrozen) return
  if (!isInitial(field, accept(field, value, site.reader, site.depth))) site.say(frozenMessage(field, value))
}

/** Tells the site everything that is wrong with a record of field values of a class. */
export function explainRecord(spec: Spec, given: Readonly<Record<string, unknown>>, site: Site): void {
  if (spec.isAbstract) return site.repeat(abstractError(spec))
  let record = given
  try {
    if (site.reader !== null) record = site.reader.current(spec, given)
  } catch (error) {
    if (!(error instanceof SymError)) throw error
    return site.repeat(error)
  }
  for (const name of Object.keys(record)) {
    const slot = spec.slots.get(name)
    if (slot !== undefined) {
      if (record[name] !== undefined) {
        explainPart(spec.fields[slot - FIRST] as Field, record[name], site.child(name))
      }
      continue
    }
    const isOurs = site.reader !== null && (name === '_type' || name === '_version')
    if (!isOurs && !site.isFull) site.child(name).say(unknownField(spec, name))
  }
  const template = spec.template as Green
  for (let slot = FIRST; slot < template.length; slot++) {
    const name = spec.names[slot - FIRST] as string
    const isGiven = Object.hasOwn(record, name) && record[name] !== undefined
    if (template[slot] !== MISSING || isGiven || spec.whole !== null) continue
    site.child(name).say(`is required: ${describe(spec.fields[slot - FIRST] as Field)}`)
  }
}

/** What a frozen field says to another value. */
export const frozenMessage = (field: Field, value: unknown): string =>
  `is frozen at ${show(field.rules.initial)}, got ${show(value)}`

/** What is wrong with a field name, and what may have been meant. */
export function unknownField(spec: Spec, name: string): string {
  const near = nearest(name, spec.names)
  const known = spec.names.length === 0 ? 'it has no fields' : `its fields are ${spec.names.join(', ')}`
  return `is not a field of ${spec.name}${near === null ? `; ${known}` : `; did you mean '${near}'?`}`
}

/** Null for a value that fits, else what was thrown at it, or `INVALID` when nothing was. */
function complaintOf(field: Field | null, value: unknown, site: Site): SymError | typeof INVALID | null {
  try {
    return accept(field, value, site.reader, site.depth) === INVALID ? INVALID : null
  } catch (error) {
    if (error instanceof SymError) return error
    throw error
  }
}

/** What is wrong with the parts of data at which something was thrown. */
function explainBelow(field: Field | null, value: unknown, site: Site): void {
  if (Array.isArray(value)) return explainElements(field?.spec ?? null, value, site)
  if (!isRecord(value)) return
  const { reader } = site
  const type = value._type
  const spec = typeof type === 'string' ? (reader?.find(type) ?? null) : (field?.spec ?? null)
  if (spec !== null && spec.kind === OBJECT) return explainRecord(spec, value, site)
  if (reader !== null && typeof type === 'string') return explainWrapped(value, reader, site)
  explainEntries(spec, value, site)
}

function explainElements(spec: Spec | null, elements: readonly unknown[], site: Site): void {
  elements.forEach((element, i) => {
    explainPart(spec?.element ?? null, element, site.child(i))
  })
}

function explainEntries(spec: Spec | null, record: Readonly<Record<string, unknown>>, site: Site): void {
  for (const key of Object.keys(record)) explainPart(spec?.element ?? null, record[key], site.child(key))
}

/** What is wrong with a value that was refused without a word. */
function explainParts(field: Field | null, value: unknown, site: Site): void {
  const { reader } = site
  if (field?.tag === LAZY) resolveLazy(field)
  if (field?.tag === TRANSFORMED) {
    const changed = transformed(field, value)
    if (changed instanceof Failed) return explainFailed(changed.error, site)
    if (changed !== UNCHANGED) return explain(field.plain, changed, site)
  }
  const green = value instanceof Node ? value._g : isStored(value) ? value : null
  const standsFor = green?.[0].standsFor
  if (field !== null && green !== null && standsFor) {
    return site.say(standsFor(makeNode(green, null, ''), field) ?? 'does not fit')
  }
  if (reader !== null && isRecord(value) && typeof value._type === 'string' && field?.tag !== UNION) {
    return explainTagged(field, value, reader, site)
  }
  const tag = field === null ? ANY : field.tag
  const spec = field?.spec ?? null
  const elements = elementsOf(value, green, reader, tag)
  if (Array.isArray(elements) && (tag === ANY || tag === LIST_OF)) {
    explainSize(spec, elements.length, 'elements', site)
    return explainElements(spec, elements, site)
  }
  if (green === null && isRecord(value) && (tag === ANY || tag === DICT_OF)) {
    explainSize(spec, Object.keys(value).length, 'entries', site)
    return explainEntries(spec, value, site)
  }
  if (green === null && reader !== null && tag === OBJECT_OF && isRecord(value)) {
    return explainRecord(spec as Spec, value, site)
  }
  if (value !== MISSING && field?.rules.kind?.explain(field, value, site) === true) return
  if (green !== null && green[0].base.whole !== null && tag === OBJECT_OF) return site.say(incomplete(green))
  const wanted = article(describe(field))
  site.say(
    value === MISSING ? `cannot be left out: ${wanted} is required` : `must be ${wanted}, got ${show(value)}`,
  )
}

function explainSize(spec: Spec | null, size: number, what: string, site: Site): void {
  if (spec === null || (spec.minSize <= size && size <= spec.maxSize)) return
  site.say(`must have ${sizeText(spec)} ${what}, got ${size}`)
}

/** The elements of a list or array under a field without a kind of its own; tuples are no lists. */
function elementsOf(value: unknown, green: Green | null, reader: Reader | null, tag: Tag): unknown {
  const isTuple = green === null ? isTupleJson(value, reader) : green[0].isTuple
  if (isTuple && tag === LIST_OF) return null
  if (green !== null) return isListKind(green[0].kind) ? listValues(green) : null
  return isTuple ? (value as unknown[]).slice(1) : value
}

const isTupleJson = (value: unknown, reader: Reader | null): boolean =>
  reader !== null && Array.isArray(value) && value[0] === TUPLE_WORD

/** What a transform threw, in words that go behind the path. */
function explainFailed(error: unknown, site: Site): void {
  if (error instanceof SymError) return site.repeat(error)
  site.say(`could not be transformed: ${error instanceof Error ? error.message : String(error)}`)
}

/** What is said to a partial object where a whole one is wanted. */
function incomplete(green: Green): string {
  const names = green[0].names.filter((_, i) => green[i + FIRST] === MISSING)
  const what = names.length === 0 ? 'something inside it' : names.join(', ')
  return `must be complete, got a partial ${green[0].name} without ${what}; rebind what is missing first`
}

/** What is wrong with data that carries a type name. */
function explainTagged(
  field: Field | null,
  record: Record<string, unknown>,
  reader: Reader,
  site: Site,
): void {
  const type = String(record._type)
  if (reader.read(record, site.depth) !== INVALID) {
    return site.say(`must be ${article(describe(field))}, got ${article(type.slice(0, 100))}`)
  }
  const spec = reader.find(type)
  if (spec !== null) return explainRecord(spec, record, site)
  const before = site.problems.length
  explainWrapped(record, reader, site)
  if (site.problems.length === before) site.say(`is not a valid ${type}`)
}

/** What our own wrappers hold stands where the wrapper stands. */
function explainWrapped(record: Record<string, unknown>, reader: Reader, site: Site): void {
  if (reader.isKept(record._type as string)) {
    for (const key of Object.keys(record)) {
      if (key !== '_type') explain(null, record[key], site.child(key))
    }
    return
  }
  const { value, items, entries } = record
  if (typeof value === 'object' && value !== null) explain(null, value, site.inside())
  // One by one: as a whole, a list that begins with the word for tuples would be read as one.
  if (Array.isArray(items)) explainElements(null, items, site.inside())
  for (const entry of Array.isArray(entries) ? entries : []) {
    const isEntry = Array.isArray(entry) && entry.length === 2 && typeof entry[0] === 'string'
    if (isEntry) explain(null, entry[1], site.child(entry[0]))
  }
}

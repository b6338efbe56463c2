/**
 * Why a value does not fit its field. `accept` only says `INVALID`; this walks the value a second time, slowly, and
 * finds every problem with its place, so that a document with five mistakes gets one error that lists five.
 */

import { INVALID, MISSING } from '../change/missing.ts'
import { errorOf, type Problem, problemsBelow, SymError } from '../errors.ts'
import { listValues, TUPLE_WORD } from '../greens/list-green.ts'
import { FIRST, type Green, isListKind, OBJECT, type Spec } from '../greens/spec.ts'
import { abstractError } from '../hook.ts'
import { type Key, KeyPath } from '../key-path.ts'
import { nearest } from '../nearest.ts'
import { makeNode, Node } from '../node.ts'
import { show } from '../view/format.ts'
import {
  accept,
  construct,
  isInitial,
  isRecord,
  isStored,
  MAX_DEPTH,
  type Reader,
  resolveLazy,
} from './accept.ts'
import { ANY, DICT_OF, type Field, LAZY, LIST_OF, OBJECT_OF, type Tag, TRANSFORMED, UNION } from './field.ts'
import { article, describe, sizeText } from './field-words.ts'
import { Failed, transformed, UNCHANGED } from './given.ts'

export { article, describe }

/** The error for a value that `accept` refused; `on` names what the path is relative to. */
export function refusal(
  on: string,
  keys: readonly Key[],
  field: Field | null,
  value: unknown,
  reader: Reader | null = null,
): SymError {
  const problems: Problem[] = []
  explain(field, value, KeyPath.of(...keys), problems, reader, 0)
  if (problems.length === 0) problems.push({ path: KeyPath.of(...keys).toString(), message: 'does not fit' })
  return errorOf(on, problems)
}

/** What is stored for a value under a field; throws the error that says all that is wrong with it, and where. */
export function acceptOrThrow(
  on: string,
  keys: readonly Key[],
  field: Field | null,
  value: unknown,
  reader: Reader | null = null,
): unknown {
  let stored: unknown = INVALID
  try {
    stored = accept(field, value, reader, 0)
  } catch (error) {
    // Types and hooks do not know where in the value they stand; the second walk finds out.
    if (!(error instanceof SymError)) throw error
  }
  if (stored === INVALID) throw refusal(on, keys, field, value, reader)
  return stored
}

/** The error for a record of field values that `construct` refused. */
export function constructRefusal(
  spec: Spec,
  record: Readonly<Record<string, unknown>>,
  reader: Reader | null = null,
): SymError {
  const problems: Problem[] = []
  explainRecord(spec, record, KeyPath.root, problems, reader, 0)
  if (problems.length === 0) problems.push({ path: '', message: 'does not fit' })
  return errorOf(spec.name, problems)
}

/** The green of a record for a class; throws the error that says all that is wrong with it, and where. */
export function constructOrThrow(
  spec: Spec,
  record: Readonly<Record<string, unknown>>,
  reader: Reader | null = null,
): Green {
  let green: unknown
  try {
    green = construct(spec, record, reader, 0)
  } catch (error) {
    if (!(error instanceof SymError)) throw error
    const problems: Problem[] = []
    explainRecord(spec, record, KeyPath.root, problems, reader, 0)
    // With nothing wrong below, it is the object's own hook that refuses, and its paths are right.
    throw problems.length === 0 ? error : errorOf(spec.name, problems)
  }
  if (green === INVALID) throw constructRefusal(spec, record, reader)
  return green as Green
}

/** Everything that is wrong with a value under a field; empty when it fits. */
export function problemsOf(field: Field, value: unknown): Problem[] {
  const problems: Problem[] = []
  explain(field, value, KeyPath.root, problems, null, 0)
  return problems
}

/** Each level looks at all that is below it once more, so the search for the place of a problem ends at some depth. */
const MAX_EXPLAINED = 100

/** A hostile document may be wrong in a million places, each with a sentence of its own. */
const MAX_PROBLEMS = 1000

/** Adds to `problems` everything that is wrong with a value under a field. */
export function explain(
  field: Field | null,
  value: unknown,
  path: KeyPath,
  problems: Problem[],
  reader: Reader | null,
  depth: number,
): void {
  const before = problems.length
  if (before >= MAX_PROBLEMS) return
  const thrown = complaintOf(field, value, reader, depth)
  if (thrown === null) return
  if (depth > MAX_EXPLAINED && typeof value === 'object' && value !== null) {
    const message = `has a problem further down; is it a cycle, or nested deeper than ${MAX_DEPTH} levels?`
    problems.push(
      ...(thrown === INVALID ? [{ path: path.toString(), message }] : problemsBelow(thrown, path.toString())),
    )
    return
  }
  if (thrown === INVALID) return explainParts(field, value, path, problems, reader, depth)
  explainBelow(field, value, path, problems, reader, depth)
  if (problems.length === before) problems.push(...problemsBelow(thrown, path.toString()))
}

/** Null for a value that fits, else what was thrown at it, or `INVALID` when nothing was. */
function complaintOf(field: Field | null, value: unknown, reader: Reader | null, depth: number) {
  try {
    return accept(field, value, reader, depth) === INVALID ? INVALID : null
  } catch (error) {
    if (error instanceof SymError) return error
    throw error
  }
}

/** Adds what is wrong with the parts of data at which something was thrown. */
function explainBelow(
  field: Field | null,
  value: unknown,
  path: KeyPath,
  problems: Problem[],
  reader: Reader | null,
  depth: number,
): void {
  if (Array.isArray(value)) {
    const element = field?.spec?.element ?? null
    value.forEach((part, i) => {
      explain(element, part, path.child(i), problems, reader, depth + 1)
    })
  } else if (isRecord(value)) {
    const type = value._type
    const spec = typeof type === 'string' ? (reader?.find(type) ?? null) : (field?.spec ?? null)
    if (spec !== null && spec.kind === OBJECT)
      return explainRecord(spec, value, path, problems, reader, depth)
    if (reader !== null && typeof type === 'string')
      return explainWrapped(value, path, problems, reader, depth)
    for (const key of Object.keys(value)) {
      explain(spec?.element ?? null, value[key], path.child(key), problems, reader, depth + 1)
    }
  }
}

function explainParts(
  field: Field | null,
  value: unknown,
  path: KeyPath,
  problems: Problem[],
  reader: Reader | null,
  depth: number,
): void {
  const say = (message: string): void => void problems.push({ path: path.toString(), message })
  if (field?.tag === LAZY) resolveLazy(field)
  if (field?.tag === TRANSFORMED) {
    const changed = transformed(field, value)
    if (changed instanceof Failed) return explainFailed(changed.error, path, problems)
    if (changed !== UNCHANGED) return explain(field.plain, changed, path, problems, reader, depth)
  }
  const green = value instanceof Node ? value._g : isStored(value) ? value : null
  const standsFor = green?.[0].standsFor
  if (field !== null && green !== null && standsFor) {
    return say(standsFor(makeNode(green, null, ''), field) ?? 'does not fit')
  }
  if (reader !== null && isRecord(value) && typeof value._type === 'string' && field?.tag !== UNION) {
    const problem = explainTagged(field, value, path, problems, reader, depth)
    if (problem !== null) return say(problem)
    return
  }
  const tag = field === null ? ANY : field.tag
  const elements = elementsOf(value, green, reader, tag)
  if (Array.isArray(elements) && (tag === ANY || tag === LIST_OF)) {
    const spec = field?.spec ?? null
    if (spec !== null && (elements.length < spec.minSize || elements.length > spec.maxSize)) {
      say(`must have ${sizeText(spec)} elements, got ${elements.length}`)
    }
    elements.forEach((element, i) => {
      explain(spec?.element ?? null, element, path.child(i), problems, reader, depth + 1)
    })
    return
  }
  if (green === null && isRecord(value) && (tag === ANY || tag === DICT_OF)) {
    const spec = field?.spec ?? null
    const count = Object.keys(value).length
    if (spec !== null && (count < spec.minSize || count > spec.maxSize)) {
      say(`must have ${sizeText(spec)} entries, got ${count}`)
    }
    for (const key of Object.keys(value)) {
      explain(spec?.element ?? null, value[key], path.child(key), problems, reader, depth + 1)
    }
    return
  }
  if (green === null && reader !== null && field?.tag === OBJECT_OF && isRecord(value)) {
    return explainRecord(field.spec as Spec, value, path, problems, reader, depth)
  }
  const isSaid =
    value !== MISSING && field?.rules.kind?.explain(field, value, path, problems, reader, depth) === true
  if (isSaid) return
  if (green !== null && green[0].base.whole !== null && tag === OBJECT_OF) return say(incomplete(green))
  if (value === MISSING) return say(`cannot be left out: ${article(describe(field))} is required`)
  say(`must be ${article(describe(field))}, got ${show(value)}`)
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
function explainFailed(error: unknown, path: KeyPath, problems: Problem[]): void {
  if (error instanceof SymError) return void problems.push(...problemsBelow(error, path.toString()))
  const why = error instanceof Error ? error.message : String(error)
  problems.push({ path: path.toString(), message: `could not be transformed: ${why}` })
}

/** What is said to a partial object where a whole one is wanted. */
function incomplete(green: Green): string {
  const names = green[0].names.filter((_, i) => green[i + FIRST] === MISSING)
  const what = names.length === 0 ? 'something inside it' : names.join(', ')
  return `must be complete, got a partial ${green[0].name} without ${what}; rebind what is missing first`
}

/** Adds everything that is wrong with a record of field values of a class. */
export function explainRecord(
  spec: Spec,
  given: Readonly<Record<string, unknown>>,
  path: KeyPath,
  problems: Problem[],
  reader: Reader | null,
  depth: number,
): void {
  if (spec.isAbstract) return void problems.push(...problemsBelow(abstractError(spec), path.toString()))
  let record = given
  try {
    if (reader !== null) record = reader.current(spec, given)
  } catch (error) {
    if (!(error instanceof SymError)) throw error
    return void problems.push(...problemsBelow(error, path.toString()))
  }
  for (const name of Object.keys(record)) {
    const slot = spec.slots.get(name)
    const place = path.child(name)
    if (slot === undefined) {
      if (reader !== null && (name === '_type' || name === '_version')) continue
      if (problems.length >= MAX_PROBLEMS) continue
      problems.push({ path: place.toString(), message: unknownField(spec, name) })
      continue
    }
    const field = spec.fields[slot - FIRST] as Field
    const value = record[name]
    if (value === undefined) continue
    explainPart(field, value, place, problems, reader, depth + 1)
  }
  const template = spec.template as Green
  for (let slot = FIRST; slot < template.length; slot++) {
    const name = spec.names[slot - FIRST] as string
    const isGiven = Object.hasOwn(record, name) && record[name] !== undefined
    if (template[slot] !== MISSING || isGiven || spec.whole !== null) continue
    const wanted = describe(spec.fields[slot - FIRST] as Field)
    problems.push({ path: path.child(name).toString(), message: `is required: ${wanted}` })
  }
}

/** What our own wrappers hold stands where the wrapper stands. */
function explainWrapped(
  record: Record<string, unknown>,
  path: KeyPath,
  problems: Problem[],
  reader: Reader,
  depth: number,
): void {
  if (reader.isKept(record._type as string)) {
    for (const key of Object.keys(record)) {
      if (key !== '_type') explain(null, record[key], path.child(key), problems, reader, depth + 1)
    }
    return
  }
  const { value, items } = record
  if (typeof value === 'object' && value !== null) explain(null, value, path, problems, reader, depth + 1)
  // One by one: as a whole, a list that begins with the word for tuples would be read as one.
  for (const [i, item] of Array.isArray(items) ? items.entries() : []) {
    explain(null, item, path.child(i), problems, reader, depth + 2)
  }
  for (const entry of Array.isArray(record.entries) ? record.entries : []) {
    const isEntry = Array.isArray(entry) && entry.length === 2 && typeof entry[0] === 'string'
    if (isEntry) explain(null, entry[1], path.child(entry[0]), problems, reader, depth + 1)
  }
}

function explainTagged(
  field: Field | null,
  record: Record<string, unknown>,
  path: KeyPath,
  problems: Problem[],
  reader: Reader,
  depth: number,
): string | null {
  const read = reader.read(record, depth)
  if (read !== INVALID)
    return `must be ${article(describe(field))}, got ${article(String(record._type).slice(0, 100))}`
  const spec = reader.find(record._type as string)
  if (spec === null) {
    const count = problems.length
    explainWrapped(record, path, problems, reader, depth)
    return problems.length > count ? null : `is not a valid ${String(record._type)}`
  }
  explainRecord(spec, record, path, problems, reader, depth)
  return null
}

/** The same as `explain` for a part of a value, which may also be frozen at another one. */
export function explainPart(
  field: Field | null,
  value: unknown,
  path: KeyPath,
  problems: Problem[],
  reader: Reader | null,
  depth: number,
): void {
  const before = problems.length
  explain(field, value, path, problems, reader, depth)
  if (problems.length > before || !field?.rules.isFrozen) return
  if (!isInitial(field, accept(field, value, reader, depth))) {
    problems.push({ path: path.toString(), message: frozenMessage(field, value) })
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

/**
 * Changing a tree: a batch of pairs from key path to value becomes a new green, or an error and nothing.
 * One pair copies the spine above it. Several pairs own the copies they make (`OWNED` in slot 1), so each node is copied
 * once in whatever order the paths come; when the batch is done, sizes are checked and the marks taken off.
 * Indices mean the positions of the original list: inserts, removals and appends wait in a plan until the end.
 */

import { FieldError, PathError, SealedError } from '../errors.ts'
import { accept, isInitial } from '../fields/accept.ts'
import type { Field } from '../fields/field.ts'
import { acceptOrThrow, refusal } from '../fields/refusal.ts'
import { dictAdd, dictFind, dictGet, dictRemove, dictSet } from '../greens/dict-green.ts'
import { equalValues, sameSeals } from '../greens/equal.ts'
import { listGet, listInsert, listLength, listRemove, listSet } from '../greens/list-green.ts'
import {
  DICT,
  FIRST,
  type Green,
  isDictKind,
  isGreen,
  LIST,
  OBJECT,
  OWNED,
  ruleAt,
  type Spec,
} from '../greens/spec.ts'
import { keyOf, pathText, Step, type Steps, slotIn } from '../greens/steps.ts'
import { runHookAt } from '../hook.ts'
import { Node } from '../node.ts'
import { show } from '../view/format.ts'
import { Batch } from './batch.ts'
import { INVALID, Insertion, MISSING } from './missing.ts'
import { isLocked } from './seal-scope.ts'
import {
  below,
  checkStandIn,
  fixedPositions,
  frozen,
  indexOf,
  noSuchField,
  nowhere,
  sized,
} from './update-errors.ts'

/** One change: the steps to a place, and the value for it (or MISSING, or an insertion). */
export interface Change {
  readonly steps: Steps
  readonly value: unknown
}

/** The green with one change made; the same green when it changes nothing. */
export function updateOne(green: Green, steps: Steps, value: unknown): Green {
  return steps.length === 0
    ? replaceRoot(green, value)
    : setIn({ root: green, steps, value, batch: null }, green, 0)
}

/** The green with one more change of a batch, which is not finished until the batch is. */
export const updateInBatch = (green: Green, steps: Steps, value: unknown, batch: Batch): Green =>
  setIn({ root: green, steps, value, batch }, green, 0)

/** The green with all changes made, or an error; the same green when they change nothing. */
export function updateAll(green: Green, changes: readonly Change[]): Green {
  if (changes.length === 0) return green
  if (changes.length === 1) {
    const [only] = changes as [Change]
    return updateOne(green, only.steps, only.value)
  }
  const batch = new Batch(null, false)
  let result = green
  const ordered = shallowFirst(changes)
  // One object for the whole batch, told the next change each time.
  const write: Write = { root: green, steps: [], value: undefined, batch }
  for (let i = 0; i < ordered.length; i++) {
    const { steps, value } = ordered[i] as Change
    write.steps = steps
    write.value = value
    result = steps.length === 0 ? replaceRoot(result, value) : setIn(write, result, 0)
  }
  batch.finish(result)
  return result
}

/** Parents before what stands below them, so that a pair below another's path applies inside the new value. */
function shallowFirst(changes: readonly Change[]): readonly Change[] {
  const depth = (changes[0] as Change).steps.length
  for (let i = 1; i < changes.length; i++) {
    if ((changes[i] as Change).steps.length === depth) continue
    return [...changes].sort((a, b) => a.steps.length - b.steps.length)
  }
  return changes
}

/** A change under way: where it began, its path and value, and the batch it belongs to, if it is not the only one. */
interface Write {
  readonly root: Green
  steps: Steps
  value: unknown
  readonly batch: Batch | null
}

/**
 * Makes a change below a green that `at` steps lead to. With a batch, copies are owned by it and list changes are
 * planned; without, this is the only change and takes effect at once.
 */
function setIn(write: Write, green: Green, at: number): Green {
  const { steps, batch } = write
  const spec = green[0]
  if (isLocked(spec.sealed)) throw SealedError.at(write.root[0].name, pathText(steps, at))
  if (at === steps.length - 1) return setLast(write, green, at)
  // Objects and small lists, which most steps lead through, keep their children in slots of their own.
  const step = steps[at] as number | Step
  let slot = 0
  if (typeof step === 'number') {
    if (spec.kind === LIST && 0 <= step && step < green.length - FIRST) slot = step + FIRST
  } else if (spec.kind === OBJECT) {
    slot = slotIn(spec, step)
  }
  if (slot === 0 || (batch !== null && batch.plans !== null && batch.isRemoved(green, slot - FIRST))) {
    return setElsewhere(write, green, at)
  }
  const old = green[slot]
  const next = setBelow(write, old, at)
  if (next === old) return green
  if (spec.hasFrozen || next[0].standsFor !== null) checkSlot(write, spec, slot, next, at)
  return writeSlot(write, green, slot, next, at)
}

/** What few slots need before a changed child is put back: a frozen field refuses it, a stand-in is asked again. */
function checkSlot(write: Write, spec: Spec, slot: number, next: Green, at: number): void {
  const field = spec.kind === OBJECT ? (spec.fields[slot - FIRST] as Field) : ruleAt(spec, slot - FIRST)
  checkStandInAt(write, at, field, next)
  if (field?.rules.isFrozen) throw frozen(write.root[0].name, pathText(write.steps), field, write.value)
}

/** Makes the change below the value that the next step leads to. */
function setBelow(write: Write, value: unknown, at: number): Green {
  return setIn(write, isGreen(value) ? value : below(write.root, value, write.steps, at), at + 1)
}

/** The last step of a path: the value joins the green. */
function setLast(write: Write, green: Green, at: number): Green {
  const spec = green[0]
  if (spec.kind !== OBJECT) return setElsewhere(write, green, at)
  const { root, steps, value } = write
  const step = steps[at] as number | Step
  const slot = typeof step === 'number' ? 0 : slotIn(spec, step)
  if (slot === 0) throw noSuchField(root, spec, steps, at)
  const old = green[slot]
  const field = spec.fields[slot - FIRST] as Field
  const next = put(write, field, old)
  if (isSame(next, old)) return green
  if (field.rules.isFrozen) throw frozen(root[0].name, pathText(steps), field, value)
  return writeSlot(write, green, slot, next, at)
}

function setElsewhere(write: Write, green: Green, at: number): Green {
  const { kind } = green[0]
  if (kind === OBJECT) throw noSuchField(write.root, green[0], write.steps, at)
  return isDictKind(kind) ? setInDict(write, green, at) : setInList(write, green, at)
}

/** A copy with one slot written; under a batch the copy that the batch owns. */
function writeSlot(write: Write, green: Green, slot: number, value: unknown, at: number): Green {
  const { root, steps, batch } = write
  const copy = copyWith(green, slot, value, batch)
  if (batch === null && copy[0].hasHook) runHookAt(copy, root[0].name, () => pathText(steps, at))
  return copy
}

function copyWith(green: Green, slot: number, value: unknown, batch: Batch | null): Green {
  if (batch !== null) {
    const copy = batch.own(green)
    copy[slot] = value
    return copy
  }
  const copy = green.slice() as Green
  copy[slot] = value
  copy[1] = 0
  return copy
}

/** Asks what must be asked about a changed child: at once, or when the batch is done. */
function checkStandInAt(write: Write, at: number, field: Field | null, green: Green): void {
  const { root, steps, batch } = write
  if (batch === null) checkStandIn(root[0].name, () => pathText(steps, at + 1), field, green)
  else if (field?.isWhole) batch.hasWholes = true
}

function setInList(write: Write, green: Green, at: number): Green {
  const { root, steps, value, batch } = write
  const { places } = green[0]
  const length = listLength(green)
  const index = indexOf(root, steps, at, length)
  if (at < steps.length - 1) return setInElement(write, green, index, at)
  if (value === MISSING && !(places?.keeps(index) && index < length)) {
    if (index >= length) throw nowhere(root, steps, at)
    if (batch === null || batch.isSequence) {
      return sized(root, become(green, listRemove(green, index), batch), steps, at)
    }
    const copy = batch.own(green)
    batch.plan(copy).removed.add(index)
    return copy
  }
  if (value instanceof Insertion || index >= length) return insertInList(write, green, index, at)
  const old = listGet(green, index)
  const next = put(write, ruleAt(green[0], index), old)
  if (batch?.isRemoved(green, index)) batch.plans?.get(green)?.removed.delete(index)
  return isSame(next, old) ? green : writeElement(green, index, next, batch)
}

/** Makes the change below an element: one of the list, or one that the batch is about to append. */
function setInElement(write: Write, green: Green, index: number, at: number): Green {
  const { root, steps, batch } = write
  const appended = batch?.plans?.get(green)?.appends.find(append => append.index === index)
  if (appended !== undefined) {
    appended.value = setBelow(write, appended.value, at)
    return green
  }
  if (index >= listLength(green) || batch?.isRemoved(green, index)) throw nowhere(root, steps, at)
  const old = listGet(green, index)
  const next = setBelow(write, old, at)
  if (next === old) return green
  checkStandInAt(write, at, ruleAt(green[0], index), next)
  return writeElement(green, index, next, batch)
}

/** Puts the value in before an index, or at the end: at once, or in the plan of the batch. */
function insertInList(write: Write, green: Green, index: number, at: number): Green {
  const { root, steps, value, batch } = write
  if (green[0].places !== null) throw fixedPositions(root, steps)
  const length = listLength(green)
  const stored = join(write, green[0].element, value instanceof Insertion ? value.value : value)
  if (batch === null || batch.isSequence) {
    const longer = listInsert(green, Math.min(index, length), stored)
    return sized(root, become(green, longer, batch), steps, at)
  }
  const copy = batch.own(green)
  const plan = batch.plan(copy)
  const inserts = plan.inserts.get(index)
  if (index >= length) plan.appends.push({ index, value: stored })
  else if (inserts === undefined) plan.inserts.set(index, [stored])
  else inserts.push(stored)
  return copy
}

function setInDict(write: Write, green: Green, at: number): Green {
  const { root, steps, value, batch } = write
  const step = steps[at]
  if (!(step instanceof Step)) {
    const hint = `a dict is entered by key, like '.${step}' or '["${step}"]'`
    throw new PathError(
      pathText(steps),
      `${root[0].name} has no index at '${pathText(steps, at + 1)}': ${hint}`,
    )
  }
  const element = ruleAt(green[0], step.key)
  const position = dictFind(green, step.key)
  const old = position < 0 ? undefined : dictGet(green, position)
  if (at < steps.length - 1) {
    if (position < 0) throw nowhere(root, steps, at)
    const next = setBelow(write, old, at)
    if (next === old) return green
    checkStandInAt(write, at, element, next)
    return writeEntry(green, position, next, batch)
  }
  if (value === MISSING && !(position >= 0 && green[0].places?.keeps(step.key))) {
    return position < 0 ? green : sized(root, become(green, dictRemove(green, position), batch), steps, at)
  }
  if (position >= 0) {
    const next = put(write, element, old)
    return isSame(next, old) ? green : writeEntry(green, position, next, batch)
  }
  return sized(root, become(green, dictAdd(green, step.key, join(write, element, value)), batch), steps, at)
}

function writeElement(green: Green, index: number, element: unknown, batch: Batch | null): Green {
  if (green[0].kind === LIST) return copyWith(green, index + FIRST, element, batch)
  return become(green, listSet(green, index, element), batch)
}

function writeEntry(green: Green, position: number, value: unknown, batch: Batch | null): Green {
  if (green[0].kind === DICT) return copyWith(green, position + FIRST, value, batch)
  return become(green, dictSet(green, position, value), batch)
}

/** The green as it has become; under a batch written over the copy that the batch owns, if it owns one. */
function become(green: Green, next: Green, batch: Batch | null): Green {
  if (batch === null) return next
  const copy = batch.own(green)
  if (copy === next) return copy
  copy.length = 0
  for (const slot of next as unknown[]) (copy as unknown[]).push(slot)
  copy[1] = OWNED
  return copy
}

/** Whether writing one stored value over another changes nothing. */
const isSame = (a: unknown, b: unknown): boolean => a === b || (Number.isNaN(a) && Number.isNaN(b))

/** Whether a green has the content and the seals of what stands there. */
const isUnchanged = (green: object, old: unknown): boolean => equalValues(green, old) && sameSeals(green, old)

/** What is stored for a value put over an old one under a field; the old one when it is equal. */
function put(write: Write, field: Field | null, old: unknown): unknown {
  const { root, steps, value } = write
  if (value === MISSING) return reset(root, field, steps)
  if (value instanceof Insertion) {
    throw new PathError(
      pathText(steps),
      `${root[0].name} has no list at '${pathText(steps, steps.length - 1)}'`,
    )
  }
  const stored = join(write, field, value)
  if (field?.rules.isFrozen) {
    if (isInitial(field, stored)) return old
    throw frozen(write.root[0].name, pathText(write.steps), field, value)
  }
  // Only containers, dates and bytes can be equal without being the same.
  const isObject = typeof stored === 'object' && stored !== null
  return isObject && (stored === old || isUnchanged(stored, old)) ? old : stored
}

/** What is stored for a value under a field, or the error that says why it does not fit. */
function join({ root, steps, batch }: Write, field: Field | null, value: unknown): unknown {
  const reader = batch === null ? null : batch.reader
  // Only readers make objects of records, whose types and hooks can throw.
  if (reader !== null) return acceptOrThrow(root[0].name, steps.map(keyOf), field, value, reader)
  const stored = accept(field, value, null, 0)
  if (stored === INVALID) throw refusal(root[0].name, steps.map(keyOf), field, value)
  return stored
}

function reset(root: Green, field: Field | null, steps: Steps): unknown {
  if (field?.rules.hasDefault) return field.rules.initial
  if (field?.rules.isOptional) return undefined
  throw refusal(root[0].name, steps.map(keyOf), field, MISSING)
}

function replaceRoot(green: Green, value: unknown): Green {
  const next = value instanceof Node ? value._g : accept(null, value, null, 0)
  if (!isGreen(next)) {
    throw FieldError.of(green[0].name, [
      { path: '', message: `can only become another tree, got ${show(value)}` },
    ])
  }
  if (next === green || isUnchanged(next, green)) return green
  if (isLocked(green[0].sealed)) throw SealedError.at(green[0].name, '')
  return next
}

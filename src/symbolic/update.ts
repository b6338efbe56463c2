/**
 * Changing a tree: a batch of pairs from key path to value becomes a new green, or an error and nothing.
 * One pair copies the spine above it. Several pairs own the copies they make (`OWNED` in slot 1), so each node is copied
 * once in whatever order the paths come; when the batch is done, sizes are checked and the marks taken off.
 * Indices mean the positions of the original list: inserts, removals and appends wait in a plan until the end.
 */

import { accept, isInitial } from './accept.ts'
import { Batch } from './batch.ts'
import { dictAdd, dictFind, dictGet, dictRemove, dictSet } from './dict-green.ts'
import { equalValues, sameSeals } from './equal.ts'
import { FieldError, PathError, SealedError } from './errors.ts'
import { acceptOrThrow, refusal } from './explain.ts'
import type { Field } from './field.ts'
import { show } from './format.ts'
import { runHookAt } from './hook.ts'
import { listGet, listInsert, listLength, listRemove, listSet } from './list-green.ts'
import { INVALID, Insertion, MISSING } from './missing.ts'
import { Node } from './node.ts'
import { isLocked } from './seal-scope.ts'
import { DICT, FIRST, type Green, isDictKind, isGreen, LIST, OBJECT, OWNED } from './spec.ts'
import { keyOf, pathText, Step, type Steps, slotIn } from './steps.ts'
import { below, checkStandIn, frozen, indexOf, noSuchField, nowhere, sized } from './update-errors.ts'

/** One change: the steps to a place, and the value for it (or MISSING, or an insertion). */
export interface Change {
  readonly steps: Steps
  readonly value: unknown
}

/** The green with one change made; the same green when it changes nothing. */
export function updateOne(green: Green, steps: Steps, value: unknown): Green {
  if (steps.length === 0) return replaceRoot(green, value)
  return setIn(green, green, steps, 0, value, null)
}

/** The green with one more change of a batch, which is not finished until the batch is. */
export const updateInBatch = (green: Green, steps: Steps, value: unknown, batch: Batch): Green =>
  setIn(green, green, steps, 0, value, batch)

/** The green with all changes made, or an error; the same green when they change nothing. */
export function updateAll(green: Green, changes: readonly Change[]): Green {
  if (changes.length === 0) return green
  if (changes.length === 1) {
    const [only] = changes as [Change]
    return updateOne(green, only.steps, only.value)
  }
  const batch = new Batch()
  let result = green
  const ordered = shallowFirst(changes)
  for (let i = 0; i < ordered.length; i++) {
    const { steps, value } = ordered[i] as Change
    result = steps.length === 0 ? replaceRoot(result, value) : setIn(green, result, steps, 0, value, batch)
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

/**
 * Sets a value below a green. With a batch, copies are owned by it and list changes are planned; without, this is the
 * only change and takes effect at once.
 */
function setIn(
  root: Green,
  green: Green,
  steps: Steps,
  at: number,
  value: unknown,
  batch: Batch | null,
): Green {
  const spec = green[0]
  if (isLocked(spec.sealed)) throw SealedError.at(root[0].name, pathText(steps, at))
  const step = steps[at] as number | Step
  if (at === steps.length - 1) return setLast(root, green, steps, at, value, batch)
  // Objects and small lists, which most steps lead through, keep their children in slots of their own.
  let slot = 0
  if (typeof step === 'number') {
    if (spec.kind === LIST && 0 <= step && step < green.length - FIRST) slot = step + FIRST
  } else if (spec.kind === OBJECT) {
    slot = slotIn(spec, step)
  }
  if (slot === 0 || (batch !== null && batch.plans !== null && batch.isRemoved(green, slot - FIRST)))
    return setElsewhere(root, green, steps, at, value, batch)
  const old = green[slot]
  const child = isGreen(old) ? old : below(root, old, steps, at)
  const next = setIn(root, child, steps, at + 1, value, batch)
  if (next === old) return green
  if (batch === null && next[0].standsFor !== null) {
    const field = spec.kind === OBJECT ? (spec.fields[slot - FIRST] as Field) : spec.element
    checkStandIn(root[0].name, () => pathText(steps, at + 1), field, next)
  }
  if (spec.kind === OBJECT && (spec.fields[slot - FIRST] as Field).rules.isFrozen) {
    throw frozen(root[0].name, pathText(steps), spec.fields[slot - FIRST] as Field, value)
  }
  return writeSlot(root, green, slot, next, steps, at, batch)
}

/** The last step of a path: the value joins the green. */
function setLast(
  root: Green,
  green: Green,
  steps: Steps,
  at: number,
  value: unknown,
  batch: Batch | null,
): Green {
  const spec = green[0]
  if (spec.kind !== OBJECT) return setElsewhere(root, green, steps, at, value, batch)
  const step = steps[at] as number | Step
  const slot = typeof step === 'number' ? 0 : slotIn(spec, step)
  if (slot === 0) throw noSuchField(root, spec, steps, at)
  const old = green[slot]
  const field = spec.fields[slot - FIRST] as Field
  const next = put(root, field, old, value, steps, batch)
  if (isSame(next, old)) return green
  if (field.rules.isFrozen) throw frozen(root[0].name, pathText(steps), field, value)
  return writeSlot(root, green, slot, next, steps, at, batch)
}

function setElsewhere(
  root: Green,
  green: Green,
  steps: Steps,
  at: number,
  value: unknown,
  batch: Batch | null,
): Green {
  const { kind } = green[0]
  if (kind === OBJECT) throw noSuchField(root, green[0], steps, at)
  if (isDictKind(kind)) return setInDict(root, green, steps, at, value, batch)
  return setInList(root, green, steps, at, value, batch)
}

/** A copy with one slot written; under a batch the copy that the batch owns. */
function writeSlot(
  root: Green,
  green: Green,
  slot: number,
  value: unknown,
  steps: Steps,
  at: number,
  batch: Batch | null,
): Green {
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

function setInList(
  root: Green,
  green: Green,
  steps: Steps,
  at: number,
  value: unknown,
  batch: Batch | null,
): Green {
  const spec = green[0]
  const length = listLength(green)
  const index = indexOf(root, steps, at, length)
  const element = spec.element
  if (at < steps.length - 1) {
    const appended = batch?.plans?.get(green)?.appends.find(append => append.index === index)
    if (appended !== undefined) {
      appended.value = setIn(root, below(root, appended.value, steps, at), steps, at + 1, value, batch)
      return green
    }
    if (index >= length || batch?.isRemoved(green, index)) throw nowhere(root, steps, at)
    const old = listGet(green, index)
    const next = setIn(root, below(root, old, steps, at), steps, at + 1, value, batch)
    if (next === old) return green
    if (batch === null) checkStandIn(root[0].name, () => pathText(steps, at + 1), spec.element, next)
    return writeElement(green, index, next, batch)
  }
  if (value === MISSING) {
    if (index >= length) throw nowhere(root, steps, at)
    if (batch === null || batch.isSequence)
      return sized(root, become(green, listRemove(green, index), batch), steps, at)
    const copy = batch.own(green)
    batch.plan(copy).removed.add(index)
    return copy
  }
  const isInsertion = value instanceof Insertion
  if (isInsertion || index >= length) {
    const given = isInsertion ? value.value : value
    const stored = join(root, element, given, steps, batch)
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
  const old = listGet(green, index)
  const next = put(root, element, old, value, steps, batch)
  if (batch?.isRemoved(green, index)) batch.plans?.get(green)?.removed.delete(index)
  return isSame(next, old) ? green : writeElement(green, index, next, batch)
}

function setInDict(
  root: Green,
  green: Green,
  steps: Steps,
  at: number,
  value: unknown,
  batch: Batch | null,
): Green {
  const spec = green[0]
  const step = steps[at]
  if (!(step instanceof Step)) {
    const hint = `a dict is entered by key, like '.${step}' or '["${step}"]'`
    throw new PathError(
      pathText(steps),
      `${root[0].name} has no index at '${pathText(steps, at + 1)}': ${hint}`,
    )
  }
  const position = dictFind(green, step.key)
  if (at < steps.length - 1) {
    if (position < 0) throw nowhere(root, steps, at)
    const old = dictGet(green, position)
    const next = setIn(root, below(root, old, steps, at), steps, at + 1, value, batch)
    if (next === old) return green
    if (batch === null) checkStandIn(root[0].name, () => pathText(steps, at + 1), spec.element, next)
    return writeEntry(green, position, next, batch)
  }
  if (value === MISSING) {
    if (position < 0) return green
    return sized(root, become(green, dictRemove(green, position), batch), steps, at)
  }
  if (position >= 0) {
    const old = dictGet(green, position)
    const next = put(root, spec.element, old, value, steps, batch)
    return isSame(next, old) ? green : writeEntry(green, position, next, batch)
  }
  const stored = join(root, spec.element, value, steps, batch)
  return sized(root, become(green, dictAdd(green, step.key, stored), batch), steps, at)
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
const isUnchanged = (green: Green, old: unknown): boolean => equalValues(green, old) && sameSeals(green, old)

/** What is stored for a value put over an old one under a field; the old one when it is equal. */
function put(
  root: Green,
  field: Field | null,
  old: unknown,
  value: unknown,
  steps: Steps,
  batch: Batch | null,
) {
  if (value === MISSING) return reset(root, field, steps)
  if (value instanceof Insertion) {
    throw new PathError(
      pathText(steps),
      `${root[0].name} has no list at '${pathText(steps, steps.length - 1)}'`,
    )
  }
  const stored = join(root, field, value, steps, batch)
  if (field?.rules.isFrozen && isInitial(field, stored)) return old
  if (isGreen(stored)) {
    return stored === old || isUnchanged(stored, old) ? old : stored
  }
  return stored
}

/** What is stored for a value under a field, or the error that says why it does not fit. */
function join(root: Green, field: Field | null, value: unknown, steps: Steps, batch: Batch | null): unknown {
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

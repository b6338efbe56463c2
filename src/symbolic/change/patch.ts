/**
 * Applying a JSON Patch (RFC 6902), ours or a stranger's. Operations take effect one after the other on greens owned by
 * the patch; the result is checked by the fields and appears whole, or the error names the operation and nothing
 * happened. Values are JSON: what carries `_type` comes to life through the registry.
 */

import type { PatchOperation } from '../diff/diff.ts'
import { PatchError, SealedError, SymError } from '../errors.ts'
import { forgetRefused, isStored } from '../fields/accept.ts'
import { eachChild } from '../greens/children.ts'
import { dictEach, dictFrom, dictKeys } from '../greens/dict-green.ts'
import { equalValues, sameSeals } from '../greens/equal.ts'
import { listFrom, listLength, listValues } from '../greens/list-green.ts'
import { FIRST, type Green, isDictKind, isGreen, isListKind, OWNED } from '../greens/spec.ts'
import { type Step, type Steps, stepsOf } from '../greens/steps.ts'
import { HOLDS_MISSING, summaryOf } from '../greens/summary.ts'
import { fromJsonData, READER } from '../json/json-in.ts'
import { toJsonData } from '../json/json-out.ts'
import { reading, readOptions } from '../json/reading.ts'
import { pointerKeys } from '../key-path.ts'
import { NOTHING, readSlot, slotOf } from '../read.ts'
import { show } from '../view/format.ts'
import { Batch } from './batch.ts'
import { insertion, MISSING } from './missing.ts'
import { isLocked } from './seal-scope.ts'
import { updateInBatch } from './update.ts'

/** The green that the operations make of a green. Throws `PatchError` and changes nothing when one does not apply. */
export function patchGreen(green: Green, operations: readonly PatchOperation[]): Green {
  if (!Array.isArray(operations)) {
    throw new PatchError('', `a patch is a list of operations, got ${show(operations)}`)
  }
  forgetRefused()
  // In a partial tree, what a patch adds may be partial, too.
  if ((summaryOf(green) & HOLDS_MISSING) === 0) return applyAll(green, operations)
  return reading({ ...readOptions(), partial: true }, () => applyAll(green, operations))
}

function applyAll(green: Green, operations: readonly PatchOperation[]): Green {
  const batch = new Batch(READER, true)
  let result = green
  let index = 0
  try {
    for (; index < operations.length; index++) {
      result = applyOne(result, operations[index] as PatchOperation, batch)
    }
  } catch (cause) {
    if (!(cause instanceof SymError)) throw cause
    const what = `operation ${index} (${show(operations[index], 80)})`
    throw new PatchError(cause.path, `${what} does not apply: ${cause.message}`, { cause })
  }
  batch.finish(result)
  return result
}

function applyOne(root: Green, operation: PatchOperation, batch: Batch): Green {
  checkShape(operation)
  const { path } = operation
  switch (operation.op) {
    case 'test':
      return test(root, path, operation.value)
    case 'add':
      return add(root, path, operation.value, batch)
    case 'replace':
      return path === ''
        ? rootFrom(root, operation.value)
        : updateInBatch(root, existing(root, path), operation.value, batch)
    case 'remove':
      return remove(root, path, batch)
    case 'copy': {
      const value = valueAt(root, operation.from)
      if (countValues(root) + countValues(value) > MAX_VALUES) {
        throw new PatchError(
          path,
          `would make a tree of more than ${MAX_VALUES.toLocaleString('en-US')} values`,
        )
      }
      return add(root, path, disown(value, batch), batch)
    }
    case 'move': {
      const { from } = operation
      if (path.startsWith(`${from}/`)) throw new PatchError(path, `'${from}' cannot be moved into itself`)
      const value = disown(valueAt(root, from), batch)
      if (from === path) return root
      return add(remove(root, from, batch), path, value, batch)
    }
    default: {
      const { op } = operation as { op: unknown }
      throw new PatchError(path, `${show(op)} is not one of add, remove, replace, move, copy, test`)
    }
  }
}

/** A patch that copies may double a tree again and again; in memory that costs nothing, but in JSON it would. */
const MAX_VALUES = 10_000_000
const counts = new WeakMap<Green, number>()

/** How many values there are in a value, itself counted. Parts that are still written to are counted anew each time. */
function countValues(value: unknown): number {
  if (!isGreen(value)) return 1
  let count = counts.get(value)
  if (count !== undefined) return count
  count = 1
  eachChild(value, child => {
    count = (count as number) + countValues(child)
  })
  if (value[1] !== OWNED) counts.set(value, count)
  return count
}

function checkShape(operation: PatchOperation): void {
  const given = operation as { op?: unknown; path?: unknown; from?: unknown } | null
  if (typeof given !== 'object' || given === null)
    throw new PatchError('', 'an operation is an object with op and path')
  if (typeof given.path !== 'string')
    throw new PatchError('', `'path' must be a JSON pointer, got ${show(given.path)}`)
  const needsFrom = given.op === 'move' || given.op === 'copy'
  if (needsFrom && typeof given.from !== 'string') {
    throw new PatchError(given.path, `'from' must be a JSON pointer, got ${show(given.from)}`)
  }
  const needsValue = given.op === 'add' || given.op === 'replace' || given.op === 'test'
  if (needsValue && !Object.hasOwn(given, 'value')) throw new PatchError(given.path, `'value' is missing`)
}

function add(root: Green, path: string, value: unknown, batch: Batch): Green {
  if (path === '') return rootFrom(root, value)
  const { steps, parent } = resolve(root, path)
  const last = steps[steps.length - 1]
  if (!isGreen(parent) || !isListKind(parent[0].kind)) return updateInBatch(root, steps, value, batch)
  const length = listLength(parent)
  if (typeof last === 'number' && last > length) {
    throw new PatchError(path, `index ${last} is past the end of a list of ${length} elements`)
  }
  return updateInBatch(root, steps, insertion(value), batch)
}

function remove(root: Green, path: string, batch: Batch): Green {
  if (path === '') throw new PatchError(path, 'the root cannot be removed')
  return updateInBatch(root, existing(root, path), MISSING, batch)
}

function test(root: Green, path: string, expected: unknown): Green {
  const found = valueAt(root, path)
  const data = found === undefined ? undefined : toJsonData(found)
  if (equalJson(data, expected)) return root
  throw new PatchError(path, `the test failed: '${path}' is ${show(data)}, not ${show(expected)}`)
}

function rootFrom(root: Green, value: unknown): Green {
  const stored = isStored(value) ? value : fromJsonData(value, null, readOptions())
  if (!isGreen(stored)) throw new PatchError('', `the root can only become a tree, got ${show(value)}`)
  if (equalValues(stored, root) && sameSeals(stored, root)) return root
  if (isLocked(root[0].sealed)) throw SealedError.at(root[0].name, '')
  return stored
}

/**
 * The same value without greens that the patch still writes to, so that it may stand in a second place. What it copies
 * is entered with the batch, which checks sizes and calls hooks in the end.
 */
function disown(value: unknown, batch: Batch): unknown {
  if (!isGreen(value) || value[1] !== OWNED) return value
  const spec = value[0]
  let copy: Green
  if (isListKind(spec.kind)) {
    copy = listFrom(
      spec,
      listValues(value).map(element => disown(element, batch)),
    )
  } else if (isDictKind(spec.kind)) {
    const values: unknown[] = []
    dictEach(value, entry => {
      values.push(disown(entry, batch))
    })
    copy = dictFrom(spec, dictKeys(value), values)
  } else {
    copy = value.map((slot, i) => (i < FIRST ? slot : disown(slot, batch))) as Green
    copy[1] = 0
  }
  batch.copies.push(copy)
  return copy
}

/** The stored value that a pointer leads to; throws when it leads nowhere. */
function valueAt(root: Green, path: string): unknown {
  const { value } = resolve(root, path)
  if (value === NOTHING) throw new PatchError(path, `there is nothing at '${path}'`)
  return value
}

/** The steps to a place where something stands. */
function existing(root: Green, path: string): Steps {
  const { steps, value } = resolve(root, path)
  if (value === NOTHING) throw new PatchError(path, `there is nothing at '${path}'`)
  return steps
}

/** The steps of a pointer, what stands there, and what holds it. Only the tree knows an index from a key. */
function resolve(root: Green, pointer: string): { steps: Steps; value: unknown; parent: unknown } {
  const tokens = tokensOf(pointer)
  const steps: (number | Step)[] = []
  let value: unknown = root
  let parent: unknown = null
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token
    let step: number | Step = token.step
    if (isGreen(value) && isListKind(value[0].kind)) {
      step = token.index === APPEND ? listLength(value) : token.index
      if (step < 0)
        throw new PatchError(pointer, `'${token.step.key}' is not an index of the list it is used on`)
    }
    steps.push(step)
    parent = value
    const slot = isGreen(value) ? slotOf(value, step) : 0
    value = slot < FIRST ? NOTHING : readSlot(value as Green, slot)
  }
  return { steps, value, parent }
}

/** One token of a pointer, read both ways: as a key, and as an index where it can be one. */
interface Token {
  readonly step: Step
  readonly index: number
}

const NO_INDEX = -1
const APPEND = -2
const INDEX = /^(?:0|[1-9][0-9]*)$/
const MAX_POINTERS = 5000
const pointers = new Map<string, readonly Token[]>()

function tokensOf(pointer: string): readonly Token[] {
  let tokens = pointers.get(pointer)
  if (tokens !== undefined) return tokens
  tokens = pointerKeys(pointer).map(key => ({
    step: stepsOf([key])[0] as Step,
    index: key === '-' ? APPEND : INDEX.test(key) ? Number(key) : NO_INDEX,
  }))
  if (pointers.size >= MAX_POINTERS) pointers.clear()
  pointers.set(pointer, tokens)
  return tokens
}

function equalJson(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  return keys.every(
    key =>
      Object.hasOwn(b, key) &&
      equalJson((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
  )
}

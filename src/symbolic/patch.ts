/**
 * Applying a JSON Patch (RFC 6902), ours or a stranger's. Operations take effect one after the other on greens owned by
 * the patch; the result is checked by the fields and appears whole, or the error names the operation and nothing
 * happened. Values are JSON: what carries `_type` comes to life through the registry.
 */

import { isStored } from './accept.ts'
import { dictEach, dictFrom, dictKeys } from './dict-green.ts'
import type { PatchOperation } from './diff.ts'
import { PatchError, SymError } from './errors.ts'
import { show } from './format.ts'
import { fromJsonData, READER } from './json-in.ts'
import { toJsonData } from './json-out.ts'
import { pointerKeys } from './key-path.ts'
import { listFrom, listLength, listValues } from './list-green.ts'
import { insertion, MISSING } from './missing.ts'
import { NOTHING, readSlot, slotOf } from './read.ts'
import { FIRST, type Green, isDictKind, isGreen, isListKind, OWNED } from './spec.ts'
import { type Step, type Steps, stepsOf } from './steps.ts'
import { Batch } from './update.ts'

/** The green that the operations make of a green. Throws `PatchError` and changes nothing when one does not apply. */
export function patchGreen(green: Green, operations: readonly PatchOperation[]): Green {
  if (!Array.isArray(operations)) {
    throw new PatchError('', `a patch is a list of operations, got ${show(operations)}`)
  }
  const batch = new Batch({ reader: READER, isSequence: true })
  let result = green
  operations.forEach((operation, index) => {
    try {
      result = applyOne(result, operation, batch)
    } catch (cause) {
      if (!(cause instanceof SymError)) throw cause
      const what = `operation ${index} (${show(operation, 80)})`
      throw new PatchError(cause.path, `${what} does not apply: ${cause.message}`, { cause })
    }
  })
  batch.finish(green[0])
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
      if (path === '') return rootFrom(operation.value)
      read(root, path)
      return batch.set(root, resolve(root, path), operation.value)
    case 'remove':
      read(root, path)
      return remove(root, path, batch)
    case 'copy':
      return add(root, path, disown(read(root, operation.from)), batch)
    case 'move': {
      const { from } = operation
      if (from === path) return root
      if (path.startsWith(`${from}/`)) throw new PatchError(path, `'${from}' cannot be moved into itself`)
      const value = read(root, from)
      return add(remove(root, from, batch), path, value, batch)
    }
    default:
      throw new PatchError(
        path,
        `'${String((operation as { op: unknown }).op)}' is not one of add, remove, replace, move, copy, test`,
      )
  }
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
  if (path === '') return rootFrom(value)
  const steps = resolve(root, path)
  const parent = follow(root, steps.slice(0, -1))
  const last = steps[steps.length - 1]
  if (!isGreen(parent) || !isListKind(parent[0].kind)) return batch.set(root, steps, value)
  const length = listLength(parent)
  if (typeof last === 'number' && last > length) {
    throw new PatchError(path, `index ${last} is past the end of a list of ${length} elements`)
  }
  return batch.set(root, steps, insertion(value))
}

function remove(root: Green, path: string, batch: Batch): Green {
  if (path === '') throw new PatchError(path, 'the root cannot be removed')
  return batch.set(root, resolve(root, path), MISSING)
}

function test(root: Green, path: string, expected: unknown): Green {
  const found = read(root, path)
  const data = found === undefined ? undefined : toJsonData(found)
  if (equalJson(data, expected)) return root
  throw new PatchError(path, `the test failed: '${path}' is ${show(data)}, not ${show(expected)}`)
}

function rootFrom(value: unknown): Green {
  const stored = isStored(value) ? value : fromJsonData(value)
  if (!isGreen(stored)) throw new PatchError('', `the root can only become a tree, got ${show(value)}`)
  return stored
}

/** The same value without greens that the patch still writes to, so that it may stand in a second place. */
function disown(value: unknown): unknown {
  if (!isGreen(value) || value[1] !== OWNED) return value
  const spec = value[0]
  if (isListKind(spec.kind)) return listFrom(spec, listValues(value).map(disown))
  if (isDictKind(spec.kind)) {
    const values: unknown[] = []
    dictEach(value, entry => {
      values.push(disown(entry))
    })
    return dictFrom(spec, dictKeys(value), values)
  }
  const copy = value.map((slot, i) => (i < FIRST ? slot : disown(slot))) as Green
  copy[1] = 0
  return copy
}

/** The stored value that a pointer leads to; throws when it leads nowhere. */
function read(root: Green, path: string): unknown {
  const value = follow(root, resolve(root, path))
  if (value !== NOTHING) return value
  throw new PatchError(path, `there is nothing at '${path}'`)
}

function follow(root: Green, steps: Steps): unknown {
  let value: unknown = root
  for (const step of steps) {
    if (!isGreen(value)) return NOTHING
    const slot = slotOf(value, step)
    if (slot < FIRST) return NOTHING
    value = readSlot(value, slot)
  }
  return value
}

const INDEX = /^(?:0|[1-9][0-9]*)$/

/** The steps of a pointer: only the tree knows whether a number is an index or a key. */
function resolve(root: Green, pointer: string): Steps {
  const steps: (number | Step)[] = []
  let value: unknown = root
  for (const token of pointerKeys(pointer)) {
    const isList = isGreen(value) && isListKind(value[0].kind)
    if (isList && token !== '-' && !INDEX.test(token)) {
      throw new PatchError(pointer, `'${token}' is not an index of the list it is used on`)
    }
    const step = isList
      ? token === '-'
        ? listLength(value as Green)
        : Number(token)
      : (stepsOf([token])[0] as Step)
    steps.push(step)
    const slot = isGreen(value) ? slotOf(value, step) : 0
    value = slot < FIRST ? NOTHING : readSlot(value as Green, slot)
  }
  return steps
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

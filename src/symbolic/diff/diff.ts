/**
 * What leads from one tree to another, as RFC 6902 operations. Shared parts are the same green and are skipped at once.
 * Lists are aligned: elements that stayed equal anchor the rest (a longest common subsequence), so an insertion is one
 * `add` and not a rewrite of the tail, and an element that went elsewhere one `move`.
 */

import { MISSING } from '../change/missing.ts'
import { dictEach, dictFind, dictGet, shapeKeys } from '../greens/dict-green.ts'
import { equalValues } from '../greens/equal.ts'
import { listEach, listGet, listLength, listValues } from '../greens/list-green.ts'
import { DICT, FIRST, type Green, isDictKind, isGreen, isListKind, OBJECT } from '../greens/spec.ts'
import { type Json, toJsonData } from '../json/json-out.ts'
import { escapePointer } from '../key-path.ts'
import { areSwapped, looksShifted } from './align.ts'
import { listSteps } from './list-steps.ts'

/** One operation of a JSON Patch (RFC 6902). */
export type PatchOperation =
  | { readonly op: 'add' | 'replace' | 'test'; readonly path: string; readonly value: Json }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'move' | 'copy'; readonly from: string; readonly path: string }

/** The operations that make the second green of the first. */
export function diffGreens(a: Green, b: Green): PatchOperation[] {
  const operations: PatchOperation[] = []
  diffValues(a, b, '', operations)
  return operations
}

function diffValues(a: unknown, b: unknown, path: string, out: PatchOperation[]): void {
  if (a === b) return
  if (!isGreen(a) || !isGreen(b)) {
    if (!equalValues(a, b)) out.push({ op: 'replace', path, value: toJsonData(b) })
    return
  }
  const from = a[0]
  const to = b[0]
  // A patch may not reach below a seal, so what is sealed is replaced whole.
  if (from.sealed || to.sealed) {
    if (!equalValues(a, b)) out.push({ op: 'replace', path, value: toJsonData(b) })
    return
  }
  if (from.kind === OBJECT && from === to) return diffObjects(a, b, path, out)
  if (isListKind(from.kind) && from.isTuple === to.isTuple) {
    const isFixed = from.places !== null || to.places !== null
    if (!isFixed && isListKind(to.kind)) return diffLists(a, b, path, out)
    if (isListKind(to.kind) && listLength(a) === listLength(b)) return diffPositions(a, b, path, out)
  }
  if (isDictKind(from.kind) && isDictKind(to.kind)) return diffDicts(a, b, path, out)
  out.push({ op: 'replace', path, value: toJsonData(b) })
}

function diffObjects(a: Green, b: Green, path: string, out: PatchOperation[]): void {
  const { names } = a[0]
  for (let slot = FIRST; slot < a.length; slot++) {
    const old = a[slot]
    const now = b[slot]
    if (old === now) continue
    const place = `${path}/${names[slot - FIRST]}`
    if (isAbsent(now)) out.push({ op: 'remove', path: place })
    else if (isAbsent(old)) out.push({ op: 'add', path: place, value: toJsonData(now) })
    else diffValues(old, now, place, out)
  }
}

const isAbsent = (value: unknown): boolean => value === undefined || value === MISSING

function diffDicts(a: Green, b: Green, path: string, out: PatchOperation[]): void {
  if (a[0] === b[0] && a[0].kind === DICT) {
    for (let slot = FIRST; slot < a.length; slot++) {
      if (a[slot] === b[slot]) continue
      const key = shapeKeys(a[0].base)[slot - FIRST] as string
      diffValues(a[slot], b[slot], `${path}/${escapePointer(key)}`, out)
    }
    return
  }
  dictEach(a, (old, key) => {
    const place = `${path}/${escapePointer(key)}`
    const position = dictFind(b, key)
    if (position < 0) out.push({ op: 'remove', path: place })
    else diffValues(old, dictGet(b, position), place, out)
  })
  dictEach(b, (now, key) => {
    if (dictFind(a, key) < 0)
      out.push({ op: 'add', path: `${path}/${escapePointer(key)}`, value: toJsonData(now) })
  })
}

/** Where each position has a field of its own, nothing moves. */
function diffPositions(a: Green, b: Green, path: string, out: PatchOperation[]): void {
  listEach(a, (old, i) => {
    diffValues(old, listGet(b, i), `${path}/${i}`, out)
    return true
  })
}

function diffLists(a: Green, b: Green, path: string, out: PatchOperation[]): void {
  const length = listLength(a)
  if (length !== listLength(b)) return diffAligned(listValues(a), listValues(b), path, out)
  const before = out.length
  const places: number[] = []
  let isMoved = false
  for (let i = 0; i < length && !isMoved; i++) {
    const old = listGet(a, i)
    const now = listGet(b, i)
    if (old === now) continue
    const count = out.length
    diffValues(old, now, `${path}/${i}`, out)
    if (out.length === count) continue
    places.push(i)
    isMoved = places.length === 1 && looksShifted(a, b, i, length)
  }
  if (!isMoved && !areSwapped(a, b, places)) return
  out.length = before
  diffAligned(listValues(a), listValues(b), path, out)
}

function diffAligned(
  a: readonly unknown[],
  b: readonly unknown[],
  path: string,
  out: PatchOperation[],
): void {
  for (const step of listSteps(a, b)) {
    const place = `${path}/${step.at}`
    if (step.do === 'change') diffValues(a[step.from], b[step.other], place, out)
    else if (step.do === 'add') out.push({ op: 'add', path: place, value: toJsonData(b[step.other]) })
    else if (step.do === 'move') out.push({ op: 'move', from: `${path}/${step.from}`, path: place })
    else out.push({ op: 'remove', path: place })
  }
}

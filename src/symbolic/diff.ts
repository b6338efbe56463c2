/**
 * What leads from one tree to another, as RFC 6902 operations. Shared parts are the same green and are skipped at once.
 * Lists are aligned: elements that stayed equal anchor the rest (a longest common subsequence), so an insertion is one
 * `add` and not a rewrite of the tail.
 */

import { dictEach, dictFind, dictGet, shapeKeys } from './dict-green.ts'
import { equalValues } from './equal.ts'
import { type Json, toJsonData } from './json-out.ts'
import { escapePointer } from './key-path.ts'
import { listGet, listLength, listValues } from './list-green.ts'
import { DICT, FIRST, type Green, isDictKind, isGreen, isListKind, OBJECT } from './spec.ts'

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
  if (isListKind(from.kind) && isListKind(to.kind)) return diffLists(a, b, path, out)
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
    if (now === undefined) out.push({ op: 'remove', path: place })
    else if (old === undefined) out.push({ op: 'add', path: place, value: toJsonData(now) })
    else diffValues(old, now, place, out)
  }
}

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

function diffLists(a: Green, b: Green, path: string, out: PatchOperation[]): void {
  const length = listLength(a)
  if (length !== listLength(b)) return diffAligned(listValues(a), listValues(b), path, out)
  const before = out.length
  for (let i = 0; i < length; i++) {
    const old = listGet(a, i)
    const now = listGet(b, i)
    if (old === now) continue
    const isFirst = out.length === before
    diffValues(old, now, `${path}/${i}`, out)
    if (!isFirst || out.length === before || !looksShifted(a, b, i, length)) continue
    out.length = before
    return diffAligned(listValues(a), listValues(b), path, out)
  }
}

/** Whether the difference at an index of two lists of one length is better read as an element put in or taken out. */
const looksShifted = (a: Green, b: Green, index: number, length: number): boolean =>
  index + 1 < length &&
  (equalValues(listGet(a, index), listGet(b, index + 1)) ||
    equalValues(listGet(a, index + 1), listGet(b, index)))

function diffAligned(
  a: readonly unknown[],
  b: readonly unknown[],
  path: string,
  out: PatchOperation[],
): void {
  let start = 0
  while (start < a.length && start < b.length && equalValues(a[start], b[start])) start++
  let end = a.length
  let otherEnd = b.length
  while (end > start && otherEnd > start && equalValues(a[end - 1], b[otherEnd - 1])) {
    end--
    otherEnd--
  }
  const anchors = commonSubsequence(a.slice(start, end), b.slice(start, otherEnd))
  anchors.push([end - start, otherEnd - start])
  // `at` is the index in the list as the operations so far have left it.
  let at = start
  let [i, j] = [0, 0]
  for (const [nextI, nextJ] of anchors) {
    while (i < nextI || j < nextJ) {
      const old = a[start + i]
      const now = b[start + j]
      if (i < nextI && j < nextJ) {
        diffValues(old, now, `${path}/${at}`, out)
        i++
        j++
        at++
      } else if (j < nextJ) {
        out.push({ op: 'add', path: `${path}/${at}`, value: toJsonData(now) })
        j++
        at++
      } else {
        out.push({ op: 'remove', path: `${path}/${at}` })
        i++
      }
    }
    i = nextI + 1
    j = nextJ + 1
    at++
  }
}

/** Beyond this many comparisons the middle of two lists is taken as rewritten. */
const MAX_CELLS = 250_000

/** The index pairs of a longest common subsequence. */
function commonSubsequence(a: readonly unknown[], b: readonly unknown[]): [number, number][] {
  const width = b.length + 1
  const pairs: [number, number][] = []
  if (a.length === 0 || b.length === 0 || a.length * b.length > MAX_CELLS) return pairs
  const lengths = new Uint32Array((a.length + 1) * width)
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const cell = i * width + j
      lengths[cell] = equalValues(a[i], b[j])
        ? (lengths[cell + width + 1] as number) + 1
        : Math.max(lengths[cell + width] as number, lengths[cell + 1] as number)
    }
  }
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const cell = i * width + j
    if (equalValues(a[i], b[j])) pairs.push([i++, j++])
    else if ((lengths[cell + width] as number) >= (lengths[cell + 1] as number)) i++
    else j++
  }
  return pairs
}

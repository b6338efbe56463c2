/**
 * How far two values of JSON are apart, from 0 to 1, by the edits that make one into the other: words in texts, items in
 * lists, keys in records. It needs no embedding, is the same on every machine, and is a metric (Yujian and Bo, "A
 * normalized Levenshtein distance metric", 2007).
 */

import { isJsonRecord, type Json } from '../json.ts'

/**
 * The distance of two values: 0 for those that say the same, whatever the space between words.
 *
 *     editDistance('Answer briefly.', 'Answer very briefly.')      // 0.25
 */
export function editDistance(a: Json, b: Json): number {
  const edits = editsBetween(a, b)
  return edits === 0 ? 0 : (2 * edits) / (sizeOf(a) + sizeOf(b) + edits)
}

/** Words, numbers and every other sign; space between them does not count. */
const TOKEN = /[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu

const tokensOf = (text: string): string[] => text.match(TOKEN) ?? []

/** How many words, leaves, items and keys there are. */
function sizeOf(value: Json): number {
  if (typeof value === 'string') return Math.max(1, tokensOf(value).length)
  if (Array.isArray(value)) return value.reduce((sum: number, item: Json) => sum + sizeOf(item), 1)
  if (isJsonRecord(value))
    return Object.values(value).reduce((sum: number, part) => sum + 1 + sizeOf(part), 1)
  return 1
}

function editsBetween(a: Json, b: Json): number {
  if (a === b) return 0
  if (typeof a === 'string' && typeof b === 'string') {
    return edits(
      tokensOf(a),
      tokensOf(b),
      () => 1,
      (x, y) => (x === y ? 0 : 1),
    )
  }
  if (Array.isArray(a) && Array.isArray(b)) return edits(a, b, sizeOf, editsBetween)
  if (isJsonRecord(a) && isJsonRecord(b)) return editsOfRecords(a, b)
  return Math.max(sizeOf(a), sizeOf(b))
}

type JsonRecord = { readonly [key: string]: Json }

function editsOfRecords(a: JsonRecord, b: JsonRecord): number {
  let sum = 0
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const [before, after] = [own(a, key), own(b, key)]
    if (before !== undefined && after !== undefined) sum += editsBetween(before, after)
    else sum += 1 + sizeOf((before ?? after) as Json)
  }
  return sum
}

const own = (record: JsonRecord, key: string): Json | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined

/** The least cost of edits from one list to another: Levenshtein's table, a row at a time, inside what differs. */
function edits<Item>(
  from: readonly Item[],
  to: readonly Item[],
  sizeOfItem: (item: Item) => number,
  between: (a: Item, b: Item) => number,
): number {
  let start = 0
  let [endA, endB] = [from.length, to.length]
  const isSame = (i: number, j: number) => between(from[i] as Item, to[j] as Item) === 0
  while (start < endA && start < endB && isSame(start, start)) start++
  while (endA > start && endB > start && isSame(endA - 1, endB - 1)) [endA, endB] = [endA - 1, endB - 1]
  const [a, b] = [from.slice(start, endA), to.slice(start, endB)]
  let row = [0]
  for (const item of b) row.push((row.at(-1) as number) + sizeOfItem(item))
  for (const item of a) {
    const next = [(row[0] as number) + sizeOfItem(item)]
    for (const [j, other] of b.entries()) {
      const removed = (row[j + 1] as number) + sizeOfItem(item)
      const added = (next[j] as number) + sizeOfItem(other)
      const changed = (row[j] as number) + between(item, other)
      next.push(Math.min(removed, added, changed))
    }
    row = next
  }
  return row.at(-1) as number
}

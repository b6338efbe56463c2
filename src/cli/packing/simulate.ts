/**
 * Packing items as they come. A rule gives each bin that an item fits in a priority, from the size of the item and the
 * room that is left in the bin; the item goes to the highest, and of equal ones to the fullest. Bins with equal room are
 * one to such a rule, so its priorities are worked out once for each pair, and packing is a search through a small table.
 */

import { programs } from '../../search/index.ts'
import type { Instance } from './instances.ts'

/** Percent of bins more than the bound (the sum of the items over the capacity), over all instances together. */
export function waste(rule: programs.Program, instances: readonly Instance[]): number {
  return wasteOf(instances, packed(rule, instances))
}

/** Percent of waste when each item goes to the first bin that has room for it. */
export function wasteOfFirstFit(instances: readonly Instance[]): number {
  return wasteOf(instances, instances.map(firstFit))
}

/** The priorities of a rule for all items and rooms of a capacity, by rows of the item, from the room that just fits. */
export function priorities(rule: programs.CompiledProgram, capacity: number): Float64Array {
  const table = rule.runColumns(pairsOf(capacity))
  // A rule that gives no number gives the lowest.
  for (let i = 0; i < table.length; i++) if (!Number.isFinite(table[i])) table[i] = -Number.MAX_VALUE
  return table
}

/**
 * How many bins an instance takes. Rooms of open bins are bits of a few words, so that only those there are get looked
 * at (with a scan over all rooms it takes up to twice as long).
 */
export function binsUsed({ capacity, items }: Instance, table: Float64Array): number {
  /** How many open bins have so much room; a fresh one is always there. */
  const open = new Int32Array(capacity + 1)
  const words = (capacity >> 5) + 1
  const rooms = new Int32Array(words)
  open[capacity] = 1
  rooms[words - 1] = 1 << (capacity & 31)
  let bins = 0
  for (const item of items) {
    // The row of item i begins behind the rows of 1 to i - 1, which have capacity, capacity - 1, … entries.
    const row = (item - 1) * capacity - ((item - 1) * (item - 2)) / 2 - item
    let chosen = -1
    let highest = Number.NEGATIVE_INFINITY
    let bits = rooms[item >> 5]! & (-1 << (item & 31))
    for (let word = item >> 5; word < words; bits = rooms[++word]!) {
      while (bits !== 0) {
        const lowest = bits & -bits
        const room = (word << 5) + 31 - Math.clz32(lowest)
        const priority = table[row + room]!
        if (priority > highest) {
          highest = priority
          chosen = room
        }
        bits ^= lowest
      }
    }
    if (chosen === capacity) bins++
    else if (--open[chosen]! === 0) rooms[chosen >> 5] = rooms[chosen >> 5]! & ~(1 << (chosen & 31))
    const left = chosen - item
    if (left > 0 && open[left]!++ === 0) rooms[left >> 5] = rooms[left >> 5]! | (1 << (left & 31))
  }
  return bins
}

function packed(rule: programs.Program, instances: readonly Instance[]): number[] {
  const compiled = programs.compile(rule)
  const tables = new Map<number, Float64Array>()
  return instances.map(instance => {
    const { capacity } = instance
    let table = tables.get(capacity)
    if (table === undefined) tables.set(capacity, (table = priorities(compiled, capacity)))
    return binsUsed(instance, table)
  })
}

function wasteOf(instances: readonly Instance[], used: readonly number[]): number {
  const bounds = instances.map(({ capacity, items }) => Math.ceil(sum(items) / capacity))
  return (100 * (sum(used) - sum(bounds))) / sum(bounds)
}

function firstFit({ capacity, items }: Instance): number {
  const rooms: number[] = []
  for (const item of items) {
    const found = rooms.findIndex(room => room >= item)
    if (found < 0) rooms.push(capacity - item)
    else rooms[found]! -= item
  }
  return rooms.length
}

/** All pairs of an item and a room that it fits in, as two columns. */
function pairsOf(capacity: number): readonly Float64Array[] {
  let pairs = known.get(capacity)
  if (pairs === undefined) known.set(capacity, (pairs = makePairs(capacity)))
  return pairs
}

const known = new Map<number, readonly Float64Array[]>()

function makePairs(capacity: number): readonly Float64Array[] {
  const items: number[] = []
  const rooms: number[] = []
  for (let item = 1; item <= capacity; item++) {
    for (let room = item; room <= capacity; room++) {
      items.push(item)
      rooms.push(room)
    }
  }
  return [Float64Array.from(items), Float64Array.from(rooms)]
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

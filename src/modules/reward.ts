/**
 * Rewards: how good an output is, from 0 to 1, by the output that was expected. A run that failed has no output and is
 * never shown to a reward: it scores 0, which no success can be below.
 */

import { isJsonRecord, type Json } from './json.ts'

/**
 * A number from 0 (of no use) to 1 (perfect) for an output.
 *
 *     const reward: Reward = (output, expected) => (output === expected ? 1 : 0)
 */
export type Reward = (output: Json, expected: Json) => number | Promise<number>

/** 1 for an output that equals the expected one, whatever the order of keys; else 0. */
export const exactMatch = (): Reward => (output, expected) => (sameJson(output, expected) ? 1 : 0)

export interface ClosenessOptions {
  /** The distance between two numbers at which their closeness is one half. Default 1. */
  readonly scale?: number
}

/**
 * How close the numbers of an output are to those expected: 1 when equal, falling with the distance, averaged over
 * everything that either side holds. Other leaves count 1 when equal, else 0; so does what one side lacks.
 *
 *     numericCloseness()({ y: 3 }, { y: 4 })     // 0.5
 */
export function numericCloseness({ scale = 1 }: ClosenessOptions = {}): Reward {
  const isFine = Number.isFinite(scale) && scale > 0
  if (!isFine) throw new RangeError(`the scale of numericCloseness must be a number above 0, got ${scale}`)
  return (output, expected) => {
    const sum = { total: 0, leaves: 0 }
    addCloseness(output, expected, scale, sum)
    return sum.total / sum.leaves
  }
}

/**
 * The mean of a reward over the keys of the expected output, each asked on its own: credit for every output that is
 * right, where all-or-nothing would hide progress on one of several. 1 exactly when the reward is 1 for every key and
 * the output has no others; outputs that are no records are given to the reward as they are.
 *
 *     eachKey()({ low: 1, high: 2 }, { low: 1, high: 9 })     // 0.5
 */
export function eachKey(reward: Reward = exactMatch()): Reward {
  return async (output, expected) => {
    if (!isJsonRecord(output) || !isJsonRecord(expected)) return reward(output, expected)
    const keys = new Set([...Object.keys(expected), ...Object.keys(output)])
    if (keys.size === 0) return 1
    let total = 0
    for (const key of keys) {
      const [given, wanted] = [own(output, key), own(expected, key)]
      if (given !== undefined && wanted !== undefined) total += await reward(given, wanted)
    }
    return total / keys.size
  }
}

/** Whether two values of JSON are equal, whatever the order of keys. */
export function sameJson(a: Json | undefined, b: Json | undefined): boolean {
  if (a === b) return true
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => sameJson(item, b[i]))
  }
  if (!isJsonRecord(a) || !isJsonRecord(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every(key => Object.hasOwn(b, key) && sameJson(a[key], b[key]))
  )
}

interface Sum {
  total: number
  leaves: number
}

function addCloseness(a: Json | undefined, b: Json | undefined, scale: number, sum: Sum): void {
  if (Array.isArray(a) && Array.isArray(b) && a.length + b.length > 0) {
    const length = Math.max(a.length, b.length)
    for (let i = 0; i < length; i++) addCloseness(a[i], b[i], scale, sum)
    return
  }
  if (isJsonRecord(a) && isJsonRecord(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)])
    for (const key of keys) addCloseness(own(a, key), own(b, key), scale, sum)
    if (keys.size > 0) return
  }
  sum.leaves++
  if (typeof a === 'number' && typeof b === 'number') sum.total += 1 / (1 + Math.abs(a - b) / scale)
  else if (sameJson(a, b)) sum.total++
}

const own = (record: { readonly [key: string]: Json }, key: string): Json | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined

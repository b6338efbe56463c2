/**
 * Which rows of indices a choice of several may make: `count` of `total` candidates, all different or not, in ascending
 * order or not. A candidate counts as often as its weight, which is how many ways there are to decide what is open
 * inside it; so positions in the order come out exactly, whatever stands inside the candidates.
 */

import type { Rng } from '../rng.ts'

/** The rows that are allowed, and how many there are. Immutable. */
export class Combinations {
  readonly count: number
  readonly total: number
  readonly isDistinct: boolean
  readonly isSorted: boolean
  /** How many rows there are, each counted by the weights of its candidates. */
  readonly size: number
  readonly #weights: readonly number[]
  /** The weight that all candidates have; null when they differ. */
  readonly #evenWeight: number | null
  /** Only for sorted rows: by how many are left to choose and the first index allowed, the number of ways. */
  readonly #tails: readonly (readonly number[])[]

  constructor(count: number, weights: readonly number[], isDistinct: boolean, isSorted: boolean) {
    this.count = count
    this.total = weights.length
    this.isDistinct = isDistinct
    this.isSorted = isSorted
    this.#weights = weights
    const [first = 1] = weights
    this.#evenWeight = weights.every(weight => weight === first) ? first : null
    this.#tails = isSorted ? tailsOf(count, weights, isDistinct) : []
    this.size = isSorted ? (this.#tails[count]?.[0] as number) : this.#unsorted(count, weights)
  }

  /** Whether an index may follow others, so that the row can still be filled to its end. */
  allows(before: readonly number[], index: number): boolean {
    if (this.isSorted) {
      const least = before.length === 0 ? 0 : (before.at(-1) as number) + (this.isDistinct ? 1 : 0)
      const last = this.isDistinct ? this.total - (this.count - before.length) : this.total - 1
      return least <= index && index <= last
    }
    return index < this.total && !(this.isDistinct && before.includes(index))
  }

  /** The indices that may follow; null when all may. */
  allowed(before: readonly number[]): readonly number[] | null {
    if (!this.isSorted && !this.isDistinct) return null
    const allowed: number[] = []
    for (let index = 0; index < this.total; index++) if (this.allows(before, index)) allowed.push(index)
    return allowed
  }

  /** The first index from one on that may follow; -1 when none may. */
  nextAllowed(before: readonly number[], from: number): number {
    for (let index = from; index < this.total; index++) if (this.allows(before, index)) return index
    return -1
  }

  /** How many ways there are to go on when an allowed index follows others. */
  ways(before: readonly number[], index: number): number {
    const left = this.count - before.length - 1
    if (this.isSorted) return this.#tails[left]?.[this.isDistinct ? index + 1 : index] as number
    if (!this.isDistinct || this.#evenWeight !== null)
      return this.#unsorted(left, this.#weights, before.length + 1)
    const free = this.#weights.filter((_, i) => i !== index && !before.includes(i))
    return this.#unsorted(left, free)
  }

  /** A row in which every combination is equally likely, sorted ones too; weights do not count. */
  random(rng: Rng): number[] {
    const { count, total, isDistinct, isSorted } = this
    if (isDistinct) {
      const row = drawn(count, total, rng)
      return isSorted ? row.sort(ascending) : row
    }
    if (!isSorted) return Array.from({ length: count }, () => rng.int(total))
    // Stars and bars: rows that never fall, of n, are rows that rise, of n + k - 1, less 0, 1, 2 ….
    return drawn(count, total + count - 1, rng)
      .sort(ascending)
      .map((index, i) => index - i)
  }

  /** Rows in any order of some of the candidates, of which `used` are taken already. */
  #unsorted(count: number, weights: readonly number[], used = 0): number {
    if (!this.isDistinct) return weights.reduce((sum, weight) => sum + weight, 0) ** count
    let orders = 1
    const even = this.#evenWeight
    for (let i = 0; i < count; i++) orders *= even === null ? i + 1 : (weights.length - used - i) * even
    return even === null ? times(orders, tailsOf(count, weights, true)[count]?.[0] as number) : orders
  }
}

const ascending = (a: number, b: number): number => a - b

/** Some different numbers below `total`, in a random order: the first steps of a shuffle. */
function drawn(count: number, total: number, rng: Rng): number[] {
  const all = Array.from({ length: total }, (_, i) => i)
  for (let i = 0; i < count; i++) {
    const j = i + rng.int(total - i)
    const picked = all[j] as number
    all[j] = all[i] as number
    all[i] = picked
  }
  return all.slice(0, count)
}

/**
 * By how many are left to choose and the first index allowed: how many ascending rows there are. Whatever goes into a
 * number is part of what it counts, so sums are exact wherever they can be.
 */
function tailsOf(count: number, weights: readonly number[], isDistinct: boolean): number[][] {
  const total = weights.length
  const tails = [new Array<number>(total + 1).fill(1)]
  for (let left = 1; left <= count; left++) {
    const shorter = tails[left - 1] as number[]
    const row = new Array<number>(total + 1).fill(0)
    for (let i = total - 1; i >= 0; i--) {
      row[i] = times(weights[i] as number, shorter[isDistinct ? i + 1 : i] as number) + (row[i + 1] as number)
    }
    tails.push(row)
  }
  return tails
}

/** Infinitely many ways to do what cannot be done are none. */
const times = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : a * b)

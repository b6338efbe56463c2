/**
 * Errors as the benchmark measures them, as rewards: how far a number is off, by how many edits a text or a list is, or
 * whether something is right at all. The reward is 1 exactly where the error is 0, and falls with it.
 */

import type { PlainReward } from 'espalier/modules'
import type { Json } from 'espalier/runtime'

/** The mean over the outputs; of numbers so many decimal places count, all where it is not said. */
export function benchmarkReward(decimals?: number): PlainReward {
  return (output, expected) => {
    const wanted = Object.entries(expected as { readonly [name: string]: Json })
    const given = output as { readonly [name: string]: Json }
    const total = wanted.reduce(
      (sum, [name, value]) => sum + 1 / (1 + errorOf(given[name], value, decimals)),
      0,
    )
    return total / wanted.length
  }
}

/** How wrong a value is; 0 for what is right. */
export function errorOf(given: Json | undefined, wanted: Json, decimals?: number): number {
  if (typeof wanted === 'number') {
    if (typeof given !== 'number') return Number.POSITIVE_INFINITY
    const error = Math.abs(given - wanted)
    return decimals === undefined ? error : Math.round(error * 10 ** decimals) / 10 ** decimals
  }
  if (typeof wanted === 'string')
    return typeof given === 'string' ? edits(given, wanted) : Number.POSITIVE_INFINITY
  if (Array.isArray(wanted)) return Array.isArray(given) ? edits(given, wanted) : Number.POSITIVE_INFINITY
  return given === wanted ? 0 : 1
}

/** More edits than these are not counted one by one. */
const MOST = 12

/**
 * How many insertions, deletions and replacements make one into the other (Levenshtein). Beyond twelve it is thirteen, or
 * the difference in length where that is more: only a band around the diagonal is worked out (Ukkonen 1985).
 */
export function edits(a: ArrayLike<unknown>, b: ArrayLike<unknown>): number {
  const far = Math.max(MOST + 1, Math.abs(a.length - b.length))
  if (far > MOST + 1) return far
  let row = Array.from({ length: b.length + 1 }, (_, j) => (j <= MOST ? j : far))
  for (let i = 1; i <= a.length; i++) {
    const next = Array.from({ length: b.length + 1 }, () => far)
    if (i <= MOST) next[0] = i
    for (let j = Math.max(1, i - MOST); j <= Math.min(b.length, i + MOST); j++) {
      const replaced = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next[j] = Math.min(replaced, (row[j] as number) + 1, (next[j - 1] as number) + 1)
    }
    row = next
  }
  return Math.min(far, row[b.length] as number)
}

/**
 * A set of integers that is a value: plain nested arrays, so it is JSON, and adding shares all but one path. It is a
 * trie over the digits of the key in base 16, lowest first, with leaves of up to 16 keys: a million keys are four
 * levels deep. Algorithms keep in it what they have proposed, since copying a list at every proposal would make each
 * slower than the last.
 */

/** A leaf is a list of keys, a branch a list of 16 sets. */
export type KeySet = readonly number[] | readonly KeySet[]

export const NO_KEYS: KeySet = []

const BASE = 16

/** Whether a key is in the set. */
export function hasKey(set: KeySet, key: number): boolean {
  let rest = key
  while (isBranch(set)) {
    set = set[rest % BASE] as KeySet
    rest = Math.floor(rest / BASE)
  }
  return set.includes(key)
}

/** The set with a key in it; the same set when it was in it already. Keys are integers from 0. */
export function withKey(set: KeySet, key: number): KeySet {
  return add(set, key, 1)
}

/** `unit` is the weight of the digit that tells the branches of this set apart. */
function add(set: KeySet, key: number, unit: number): KeySet {
  if (isBranch(set)) {
    const digit = Math.floor(key / unit) % BASE
    const branch = set[digit] as KeySet
    const next = add(branch, key, unit * BASE)
    if (next === branch) return set
    const copy = set.slice()
    copy[digit] = next
    return copy
  }
  if (set.includes(key)) return set
  return set.length < BASE ? [...set, key] : add(split(set, unit), key, unit)
}

/** A full leaf as a branch. */
function split(leaf: readonly number[], unit: number): KeySet {
  const branches: number[][] = Array.from({ length: BASE }, () => [])
  for (const key of leaf) branches[Math.floor(key / unit) % BASE]?.push(key)
  return branches
}

const isBranch = (set: KeySet): set is readonly KeySet[] => typeof set[0] === 'object'

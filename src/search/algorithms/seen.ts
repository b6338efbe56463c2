/**
 * Not proposing the same thing twice, which is worth as much as the choice of algorithm: on NAS-Bench-201 plain
 * evolution without repeats beats many a cleverer sampler. Small and middling spaces are told apart exactly, by the
 * position of a DNA in the order; the others by a hash of 52 bits.
 */

import type { Dna } from '../dna/dna.ts'
import { hasKey, type KeySet, NO_KEYS, withKey } from '../dna/key-set.ts'
import type { SpaceSpec } from '../dna/space-spec.ts'
import type { Rng } from '../rng.ts'

/** What was proposed so far, as JSON. */
export interface Seen {
  readonly count: number
  readonly keys: KeySet
}

export const NOTHING_SEEN: Seen = { count: 0, keys: NO_KEYS }

export const isSeen = (seen: Seen, dna: Dna): boolean => hasKey(seen.keys, dna.key)

/** With one more; the same when it was seen already. */
export function withSeen(seen: Seen, dna: Dna): Seen {
  const keys = withKey(seen.keys, dna.key)
  return keys === seen.keys ? seen : { count: seen.count + 1, keys }
}

/** Draws until something new comes up, at most `attempts` times; null when nothing did. */
export function drawUnseen(seen: Seen, draw: () => Dna, attempts = 64): Dna | null {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const dna = draw()
    if (!isSeen(seen, dna)) return dna
  }
  return null
}

/** A random DNA that is new; null when there is none, which a finite space is searched for to the last. */
export function randomUnseen(seen: Seen, spec: SpaceSpec, rng: Rng): Dna | null {
  if (seen.count >= spec.size) return null
  const drawn = drawUnseen(seen, () => spec.randomDna(rng))
  if (drawn !== null || !spec.isRanked) return drawn
  // Nearly all have been seen: from a random place on, the next that was not.
  const start = rng.int(spec.size)
  for (let step = 0; step < spec.size; step++) {
    const rank = (start + step) % spec.size
    if (!hasKey(seen.keys, rank)) return spec.dnaAt(rank)
  }
  return null
}

/** Mutators: a DNA near a given one. */

import type { Dna } from '../dna/dna.ts'
import type { Rng } from '../rng.ts'

/** Gives another DNA of the same space. Pure: all randomness comes from the generator it is given. */
export interface Mutator {
  /** By which a study knows it. */
  readonly name: string
  mutate(dna: Dna, rng: Rng): Dna
}

/**
 * One open decision changed, every one equally likely: a choice becomes another one, with all that it opens drawn
 * afresh, a number another number, a custom decision what its own mutation makes of it. In a row of choices a candidate
 * is replaced, or swapped with another, so that the row stays what it has to be. The same DNA when nothing can change.
 */
export const uniformMutator: Mutator = {
  name: 'uniform',
  mutate(dna, rng) {
    const places: number[] = []
    dna.spec.eachOpen(dna.genes, 0, (point, at) => {
      if (point.isMutable) places.push(at)
    })
    return places.length === 0 ? dna : dna.spec.redrawDna(dna, rng.pick(places), rng)
  },
}

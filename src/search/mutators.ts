/** Mutators: a DNA near a given one. */

import { Dna } from './dna.ts'
import type { DecisionPoint, Gene } from './dna-spec.ts'
import type { Rng } from './rng.ts'

/** Gives another DNA of the same space. Pure: all randomness comes from the generator it is given. */
export interface Mutator {
  /** By which a study knows it. */
  readonly name: string
  mutate(dna: Dna, rng: Rng): Dna
}

/**
 * One open decision drawn again, every one equally likely: a choice becomes another one, with all that it opens drawn
 * afresh, a number another number. The same DNA when nothing in the space can change.
 */
export const uniformMutator: Mutator = {
  name: 'uniform',
  mutate(dna, rng) {
    const points: DecisionPoint[] = []
    const places: number[] = []
    dna.spec.eachOpen(dna.genes, 0, (point, at) => {
      if (!point.isMutable) return
      points.push(point)
      places.push(at)
    })
    if (points.length === 0) return dna
    const drawn = rng.int(points.length)
    return redrawn(dna, points[drawn] as DecisionPoint, places[drawn] as number, rng)
  },
}

/** The DNA with the decision at an index of its numbers drawn again. */
function redrawn(dna: Dna, point: DecisionPoint, at: number, rng: Rng): Dna {
  const genes: Gene[] = dna.genes.slice(0, at)
  point.redraw(dna.genes, at, genes, rng)
  for (let i = point.end(dna.genes, at); i < dna.genes.length; i++) genes.push(dna.genes[i] as Gene)
  return new Dna(dna.spec, genes)
}

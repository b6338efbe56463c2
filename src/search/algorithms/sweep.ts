/** Every point of a space once, in order, the last decision changing fastest: the grid, for spaces that are small. */

import { Dna } from '../dna/dna.ts'
import { type Gene, notCountable } from '../dna/dna-spec.ts'
import type { Algorithm } from './algorithm.ts'

export interface SweepState {
  /** What was proposed last; null at the beginning. */
  readonly last: readonly Gene[] | null
}

/**
 * All points in order. Spaces with floats have no order to go through, and are refused; what was enqueued by hand comes
 * again when its turn comes.
 *
 *     new Study(space, sweep())
 */
export function sweep(): Algorithm<SweepState> {
  return {
    name: 'sweep',
    settings: {},
    objectives: 'any',
    init(spec) {
      const endless = spec.points.find(point => !point.isCountable)
      if (endless !== undefined) throw notCountable(endless)
      return { last: null }
    },
    ask({ last }, spec) {
      const dna = last === null ? spec.firstDna() : spec.nextDna(new Dna(spec, last))
      return dna === null ? [null, { last }] : [{ dna, parents: [] }, { last: dna.genes }]
    },
    tell: state => state,
  }
}

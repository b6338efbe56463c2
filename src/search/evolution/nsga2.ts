/**
 * NSGA-II (Deb, Pratap, Agarwal and Meyarivan, 2002) for several objectives: the population is what lies in the best
 * fronts, and where a front has to be cut, what has the most room around it. Unlike the paper's, it is steady: each trial
 * joins or not by itself, which finds better fronts with the same number of trials (Durillo, Nebro, Luna and Alba, EMO
 * 2009) and lets no evaluator wait for the end of a generation.
 */

import type { Algorithm } from '../algorithms/algorithm.ts'
import type { Mutator } from '../algorithms/mutators.ts'
import { needInteger } from '../checks.ts'
import { type EvolutionState, evolution } from './evolution.ts'
import { mutateEach, nearMutator } from './mutate.ts'
import type { Operator } from './operator.ts'
import { byFront } from './ranking.ts'
import { simulatedBinary } from './recombine.ts'
import { order } from './recombine-orders.ts'
import { top, tournament } from './select.ts'

export interface Nsga2Options {
  /** How many are kept, and how many are drawn at random before evolution begins. */
  readonly populationSize?: number
  /** Makes children of two parents; simulated binary crossover for numbers, and order crossover for permutations. */
  readonly recombination?: Operator
  /** How many pairs of parents are recombined; the others are only mutated. */
  readonly recombinationProbability?: number
  /** Applied to each child, once for every open decision with an even chance of one in all. */
  readonly mutator?: Mutator
  /** Whether the same DNA may be proposed again. */
  readonly repeats?: boolean
}

/**
 * NSGA-II.
 *
 *     new Study(space, nsga2(), { seed: 1, directions: ['maximize', 'minimize'], budget: { trials: 1000 } })
 */
export function nsga2({
  populationSize = 30,
  recombination = simulatedBinary().pipe(order()),
  recombinationProbability = 0.9,
  mutator = nearMutator,
  repeats = false,
}: Nsga2Options = {}): Algorithm<EvolutionState> {
  needInteger('populationSize', populationSize, 2)
  return evolution({
    name: 'nsga2',
    populationInit: populationSize,
    reproduction: tournament(2, { count: 2, by: byFront })
      .pipe(recombination.withProbability(recombinationProbability))
      .pipe(mutateEach(null, mutator)),
    populationUpdate: top(populationSize, { by: byFront }),
    objectives: 'any',
    repeats,
  })
}

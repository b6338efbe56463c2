/**
 * Regularized evolution (Real, Aggarwal, Huang and Le, AAAI 2019, arXiv 1802.01548): the population is a queue of the
 * latest trials; the best of a random handful is mutated, and the oldest dies, however good it was. Unlike the paper's,
 * it does not propose the same DNA twice unless asked to.
 */

import { Dna } from '../dna/dna.ts'
import type { Gene } from '../dna/dna-spec.ts'
import { SpaceError } from '../errors.ts'
import { Rng, type Seed } from '../rng.ts'
import type { Algorithm } from './algorithm.ts'
import { type Mutator, uniformMutator } from './mutators.ts'
import { drawUnseen, NOTHING_SEEN, randomUnseen, type Seen, withSeen } from './seen.ts'

export interface RegularizedEvolutionOptions {
  /** How many of the latest trials may become parents; as many are drawn at random before evolution begins. */
  readonly populationSize?: number
  /**
   * How many are drawn for each tournament; its best becomes the parent. By default two thirds of the population, more
   * than in the paper: not proposing anything twice keeps the search from standing still.
   */
  readonly tournamentSize?: number
  readonly mutator?: Mutator
  /** Whether the same DNA may be proposed again; by default it is not, and a finite space comes to an end. */
  readonly repeats?: boolean
}

/** One of the population. */
interface Individual {
  readonly id: number
  readonly reward: number
  readonly genes: readonly Gene[]
}

export interface RegularizedEvolutionState {
  readonly seed: Seed
  readonly asked: number
  /** Oldest first. */
  readonly population: readonly Individual[]
  readonly seen: Seen
}

/**
 * Evolution by tournament and age.
 *
 *     new Study(space, regularizedEvolution({ populationSize: 50 }), { seed: 1, budget: { trials: 500 } })
 */
export function regularizedEvolution({
  populationSize = 30,
  tournamentSize = Math.ceil((populationSize * 2) / 3),
  mutator = uniformMutator,
  repeats = false,
}: RegularizedEvolutionOptions = {}): Algorithm<RegularizedEvolutionState> {
  checkSizes(populationSize, tournamentSize)
  return {
    name: 'regularized-evolution',
    settings: { populationSize, tournamentSize, mutator: mutator.name, repeats },
    repeats,

    init: (_spec, seed) => ({ seed, asked: 0, population: [], seen: NOTHING_SEEN }),

    ask(state, spec) {
      const { seed, population, seen } = state
      const asked = state.asked + 1
      const rng = Rng.from(seed).split(asked)
      let parents: readonly number[] = []
      let dna: Dna | null = null
      if (asked > populationSize && population.length > 0) {
        const child = (): Dna => {
          const parent = tournament(population, tournamentSize, rng)
          parents = [parent.id]
          return mutator.mutate(new Dna(spec, parent.genes), rng)
        }
        dna = repeats ? child() : drawUnseen(seen, child)
      }
      if (dna === null) {
        parents = []
        dna = repeats ? spec.randomDna(rng) : randomUnseen(seen, spec, rng)
      }
      if (dna === null) return [null, state]
      return [
        { dna, parents },
        { seed, asked, population, seen: repeats ? seen : withSeen(seen, dna) },
      ]
    },

    tell(state, { id, dna, reward }) {
      // It may have been enqueued, and not proposed.
      const seen = repeats ? state.seen : withSeen(state.seen, dna)
      if (reward === null) return seen === state.seen ? state : { ...state, seen }
      const survivors = state.population.slice(Math.max(0, state.population.length + 1 - populationSize))
      survivors.push({ id, reward, genes: dna.genes })
      return { ...state, population: survivors, seen }
    },
  }
}

/** The best of some, drawn without putting back; the one drawn first when they are equal. */
function tournament(population: readonly Individual[], size: number, rng: Rng): Individual {
  const drawn = new Set<number>()
  const wanted = Math.min(size, population.length)
  let best: Individual | null = null
  while (drawn.size < wanted) {
    const index = rng.int(population.length)
    if (drawn.has(index)) continue
    drawn.add(index)
    const candidate = population[index] as Individual
    if (best === null || candidate.reward > best.reward) best = candidate
  }
  return best as Individual
}

function checkSizes(populationSize: number, tournamentSize: number): void {
  const isRight =
    Number.isInteger(populationSize) &&
    Number.isInteger(tournamentSize) &&
    2 <= tournamentSize &&
    tournamentSize <= populationSize
  if (isRight) return
  throw new SpaceError(
    '',
    `the sizes must be integers with 2 <= tournamentSize <= populationSize, got tournamentSize ${tournamentSize} and populationSize ${populationSize}`,
  )
}

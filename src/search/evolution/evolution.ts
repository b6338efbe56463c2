/**
 * Evolution put together from operators: a population to begin with, how children are made of it, and who stays when
 * one more trial is known. All the rest is here once: proposing nothing twice, answers that come late or not at all,
 * points that were tried by hand, and a state that is JSON.
 */

import type { Algorithm } from '../algorithms/algorithm.ts'
import { isSeen, NOTHING_SEEN, randomUnseen, type Seen, withSeen } from '../algorithms/seen.ts'
import { needInteger } from '../checks.ts'
import { Dna } from '../dna/dna.ts'
import { Rng, type Seed } from '../rng.ts'
import { type Individual, lineage, type Operator } from './operator.ts'

export interface EvolutionOptions {
  /** How many trials are drawn at random before reproduction begins; 20 by default. */
  readonly populationInit?: number
  /** Makes children of the population. What it gives that was tried before is passed over. */
  readonly reproduction: Operator
  /** Who stays, asked with each trial that has a reward, which is the last of the population then. */
  readonly populationUpdate: Operator
  /** How many objectives its operators can learn from; one by default. */
  readonly objectives?: 'one' | 'any'
  /** Whether the same DNA may be proposed again; by default it is not, and a finite space comes to an end. */
  readonly repeats?: boolean
  /** By which a study knows it, beside the names of the operators. */
  readonly name?: string
}

export interface EvolutionState {
  readonly seed: Seed
  readonly asked: number
  readonly told: number
  /** Those with a reward that stayed, in the order in which the update left them. */
  readonly population: readonly Individual[]
  /** Children that were made together with one that was proposed, and wait for their turn. */
  readonly children: readonly Individual[]
  readonly seen: Seen
}

/**
 * An evolution of your own.
 *
 *     evolution({
 *       populationInit: 20,
 *       reproduction: select.tournament(3, { count: 2 }).pipe(recombine.uniform()).pipe(mutate()),
 *       populationUpdate: select.top(20),
 *     })
 */
export function evolution({
  populationInit = 20,
  reproduction,
  populationUpdate,
  objectives = 'one',
  repeats = false,
  name = 'evolution',
}: EvolutionOptions): Algorithm<EvolutionState> {
  needInteger('populationInit', populationInit, 1)
  return {
    name,
    settings: {
      populationInit,
      reproduction: reproduction.name,
      populationUpdate: populationUpdate.name,
      repeats,
    },
    objectives,
    repeats,

    init: (_spec, seed) => ({
      seed,
      asked: 0,
      told: 0,
      population: [],
      children: [],
      seen: NOTHING_SEEN,
    }),

    ask(state, spec) {
      const { seed, population, seen } = state
      const rng = Rng.from(seed).split(state.asked + 1)
      const isNew = ({ genes }: Individual): boolean => repeats || !isSeen(seen, new Dna(spec, genes))
      let [child, ...children] = state.children.filter(isNew)
      const hasParents = state.asked >= populationInit && population.length > 0
      for (let attempt = 0; hasParents && child === undefined && attempt < ATTEMPTS; attempt++) {
        const made = reproduction.run(population, { rng, step: state.asked, spec })
        ;[child, ...children] = made.filter(isNew)
      }
      const asked = state.asked + 1
      if (child !== undefined) {
        const dna = new Dna(spec, child.genes)
        const parents = lineage(child)
        return [
          { dna, parents },
          { ...state, asked, children, seen: repeats ? seen : withSeen(seen, dna) },
        ]
      }
      const dna = repeats ? spec.randomDna(rng) : randomUnseen(seen, spec, rng)
      if (dna === null) return [null, state]
      return [
        { dna, parents: [] },
        { ...state, asked, children: [], seen: repeats ? seen : withSeen(seen, dna) },
      ]
    },

    tell(state, { id, dna, reward, values }, spec) {
      const told = state.told + 1
      // It may have been enqueued, and not proposed.
      const seen = repeats ? state.seen : withSeen(state.seen, dna)
      if (reward === null) return { ...state, told, seen }
      const newcomer: Individual = { id, parents: [], genes: dna.genes, values: values ?? [reward] }
      const rng = Rng.from(state.seed).split(`update ${told}`)
      const population = populationUpdate.run([...state.population, newcomer], {
        rng,
        step: state.told,
        spec,
      })
      return { ...state, told, seen, population }
    },
  }
}

/** How often children are made anew when all were seen before, until a random DNA takes their place. */
const ATTEMPTS = 64

/**
 * How parents are picked, and who stays: lexicase selection with and without a tolerance, tournaments, and dominated
 * novelty search over generations.
 */

import { dominatedNovelty, keepNovel } from '../optimizers/dominated-novelty.ts'
import type { Draw } from './grammar.ts'
import { Lexicase, type Scored } from './lexicase.ts'

/**
 * `epsilon-lexicase` takes rewards about as good as the best for equal, where they are graded; `lexicase` never does;
 * `tournament` goes by the mean reward.
 */
export type Selection = 'epsilon-lexicase' | 'lexicase' | 'tournament'

export const SELECTIONS: readonly Selection[] = ['epsilon-lexicase', 'lexicase', 'tournament']

/**
 * Who is a parent of the next generation: the `children` alone, the best of their parents among them, or by
 * `dominated-novelty` those of both generations that are good, or unlike all that are better.
 */
export type Survival = 'children' | 'dominated-novelty'

export const SURVIVALS: readonly Survival[] = ['children', 'dominated-novelty']

/** Picks individuals, over and over. */
export interface Selector<Individual> {
  select(random: Draw): Individual
}

export interface Ranked extends Scored {
  readonly reward: number
}

export function selectorFor<Individual extends Ranked>(
  selection: Selection,
  population: readonly Individual[],
): Selector<Individual> {
  if (selection === 'tournament') return new Tournament(population)
  return new Lexicase(population, selection === 'epsilon-lexicase')
}

/** So many are drawn for a tournament, and the best of them wins (as in PushGP's comparisons). */
const TOURNAMENT_SIZE = 7

class Tournament<Individual extends Ranked> implements Selector<Individual> {
  readonly #population: readonly Individual[]

  constructor(population: readonly Individual[]) {
    this.#population = population
  }

  select(random: Draw): Individual {
    const draw = () => this.#population[Math.floor(random() * this.#population.length)] as Individual
    let best = draw()
    for (let i = 1; i < TOURNAMENT_SIZE; i++) {
      const other = draw()
      const isBetter = other.reward - best.reward || best.size - other.size
      if (isBetter > 0) best = other
    }
    return best
  }
}

/** So many of the fitter that are nearest count. */
const NEIGHBORS = 3

/** The `count` individuals that stay by dominated novelty; what rewards it gets on which sample tells them apart. */
export function surviving<Individual extends Ranked>(
  all: readonly Individual[],
  count: number,
): Individual[] {
  if (all.length <= count) return [...all]
  const rewards = all.map(one => Float64Array.from(one.rewards))
  const distance = (a: number, b: number): number => {
    const [one, other] = [rewards[a] as Float64Array, rewards[b] as Float64Array]
    let sum = 0
    for (let i = 0; i < one.length; i++) sum += Math.abs((one[i] as number) - (other[i] as number))
    return sum
  }
  const fitness = all.map(one => one.reward)
  const scores = dominatedNovelty(fitness, distance, NEIGHBORS)
  return keepNovel(fitness, scores, count).map(i => all[i] as Individual)
}

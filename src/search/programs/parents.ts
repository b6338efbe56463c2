/**
 * Choosing parents: by tournament on the reward, or by epsilon-lexicase on the rewards of single cases (La Cava, Spector
 * and Danai, GECCO 2016), where specialists survive that an average would hide. Among equals the smaller is better.
 */

import type { Gene } from '../dna/dna-spec.ts'
import type { Rng } from '../rng.ts'

/** One of a population. */
export interface Individual {
  readonly id: number
  readonly reward: number
  /** One for each case; only where the study has several objectives. */
  readonly cases?: readonly number[]
  readonly size: number
  readonly genes: readonly Gene[]
  /** What it does, as a number. */
  readonly does: number
}

/** Whether one is better than another: by the reward, then by size. */
export const isBetter = (one: Individual, other: Individual): boolean =>
  one.reward > other.reward || (one.reward === other.reward && one.size < other.size)

/** The best of some, drawn with putting back. */
export function byTournament(population: readonly Individual[], size: number, rng: Rng): Individual {
  let best = rng.pick(population)
  for (let drawn = 1; drawn < size; drawn++) {
    const other = rng.pick(population)
    if (isBetter(other, best)) best = other
  }
  return best
}

/**
 * One that is among the best at case after case, the cases in random order: at each those stay that are within its
 * epsilon of the best that are left.
 */
export function byLexicase(
  population: readonly Individual[],
  epsilons: readonly number[],
  rng: Rng,
): Individual {
  const order = epsilons.map((_, at) => at)
  let left = population
  for (let drawn = 0; drawn < order.length && left.length > 1; drawn++) {
    const other = drawn + rng.int(order.length - drawn)
    const at = order[other] as number
    order[other] = order[drawn] as number
    const enough = best(left, at) - (epsilons[at] as number)
    left = left.filter(({ cases }) => (cases as readonly number[])[at]! >= enough)
  }
  const [one, other] = [rng.pick(left), rng.pick(left)]
  return other.size < one.size ? other : one
}

/** For each case the median of how far the rewards lie from their median. */
export function epsilonsOf(population: readonly Individual[]): number[] {
  const cases = population[0]?.cases?.length ?? 0
  return Array.from({ length: cases }, (_, at) => {
    const rewards = Float64Array.from(population, one => one.cases?.[at] as number)
    const middle = median(rewards)
    return median(rewards.map(reward => Math.abs(reward - middle)))
  })
}

function best(population: readonly Individual[], at: number): number {
  let most = Number.NEGATIVE_INFINITY
  for (const { cases } of population) most = Math.max(most, (cases as readonly number[])[at]!)
  return most
}

/** Sorts what it is given. */
function median(values: Float64Array): number {
  const half = values.length >> 1
  values.sort()
  return values.length % 2 === 1 ? values[half]! : (values[half - 1]! + values[half]!) / 2
}

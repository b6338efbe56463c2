/**
 * Epsilon-lexicase selection (La Cava, Spector and Danai, GECCO 2016): to pick a parent, take the samples in random
 * order and keep, at each, only those that are about as good as the best there. Specialists survive that an average
 * would hide. Individuals with the same rewards are one until the end, where the smaller one is likelier.
 */

import type { Draw } from './grammar.ts'

/** What selection needs to know of an individual. */
export interface Scored {
  /** One per sample. */
  readonly rewards: readonly number[]
  /** Smaller is better among equals. */
  readonly size: number
}

/** Picks individuals of a population, over and over. */
export class Lexicase<Individual extends Scored> {
  private readonly groups: readonly (readonly Individual[])[]
  /** Rewards of the groups, sample by sample. */
  private readonly columns: readonly Float64Array[]
  /** How far below the best one may be at each sample: the median of how far rewards lie from their median. */
  private readonly epsilons: Float64Array
  private readonly order: Int32Array
  private readonly pool: Int32Array

  /** Without a tolerance only the very best at a sample stay. */
  constructor(population: readonly Individual[], isTolerant = true) {
    const groups = groupByRewards(population)
    const cases = population[0]?.rewards.length ?? 0
    this.groups = groups
    this.columns = Array.from({ length: cases }, (_, at) =>
      Float64Array.from(groups, group => group[0]?.rewards[at] ?? 0),
    )
    this.epsilons = Float64Array.from({ length: cases }, (_, at) =>
      isTolerant ? spread(population.map(one => one.rewards[at] ?? 0)) : 0,
    )
    this.order = Int32Array.from({ length: cases }, (_, at) => at)
    this.pool = new Int32Array(groups.length)
  }

  /** One individual. */
  select(random: Draw): Individual {
    const { order, pool, columns, epsilons } = this
    let count = pool.length
    for (let i = 0; i < count; i++) pool[i] = i
    for (let next = 0; next < order.length && count > 1; next++) {
      const other = next + Math.floor(random() * (order.length - next))
      const at = order[other] as number
      order[other] = order[next] as number
      order[next] = at
      const column = columns[at] as Float64Array
      let best = -Infinity
      for (let i = 0; i < count; i++) {
        const reward = column[pool[i] as number] as number
        if (reward > best) best = reward
      }
      const enough = best - (epsilons[at] as number)
      let kept = 0
      for (let i = 0; i < count; i++) {
        const group = pool[i] as number
        if ((column[group] as number) >= enough) pool[kept++] = group
      }
      count = kept
    }
    const group = this.groups[pool[Math.floor(random() * count)] as number] as readonly Individual[]
    const first = group[Math.floor(random() * group.length)] as Individual
    const second = group[Math.floor(random() * group.length)] as Individual
    return second.size < first.size ? second : first
  }
}

function groupByRewards<Individual extends Scored>(population: readonly Individual[]): Individual[][] {
  const groups = new Map<string, Individual[]>()
  for (const individual of population) {
    const key = individual.rewards.join()
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [individual])
    else group.push(individual)
  }
  return [...groups.values()]
}

/** The median absolute deviation; 0 where rewards only say right or wrong. */
function spread(rewards: readonly number[]): number {
  if (rewards.every(reward => reward === 0 || reward === 1)) return 0
  const middle = median(rewards)
  return median(rewards.map(reward => Math.abs(reward - middle)))
}

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort()
  const half = sorted.length >> 1
  return sorted.length % 2 === 1
    ? (sorted[half] as number)
    : ((sorted[half - 1] as number) + (sorted[half] as number)) / 2
}

/**
 * The Pareto frontier of GEPA: for each sample, the candidates that do best on it. A candidate may be poor on average and
 * still be the only one that has learned something; it stays a parent for that.
 */

import type { Rng } from '../../search/index.ts'
import { meanOf } from '../score.ts'

/** The rewards of a candidate, one for each sample of the frontier. */
export type Rewards = readonly number[]

/**
 * How many samples each candidate is among the best on, of those that are needed: a candidate is left out, the weakest
 * first, while others that stay cover every sample it is best on.
 *
 *     frontierCounts([[1, 0], [0, 1], [0, 0]])     // Map { 0 => 1, 1 => 1 }
 */
export function frontierCounts(pool: readonly Rewards[]): Map<number, number> {
  const [first = []] = pool
  const fronts = first.map((_, sample) => bestOn(pool, sample))
  const kept = new Set(fronts.flat())
  const weakestFirst = [...kept].sort(
    (a, b) => meanOf(pool[a] as Rewards) - meanOf(pool[b] as Rewards) || b - a,
  )
  for (const candidate of weakestFirst) {
    const own = fronts.filter(front => front.includes(candidate))
    const isRedundant = own.every(front => front.some(other => other !== candidate && kept.has(other)))
    if (isRedundant) kept.delete(candidate)
  }
  const counts = [...kept]
    .sort((a, b) => a - b)
    .map(candidate => [candidate, countIn(fronts, candidate)] as const)
  return new Map(counts)
}

/** A candidate of the frontier, the more often the more samples it is among the best on. */
export function drawFrontier(pool: readonly Rewards[], random: Rng): number {
  const counts = [...frontierCounts(pool)]
  const total = counts.reduce((sum, [, count]) => sum + count, 0)
  let left = random.int(total)
  for (const [candidate, count] of counts) {
    if (left < count) return candidate
    left -= count
  }
  throw new Error('the counts of a frontier are whole numbers')
}

/** The candidate with the highest mean; of equals the first. */
export function bestOf(pool: readonly Rewards[]): number {
  const means = pool.map(meanOf)
  return means.indexOf(Math.max(...means))
}

function bestOn(pool: readonly Rewards[], sample: number): number[] {
  const best = Math.max(...pool.map(rewards => rewards[sample] as number))
  return pool.flatMap((rewards, candidate) => (rewards[sample] === best ? [candidate] : []))
}

const countIn = (fronts: readonly (readonly number[])[], candidate: number): number =>
  fronts.filter(front => front.includes(candidate)).length

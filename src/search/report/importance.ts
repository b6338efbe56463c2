/**
 * How much each parameter matters by itself: the share of the variance of the rewards' ranks that it explains, corrected
 * for chance. That is the effect size epsilon squared of the test of Kruskal and Wallis (1952). Ranks make it the same
 * whatever the unit of the reward and however far off the worst trials are; each parameter is judged on the trials in
 * which it was open. What parameters do only together it does not see.
 */

import { Choices } from '../dna/choices.ts'
import type { Gene } from '../dna/dna-spec.ts'
import type { Parameter, ReportData } from './report-data.ts'

export interface Importance {
  readonly parameter: Parameter
  /** One for each objective, from 0 to 1; null where there are too few trials, or all are alike. */
  readonly shares: readonly (number | null)[]
  /** On how many trials: those with a reward in which the parameter was open. */
  readonly trials: number
}

/** Of every parameter that can be put in order or groups, the most important first. */
export function importances({ told, parameters, objectives }: ReportData): Importance[] {
  const all = parameters
    .filter(({ point }) => point.kind !== 'custom')
    .map((parameter): Importance => {
      const open = told.filter(({ genes }) => genes.has(parameter.index))
      const groups = groupsOf(
        open.map(({ genes }) => genes.get(parameter.index) as Gene),
        parameter.point instanceof Choices,
      )
      const shares = objectives.map((_, i) =>
        epsilonSquared(
          open.map(({ values }) => values[i] as number),
          groups,
        ),
      )
      return { parameter, shares, trials: open.length }
    })
  const greatest = ({ shares }: Importance): number => Math.max(...shares.map(share => share ?? -1))
  return all.sort((a, b) => greatest(b) - greatest(a) || a.parameter.index - b.parameter.index)
}

/** With fewer trials nothing is said. */
const LEAST_TRIALS = 10
const MOST_GROUPS = 8

/**
 * The share of the variance of the ranks that lies between groups, less what chance would put there; at least 0. Null for
 * too few values, for one group, and where all values are the same.
 */
export function epsilonSquared(values: readonly number[], groups: readonly number[]): number | null {
  const count = values.length
  const sums = new Map<number, { sum: number; count: number }>()
  const middle = (count + 1) / 2
  let total = 0
  ranksOf(values).forEach((rank, i) => {
    total += (rank - middle) ** 2
    const group = groups[i] as number
    const sum = sums.get(group) ?? { sum: 0, count: 0 }
    sums.set(group, { sum: sum.sum + rank - middle, count: sum.count + 1 })
  })
  if (count < LEAST_TRIALS || sums.size < 2 || count <= sums.size || total === 0) return null
  let between = 0
  for (const group of sums.values()) between += group.sum ** 2 / group.count
  const h = ((count - 1) * between) / total
  return Math.max(0, (h - sums.size + 1) / (count - sums.size))
}

/** Ranks from 1; equal values share the middle of theirs. */
function ranksOf(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => (values[a] as number) - (values[b] as number))
  const ranks = new Array<number>(values.length)
  for (let start = 0; start < order.length; ) {
    let end = start + 1
    while (end < order.length && values[order[end] as number] === values[order[start] as number]) end++
    for (let i = start; i < end; i++) ranks[order[i] as number] = (start + end + 1) / 2
    start = end
  }
  return ranks
}

/** A group for each value: choices by what was chosen, numbers by up to eight stretches with as many trials each. */
export function groupsOf(genes: readonly Gene[], isChoice: boolean): number[] {
  const numbers = genes as readonly number[]
  if (isChoice || new Set(numbers).size <= MOST_GROUPS) return [...numbers]
  const sorted = [...numbers].sort((a, b) => a - b)
  const wanted = Math.min(MOST_GROUPS, Math.max(2, Math.floor(sorted.length / LEAST_TRIALS)))
  const bounds = Array.from(
    { length: wanted - 1 },
    (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / wanted)] as number,
  )
  return numbers.map(number => bounds.filter(bound => number >= bound).length)
}

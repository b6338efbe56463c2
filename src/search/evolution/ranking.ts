/**
 * Rankings: who is how good among others, as a score for each. With one objective that is the reward; with several it is
 * the front that one belongs to, and within a front how much room there is around it, as NSGA-II has it (Deb, Pratap,
 * Agarwal and Meyarivan, IEEE Transactions on Evolutionary Computation 6(2), 2002).
 */

import type { Individual } from './operator.ts'

/** Scores individuals against each other: the more the better. */
export interface Ranking {
  /** By which a study knows it. */
  readonly name: string
  scores(population: readonly Individual[]): readonly number[]
}

/** By the reward; with several objectives by the first. */
export const byReward: Ranking = {
  name: 'reward',
  scores: population => population.map(({ values }) => values[0] ?? Number.NEGATIVE_INFINITY),
}

/** By fronts, and within a front by room: `-front`, and less than one on top for the crowding distance. */
export const byFront: Ranking = {
  name: 'front',
  scores(population) {
    const all = population.map(({ values }) => values)
    const scores = new Array<number>(all.length)
    frontsOf(all).forEach((front, depth) => {
      const distances = crowdingOf(front.map(i => all[i] as readonly number[]))
      front.forEach((i, j) => {
        const distance = distances[j] as number
        scores[i] = -depth + (distance === Number.POSITIVE_INFINITY ? 0.5 : distance / (1 + distance) / 2)
      })
    })
    return scores
  },
}

/**
 * The indices of rows of values by fronts: those in the first are beaten by none, those in the second by some of the
 * first alone, and so on (the fast non-dominated sort of the paper).
 */
export function frontsOf(rows: readonly (readonly number[])[]): number[][] {
  const beats: number[][] = rows.map(() => [])
  const beatenBy = new Array<number>(rows.length).fill(0)
  for (let i = 0; i < rows.length; i++) {
    for (let j = i + 1; j < rows.length; j++) {
      const winner = compare(rows[i] as readonly number[], rows[j] as readonly number[])
      if (winner > 0) beats[i]?.push(j)
      if (winner < 0) beats[j]?.push(i)
      if (winner > 0) beatenBy[j] = (beatenBy[j] as number) + 1
      if (winner < 0) beatenBy[i] = (beatenBy[i] as number) + 1
    }
  }
  const fronts: number[][] = []
  let front = rows.flatMap((_, i) => (beatenBy[i] === 0 ? [i] : []))
  while (front.length > 0) {
    fronts.push(front)
    const next: number[] = []
    for (const i of front) {
      for (const j of beats[i] as number[]) {
        beatenBy[j] = (beatenBy[j] as number) - 1
        if (beatenBy[j] === 0) next.push(j)
      }
    }
    front = next.sort((a, b) => a - b)
  }
  return fronts
}

/**
 * How much room there is around each row of a front: the distance from the neighbor before to the neighbor behind, as a
 * share of the whole, summed over the objectives; infinite at the ends. Of equal rows only the first has any.
 */
export function crowdingOf(front: readonly (readonly number[])[]): number[] {
  const distances = new Array<number>(front.length).fill(0)
  const texts = front.map(row => row.join())
  const order = front.flatMap((_, i) => (texts.indexOf(texts[i] as string) === i ? [i] : []))
  const objectives = front[0]?.length ?? 0
  for (let objective = 0; objective < objectives; objective++) {
    // Halves, since the difference of two rewards may be too big for a number.
    const half = (i: number | undefined): number => (front[i as number]?.[objective] as number) / 2
    order.sort((a, b) => half(a) - half(b))
    const range = half(order.at(-1)) - half(order[0])
    order.forEach((i, place) => {
      const isEnd = place === 0 || place === order.length - 1
      if (isEnd) distances[i] = Number.POSITIVE_INFINITY
      else if (range > 0) {
        distances[i] = (distances[i] as number) + (half(order[place + 1]) - half(order[place - 1])) / range
      }
    })
  }
  return distances
}

/** Positive when the first is at least as good in every objective and better in one, negative the other way round. */
function compare(one: readonly number[], other: readonly number[]): number {
  let isBetter = false
  let isWorse = false
  for (let i = 0; i < one.length; i++) {
    const [a, b] = [one[i] as number, other[i] as number]
    if (a > b) isBetter = true
    if (a < b) isWorse = true
  }
  return isBetter === isWorse ? 0 : isBetter ? 1 : -1
}

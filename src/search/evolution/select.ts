/**
 * Selectors: some of the individuals, as they are. How many may change with the step. What is selected comes in the
 * order of the selection (the best first, the first drawn first), and of equals the one that came first goes first.
 */

import { SpaceError } from '../errors.ts'
import type { Rng } from '../rng.ts'
import { type Individual, type Operator, operator } from './operator.ts'
import { byReward, type Ranking } from './ranking.ts'
import { at, nameOf, type Scalar } from './schedule.ts'

export interface SelectOptions {
  /** What makes one better than another: the reward, unless it says something else. */
  readonly by?: Ranking
}

export interface TournamentOptions extends SelectOptions {
  /** How many tournaments are held; one by default. */
  readonly count?: Scalar
}

/** All, as they are. */
export const all = (): Operator => operator('all', population => population)

/** So many at random, each once; all in a random order where there are no more. */
export const random = (count: Scalar): Operator =>
  selector('random', count, {}, (population, wanted, { rng }) => drawn(population.length, wanted, rng))

/** The best of so many drawn at random, once or more often. The winner of one tournament may win another, too. */
export function tournament(size: Scalar, { count = 1, by = byReward }: TournamentOptions = {}): Operator {
  checkCount('tournament', size)
  checkCount('tournament', count)
  const more = [nameOf(count), ...(by === byReward ? [] : [by.name])].join(', ')
  return operator(`tournament(${nameOf(size)}, ${more})`, (population, { rng, step }) => {
    if (population.length === 0) return []
    const scores = by.scores(population)
    const wanted = Math.max(1, amount(size, step, 'tournament'))
    return Array.from({ length: amount(count, step, 'tournament') }, () => {
      const best = drawn(population.length, wanted, rng).reduce((best, index) =>
        (scores[index] as number) > (scores[best] as number) ? index : best,
      )
      return population[best] as Individual
    })
  })
}

/** The best so many. */
export const top = (count: Scalar, { by = byReward }: SelectOptions = {}): Operator =>
  selector('top', count, { by }, (population, wanted) => sorted(by.scores(population), -1).slice(0, wanted))

/** The worst so many, the worst first. */
export const bottom = (count: Scalar, { by = byReward }: SelectOptions = {}): Operator =>
  selector('bottom', count, { by }, (population, wanted) => sorted(by.scores(population), 1).slice(0, wanted))

/** The oldest so many. */
export const first = (count: Scalar): Operator =>
  selector('first', count, {}, (population, wanted) => indices(Math.min(wanted, population.length)))

/** The latest so many: what is left when the oldest die. */
export const last = (count: Scalar): Operator =>
  selector('last', count, {}, ({ length }, wanted) => indices(length).slice(Math.max(0, length - wanted)))

/**
 * So many by chance, the chance of each in proportion to how much better it is than the worst, with putting back. By
 * stochastic universal sampling (Baker, 1987): nobody is drawn much more or less often than is its due.
 */
export const proportional = (count: Scalar, { by = byReward }: SelectOptions = {}): Operator =>
  selector('proportional', count, { by }, (population, wanted, { rng }) => {
    if (population.length === 0) return []
    const weights = weightsOf(by.scores(population))
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    const start = rng.float()
    const drawn: number[] = []
    let sum = 0
    weights.forEach((weight, i) => {
      sum += weight
      while (drawn.length < wanted && ((start + drawn.length) / wanted) * total < sum) drawn.push(i)
    })
    while (drawn.length < wanted) drawn.push(weights.findLastIndex(weight => weight > 0))
    return rng.shuffle(drawn)
  })

type Pick = (
  population: readonly Individual[],
  wanted: number,
  context: { readonly rng: Rng },
) => readonly number[]

/** A selector that picks so many by their indices. */
function selector(name: string, count: Scalar, { by }: SelectOptions, pick: Pick): Operator {
  checkCount(name, count)
  const words = [nameOf(count), ...(by === undefined || by === byReward ? [] : [by.name])]
  return operator(`${name}(${words.join(', ')})`, (population, context) =>
    pick(population, amount(count, context.step, name), context).map(i => population[i] as Individual),
  )
}

/** Some different indices, in the order in which they are drawn. */
function drawn(length: number, wanted: number, rng: Rng): number[] {
  const taken = new Set<number>()
  const size = Math.min(wanted, length)
  while (taken.size < size) taken.add(rng.int(length))
  return [...taken]
}

const indices = (length: number): number[] => Array.from({ length }, (_, i) => i)

/** The indices in the order of the scores, rising or falling; sorting is stable. */
const sorted = (scores: readonly number[], direction: 1 | -1): number[] =>
  indices(scores.length).sort((a, b) => {
    const [one, other] = [scores[a] as number, scores[b] as number]
    return one === other ? 0 : one < other ? -direction : direction
  })

/** How much better each is than the worst, as shares of the most; all alike where nobody is better. */
function weightsOf(scores: readonly number[]): number[] {
  const [least, most] = [Math.min(...scores), Math.max(...scores)]
  if (least === most) return scores.map(() => 1)
  // Halves, since the difference of two rewards may be too big for a number.
  return scores.map(score => (score / 2 - least / 2) / (most / 2 - least / 2))
}

function checkCount(name: string, count: Scalar): void {
  if (typeof count === 'number') amount(count, 0, name)
}

function amount(count: Scalar, step: number, name: string): number {
  const number = at(count, step)
  if (number >= 0 && number <= Number.MAX_SAFE_INTEGER) return Math.round(number)
  throw new SpaceError('', `${name} needs a count of at least 0, got ${number} at step ${step}`)
}

/**
 * One objective or several: rewards turned so that more is better, and which of two trials is better. With one objective
 * the front of the best is the best alone, so what holds for several holds for one.
 */

import type { Direction } from './records.ts'

/** 1 for each objective to maximize, -1 for each to minimize. */
export type Signs = readonly (1 | -1)[]

export const signsOf = (directions: readonly Direction[]): Signs =>
  directions.map(direction => (direction === 'maximize' ? 1 : -1))

/** The values with more for better. */
export const turned = (values: readonly number[], signs: Signs): number[] =>
  values.map((value, i) => value * (signs[i] as number))

/** A trial with its values, one for each objective. */
interface Valued {
  readonly values: readonly number[]
}

/**
 * The front with one more: nobody in it is as good as another in everything. The same array when the newcomer does not
 * belong there; of equals the one that came first does.
 */
export function withNewcomer<Item extends Valued>(
  front: readonly Item[],
  newcomer: Item,
  signs: Signs,
): readonly Item[] {
  if (front.some(({ values }) => isAsGood(values, newcomer.values, signs))) return front
  return [...front.filter(({ values }) => !isAsGood(newcomer.values, values, signs)), newcomer]
}

/** Whether one is at least as good as the other in every objective. */
function isAsGood(one: readonly number[], other: readonly number[], signs: Signs): boolean {
  return signs.every((sign, i) => sign * ((one[i] as number) - (other[i] as number)) >= 0)
}

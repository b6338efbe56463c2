/**
 * Recombinators: two parents become two children. These go by decisions, one after the other, and take permutations as
 * wholes; those that make one order of two are in `recombine-orders.ts`.
 */

import { geneAt, isNumberPoint, partOf } from '../algorithms/unit-scale.ts'
import type { Dna } from '../dna/dna.ts'
import type { DecisionPoint } from '../dna/dna-spec.ts'
import { SpaceError } from '../errors.ts'
import type { Rng } from '../rng.ts'
import { type Blend, child, leaderOf, pairs, positionsOf, type Sides } from './crossover.ts'
import type { Operator } from './operator.ts'
import { at, nameOf, type Scalar } from './schedule.ts'

export { type Cross, pairs } from './crossover.ts'
export { cycle, order, partiallyMapped } from './recombine-orders.ts'

/** Each decision from one of the parents, by the toss of a coin; `share` of them from the first, of the first child. */
export const uniform = (share: Scalar = 0.5): Operator =>
  pairs(`uniform(${nameOf(share)})`, (one, other, rng, step) =>
    both(one, other, tossed(at(share, step), rng), rng),
  )

/**
 * The row of all decisions cut at so many places by chance, and the stretches taken from one parent and the other in
 * turn. Decisions of one candidate are side by side, so what belongs together mostly stays together.
 */
export function kPoint(count: Scalar = 2): Operator {
  return pairs(`kPoint(${nameOf(count)})`, (one, other, rng, step) => {
    const places = one.spec.points.length - 1
    const wanted = Math.min(places, Math.max(0, Math.round(at(count, step))))
    const cuts = rng.shuffle(Array.from({ length: places }, (_, i) => i + 1)).slice(0, wanted)
    return both(one, other, cutAt(one, cuts), rng)
  })
}

/** The same with cuts at given places: before the decisions of these positions in `spec.points`. */
export function segmented(cuts: readonly number[]): Operator {
  if (!cuts.every((cut, i) => Number.isSafeInteger(cut) && cut > (cuts[i - 1] ?? 0))) {
    throw new SpaceError('', `cuts must be positive integers that rise, got ${cuts.join(', ')}`)
  }
  return pairs(`segmented(${cuts.join(', ')})`, (one, other, rng) => both(one, other, cutAt(one, cuts), rng))
}

/**
 * One child of two parents with each number in the middle between theirs, on its scale; what is no number comes from one
 * of them by the toss of a coin.
 */
export const average = (): Operator =>
  pairs('average', (one, other, rng) => [child(one, other, tossed(0.5, rng), rng, middle)])

/**
 * Simulated binary crossover (Deb and Agrawal, 1995): numbers of the children lie around those of their parents, as near
 * as the parents are to each other and nearer with a higher index; all else is taken as by `uniform`. For numbers on
 * which the objectives depend smoothly.
 */
export function simulatedBinary(index: Scalar = 15): Operator {
  if (typeof index === 'number' && !(index >= 0)) {
    throw new SpaceError('', `the index of simulatedBinary must be at least 0, got ${index}`)
  }
  return pairs(`simulatedBinary(${nameOf(index)})`, (one, other, rng, step) => {
    const sides = tossed(0.5, rng)
    const power = 1 / (at(index, step) + 1)
    const spreads = new Map<DecisionPoint, number | null>()
    const blend: Blend = (point, near, far) => {
      if (!isNumberPoint(point) || near === far) return null
      let spread = spreads.get(point)
      if (spread === undefined) {
        const u = rng.float()
        // As in NSGA-II, every other number is left as it is.
        spread = rng.float() < 0.5 ? null : u < 0.5 ? (2 * u) ** power : (1 / (2 - 2 * u)) ** power
        spreads.set(point, spread)
      }
      if (spread === null) return null
      const [a, b] = [partOf(point, near), partOf(point, far)]
      return geneAt(point, ((1 + spread) * a + (1 - spread) * b) / 2)
    }
    return both(one, other, sides, rng, blend)
  })
}

const middle: Blend = (point, near, far) =>
  isNumberPoint(point) ? geneAt(point, (partOf(point, near) + partOf(point, far)) / 2) : null

/** A child, and the one of the same decisions from the other side. */
const both = (one: Dna, other: Dna, isOwn: Sides, rng: Rng, blend?: Blend): readonly [Dna, Dna] => [
  child(one, other, isOwn, rng, blend),
  child(other, one, isOwn, rng, blend),
]

/** A coin for each decision, which falls once. */
function tossed(share: number, rng: Rng): Sides {
  const coins = new Map<DecisionPoint, boolean>()
  return point => {
    const leader = leaderOf(point)
    let isOwn = coins.get(leader)
    if (isOwn === undefined) coins.set(leader, (isOwn = rng.float() < share))
    return isOwn
  }
}

/** Stretches between cuts, in turn. */
function cutAt({ spec }: Dna, cuts: readonly number[]): Sides {
  const positions = positionsOf(spec)
  return point => {
    const position = positions.get(leaderOf(point)) as number
    return cuts.filter(cut => cut <= position).length % 2 === 0
  }
}

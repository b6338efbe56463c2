/**
 * Decisions for numbers on one scale: every integer or float of a range is a part of the way through it, from 0 to 1,
 * on the scale that it is searched on. Models of densities and of covariance work on parts alone.
 */

import type { DecisionPoint, Gene } from '../dna/dna-spec.ts'
import { FloatSpec, IntSpec } from '../dna/number-specs.ts'

/** A decision for a number. */
export type NumberPoint = FloatSpec | IntSpec

export const isNumberPoint = (point: DecisionPoint): point is NumberPoint =>
  point instanceof FloatSpec || point instanceof IntSpec

/** The part of the way at which a number lies; an integer lies in the middle of its stretch. */
export function partOf(point: NumberPoint, gene: Gene): number {
  const number = gene as number
  const { min, max } = point
  if (point instanceof IntSpec) return (number - min + 0.5) / point.size
  if (min === max) return 0.5
  // Halves, since max - min may be too big for a number.
  if (point.scale === 'linear') return within((number / 2 - min / 2) / (max / 2 - min / 2))
  const value = point.scale === 'log' ? number : min + max - number
  const along = within((Math.log(value) - Math.log(min)) / (Math.log(max) - Math.log(min)))
  return point.scale === 'log' ? along : 1 - along
}

/** The number at a part of the way; parts outside are at the nearer end. */
export function geneAt(point: NumberPoint, part: number): number {
  if (point instanceof FloatSpec) return point.at(within(part))
  return Math.min(point.max, point.min + Math.floor(within(part) * point.size))
}

const within = (part: number): number => Math.min(1, Math.max(0, part))

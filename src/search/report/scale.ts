/** Where values go on an axis: numbers along a line, with round numbers for its ticks, and a range that outliers leave. */

import { quantile } from './numbers.ts'

export interface Range {
  readonly min: number
  readonly max: number
}

/** Round numbers within a range, about as many as asked for. */
export function ticks({ min, max }: Range, count = 5): number[] {
  const step = roundStep(max / count - min / count || 1)
  const first = Math.ceil(min / step)
  const last = Math.floor(max / step)
  // Divided by a whole number, small steps give 0.3 and not 0.30000000000000004.
  const inverse = step < 1 ? Math.round(1 / step) : 0
  const at = (n: number): number => (inverse === 0 ? n * step : n / inverse)
  const length = Math.min(Math.max(0, last - first + 1), 50)
  return Array.from({ length }, (_, i) => at(first + i) + 0).filter(tick => min <= tick && tick <= max)
}

/** The place of a value of a range between two ends; outside values are at the nearer end. */
export function place(value: number, { min, max }: Range, from: number, to: number): number {
  // Halves, since max - min may be too big for a number.
  const part = min === max ? 0.5 : (value / 2 - min / 2) / (max / 2 - min / 2)
  return Math.round((from + (to - from) * Math.min(1, Math.max(0, part))) * 10) / 10
}

/** From the least to the greatest, with a little room; around a single value as well. */
export function rangeOf(values: readonly number[], room = 0.04): Range {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (const value of values) {
    if (value < min) min = value
    if (value > max) max = value
  }
  if (min > max) return { min: 0, max: 1 }
  const margin = min === max ? Math.abs(min) * 0.1 || 1 : (max / 2 - min / 2) * 2 * room
  return { min: Math.max(min - margin, -Number.MAX_VALUE), max: Math.min(max + margin, Number.MAX_VALUE) }
}

/**
 * A range that shows what matters: to the best value, and down to where the worst are so far off that the rest would be
 * pressed flat. `sign` is 1 where more is better.
 */
export function sturdyRange(values: readonly number[], sign: 1 | -1): Range {
  const sorted = values.map(value => value * sign).sort((a, b) => a - b)
  if (sorted.length < 8) return rangeOf(values)
  const best = sorted.at(-1) as number
  const [low, middle] = [quantile(sorted, 0.1), quantile(sorted, 0.5)]
  const fence = low - 1.5 * (Math.max(middle - low, (best - low) / 2) || 1)
  const kept = sorted.filter(value => value >= fence)
  return rangeOf(kept.map(value => value * sign))
}

/** 1, 2 or 5 times a power of ten. */
function roundStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step))
  const part = step / power
  return (part < 1.5 ? 1 : part < 3.5 ? 2 : part < 7.5 ? 5 : 10) * power
}

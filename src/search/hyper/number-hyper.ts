/** `floatV` and `intV`: numbers of a range, as hyper values. */

import { describeField, type Field, f, problemsOf, register } from '../../symbolic/index.ts'
import type { LeafPoint } from '../dna/dna-spec.ts'
import { FloatSpec, IntSpec } from '../dna/number-specs.ts'
import { SpaceError } from '../errors.ts'
import { type HyperValue, LeafHyper, type NameOptions } from './hyper.ts'

/** How a float is spread over its range: evenly, or more densely at the low (`log`) or the high end (`rlog`). */
export type Scale = 'linear' | 'log' | 'rlog'

export interface FloatOptions extends NameOptions {
  readonly scale?: Scale
}

/**
 * A number from a range, both ends included.
 *
 *     new Model({ rate: floatV(1e-4, 1e-1, { scale: 'log' }) })
 */
export function floatV(min: number, max: number, { scale = 'linear', name }: FloatOptions = {}): number {
  checkFloat(min, max, scale)
  return new FloatV({ min, max, scale, name }) as unknown as number
}

/**
 * An integer from a range, both ends included.
 *
 *     new Dense({ units: intV(8, 256) })
 */
export function intV(min: number, max: number, { name }: NameOptions = {}): number {
  checkInt(min, max)
  return new IntV({ min, max, name }) as unknown as number
}

/** The node that `floatV` makes. */
export class FloatV extends LeafHyper.define('search.FloatV', {
  min: f.float(),
  max: f.float(),
  scale: f.enum('linear', 'log', 'rlog').default('linear'),
}) {
  override pointAt(id: string): LeafPoint {
    return new FloatSpec(id, this.name, this.min, this.max, this.scale)
  }

  protected override misfit(field: Field): string | null {
    const { min, max } = this
    const between = FRACTIONS.map(part => min * (1 - part) + max * part)
    return rangeMisfit(this, field, `floatV from ${min} to ${max}`, [min, max, ...between])
  }

  onBound(): void {
    checkFloat(this.min, this.max, this.scale)
  }
}

/** The node that `intV` makes. */
export class IntV extends LeafHyper.define('search.IntV', { min: f.int(), max: f.int() }) {
  override pointAt(id: string): LeafPoint {
    return new IntSpec(id, this.name, this.min, this.max)
  }

  protected override misfit(field: Field): string | null {
    const { min, max } = this
    const between: number[] = []
    const step = Math.max(1, Math.floor((max - min) / MOST_PROBES))
    for (let value = min; value <= max; value += step) between.push(value)
    return rangeMisfit(this, field, `intV from ${min} to ${max}`, [min, max, ...between])
  }

  onBound(): void {
    checkInt(this.min, this.max)
  }
}

for (const type of [FloatV, IntV]) register(type)

/** Places inside a range that no integer field accepts; the ends alone decide for fields with a range. */
const FRACTIONS = [0.381966011250105, 0.618033988749895, 0.0901699437494742]

/** Integer ranges up to this many values are tried one by one, since a field may be an enumeration. */
const MOST_PROBES = 1000

/**
 * A range fits when the values tried do: exact for number fields, since theirs are ranges too. The symbolic room tries
 * each option of a union by itself first, so a range that reaches a union as a whole fits none of them.
 */
function rangeMisfit(
  value: HyperValue,
  field: Field,
  what: string,
  probes: readonly number[],
): string | null {
  const { options } = field.rules
  if (options.length > 0) {
    if (options.some(option => problemsOf(option, value).length === 0)) return null
    return `cannot be this ${what}: none of ${describeField(field)} takes all of it`
  }
  for (const probe of probes) {
    const [problem] = problemsOf(field, probe)
    if (problem !== undefined) return `cannot be this ${what}: it ${problem.message}`
  }
  return null
}

function checkFloat(min: number, max: number, scale: Scale): void {
  checkRange('floatV', min, max)
  if (scale !== 'linear' && scale !== 'log' && scale !== 'rlog') {
    throw new SpaceError('', `floatV: the scale must be 'linear', 'log' or 'rlog', got '${String(scale)}'`)
  }
  if (scale !== 'linear' && min <= 0) {
    throw new SpaceError('', `floatV: the scale '${scale}' needs a range above 0, got ${min} to ${max}`)
  }
}

function checkInt(min: number, max: number): void {
  checkRange('intV', min, max)
  if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max)) {
    throw new SpaceError('', `intV needs integers as its ends, got ${min} and ${max}`)
  }
  if (!Number.isSafeInteger(max - min + 1)) {
    throw new SpaceError('', `intV: from ${min} to ${max} are more integers than can be told apart`)
  }
}

function checkRange(word: string, min: number, max: number): void {
  if (!Number.isFinite(min) || !Number.isFinite(max)) {
    throw new SpaceError(
      '',
      `${word} needs two finite numbers as its ends, got ${String(min)} and ${String(max)}`,
    )
  }
  if (min > max) throw new SpaceError('', `${word}: the range from ${min} to ${max} holds nothing`)
}

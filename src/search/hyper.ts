/**
 * Hyper values: `oneOf`, `floatV` and `intV` stand in a tree where a decision is open. To the compiler each is the
 * value it will become; at run time it is an ordinary symbolic object, so that spaces are rebound, compared, hashed
 * and saved like any tree. A typed field takes one when every value it can become fits the field.
 */

import { describeField, type Field, f, problemsOf, register, SymObject } from '../symbolic/index.ts'
import { SpaceError } from './errors.ts'

export interface NameOptions {
  /** What the decision is called in dicts and reports; unnamed ones go by their path. */
  readonly name?: string
}

/** How a float is spread over its range: evenly, or more densely at the low (`log`) or the high end (`rlog`). */
export type Scale = 'linear' | 'log' | 'rlog'

export interface FloatOptions extends NameOptions {
  readonly scale?: Scale
}

/**
 * One of the candidates. They may be trees, and may hold more hyper values, which are open only where theirs is chosen.
 *
 *     new Dense({ units: oneOf([32, 64]) })
 */
export function oneOf<const Candidate>(
  candidates: readonly Candidate[],
  { name }: NameOptions = {},
): Candidate {
  if (!Array.isArray(candidates) || candidates.length === 0) {
    throw new SpaceError(
      '',
      `oneOf needs at least one candidate${Array.isArray(candidates) ? '' : ', in an array'}`,
    )
  }
  const absent = candidates.indexOf(undefined)
  if (absent >= 0)
    throw new SpaceError('', `oneOf: candidate ${absent} is undefined; only null can stand for nothing`)
  return new OneOf({ candidates, name }) as Candidate
}

/**
 * A number from a range, both ends included.
 *
 *     new Model({ rate: floatV(1e-4, 1e-1, { scale: 'log' }) })
 */
export function floatV(min: number, max: number, { scale = 'linear', name }: FloatOptions = {}): number {
  checkRange('floatV', min, max)
  if (scale !== 'linear' && scale !== 'log' && scale !== 'rlog') {
    throw new SpaceError('', `floatV: the scale must be 'linear', 'log' or 'rlog', got '${String(scale)}'`)
  }
  if (scale !== 'linear' && min <= 0) {
    throw new SpaceError('', `floatV: the scale '${scale}' needs a range above 0, got ${min} to ${max}`)
  }
  return new FloatV({ min, max, scale, name }) as unknown as number
}

/**
 * An integer from a range, both ends included.
 *
 *     new Dense({ units: intV(8, 256) })
 */
export function intV(min: number, max: number, { name }: NameOptions = {}): number {
  checkRange('intV', min, max)
  if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max)) {
    throw new SpaceError('', `intV needs integers as its ends, got ${min} and ${max}`)
  }
  if (!Number.isSafeInteger(max - min + 1)) {
    throw new SpaceError('', `intV: from ${min} to ${max} are more integers than can be told apart`)
  }
  return new IntV({ min, max, name }) as unknown as number
}

/** What all hyper values are. `space` and `Space.of` look for these in a tree. */
export abstract class HyperValue extends SymObject.define('search.Hyper', {
  name: f.string({ minLength: 1 }).optional(),
}) {
  /** Why a field cannot take this value, in words that go behind its path; null when it can. */
  protected abstract misfit(field: Field): string | null

  /** Asked by the symbolic room when a hyper value is put where a field wants something else. */
  static standsFor(node: object, field: Field): string | null {
    return node instanceof HyperValue ? node.misfit(field) : 'does not fit'
  }
}

/** The node that `oneOf` makes. */
export class OneOf extends HyperValue.define('search.OneOf', {
  candidates: f.list(f.any(), { minSize: 1 }),
}) {
  protected override misfit(field: Field): string | null {
    for (let i = 0; i < this.candidates.length; i++) {
      const [problem] = problemsOf(field, this.candidates.at(i))
      if (problem === undefined) continue
      const below = problem.path === '' || problem.path.startsWith('[') ? problem.path : `.${problem.path}`
      return `cannot be this oneOf: candidates[${i}]${below} ${problem.message}`
    }
    return null
  }
}

/** The node that `floatV` makes. */
export class FloatV extends HyperValue.define('search.FloatV', {
  min: f.float(),
  max: f.float(),
  scale: f.enum('linear', 'log', 'rlog').default('linear'),
}) {
  protected override misfit(field: Field): string | null {
    const { min, max } = this
    const between = FRACTIONS.map(part => min * (1 - part) + max * part)
    return rangeMisfit(this, field, `floatV from ${min} to ${max}`, [min, max, ...between])
  }

  onBound(): void {
    checkRange('floatV', this.min, this.max)
  }
}

/** The node that `intV` makes. */
export class IntV extends HyperValue.define('search.IntV', { min: f.int(), max: f.int() }) {
  protected override misfit(field: Field): string | null {
    const { min, max } = this
    const between: number[] = []
    const step = Math.max(1, Math.floor((max - min) / MOST_PROBES))
    for (let value = min; value <= max; value += step) between.push(value)
    return rangeMisfit(this, field, `intV from ${min} to ${max}`, [min, max, ...between])
  }

  onBound(): void {
    checkRange('intV', this.min, this.max)
  }
}

for (const type of [OneOf, FloatV, IntV]) register(type)

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

function checkRange(word: string, min: number, max: number): void {
  if (!Number.isFinite(min) || !Number.isFinite(max)) {
    throw new SpaceError(
      '',
      `${word} needs two finite numbers as its ends, got ${String(min)} and ${String(max)}`,
    )
  }
  if (min > max) throw new SpaceError('', `${word}: the range from ${min} to ${max} holds nothing`)
}

/** `oneOf`, `manyOf` and `permutate`: choices among candidates, which may be trees with more hyper values in them. */

import { type Field, f, type Problem, problemsOf, register } from '../../symbolic/index.ts'
import { SpaceError } from '../errors.ts'
import { HyperValue, type NameOptions } from './hyper.ts'

export interface ManyOptions extends NameOptions {
  /** Whether no candidate may be taken twice; true unless said otherwise. */
  readonly distinct?: boolean
  /** Whether those taken stand in the order of the candidates, so that only which they are is decided. */
  readonly sorted?: boolean
}

/** A tuple of so many elements where the number is known to the compiler, else an array. */
export type TupleOf<Element, Count extends number, Made extends Element[] = []> = number extends Count
  ? Element[]
  : Made['length'] extends Count | 512
    ? Made['length'] extends Count
      ? Made
      : Element[]
    : TupleOf<Element, Count, [...Made, Element]>

/**
 * One of the candidates. They may be trees, and may hold more hyper values, which are open only where theirs is chosen.
 *
 *     new Dense({ units: oneOf([32, 64]) })
 */
export function oneOf<const Candidate>(
  candidates: readonly Candidate[],
  { name }: NameOptions = {},
): Candidate {
  checkCandidates('oneOf', candidates)
  return new OneOf({ candidates, name }) as Candidate
}

/**
 * A list of so many of the candidates, in any order and each at most once, unless the options say otherwise.
 *
 *     new Model({ layers: manyOf(2, [small, wide, deep], { sorted: true }) })
 */
export function manyOf<const Count extends number, const Candidate>(
  count: Count,
  candidates: readonly Candidate[],
  { distinct = true, sorted = false, name }: ManyOptions = {},
): TupleOf<Candidate, Count> {
  checkCandidates('manyOf', candidates)
  checkCount(count, candidates.length, distinct)
  return new ManyOf({ count, candidates, distinct, sorted, name }) as unknown as TupleOf<Candidate, Count>
}

/**
 * All the candidates, in some order.
 *
 *     Space.of({ tour: permutate(['Bonn', 'Jena', 'Kiel']) }).size     // 6
 */
export function permutate<const Candidates extends readonly unknown[]>(
  candidates: Candidates,
  { name }: NameOptions = {},
): { -readonly [Index in keyof Candidates]: Candidates[number] } {
  checkCandidates('permutate', candidates)
  const all = new ManyOf({ count: candidates.length, candidates, name })
  return all as unknown as { -readonly [Index in keyof Candidates]: Candidates[number] }
}

/** What `OneOf` and `ManyOf` have in common. */
export abstract class ChoiceHyper extends HyperValue.define('search.Choice', {
  candidates: f.list(f.any(), { minSize: 1 }),
}) {
  static readonly isAbstract: boolean = true
}

/** The node that `oneOf` makes. */
export class OneOf extends ChoiceHyper.define('search.OneOf', {}) {
  protected override misfit(field: Field): string | null {
    for (let i = 0; i < this.candidates.length; i++) {
      const [problem] = problemsOf(field, this.candidates.at(i))
      if (problem !== undefined) return refusal('oneOf', i, problem.path, problem)
    }
    return null
  }
}

/** The node that `manyOf` and `permutate` make. */
export class ManyOf extends ChoiceHyper.define('search.ManyOf', {
  count: f.int({ min: 1 }),
  distinct: f.bool().default(true),
  sorted: f.bool().default(false),
}) {
  /**
   * Rows are tried in which every candidate comes to stand somewhere, and in every position where the field may tell
   * positions apart: exact for lists and tuples, which judge each element by itself.
   */
  protected override misfit(field: Field): string | null {
    const { kind, options, transform } = field.rules
    const isEven = kind === null && options.length === 0 && transform === null
    const { count, candidates } = this
    for (let shift = 0; shift < candidates.length; shift += isEven ? count : 1) {
      const indexAt = (position: number): number => (position + shift) % candidates.length
      const row = Array.from({ length: count }, (_, position) => candidates.at(indexAt(position)))
      const [problem] = problemsOf(field, row)
      if (problem === undefined) continue
      const [, position, within] = /^\[(\d+)\](.*)$/s.exec(problem.path) ?? []
      if (position === undefined) return `cannot be this manyOf: it ${problem.message}`
      return refusal('manyOf', indexAt(Number(position)), (within as string).replace(/^\./, ''), problem)
    }
    return null
  }

  onBound(): void {
    checkCount(this.count, this.candidates.length, this.distinct)
  }
}

for (const type of [OneOf, ManyOf]) register(type)

/** Each candidate is compiled for each place, so a number from elsewhere must not ask for any amount of memory. */
const MOST_PLACES = 10_000_000

function refusal(word: string, index: number, within: string, { message }: Problem): string {
  const below = within === '' || within.startsWith('[') ? within : `.${within}`
  return `cannot be this ${word}: candidates[${index}]${below} ${message}`
}

function checkCount(count: number, available: number, distinct: boolean): void {
  if (!Number.isInteger(count) || count < 1) {
    throw new SpaceError('', `manyOf takes at least 1 of its candidates, got ${String(count)}`)
  }
  if (count * available > MOST_PLACES) {
    throw new SpaceError(
      '',
      `manyOf cannot take ${count} of ${available} candidates: more than a space can hold`,
    )
  }
  if (distinct && count > available) {
    throw new SpaceError(
      '',
      `manyOf cannot take ${count} different ones of ${available} candidates; { distinct: false } allows repeats`,
    )
  }
}

function checkCandidates(word: string, candidates: readonly unknown[]): void {
  if (!Array.isArray(candidates) || candidates.length === 0) {
    throw new SpaceError(
      '',
      `${word} needs at least one candidate${Array.isArray(candidates) ? '' : ', in an array'}`,
    )
  }
  const absent = candidates.indexOf(undefined)
  if (absent >= 0)
    throw new SpaceError('', `${word}: candidate ${absent} is undefined; only null can stand for nothing`)
}

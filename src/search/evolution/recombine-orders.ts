/**
 * Recombinators of orders: of two permutations they make others, each with something of both. They apply to every
 * `permutate` (and `manyOf` of all candidates) that both parents have open; all else stays with the parent. What is
 * decided inside a candidate moves with it.
 */

import { Choices } from '../dna/choices.ts'
import { Dna } from '../dna/dna.ts'
import type { Gene } from '../dna/dna-spec.ts'
import type { ManyChoices } from '../dna/many-choices.ts'
import type { Rng } from '../rng.ts'
import { isPermutation, pairs } from './crossover.ts'
import type { Operator } from './operator.ts'

/**
 * PMX (Goldberg and Lingle, 1985): a stretch from the other parent, at its place; the rest stays at its place, and what
 * would be there twice gives way to what the stretch has pushed out.
 */
export const partiallyMapped = (): Operator => orders('partiallyMapped', stretchOf, mapped)

/** OX (Davis, 1985): a stretch stays, and what is missing follows it in the order of the other parent. */
export const order = (): Operator => orders('order', stretchOf, ordered)

/**
 * CX (Oliver, Smith and Holland, 1987): each candidate stands where one of the parents has it. The cycles of places that
 * hold the same candidates in both go to one parent and the other in turn.
 */
export const cycle = (): Operator => orders('cycle', () => null, cycled)

/** From a place up to, not including, another. */
export type Stretch = readonly [from: number, to: number]

/** @internal PMX of two orders of the same numbers. */
export function mapped(own: readonly number[], other: readonly number[], [from, to]: Stretch): number[] {
  const stretch = other.slice(from, to)
  return own.map((number, place) => {
    if (from <= place && place < to) return other[place] as number
    let candidate = number
    for (let at = stretch.indexOf(candidate); at >= 0; at = stretch.indexOf(candidate)) {
      candidate = own[from + at] as number
    }
    return candidate
  })
}

/** @internal OX of two orders of the same numbers. */
export function ordered(own: readonly number[], other: readonly number[], [from, to]: Stretch): number[] {
  const { length } = own
  const kept = new Set(own.slice(from, to))
  const missing = other.map((_, i) => other[(to + i) % length] as number).filter(number => !kept.has(number))
  const result = [...own]
  missing.forEach((number, i) => {
    result[(to + i) % length] = number
  })
  return result
}

/** @internal CX of two orders of the same numbers. */
export function cycled(own: readonly number[], other: readonly number[]): number[] {
  const result = own.map(() => -1)
  for (let start = 0, isOwn = true; start < own.length; start++) {
    if (result[start] !== -1) continue
    for (let at = start; result[at] === -1; at = own.indexOf(other[at] as number)) {
      result[at] = (isOwn ? own : other)[at] as number
    }
    isOwn = !isOwn
  }
  return result
}

type Recombine<Plan> = (own: readonly number[], other: readonly number[], plan: Plan) => readonly number[]

/** An operator for all permutations of a pair; both children are made by the same plan. */
function orders<Plan>(
  name: string,
  plan: (length: number, rng: Rng) => Plan,
  recombine: Recombine<Plan>,
): Operator {
  return pairs(name, (one, other, rng) => {
    const [rows, partners] = [permutationsOf(one), permutationsOf(other)]
    const plans = new Map([...rows.keys()].map(row => [row, plan(row.choices.length, rng)]))
    const child = (dna: Dna, own: Rows, others: Rows): Dna => {
      const genes: Gene[] = []
      let end = 0
      for (const [row, starts] of own) {
        const partner = others.get(row)
        // A row inside a row has moved with its candidate.
        if (partner === undefined || (starts[0] as number) < end) continue
        const parts = partsOf(dna, row, starts)
        const numbers = [...parts.keys()]
        const theirs = partner.map(at => (dna === one ? other : one).genes[at] as number)
        for (let i = end; i < (starts[0] as number); i++) genes.push(dna.genes[i] as Gene)
        for (const number of recombine(numbers, theirs, plans.get(row) as Plan)) {
          genes.push(...(parts.get(number) as readonly Gene[]))
        }
        end = (row.choices.at(-1) as Choices).end(dna.genes, starts.at(-1) as number)
      }
      return new Dna(dna.spec, [...genes, ...dna.genes.slice(end)])
    }
    return [child(one, rows, partners), child(other, partners, rows)]
  })
}

/** The rows that are permutations, in order, each with the places where its choices start. */
type Rows = ReadonlyMap<ManyChoices, readonly number[]>

function permutationsOf(dna: Dna): Rows {
  const rows = new Map<ManyChoices, number[]>()
  dna.spec.eachOpen(dna.genes, 0, (point, at) => {
    if (!(point instanceof Choices) || point.row === null || !isPermutation(point)) return
    const starts = rows.get(point.row.of)
    if (starts === undefined) rows.set(point.row.of, [at])
    else starts.push(at)
  })
  return rows
}

/** What stands in a row, by the candidate: its index and what is decided inside. */
function partsOf(
  { genes }: Dna,
  { choices }: ManyChoices,
  starts: readonly number[],
): Map<number, readonly Gene[]> {
  return new Map(
    starts.map((start, i) => [genes[start] as number, genes.slice(start, choices[i]?.end(genes, start))]),
  )
}

/** A stretch of at least one place, every one equally likely. */
function stretchOf(length: number, rng: Rng): Stretch {
  const [one, other] = [rng.int(length + 1), rng.int(length)]
  return other < one ? [other, one] : [one, other + 1]
}

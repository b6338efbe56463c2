/** Operators that mutate: each individual becomes a child near it. Any `Mutator` can be one; some more are here. */

import { type Mutator, uniformMutator } from '../algorithms/mutators.ts'
import { geneAt, isNumberPoint, type NumberPoint, partOf } from '../algorithms/unit-scale.ts'
import { Choices } from '../dna/choices.ts'
import { Dna } from '../dna/dna.ts'
import type { DecisionPoint, Gene } from '../dna/dna-spec.ts'
import { SpaceError } from '../errors.ts'
import type { Rng } from '../rng.ts'
import { lineage, type Operator, operator } from './operator.ts'
import { at, nameOf, type Scalar } from './schedule.ts'

/** Each individual mutated once. */
export const mutate = (mutator: Mutator = uniformMutator): Operator =>
  mutated(`mutate(${mutator.name})`, mutator, () => 1)

/**
 * Each individual mutated as often as a coin falls, tossed for every decision that is open, and at least once. Without a
 * probability there is one mutation to be expected.
 */
export function mutateEach(probability: Scalar | null = null, mutator: Mutator = uniformMutator): Operator {
  if (typeof probability === 'number' && !(0 <= probability && probability <= 1)) {
    throw new SpaceError('', `the probability of a mutation must be from 0 to 1, got ${probability}`)
  }
  const words = [...(probability === null ? [] : [nameOf(probability)]), mutator.name]
  return mutated(`mutateEach(${words.join(', ')})`, mutator, (length, rng, step) => {
    const chance = probability === null ? 1 / length : at(probability, step)
    let heads = 0
    for (let i = 0; i < length; i++) if (rng.float() < chance) heads++
    return Math.max(1, heads)
  })
}

/**
 * Like `uniformMutator`, but a number becomes one near it: most steps are small and some go far, and none leaves the
 * range (polynomial mutation, Deb and Goyal, 1996; its index is 20). For objectives that are smooth in the numbers.
 */
export const nearMutator: Mutator = {
  name: 'near',
  mutate(dna, rng) {
    const places = openPlaces(dna, point => point.isMutable)
    if (places.length === 0) return dna
    const { point, at } = rng.pick(places)
    if (!isNumberPoint(point)) return dna.spec.redrawDna(dna, at, rng)
    const genes = dna.toNumbers()
    genes[at] = near(point, genes[at] as Gene, rng)
    return new Dna(dna.spec, genes)
  },
}

/**
 * Two places of a row of choices swapped, with what they open; the same DNA when there is no row whose order matters.
 * For permutations whose order is a matter of place, as in assignments; for tours there is `twoOptMutator`.
 */
export const swapMutator: Mutator = {
  name: 'swap',
  mutate(dna, rng) {
    const { spec, genes } = dna
    const places = openPlaces(dna, point => isOrdered(point))
    const isPartner = (one: Place, other: Place): boolean =>
      rowOf(one) === rowOf(other) && genes[one.at] !== genes[other.at]
    const able = places.filter(one => places.some(other => isPartner(one, other)))
    if (able.length === 0) return dna
    const one = rng.pick(able)
    const other = rng.pick(places.filter(place => isPartner(one, place)))
    const [left, right] = one.at < other.at ? [one, other] : [other, one]
    const [leftEnd, rightEnd] = [left, right].map(({ point, at }) => point.end(genes, at))
    return new Dna(spec, [
      ...genes.slice(0, left.at),
      ...genes.slice(right.at, rightEnd),
      ...genes.slice(leftEnd, right.at),
      ...genes.slice(left.at, leftEnd),
      ...genes.slice(rightEnd),
    ])
  },
}

/** An open decision, and where its gene is. */
interface Place {
  readonly point: DecisionPoint
  readonly at: number
}

function openPlaces(dna: Dna, isWanted: (point: DecisionPoint) => boolean): Place[] {
  const places: Place[] = []
  dna.spec.eachOpen(dna.genes, 0, (point, at) => {
    if (isWanted(point)) places.push({ point, at })
  })
  return places
}

const rowOf = ({ point }: Place) => (point instanceof Choices ? (point.row?.of ?? null) : null)

/** Whether a decision is one of a row whose order matters. */
const isOrdered = (point: DecisionPoint): boolean =>
  point instanceof Choices && point.row !== null && !point.row.of.rules.sorted

type HowOften = (length: number, rng: Rng, step: number) => number

function mutated(name: string, mutator: Mutator, howOften: HowOften): Operator {
  return operator(name, (population, { rng, step, spec }) =>
    population.map(individual => {
      let dna = new Dna(spec, individual.genes)
      for (let i = howOften(dna.genes.length, rng, step); i > 0; i--) dna = mutator.mutate(dna, rng)
      return { id: null, parents: lineage(individual), genes: dna.genes, values: [] }
    }),
  )
}

/** The index of the polynomial: the higher the nearer. */
const INDEX = 20
/** How often a step that is too small for an integer is tried again. */
const ATTEMPTS = 8

function near(point: NumberPoint, gene: Gene, rng: Rng): Gene {
  const from = partOf(point, gene)
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const next = geneAt(point, from + step(from, rng))
    if (next !== gene) return next
  }
  return point.vary(gene, rng)
}

/** How far to go from a part of the way, so that the end of the way is never passed. */
function step(from: number, rng: Rng): number {
  const u = rng.float()
  if (u < 0.5) return (2 * u + (1 - 2 * u) * (1 - from) ** (INDEX + 1)) ** (1 / (INDEX + 1)) - 1
  return 1 - (2 * (1 - u) + (2 * u - 1) * from ** (INDEX + 1)) ** (1 / (INDEX + 1))
}

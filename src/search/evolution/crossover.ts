/**
 * What all recombinators share. Individuals are taken in pairs, and each pair has two children in its place, the second
 * made as the first with the parents' parts exchanged. A child is decided from the root on: each decision that opens is
 * taken from one parent, from the other where the first did not have it or may not lend it, and is drawn where neither
 * can help. So a child is a point of the space, whatever conditions and rows there are.
 */

import { Choices } from '../dna/choices.ts'
import { Dna } from '../dna/dna.ts'
import type { DecisionPoint, Gene } from '../dna/dna-spec.ts'
import type { SpaceSpec } from '../dna/space-spec.ts'
import type { Rng } from '../rng.ts'
import { type Individual, lineage, type Operator, operator } from './operator.ts'

/** Makes the two children of two parents. */
export type Cross = (one: Dna, other: Dna, rng: Rng, step: number) => readonly Dna[]

/**
 * Recombines individuals in pairs: the first with the second, the third with the fourth; an odd one stays as it is. The
 * name must say all that the function depends on.
 *
 *     recombine.pairs('mine', (one, other, rng) => [rng.int(2) === 0 ? one : other])
 */
export const pairs = (name: string, cross: Cross): Operator =>
  operator(name, (population, { rng, step, spec }) => {
    const children: Individual[] = []
    for (let i = 0; i + 1 < population.length; i += 2) {
      const [one, other] = [population[i] as Individual, population[i + 1] as Individual]
      const parents = [...new Set([...lineage(one), ...lineage(other)])]
      for (const { genes } of cross(new Dna(spec, one.genes), new Dna(spec, other.genes), rng, step)) {
        children.push({ id: null, parents, genes, values: [] })
      }
    }
    return population.length % 2 === 1 ? [...children, population.at(-1) as Individual] : children
  })

/** Gives the gene of a decision that both parents have; null leaves it to who is first. */
export type Blend = (point: DecisionPoint, own: Gene, other: Gene) => Gene | null

/** Whether a decision comes from the first parent, of the first child. */
export type Sides = (point: DecisionPoint) => boolean

/** A child of two parents; `isOwn` says from which of them a decision comes. */
export function child(own: Dna, other: Dna, isOwn: Sides, rng: Rng, blend: Blend = () => null): Dna {
  const [first, second] = [genesOf(own), genesOf(other)]
  return Dna.fromDecisions((point, allowed) => {
    const [near, far] = isOwn(point)
      ? [first.get(point), second.get(point)]
      : [second.get(point), first.get(point)]
    const blended = near === undefined || far === undefined ? null : blend(point, near, far)
    for (const gene of [blended, near, far]) {
      if (gene !== null && gene !== undefined && (allowed?.includes(gene as number) ?? true)) return gene
    }
    return allowed === null ? point.draw(rng) : rng.pick(allowed)
  }, own.spec)
}

/**
 * The decision that says where a decision comes from: itself, but for the choices of a permutation, which come from one
 * parent together, since an order in pieces is none.
 */
export function leaderOf(point: DecisionPoint): DecisionPoint {
  if (!(point instanceof Choices) || !isPermutation(point)) return point
  return point.row?.of.choices[0] ?? point
}

/** Whether a choice is one of a row that is an order of all candidates. */
export function isPermutation({ row, candidates }: Choices): boolean {
  return (
    row?.of.rules.distinct === true && !row.of.rules.sorted && row.of.choices.length === candidates.length
  )
}

/** Where each decision of a space stands among all, closed ones too: as one row, whatever is open. */
export function positionsOf(spec: SpaceSpec): ReadonlyMap<DecisionPoint, number> {
  let known = positions.get(spec)
  if (known === undefined) {
    known = new Map(spec.points.map((point, i) => [point, i]))
    positions.set(spec, known)
  }
  return known
}

const positions = new WeakMap<SpaceSpec, ReadonlyMap<DecisionPoint, number>>()

function genesOf(dna: Dna): Map<DecisionPoint, Gene> {
  return new Map(dna.decisions().map(({ point, gene }) => [point, gene]))
}

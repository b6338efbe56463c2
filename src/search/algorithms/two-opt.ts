/**
 * The 2-opt move (Croes, 1958) as a mutator: in a tour that is written as a permutation, turning a stretch around
 * replaces two of its legs and keeps all others, where swapping two places replaces four.
 */

import { Choices } from '../dna/choices.ts'
import { Dna } from '../dna/dna.ts'
import type { DecisionPoint, Gene } from '../dna/dna-spec.ts'
import type { ManyChoices } from '../dna/many-choices.ts'
import type { Rng } from '../rng.ts'
import type { Mutator } from './mutators.ts'

/**
 * Turns a stretch of a permutation around; any other decision is changed as by `uniformMutator`.
 *
 *     new Study(Space.of({ tour: permutate(cities) }), hillClimb({ mutator: twoOptMutator }))
 */
export const twoOptMutator: Mutator = {
  name: 'two-opt',
  mutate(dna, rng) {
    const places: { readonly point: DecisionPoint; readonly at: number }[] = []
    dna.spec.eachOpen(dna.genes, 0, (point, at) => {
      if (point.isMutable) places.push({ point, at })
    })
    if (places.length === 0) return dna
    const { point, at } = rng.pick(places)
    const row = permutationOf(point)
    if (row === null) return dna.spec.redrawDna(dna, at, rng)
    return turned(
      dna,
      places.filter(place => permutationOf(place.point) === row).map(place => place.at),
      row,
      rng,
    )
  },
}

/** The permutation that a decision is a place of, if it is. */
function permutationOf(point: DecisionPoint): ManyChoices | null {
  if (!(point instanceof Choices) || point.row === null) return null
  const { choices, rules } = point.row.of
  return rules.distinct && !rules.sorted && choices.length === point.candidates.length ? point.row.of : null
}

/** The DNA with a random stretch of a row turned around, each choice with what it opens. */
function turned({ spec, genes }: Dna, starts: readonly number[], { choices }: ManyChoices, rng: Rng): Dna {
  const last = starts.length - 1
  const end = (choices[last] as Choices).end(genes, starts[last] as number)
  const parts = starts.map((start, i) => genes.slice(start, starts[i + 1] ?? end))
  const [one, other] = [rng.int(last + 1), rng.int(last)]
  const [from, to] = other < one ? [other, one] : [one, other + 1]
  const middle: Gene[][] = [
    ...parts.slice(0, from),
    ...parts.slice(from, to + 1).reverse(),
    ...parts.slice(to + 1),
  ]
  return new Dna(spec, [...genes.slice(0, starts[0]), ...middle.flat(), ...genes.slice(end)])
}

/** Populations to try operators on, and points of any space for laws. */

import type { Individual, Operator, OperatorContext } from '../../../src/search/evolution/operator.ts'
import {
  type Dna,
  floatV,
  type Gene,
  intV,
  manyOf,
  oneOf,
  permutate,
  Rng,
  Space,
} from '../../../src/search/index.ts'

/** Individuals with the trial ids 1, 2, 3 …, whose values are their genes. */
export const population = (...genes: readonly (readonly number[])[]): Individual[] =>
  genes.map((each, i) => ({ id: i + 1, parents: [], genes: each, values: each }))

export const individual = (dna: Dna, id: number | null = 1): Individual => ({
  id,
  parents: [],
  genes: dna.genes,
  values: [],
})

export const apply = (
  operator: Operator,
  all: readonly Individual[],
  { rng = Rng.from(1), step = 0, spec = everything.spec }: Partial<OperatorContext> = {},
): readonly Individual[] => operator.run(all, { rng, step, spec })

export const genesOf = (all: readonly Individual[]): (readonly Gene[])[] => all.map(({ genes }) => genes)

export const idsOf = (all: readonly Individual[]): (number | null)[] => all.map(({ id }) => id)

/** Conditions, numbers of all kinds, and rows of all kinds, with decisions inside. */
export const everything = Space.of({
  branch: oneOf<unknown>([{ a: oneOf([1, 2, 3]), b: floatV(0, 1) }, [permutate([1, 2, 3])], 7]),
  whole: intV(-3, 900),
  rate: floatV(1e-4, 1, { scale: 'log' }),
  tour: permutate(['a', [oneOf([1, 2, 3])], 'c', [floatV(0, 1)], 'e']),
  pick: manyOf(3, ['a', 'b', [intV(0, 9)], 'd', 'e'] as unknown[]),
  rising: manyOf(3, [1, 2, 3, 4, 5, 6], { sorted: true }),
  bag: manyOf(2, [1, 2, 3], { sorted: true, distinct: false }),
  free: manyOf(2, [1, 2, 3], { distinct: false }),
})

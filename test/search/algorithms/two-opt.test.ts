import { expect } from 'chai'
import {
  type Dna,
  Dna as Dnas,
  floatV,
  intV,
  manyOf,
  oneOf,
  permutate,
  Rng,
  Space,
  twoOptMutator,
} from '../../../src/search/index.ts'

const mutants = (dna: Dna, count = 100): Dna[] =>
  Array.from({ length: count }, (_, i) => dna.spec.validate(twoOptMutator.mutate(dna, Rng.from(i))))

describe('twoOptMutator', () => {
  it('turns a stretch of a permutation around', () => {
    const { spec } = Space.of({ tour: permutate(['a', 'b', 'c', 'd']) })
    const found = new Set(mutants(Dnas.fromNumbers([0, 1, 2, 3], spec)).map(String))
    expect([...found].sort()).to.deep.equal([
      '[0, 1, 3, 2]',
      '[0, 2, 1, 3]',
      '[0, 3, 2, 1]',
      '[1, 0, 2, 3]',
      '[2, 1, 0, 3]',
      '[3, 2, 1, 0]',
    ])
  })

  it('takes along what the candidates open, and leaves what stands around', () => {
    const { spec } = Space.of({
      before: intV(3, 3),
      row: permutate([1, { x: floatV(0, 1) }, 2]),
      after: intV(7, 7),
    })
    const dna = Dnas.fromNumbers([3, 0, 1, 0.25, 2, 7], spec)
    const rows = mutants(dna)
      .map(({ genes }) => genes)
      .filter(genes => genes.includes(0.25))
    for (const genes of rows) {
      expect([genes[0], genes.at(-1)]).to.deep.equal([3, 7])
      expect(genes[genes.indexOf(0.25) - 1]).to.equal(1)
    }
    expect(new Set(rows.map(String)).size).to.equal(3)
  })

  it('changes other decisions one at a time', () => {
    const { spec } = Space.of([oneOf([1, 2, 3]), manyOf(2, ['a', 'b', 'c'])])
    const dna = spec.firstDna()
    for (const mutant of mutants(dna)) expect(mutant.equals(dna)).to.equal(false)
  })

  it('gives back what cannot change', () => {
    const { spec } = Space.of([intV(1, 1)])
    expect(twoOptMutator.mutate(spec.firstDna(), Rng.from(1)).equals(spec.firstDna())).to.equal(true)
  })
})

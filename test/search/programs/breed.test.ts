import { expect } from 'chai'
import { type Dna, evolve, Rng, Space } from '../../../src/search/index.ts'
import { hashText, onProbes } from '../../../src/search/programs/behavior.ts'
import { type Breeding, child, founder } from '../../../src/search/programs/breed.ts'
import { call } from '../../../src/search/programs/expression.ts'
import { programMutation, programsIn, sizeOf } from '../../../src/search/programs/genes.ts'
import { Language } from '../../../src/search/programs/language.ts'
import type { Individual } from '../../../src/search/programs/parents.ts'
import { giving, x, y } from './small-programs.ts'

const language = new Language({ primitives: ['+', '-', '*', 'min'], maxSize: 15 })
// x - y, with more in it than it needs.
const bloated = giving(call('-', call('+', x, call('-', y, y)), y))
const { spec } = Space.of(evolve(bloated, programMutation('test.breed', language)))
const probes = onProbes([
  [1, 2],
  [3, -4],
  [0.5, 7],
])

const behaviorOf = (dna: Dna): number => hashText(String(probes.of(programsIn(dna)[0]!.program)))
const first = spec.firstDna()
const parent: Individual = { id: 7, reward: 1, size: 7, genes: first.genes, does: behaviorOf(first) }

const breeding = (changes: Partial<Breeding> = {}): Breeding => ({
  spec,
  language,
  rng: Rng.from(1),
  crossoverRate: 0,
  parent: () => parent,
  behaviorOf,
  isSeen: () => false,
  isDone: () => false,
  ...changes,
})

describe('breeding', () => {
  it('makes children that are near their parents, and names them', () => {
    const bred = child(breeding())
    expect(bred?.parents).to.eql([7])
    expect(spec.validate(bred!.dna)).to.equal(bred!.dna)
    expect(bred!.does).to.equal(behaviorOf(bred!.dna))
    const other: Individual = { ...parent, id: 8, genes: spec.randomDna(Rng.from(5)).genes }
    const parents = [parent, other]
    const crossed = child(breeding({ crossoverRate: 1, parent: () => parents.shift() ?? other }))
    expect(crossed?.parents).to.eql([7, 8])
  })

  it('gives nothing that was proposed before, or does what was done', () => {
    const done = new Set([parent.does])
    for (let seed = 0; seed < 50; seed++) {
      const bred = child(breeding({ rng: Rng.from(seed), isDone: does => done.has(does) }))
      expect(done.has(bred!.does)).to.equal(false)
      done.add(bred!.does)
    }
    expect(child(breeding({ isSeen: () => true }))).to.equal(null)
    expect(founder(breeding({ isDone: () => true }))).to.equal(null)
  })

  it('goes on from a smaller form of the parent that does the same', () => {
    const known = (does: number): boolean => does === parent.does
    const sizes = Array.from({ length: 200 }, (_, seed) =>
      sizeOf(child(breeding({ rng: Rng.from(seed), isDone: known }))!.dna),
    )
    // The parent has 7 nodes, and x - y has 3: changes of the small form are about that.
    expect(sizes.filter(size => size <= 3).length).to.be.greaterThan(20)
  })

  it('founds with programs near the first, and with others', () => {
    const founders = Array.from({ length: 60 }, (_, seed) => founder(breeding({ rng: Rng.from(seed) }))!)
    expect(new Set(founders.map(({ dna }) => String(dna))).size).to.be.greaterThan(40)
    expect(founders.every(({ parents }) => parents.length === 0)).to.equal(true)
  })

  it('has no children without parents', () => {
    expect(child(breeding({ parent: () => null }))).to.equal(null)
  })
})

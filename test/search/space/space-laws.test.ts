/** What holds for every space, whatever hyper values it is made of. ESPALIER_LAW_RUNS=5000 makes it a soak. */

import { expect } from 'chai'
import fc from 'fast-check'
import { Choices, Dna, type IntSpec, Rng, uniformMutator } from '../../../src/search/index.ts'
import { equals } from '../../../src/symbolic/index.ts'
import { hyperTrees, spaceOf } from '../hyper/hyper-trees.ts'

const LAWS = { numRuns: Number(process.env.ESPALIER_LAW_RUNS ?? 60) }

describe('all spaces', () => {
  it('are gone through from the first point to the last, each once, in order', () => {
    fc.assert(
      fc.property(hyperTrees(300), tree => {
        const { spec } = spaceOf(tree)
        const all = [...spec.iterate()]
        expect(all.length).to.equal(spec.size)
        all.forEach((dna, position) => {
          expect(spec.validate(dna)).to.equal(dna)
          if (position > 0) expect(dna.compare(all[position - 1] as Dna)).to.be.greaterThan(0)
          expect(spec.rankOf(dna)).to.equal(position)
          expect(spec.dnaAt(position).equals(dna)).to.equal(true)
        })
        expect(spec.nextDna(all.at(-1) as Dna)).to.equal(null)
      }),
      LAWS,
    )
  })

  it('give trees that lead back to a DNA of the same tree, the first in order', () => {
    fc.assert(
      fc.property(hyperTrees(100), tree => {
        const space = spaceOf(tree)
        const made: unknown[] = []
        for (const dna of space.iterate()) {
          const value = space.materialize(dna)
          expect(JSON.stringify(value)).not.to.contain('search.')
          const first = made.findIndex(other => equals(other, value))
          const encoded = space.encode(value)
          expect(space.spec.rankOf(encoded)).to.be.at.most(space.spec.rankOf(dna))
          if (first < 0) expect(equals(space.materialize(encoded), value)).to.equal(true)
          made.push(value)
        }
      }),
      LAWS,
    )
  })

  it('have DNAs that every form leads back to', () => {
    const forms = fc.record({
      keys: fc.constantFrom('id', 'name'),
      values: fc.constantFrom('number', 'choice'),
      rows: fc.constantFrom('each', 'list', 'both'),
      closed: fc.boolean(),
    })
    fc.assert(
      fc.property(hyperTrees(1_000_000), forms, fc.integer(), (tree, form, seed) => {
        const { spec } = spaceOf(tree)
        const dna = spec.randomDna(Rng.from(seed))
        expect(Dna.fromNumbers(dna.toNumbers(), spec).equals(dna)).to.equal(true)
        expect(Dna.fromJson(JSON.parse(JSON.stringify(dna)), spec).equals(dna)).to.equal(true)
        expect(Dna.fromDict(dna.toDict(form), spec, form).equals(dna)).to.equal(true)
        expect(Dna.fromDecisions(point => dna.find(point.id) as number, spec).equals(dna)).to.equal(true)
      }),
      LAWS,
    )
  })

  it('stay valid and change when they are mutated, wherever anything can change', () => {
    fc.assert(
      fc.property(hyperTrees(1_000_000), fc.integer(), (tree, seed) => {
        const { spec } = spaceOf(tree)
        const rng = Rng.from(seed)
        const dna = spec.randomDna(rng)
        const mutated = uniformMutator.mutate(spec.validate(dna), rng)
        spec.validate(mutated)
        const isStill = !dna.decisions().some(({ point }) => point.isMutable)
        expect(mutated.equals(dna)).to.equal(isStill)
      }),
      LAWS,
    )
  })

  it('make valid DNAs of any wishes', () => {
    fc.assert(
      fc.property(hyperTrees(1_000_000), fc.infiniteStream(fc.nat(9)), (tree, wishes) => {
        const { spec } = spaceOf(tree)
        const wish = (): number => wishes.next().value as number
        const dna = Dna.fromDecisions(
          point => (point instanceof Choices ? wish() % point.candidates.length : (point as IntSpec).min),
          spec,
          {
            repair: true,
          },
        )
        spec.validate(dna)
      }),
      LAWS,
    )
  })
})

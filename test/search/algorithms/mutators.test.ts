import { expect } from 'chai'
import fc from 'fast-check'
import {
  Dna,
  floatV,
  intV,
  manyOf,
  oneOf,
  permutate,
  Rng,
  Space,
  uniformMutator,
} from '../../../src/search/index.ts'

const space = Space.of({
  a: oneOf<unknown>([{ p: oneOf([1, 2]), q: oneOf([1, 2, 3]) }, [floatV(0, 1)], 7]),
  b: oneOf([1]),
  c: intV(0, 9),
})
const { spec } = space

/** The ids of the decisions that two DNAs do not share. */
function changed(a: Dna, b: Dna): string[] {
  const ids = new Set([...a.decisions(), ...b.decisions()].map(({ point }) => point.id))
  return [...ids].filter(id => a.find(id) !== b.find(id))
}

describe('uniformMutator', () => {
  it('draws one open decision again, with all that it opens, and gives another DNA', () => {
    fc.assert(
      fc.property(fc.integer(), seed => {
        const rng = Rng.from(seed)
        const before = space.random(rng)
        const after = uniformMutator.mutate(before, rng)
        expect(spec.validate(after)).to.equal(after)
        const ids = changed(before, after)
        expect(ids.length).to.be.greaterThan(0)
        expect(ids).not.to.include('b')
        // Either one decision, or the choice at `a` and what stood and stands inside.
        if (ids.length > 1) expect(ids.every(id => id.startsWith('a'))).to.equal(true)
        if (ids.includes('c')) expect(ids).to.deep.equal(['c'])
      }),
    )
  })

  it('reaches every decision evenly', () => {
    const rng = Rng.from(1)
    const counts = new Map<string, number>()
    const before = Dna.fromNumbers([0, 0, 1, 0, 5], spec)
    for (let i = 0; i < 4_000; i++) {
      const [id] = changed(before, uniformMutator.mutate(before, rng))
      counts.set(id as string, (counts.get(id as string) ?? 0) + 1)
    }
    expect([...counts.keys()].sort()).to.deep.equal(['a', 'a[=0/3].p', 'a[=0/3].q', 'c'])
    for (const count of counts.values()) expect(count).to.be.within(900, 1_100)
  })

  it('gives the same DNA where nothing can change', () => {
    const still = Space.of([oneOf([1]), intV(4, 4)]).first()
    expect(uniformMutator.mutate(still, Rng.from(1))).to.equal(still)
  })

  it('keeps rows what they have to be, and swaps where nothing else can be changed', () => {
    const rows = Space.of({
      tour: permutate([1, 2, 3, 4]),
      pick: manyOf(2, [1, 2, 3], { sorted: true }),
      all: manyOf(2, [1, 2], { sorted: true }),
      bag: manyOf(2, [1, 2], { distinct: false, sorted: true }),
    })
    const rng = Rng.from(2)
    const seen = new Map<string, Set<string>>()
    let dna = rows.first()
    for (let i = 0; i < 2_000; i++) {
      const next = uniformMutator.mutate(dna, rng)
      rows.validate(next)
      expect(next.equals(dna)).to.equal(false)
      dna = next
      for (const [key, value] of Object.entries(dna.toDict({ rows: 'list' }))) {
        seen.set(key, (seen.get(key) ?? new Set()).add(String(value)))
      }
    }
    expect([...seen].map(([key, values]) => [key, values.size])).to.deep.equal([
      ['tour', 24],
      ['pick', 3],
      ['all', 1],
      ['bag', 3],
    ])
  })
})

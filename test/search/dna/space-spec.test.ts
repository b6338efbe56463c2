import { expect } from 'chai'
import fc from 'fast-check'
import { Dna, floatV, intV, oneOf, Rng, Space, SpaceError } from '../../../src/search/index.ts'

/** The DNAs of a space in order, as PyGlove shows them. */
const listed = (tree: unknown): string[] => [...Space.of(tree).iterate()].map(String)
const ids = (tree: unknown): string[] => Space.of(tree).decisions.map(point => point.id)
const two = (): number => oneOf([1, 2])

describe('SpaceSpec', () => {
  // The tables were made by running PyGlove.
  it('enumerates a choice', () => {
    expect(listed(oneOf(['a', 'b', 'c']))).to.deep.equal(['0', '1', '2'])
    expect(listed({ x: oneOf(['a', 'b', 'c']), y: two() })).to.deep.equal([
      '[0, 0]',
      '[0, 1]',
      '[1, 0]',
      '[1, 1]',
      '[2, 0]',
      '[2, 1]',
    ])
  })

  it('enumerates choices inside candidates', () => {
    expect(listed(oneOf([two(), 3]))).to.deep.equal(['(0, 0)', '(0, 1)', '1'])
    expect(ids(oneOf([two(), 3]))).to.deep.equal(['', '[=0/2]'])
    const deep = { a: oneOf<unknown>([{ p: two(), q: two() }, 5]), b: two() }
    expect(listed(deep)).to.deep.equal([
      '[(0, [0, 0]), 0]',
      '[(0, [0, 0]), 1]',
      '[(0, [0, 1]), 0]',
      '[(0, [0, 1]), 1]',
      '[(0, [1, 0]), 0]',
      '[(0, [1, 0]), 1]',
      '[(0, [1, 1]), 0]',
      '[(0, [1, 1]), 1]',
      '[1, 0]',
      '[1, 1]',
    ])
    expect(ids(deep)).to.deep.equal(['a', 'a[=0/2].p', 'a[=0/2].q', 'b'])
    expect(ids({ z: oneOf([[two(), { u: two() }], []]) })).to.deep.equal(['z', 'z[=0/2][0]', 'z[=0/2][1].u'])
  })

  it('counts', () => {
    const size = (tree: unknown): number => Space.of(tree).size
    expect(size({ x: oneOf([1, 2, 3]), y: two() })).to.equal(6)
    expect(size({ x: oneOf([two(), 3]), y: intV(3, 6) })).to.equal(12)
    expect(size({ x: two(), y: floatV(0, 1) })).to.equal(Number.POSITIVE_INFINITY)
    expect(size({ x: two(), y: floatV(1, 1) })).to.equal(2)
    expect(size(Array.from({ length: 30 }, () => oneOf([1, 2, 3, 4])))).to.equal(4 ** 30)
  })

  it('enumerates exactly as many as it counts, in order, and finds each by its position', () => {
    fc.assert(
      fc.property(trees, tree => {
        const { spec } = Space.of(tree)
        const all = [...spec.iterate()]
        expect(all.length).to.equal(spec.size)
        all.forEach((dna, position) => {
          expect(spec.rankOf(dna)).to.equal(position)
          expect(spec.dnaAt(position).equals(dna)).to.equal(true)
          expect(spec.validate(dna)).to.equal(dna)
          if (position > 0) expect(dna.compare(all[position - 1] as Dna)).to.be.greaterThan(0)
        })
        expect(spec.nextDna(all.at(-1) as Dna)).to.equal(null)
      }),
      { numRuns: 60 },
    )
  })

  it('draws only valid DNAs, the same for the same seed', () => {
    fc.assert(
      fc.property(trees, fc.integer(), (tree, seed) => {
        const { spec } = Space.of({ tree, rate: floatV(0.1, 2, { scale: 'log' }) })
        const dna = spec.randomDna(Rng.from(seed))
        expect(spec.validate(dna)).to.equal(dna)
        expect(spec.randomDna(Rng.from(seed)).equals(dna)).to.equal(true)
      }),
    )
  })

  it('goes on from a DNA', () => {
    const { spec } = Space.of({ x: oneOf([1, 2, 3]), y: two() })
    expect([...spec.iterate(Dna.fromNumbers([1, 1], spec))].map(String)).to.deep.equal(['[2, 0]', '[2, 1]'])
  })

  it('cannot enumerate what has a float in it', () => {
    const { spec } = Space.of({ x: two(), y: { z: floatV(0, 1, { name: 'rate' }) } })
    expect(() => spec.nextDna(spec.firstDna())).to.throw(
      SpaceError,
      "the float at 'y.z' (rate) has no next value: only spaces of countable decisions can be enumerated",
    )
    expect(() => spec.dnaAt(0)).to.throw(SpaceError, 'no exact positions')
    expect(() => [...spec.iterate()]).to.throw(SpaceError)
  })

  it('enumerates spaces too big for positions', () => {
    const { spec } = Space.of(Array.from({ length: 600 }, () => oneOf([1, 2, 3, 4])))
    const first = spec.firstDna()
    expect(spec.nextDna(first)?.toNumbers().at(-1)).to.equal(1)
    expect(() => spec.rankOf(first)).to.throw(SpaceError)
  })

  it('refuses positions outside', () => {
    const { spec } = Space.of([two()])
    for (const rank of [-1, 2, 0.5])
      expect(() => spec.dnaAt(rank)).to.throw(SpaceError, `from 0 to 1, got ${rank}`)
  })
})

/** Trees with choices inside choices, of not too many points. */
const trees = fc
  .letrec<{ tree: unknown; hyper: unknown; leaf: unknown }>(tie => ({
    leaf: fc.constantFrom<unknown>(7, 'text', null, true),
    hyper: fc.oneof(
      fc
        .array(fc.oneof({ depthSize: 'small' }, tie('leaf'), tie('hyper'), tie('tree')), {
          minLength: 1,
          maxLength: 3,
        })
        .map(oneOf),
      fc.nat(2).map(n => intV(5, 5 + n)),
    ),
    tree: fc.record({ a: tie('hyper'), b: fc.oneof(tie('leaf'), tie('hyper')) }),
  }))
  .tree.filter(tree => Space.of(tree).size <= 2_000)

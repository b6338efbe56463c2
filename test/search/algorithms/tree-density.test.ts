import { expect } from 'chai'
import { TreeDensity } from '../../../src/search/algorithms/tree-density.ts'
import { DnaRows } from '../../../src/search/dna/dna-rows.ts'
import {
  Dna,
  floatV,
  manyOf,
  oneOf,
  permutate,
  Rng,
  Space,
  type SpaceSpec,
} from '../../../src/search/index.ts'

function densityOf(spec: SpaceSpec, known: readonly (readonly number[])[]): TreeDensity {
  const rows = DnaRows.of(spec)
  return new TreeDensity(
    rows,
    known.map(numbers => rows.rowOf(Dna.fromNumbers(numbers, spec).genes)),
  )
}
const at = (density: TreeDensity, spec: SpaceSpec, numbers: readonly number[]): number =>
  Math.exp(density.logAt(DnaRows.of(spec).rowOf(Dna.fromNumbers(numbers, spec).genes)))

const tree = Space.of([oneOf([1, oneOf([2, 3, 4])]), oneOf([5, 6])]).spec

describe('the density of DNAs', () => {
  it('sums to 1 over a finite space', () => {
    const density = densityOf(tree, [
      [1, 2, 0],
      [1, 1, 0],
      [0, 1],
    ])
    const sum = [...tree.iterate()].reduce(
      (total, dna) => total + at(density, tree, dna.genes as number[]),
      0,
    )
    expect(sum).to.be.closeTo(1, 1e-12)
  })

  it('sums to 1 over a float, at the ends of its range too', () => {
    const { spec } = Space.of([floatV(0, 1)])
    const density = densityOf(spec, [[0.01], [0.5], [1]])
    let sum = 0
    for (let i = 0; i < 1_000; i++) sum += at(density, spec, [(i + 0.5) / 1_000]) / 1_000
    expect(sum).to.be.closeTo(1, 1e-4)
  })

  it('is that of what is drawn', () => {
    const density = densityOf(tree, [
      [1, 2, 0],
      [1, 2, 1],
      [0, 1],
    ])
    const rng = Rng.from(1)
    const counts = new Map<string, number>()
    for (let i = 0; i < 20_000; i++) {
      const text = String(density.draw(rng).dna)
      counts.set(text, (counts.get(text) ?? 0) + 1)
    }
    for (const dna of tree.iterate()) {
      const expected = 20_000 * at(density, tree, dna.genes as number[])
      expect(Math.abs((counts.get(String(dna)) ?? 0) - expected)).to.be.below(5 * Math.sqrt(expected))
    }
  })

  it('models the joint: of two pairs that were seen, not their mixtures', () => {
    const { spec } = Space.of([oneOf([0, 1, 2, 3]), oneOf([0, 1, 2, 3])])
    const density = densityOf(
      spec,
      Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? [0, 3] : [3, 0])),
    )
    expect(at(density, spec, [0, 3])).to.be.above(5 * at(density, spec, [0, 0]))
  })

  it('is even in a branch that nobody was in, and narrow in one that many were in', () => {
    const { spec } = Space.of([oneOf([{ x: floatV(0, 1) }, { y: floatV(0, 1) }])])
    const density = densityOf(
      spec,
      Array.from({ length: 10 }, () => [0, 0.5]),
    )
    expect(at(density, spec, [1, 0.2])).to.be.closeTo(at(density, spec, [1, 0.9]), 1e-12)
    expect(at(density, spec, [0, 0.5])).to.be.above(2 * at(density, spec, [0, 0.1]))
  })

  it('keeps the rules of rows of choices', () => {
    const { spec } = Space.of([permutate([1, 2, 3, 4, 5]), manyOf(2, ['a', 'b', 'c'], { sorted: true })])
    const density = densityOf(spec, [spec.firstDna().genes as number[]])
    const rng = Rng.from(1)
    for (let i = 0; i < 200; i++) spec.validate(density.draw(rng).dna)
  })

  it('says which kernel was drawn from', () => {
    const density = densityOf(tree, [[1, 2, 0]])
    const kernels = new Set(Array.from({ length: 50 }, (_, i) => density.draw(Rng.from(i)).kernel))
    expect([...kernels].sort()).to.deep.equal([0, null])
  })
})

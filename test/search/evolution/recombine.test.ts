import { expect } from 'chai'
import fc from 'fast-check'
import type { Operator } from '../../../src/search/evolution/operator.ts'
import * as recombine from '../../../src/search/evolution/recombine.ts'
import { floatV, intV, oneOf, permutate, Rng, Space, SpaceError } from '../../../src/search/index.ts'
import { apply, everything, genesOf, individual, population } from './population.ts'

const digits = Space.of(Array.from({ length: 6 }, () => oneOf([0, 1]))).spec
const pair = population([0, 0, 0, 0, 0, 0], [1, 1, 1, 1, 1, 1])
const texts = (operator: Operator, rng = Rng.from(1)): string[] =>
  genesOf(apply(operator, pair, { spec: digits, rng })).map(genes => genes.join(''))

const ALL: readonly Operator[] = [
  recombine.uniform(),
  recombine.kPoint(3),
  recombine.segmented([2, 5]),
  recombine.average(),
  recombine.simulatedBinary(),
  recombine.partiallyMapped(),
  recombine.order(),
  recombine.cycle(),
]

describe('recombinators', () => {
  it('give points of the space, whatever it holds, and the same for the same seed', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(...ALL), (seed, operator) => {
        const rng = Rng.from(seed)
        const parents = [everything.random(rng), everything.random(rng)].map((dna, i) =>
          individual(dna, i + 1),
        )
        const run = () => apply(operator, parents, { rng: Rng.from(seed) })
        for (const { genes, parents, id } of run()) {
          everything.spec.checkAll(genes)
          expect([id, parents]).to.deep.equal([null, [1, 2]])
        }
        expect(run()).to.deep.equal(run())
      }),
      { numRuns: 400 },
    )
  })

  it('of one parent with itself give that parent', () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom(...ALL), (seed, operator) => {
        const rng = Rng.from(seed)
        const parent = everything.random(rng)
        // The middle of a number and itself may be the next one.
        if (operator.name === 'average') return
        const children = apply(operator, [individual(parent), individual(parent)], { rng })
        for (const { genes } of children) expect(genes).to.deep.equal(parent.genes)
      }),
    )
  })

  it('cut the row of decisions, and give two children that have it all', () => {
    expect(texts(recombine.segmented([2, 5]))).to.deep.equal(['001110', '110001'])
    expect(texts(recombine.segmented([99]))).to.deep.equal(['000000', '111111'])
    const rng = Rng.from(1)
    for (const cuts of [0, 1, 2, 5, 9]) {
      for (let i = 0; i < 20; i++) {
        const [one, other] = texts(recombine.kPoint(cuts), rng) as [string, string]
        const turns = [...one].filter((bit, i) => i > 0 && bit !== one[i - 1]).length
        expect(turns).to.equal(Math.min(cuts, 5))
        expect([...other].map(bit => 1 - Number(bit)).join('')).to.equal(one)
      }
    }
  })

  it('toss a coin for each decision', () => {
    const rng = Rng.from(1)
    const ones = (share?: number): number => {
      let count = 0
      for (let i = 0; i < 200; i++)
        count += [...(texts(recombine.uniform(share), rng)[0] as string)].filter(bit => bit === '1').length
      return count / 1_200
    }
    expect(ones()).to.be.within(0.45, 0.55)
    expect(ones(0.9)).to.be.within(0.07, 0.13)
  })

  it('take permutations as wholes', () => {
    const { spec } = Space.of([permutate([1, 2, 3, 4, 5]), oneOf([0, 1])])
    const rng = Rng.from(1)
    const parents = population([0, 1, 2, 3, 4, 0], [4, 3, 2, 1, 0, 1])
    const seen = new Set<string>()
    for (let i = 0; i < 50; i++) {
      for (const genes of genesOf(apply(recombine.uniform(), parents, { spec, rng })))
        seen.add(genes.join(''))
    }
    expect([...seen].sort()).to.deep.equal(['012340', '012341', '432100', '432101'])
  })

  it('average numbers on their scale', () => {
    const { spec } = Space.of([floatV(0, 10), floatV(0.01, 100, { scale: 'log' }), intV(0, 10)])
    const [child] = genesOf(apply(recombine.average(), population([2, 0.1, 2], [4, 10, 6]), { spec }))
    expect(child?.map(gene => Number(Number(gene).toFixed(9)))).to.deep.equal([3, 1, 4])
  })

  it('spread numbers around their parents, and as far from one as from the other', () => {
    const { spec } = Space.of([floatV(0, 10)])
    const rng = Rng.from(1)
    let near = 0
    for (let i = 0; i < 500; i++) {
      const children = genesOf(apply(recombine.simulatedBinary(), population([4], [6]), { spec, rng }))
      const [[a], [b]] = children as [[number], [number]]
      expect(a + b).to.be.closeTo(10, 1e-9)
      if (Math.min(Math.abs(a - 4), Math.abs(a - 6)) < 0.3) near++
    }
    expect(near).to.be.above(450)
  })

  it('refuse what makes no sense', () => {
    expect(() => recombine.simulatedBinary(-1)).to.throw(SpaceError, 'at least 0, got -1')
    expect(() => recombine.segmented([2, 2])).to.throw(SpaceError, 'positive integers that rise, got 2, 2')
    expect(() => recombine.segmented([0])).to.throw(SpaceError)
  })
})

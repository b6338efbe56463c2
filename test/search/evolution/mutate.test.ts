import { expect } from 'chai'
import fc from 'fast-check'
import { mutate, mutateEach, nearMutator, swapMutator } from '../../../src/search/evolution/mutate.ts'
import { linear } from '../../../src/search/evolution/schedule.ts'
import {
  Dna,
  floatV,
  intV,
  manyOf,
  oneOf,
  permutate,
  Rng,
  Space,
  SpaceError,
} from '../../../src/search/index.ts'
import { apply, everything, individual } from './population.ts'

const bits = Space.of(Array.from({ length: 20 }, () => oneOf([0, 1]))).spec

describe('mutate', () => {
  it('makes a child of each, in its place', () => {
    const parent = individual(bits.firstDna(), 7)
    const children = apply(mutate(), [parent, { ...parent, id: null, parents: [3, 4] }], { spec: bits })
    expect(children.map(({ id, parents, values }) => ({ id, parents, values }))).to.deep.equal([
      { id: null, parents: [7], values: [] },
      { id: null, parents: [3, 4], values: [] },
    ])
    for (const { genes } of children) expect(genes.filter(gene => gene === 1).length).to.equal(1)
  })
})

describe('mutateEach', () => {
  const changes = (operator = mutateEach(), step = 0): number[] => {
    const rng = Rng.from(1)
    return Array.from({ length: 300 }, () => {
      const [child] = apply(operator, [individual(bits.firstDna())], { spec: bits, rng, step })
      return child?.genes.filter(gene => gene === 1).length ?? 0
    })
  }

  it('mutates as often as coins fall, and at least once', () => {
    const mean = (numbers: number[]): number => numbers.reduce((sum, n) => sum + n, 0) / numbers.length
    expect(mean(changes())).to.be.within(1.1, 1.5)
    expect(mean(changes(mutateEach(0.25)))).to.be.within(3.5, 5)
    expect(changes(mutateEach(linear(1, 0, 10)), 10).every(n => n === 1)).to.equal(true)
  })

  it('refuses what is no probability', () => {
    expect(() => mutateEach(1.5)).to.throw(SpaceError, 'from 0 to 1, got 1.5')
  })
})

describe('nearMutator', () => {
  it('keeps to the space and changes something', () => {
    fc.assert(
      fc.property(fc.integer(), seed => {
        const rng = Rng.from(seed)
        const before = everything.random(rng)
        const after = nearMutator.mutate(before, rng)
        everything.validate(after)
        expect(after.equals(before)).to.equal(false)
      }),
    )
  })

  it('takes small steps with numbers, on their scale', () => {
    const { spec } = Space.of([floatV(1e-6, 1, { scale: 'log' }), intV(0, 1_000)])
    const rng = Rng.from(1)
    const far = { float: 0, int: 0 }
    for (let i = 0; i < 1_000; i++) {
      const [float, int] = nearMutator.mutate(Dna.fromNumbers([1e-3, 500], spec), rng).genes as number[]
      if (Math.abs(Math.log10(float as number) + 3) > 1) far.float++
      if (Math.abs((int as number) - 500) > 150) far.int++
    }
    // A sixth of the way of the float is one power of ten.
    expect(far.float).to.be.below(30)
    expect(far.int).to.be.below(30)
    const edge = Space.of([intV(0, 1)]).first()
    expect(nearMutator.mutate(edge, rng).genes).to.deep.equal([1])
    const still = Space.of([oneOf([1])]).first()
    expect(nearMutator.mutate(still, rng)).to.equal(still)
  })
})

describe('swapMutator', () => {
  it('swaps two places of a row, with what stands inside', () => {
    const { spec } = Space.of(permutate(['a', [oneOf([1, 2, 3])], 'c']))
    const before = Dna.fromNumbers([0, 1, 2, 2], spec)
    const rng = Rng.from(1)
    const seen = new Set<string>()
    for (let i = 0; i < 100; i++) seen.add(String(spec.validate(swapMutator.mutate(before, rng))))
    expect([...seen].sort()).to.deep.equal(['[(1, 2), 0, 2]', '[0, 2, (1, 2)]', '[2, (1, 2), 0]'])
  })

  it('keeps any space, and leaves alone what has no order', () => {
    fc.assert(
      fc.property(fc.integer(), seed => {
        const rng = Rng.from(seed)
        const before = everything.random(rng)
        const after = swapMutator.mutate(before, rng)
        everything.validate(after)
        expect([...after.genes].sort()).to.deep.equal([...before.genes].sort())
        expect(after.equals(before)).to.equal(false)
      }),
    )
    const sorted = Space.of(manyOf(2, [1, 2, 3], { sorted: true })).first()
    expect(swapMutator.mutate(sorted, Rng.from(1))).to.equal(sorted)
  })
})

import { expect } from 'chai'
import fc from 'fast-check'
import {
  Dna,
  FloatSpec,
  floatV,
  IntSpec,
  intV,
  Rng,
  type Scale,
  Space,
  SpaceError,
} from '../../../src/search/index.ts'

const { spec } = Space.of({ z: floatV(0, 1), n: intV(3, 6) })
const scales: readonly Scale[] = ['linear', 'log', 'rlog']

function draws(count: number, scale: Scale): number[] {
  const { spec: floats } = Space.of({ r: floatV(0.001, 1, { scale }) })
  const rng = Rng.from(scale)
  return Array.from({ length: count }, () => floats.randomDna(rng).toNumbers()[0] as number)
}

describe('the specs of numbers', () => {
  it('say what is decided', () => {
    const [z, n] = spec.points as [FloatSpec, IntSpec]
    expect([z.kind, z.id, z.min, z.max, z.scale, z.size]).to.deep.equal([
      'float',
      'z',
      0,
      1,
      'linear',
      Infinity,
    ])
    expect([n.kind, n.id, n.min, n.max, n.size]).to.deep.equal(['int', 'n', 3, 6, 4])
    expect([n.literalOf(4), n.geneOf(4), n.geneOf('4')]).to.deep.equal([4, 4, undefined])
  })

  it('draw floats on their scale', () => {
    const below = (scale: Scale, limit: number): number =>
      draws(5_000, scale).filter(value => value < limit).length / 5_000
    expect(below('linear', 0.5)).to.be.closeTo(0.5, 0.03)
    // Three decades: a third of the draws in each.
    expect(below('log', 0.01)).to.be.closeTo(1 / 3, 0.03)
    expect(below('rlog', 0.991)).to.be.closeTo(2 / 3, 0.03)
  })

  it('stay inside the range, and reach both ends of it', () => {
    const ends = fc.double({ noNaN: true, min: 1e-300, max: Number.MAX_VALUE })
    fc.assert(
      fc.property(
        ends,
        ends,
        fc.double({ noNaN: true, min: 0, max: 1 }),
        fc.constantFrom(...scales),
        (a, b, part, scale) => {
          const [min, max] = [Math.min(a, b), Math.max(a, b)]
          const value = new FloatSpec('r', undefined, min, max, scale).at(part)
          return min <= value && value <= max
        },
      ),
    )
    for (const scale of scales) {
      const float = new FloatSpec('r', undefined, 0.3, 7, scale)
      expect([float.at(0), float.at(1)].map(end => Number(end.toFixed(9)))).to.deep.equal([0.3, 7])
    }
    const widest = new FloatSpec('r', undefined, -Number.MAX_VALUE, Number.MAX_VALUE, 'linear')
    expect(widest.at(0.5)).to.equal(0)
  })

  it('draw another integer than the given one', () => {
    const rng = Rng.from(1)
    const seen = new Set<number>()
    for (let i = 0; i < 200; i++) {
      seen.add(spec.points[1]?.vary(4, rng) as number)
    }
    expect([...seen].sort()).to.deep.equal([3, 5, 6])
    expect(new IntSpec('n', undefined, 4, 4).vary(4, rng)).to.equal(4)
  })

  it('count a range of one float as one', () => {
    const one = Space.of([floatV(2, 2), intV(0, 1)]).spec
    expect([...one.iterate()].map(String)).to.deep.equal(['[2, 0]', '[2, 1]'])
    expect([one.rankOf(one.dnaAt(1)), String(one.dnaAt(1))]).to.deep.equal([1, '[2, 1]'])
  })

  it('refuse numbers that do not fit', () => {
    const refuse = (numbers: number[], why: string): void => {
      expect(() => Dna.fromNumbers(numbers, spec)).to.throw(SpaceError, why)
    }
    refuse([1.5, 3], "the value at 'z' must be a number from 0 to 1, got 1.5")
    refuse([Number.NaN, 3], 'must be a number from 0 to 1, got NaN')
    refuse([0, 7], "the value at 'n' must be an integer from 3 to 6, got 7")
    refuse([0, 3.5], 'must be an integer from 3 to 6, got 3.5')
    refuse([0], "the DNA ends before 'n': it has too few numbers")
    refuse([], "the DNA ends before 'z'")
  })
})

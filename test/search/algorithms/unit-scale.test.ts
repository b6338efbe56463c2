import { expect } from 'chai'
import fc from 'fast-check'
import { geneAt, partOf } from '../../../src/search/algorithms/unit-scale.ts'
import { FloatSpec, IntSpec } from '../../../src/search/index.ts'

const float = (min: number, max: number, scale: 'linear' | 'log' | 'rlog' = 'linear'): FloatSpec =>
  new FloatSpec('x', undefined, min, max, scale)

describe('the unit scale', () => {
  it('has the ends of a range at 0 and 1', () => {
    for (const scale of ['linear', 'log', 'rlog'] as const) {
      expect(partOf(float(0.01, 100, scale), 0.01)).to.equal(0)
      expect(partOf(float(0.01, 100, scale), 100)).to.be.closeTo(1, 1e-12)
    }
    expect(partOf(float(0.01, 100, 'log'), 1)).to.be.closeTo(0.5, 1e-12)
    expect(partOf(float(0.01, 100, 'rlog'), 99.01)).to.be.closeTo(0.5, 1e-12)
    expect(partOf(float(-1e308, 1e308), 0)).to.equal(0.5)
    expect(partOf(float(3, 3), 3)).to.equal(0.5)
  })

  it('leads back to the same part, on every scale', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom('linear', 'log', 'rlog'),
        (part, scale) => {
          const point = float(0.5, 80, scale as 'linear')
          expect(partOf(point, geneAt(point, part))).to.be.closeTo(part, 1e-9)
        },
      ),
    )
  })

  it('has integers in the middle of equal stretches', () => {
    const point = new IntSpec('x', undefined, 10, 13)
    expect([10, 11, 12, 13].map(gene => partOf(point, gene))).to.deep.equal([0.125, 0.375, 0.625, 0.875])
    expect([0, 0.2499, 0.25, 0.99, 1].map(part => geneAt(point, part))).to.deep.equal([10, 10, 11, 13, 13])
  })

  it('stays in the range', () => {
    expect(geneAt(float(1, 2), -3)).to.equal(1)
    expect(geneAt(new IntSpec('x', undefined, 0, 4), 7)).to.equal(4)
  })
})

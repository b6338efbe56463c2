import { expect } from 'chai'
import fc from 'fast-check'
import { eigenOf, identity } from '../../../src/search/algorithms/eigen.ts'

describe('eigenOf', () => {
  it('knows a matrix of two rows', () => {
    const [low, high] = [...eigenOf([2, 1, 1, 2], 2).values].sort() as [number, number]
    expect(low).to.be.closeTo(1, 1e-12)
    expect(high).to.be.closeTo(3, 1e-12)
    expect(eigenOf(identity(3), 3)).to.deep.equal({ values: [1, 1, 1], vectors: identity(3) })
    expect(eigenOf([], 0)).to.deep.equal({ values: [], vectors: [] })
  })

  it('takes a symmetric matrix apart so that it can be put together again', () => {
    const square = fc.integer({ min: 1, max: 8 }).chain(size =>
      fc.tuple(
        fc.constant(size),
        fc.array(fc.double({ min: -10, max: 10, noNaN: true }), {
          minLength: size * size,
          maxLength: size * size,
        }),
      ),
    )
    fc.assert(
      fc.property(square, ([size, entries]) => {
        const entry = (i: number, j: number): number =>
          entries[Math.min(i, j) * size + Math.max(i, j)] as number
        const matrix = entries.map((_, k) => entry(Math.floor(k / size), k % size))
        const { values, vectors } = eigenOf(matrix, size)
        const vector = (i: number, k: number): number => vectors[i * size + k] as number
        for (let i = 0; i < size; i++) {
          for (let j = 0; j < size; j++) {
            const along = values.reduce((sum, value, k) => sum + value * vector(i, k) * vector(j, k), 0)
            const length = values.reduce((sum, _, k) => sum + vector(i, k) * vector(j, k), 0)
            expect(along).to.be.closeTo(entry(i, j), 1e-9)
            expect(length).to.be.closeTo(i === j ? 1 : 0, 1e-12)
          }
        }
      }),
    )
  })
})

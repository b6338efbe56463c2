import { expect } from 'chai'
import { lowestPoint, termsOf } from '../../../src/search/algorithms/quadratic-model.ts'
import { Rng } from '../../../src/search/index.ts'

const rng = Rng.from('points')
const points = Array.from({ length: 20 }, () => [rng.normal(), rng.normal()])
const ranked = (height: (x: number, y: number) => number): [number[][], number[]] => {
  const of = ([x, y]: number[]): number => height(x as number, y as number)
  const sorted = [...points].sort((a, b) => of(a) - of(b))
  return [sorted, sorted.map(of)]
}

describe('lowestPoint', () => {
  it('finds the bottom of a bowl exactly, however it is turned and stretched', () => {
    const [x, y] = lowestPoint(...ranked((x, y) => 3 + (x - 1) ** 2 + 100 * (x + y + 2) ** 2)) as [
      number,
      number,
    ]
    expect(x).to.be.closeTo(1, 1e-5)
    expect(y).to.be.closeTo(-3, 1e-5)
  })

  it('is near the bottom of what is nearly a bowl', () => {
    const [x, y] = lowestPoint(...ranked((x, y) => Math.cosh(x - 0.3) + (y + 0.2) ** 2)) as [number, number]
    expect(Math.hypot(x - 0.3, y + 0.2)).to.be.below(0.1)
  })

  it('finds none in a saddle, a plane or a plain', () => {
    expect(lowestPoint(...ranked((x, y) => x * x - y * y))).to.equal(null)
    expect(lowestPoint(...ranked(() => 0))).to.equal(null)
  })

  it('counts its terms', () => {
    expect([1, 2, 5].map(termsOf)).to.deep.equal([3, 6, 21])
  })
})

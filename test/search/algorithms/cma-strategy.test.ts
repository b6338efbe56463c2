import { expect } from 'chai'
import {
  afterGeneration,
  deviationsOf,
  drawStep,
  type Normal,
  roundAbout,
  usualSize,
} from '../../../src/search/algorithms/cma-strategy.ts'
import { Rng } from '../../../src/search/index.ts'

function evolved(height: (point: number[]) => number, generations: number, size = 10): Normal {
  const rng = Rng.from('strategy')
  let normal = roundAbout([0.5, 0.5, 0.5], 0.2)
  for (let i = 0; i < generations; i++) {
    const points = Array.from({ length: size }, () =>
      drawStep(normal, rng).map((step, k) => step + (normal.mean[k] as number)),
    )
    normal = afterGeneration(
      normal,
      points.sort((a, b) => height(a) - height(b)),
    )
  }
  return normal
}

describe('the strategy of CMA-ES', () => {
  it('converges on a bowl', () => {
    const { mean, sigma } = evolved(point => point.reduce((sum, x) => sum + (x - 0.2) ** 2, 0), 60)
    expect(Math.max(...mean.map(x => Math.abs(x - 0.2)))).to.be.below(1e-6)
    expect(sigma).to.be.below(1e-3)
  })

  it('learns how a valley is stretched', () => {
    const valley = evolved(
      ([x, y, z]) => (x as number) ** 2 + 1e4 * (y as number) ** 2 + 1e4 * (z as number) ** 2,
      60,
    )
    const [along, across] = deviationsOf(valley) as [number, number]
    expect(along).to.be.above(20 * across)
  })

  it('grows on a slope', () => {
    expect(evolved(([x]) => -(x as number), 20).sigma).to.be.above(1)
  })

  it('keeps a covariance that is symmetric and positive', () => {
    const { covariance, eigen } = evolved(
      point => Math.abs((point[0] as number) - (point[1] as number)),
      40,
      6,
    )
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 3; j++) expect(covariance[3 * i + j]).to.equal(covariance[3 * j + i])
    expect(Math.min(...eigen.values)).to.be.above(0)
  })

  it('is not torn by a point from far away', () => {
    const before = roundAbout([0.5, 0.5], 1e-3)
    const { mean } = afterGeneration(before, [
      [0, 0],
      [0.5, 0.501],
      [0.501, 0.5],
      [0.5, 0.499],
    ])
    expect(Math.hypot(...mean.map(x => x - 0.5))).to.be.below(0.01)
  })

  it('has the usual sizes', () => {
    expect([0, 1, 5, 10].map(usualSize)).to.deep.equal([4, 4, 8, 10])
  })
})

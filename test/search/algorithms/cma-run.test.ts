import { expect } from 'chai'
import {
  afterAnswer,
  drawPoint,
  isAtEnd,
  type Run,
  startRun,
} from '../../../src/search/algorithms/cma-run.ts'
import { FloatSpec, IntSpec, Rng } from '../../../src/search/index.ts'

const floats = [0, 1].map(i => new FloatSpec(`x${i}`, undefined, 0, 1, 'linear'))
const begin = (sigma = 0.2): Run => startRun(1, 6, [0.5, 0.5], sigma)

function answered(run: Run, count: number, reward: (at: readonly number[]) => number | null): Run {
  const rng = Rng.from('run')
  for (let i = 0; i < count; i++) {
    const at = run.lowest ?? drawPoint(run, floats, rng)
    run = afterAnswer({ ...run, lowest: null }, { at, reward: reward(at) })
  }
  return run
}
const bowl = ([x, y]: readonly number[]): number =>
  -(((x as number) - 0.3) ** 2) - 9 * ((y as number) - 0.6) ** 2

describe('a run of CMA-ES', () => {
  it('moves when a generation is answered, and not before', () => {
    expect(answered(begin(), 5, bowl).normal).to.deep.equal(begin().normal)
    expect(answered(begin(), 6, bowl).normal.generation).to.equal(1)
  })

  it('draws points of the box', () => {
    const rng = Rng.from(1)
    for (let i = 0; i < 100; i++) {
      for (const x of drawPoint(startRun(1, 6, [0, 1], 3), floats, rng))
        expect(0 <= x && x <= 1).to.equal(true)
    }
  })

  it('keeps the next integer in reach, however narrow it has become', () => {
    const points = [new IntSpec('n', undefined, 0, 9), floats[0] as FloatSpec]
    const narrow = startRun(1, 6, [0.55, 0.5], 1e-9)
    const rng = Rng.from(1)
    const drawn = Array.from({ length: 200 }, () => drawPoint(narrow, points, rng))
    const others = drawn.filter(([x]) => Math.floor((x as number) * 10) !== 5).length
    expect(others).to.be.within(5, 60)
    expect(drawn.every(([, y]) => Math.abs((y as number) - 0.5) < 1e-6)).to.equal(true)
  })

  it('knows the bottom of a bowl once its model has enough answers', () => {
    expect(answered(begin(), 6, bowl).lowest).to.equal(null)
    const [x, y] = answered(begin(), 12, bowl).lowest as [number, number]
    expect(x).to.be.closeTo(0.3, 1e-4)
    expect(y).to.be.closeTo(0.6, 1e-4)
  })

  it('stays where it is for a generation without rewards', () => {
    const run = answered(begin(), 6, () => null)
    expect(run.normal).to.deep.equal(begin().normal)
    expect(run.told).to.deep.equal([])
  })

  it('is at its end when it is a point, and when rewards do not change', () => {
    expect(isAtEnd(answered(begin(), 12, bowl))).to.equal(false)
    expect(isAtEnd(begin(1e-13))).to.equal(true)
    expect(isAtEnd(answered(begin(), 60, () => 7))).to.equal(false)
    expect(isAtEnd(answered(begin(), 180, () => 7))).to.equal(true)
  })
})

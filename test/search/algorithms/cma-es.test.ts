import { expect } from 'chai'
import {
  cmaEs,
  Dna,
  floatV,
  intV,
  oneOf,
  Space,
  SpaceError,
  type SpaceSpec,
} from '../../../src/search/index.ts'
import { bestOf, itIsAnAlgorithm, run } from '../../support/algorithms.ts'

const box = (size: number): SpaceSpec => Space.of(Array.from({ length: size }, () => floatV(-5, 5))).spec
const scales = Space.of({
  log: floatV(1e-6, 1, { scale: 'log' }),
  rlog: floatV(1, 9, { scale: 'rlog' }),
  line: floatV(-1, 1),
}).spec
const integers = Space.of([intV(0, 6), intV(0, 6)]).spec

const numbers = (dna: Dna): number[] => dna.genes.map(Number)
const sphere = (dna: Dna): number => -numbers(dna).reduce((sum, x, i) => sum + (x - i + 0.5) ** 2, 0)
const ellipsoid = (dna: Dna): number =>
  -numbers(dna).reduce((sum, x, i) => sum + 10 ** (2 * i) * (x - 1) ** 2, 0)
const rosenbrock = (dna: Dna): number => {
  const y = numbers(dna)
  return -y
    .slice(1)
    .reduce((sum, x, i) => sum + 100 * (x - (y[i] as number) ** 2) ** 2 + ((y[i] as number) - 1) ** 2, 0)
}

describe('cmaEs', () => {
  itIsAnAlgorithm(() => cmaEs(), {
    spaces: [box(3), box(1), scales, Space.of([floatV(0, 1), intV(0, 1e6)]).spec],
    finite: integers,
    reward: sphere,
  })

  it('solves bowls, stretched or not, and the bent valley', () => {
    for (let seed = 0; seed < 4; seed++) {
      expect(bestOf(run(cmaEs(), { spec: box(4), trials: 250, reward: sphere, seed }))).to.be.above(-1e-8)
      expect(bestOf(run(cmaEs(), { spec: box(4), trials: 400, reward: ellipsoid, seed }))).to.be.above(-1e-8)
      expect(bestOf(run(cmaEs(), { spec: box(3), trials: 800, reward: rosenbrock, seed }))).to.be.above(-1e-6)
    }
  })

  it('sees only ranks where a model would be wrong: a cone in more dimensions than are modelled', () => {
    const cone = (dna: Dna): number => -Math.sqrt(-sphere(dna))
    const wide = Space.of(Array.from({ length: 18 }, () => floatV(-20, 20))).spec
    expect(bestOf(run(cmaEs(), { spec: wide, trials: 4_000, reward: cone }))).to.be.above(-0.01)
  })

  it('finds an optimum at the edge of the box', () => {
    const edge = (dna: Dna): number => numbers(dna).reduce((sum, x) => sum + x, 0)
    expect(bestOf(run(cmaEs(), { spec: box(3), trials: 300, reward: edge }))).to.be.above(14.99)
  })

  it('searches on the scale of a float', () => {
    const reward = (dna: Dna): number => -((Math.log10(Number(dna.genes[0])) + 4) ** 2)
    const { proposals } = run(cmaEs(), { spec: scales, trials: 150, reward })
    expect(bestOf(run(cmaEs(), { spec: scales, trials: 150, reward }))).to.be.above(-1e-5)
    expect(proposals.every(({ dna }) => 1 <= Number(dna.genes[1]) && Number(dna.genes[1]) <= 9)).to.equal(
      true,
    )
  })

  it('finds integers, also when floats beside them have converged', () => {
    const spec = Space.of([intV(0, 100), intV(-50, 50), floatV(-5, 5)]).spec
    const reward = (dna: Dna): number => {
      const [a, b, c] = numbers(dna) as [number, number, number]
      return -((a - 71) ** 2) - (b + 33) ** 2 - (c - 2) ** 2
    }
    for (let seed = 0; seed < 4; seed++)
      expect(bestOf(run(cmaEs(), { spec, trials: 300, reward, seed }))).to.be.above(-1e-4)
  })

  it('starts again where nothing more is to be found, larger and smaller in turn', () => {
    const bumpy = (dna: Dna): number =>
      numbers(dna).reduce((sum, x) => sum - 10 * (1 - Math.cos(2 * Math.PI * x)) - x * x, 0)
    const { state } = run(cmaEs(), { spec: box(2), trials: 3_000, reward: bumpy })
    expect(state.run.number).to.be.above(4)
    expect(state.largeRuns).to.be.above(1)
    expect(state.spent.small).to.be.above(0)
    expect(bestOf(run(cmaEs(), { spec: box(2), trials: 3_000, reward: bumpy }))).to.be.above(-1e-6)
    const flat = run(cmaEs(), { spec: box(2), trials: 600, reward: () => 1 })
    expect(flat.state.run.number).to.be.above(1)
  })

  it('makes use of points that were enqueued', () => {
    const algorithm = cmaEs()
    const spec = box(3)
    let state = algorithm.init(spec, 1)
    for (let id = 1; id <= 5; id++) {
      const dna = Dna.fromNumbers([id / 2, 1, -id], spec)
      state = algorithm.tell(state, { id, dna, reward: sphere(dna) }, spec)
    }
    expect(state.run.told.length).to.equal(5)
  })

  it('proposes the one point of a space without decisions, again only when asked to', () => {
    const fixed = Space.of([floatV(2, 2)]).spec
    expect(run(cmaEs(), { spec: fixed, trials: 3, reward: () => 1 }).texts).to.deep.equal(['2'])
    expect(run(cmaEs({ repeats: true }), { spec: fixed, trials: 30, reward: () => 1 }).texts.length).to.equal(
      30,
    )
  })

  it('proposes what was recorded for a seed', () => {
    const { texts } = run(cmaEs(), {
      spec: Space.of([floatV(0, 1), intV(0, 9)]).spec,
      trials: 12,
      reward: sphere,
      seed: 5,
    })
    expect(texts.map(text => text.replace(/(\.\d{6})\d+/, '$1'))).to.deep.equal(RECORDED)
  })

  it('refuses choices, and options that make no sense', () => {
    const choice = Space.of({ a: floatV(0, 1), b: oneOf([1, 2]) }).spec
    expect(() => cmaEs().init(choice, 1)).to.throw(
      SpaceError,
      "cmaEs() searches floats and integers alone, and 'b' is a decision of kind 'choices'; take tpe()",
    )
    expect(() => cmaEs({ sigma: 0 })).to.throw(SpaceError, 'sigma must be a part of the ranges')
    expect(() => cmaEs({ populationSize: 3 })).to.throw(
      SpaceError,
      'populationSize must be an integer of at least 4, got 3',
    )
  })
})

const RECORDED = [
  '[0.491100, 6]',
  '[0.441224, 3]',
  '[0.698010, 4]',
  '[0.402963, 3]',
  '[0.464035, 4]',
  '[0.340572, 5]',
  '[0.721052, 6]',
  '[0.136754, 0]',
  '[0.311673, 1]',
  '[0.357344, 5]',
  '[0.253465, 2]',
  '[0.683685, 2]',
]

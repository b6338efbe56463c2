import { expect } from 'chai'
import {
  type Dna,
  floatV,
  intV,
  manyOf,
  oneOf,
  randomSearch,
  Space,
  SpaceError,
  type SpaceSpec,
  tpe,
} from '../../../src/search/index.ts'
import { bestOf, itIsAnAlgorithm, type Ran, run, six } from '../../support/algorithms.ts'

/** A wide branch with the best value, and a narrow one that is better at random. */
const branches = Space.of({
  family: oneOf([{ a: floatV(0, 1) }, { a: floatV(0, 1), b: floatV(0, 1), c: floatV(0, 1) }]),
  width: intV(1, 64),
}).spec
const mixed = Space.of({
  rate: floatV(1e-4, 1, { scale: 'log' }),
  row: manyOf(2, ['a', 'b', 'c', 'd']),
  inner: oneOf([1, oneOf([2, 3]), intV(0, 9)]),
}).spec
const finite = Space.of([oneOf([1, oneOf([2, 3, 4])]), intV(0, 9)]).spec

const numbers = (dna: Dna): number[] => dna.genes.map(Number)
/** How near all numbers are to targets that differ. */
const near = (dna: Dna): number => -numbers(dna).reduce((sum, x, i) => sum + Math.abs(x - ((i * 3) % 5)), 0)
const byBranch = (dna: Dna): number => {
  const [family, ...rest] = numbers(dna) as [number, ...number[]]
  const off = rest.slice(0, -1).reduce((sum, x) => sum + (x - 0.3) ** 2, 0)
  return -(off + Math.abs((rest.at(-1) as number) - 20) / 100 + (family === 0 ? 0.1 : 0))
}
const meanBest = (
  make: () => Parameters<typeof run>[0],
  spec: SpaceSpec,
  trials: number,
  reward: (dna: Dna) => number,
): number => {
  let sum = 0
  for (let seed = 0; seed < 8; seed++)
    sum += bestOf(run(make(), { spec, trials, reward, seed }) as Ran<unknown>)
  return sum / 8
}

describe('tpe', () => {
  itIsAnAlgorithm(() => tpe(), { spaces: [six, branches, mixed], finite, reward: near })

  it('finds the best of 15,625 cells within 100 trials, where chance is three short of it', () => {
    expect(meanBest(() => tpe() as never, six, 100, near)).to.be.above(-0.5)
    expect(meanBest(() => randomSearch() as never, six, 100, near)).to.be.below(-3)
  })

  it('does not give up a branch before its inside is tuned', () => {
    for (let seed = 0; seed < 8; seed++) {
      const { proposals, rewards } = run(tpe(), { spec: branches, trials: 200, reward: byBranch, seed })
      const best = bestOf({ rewards } as never)
      expect(best).to.be.above(-0.05)
      expect(proposals[rewards.indexOf(best)]?.dna.genes[0]).to.equal(1)
    }
  })

  it('begins at random, then names the trial that a proposal was drawn about', () => {
    const { proposals } = run(tpe({ startup: 12 }), { spec: six, trials: 60, reward: near })
    expect(proposals.slice(0, 12).every(({ parents }) => parents.length === 0)).to.equal(true)
    expect(proposals.slice(12).filter(({ parents }) => parents.length === 1).length).to.be.above(40)
  })

  it('keeps away from what failed', () => {
    const picky = (dna: Dna): number | null => (dna.genes[0] === 3 ? null : near(dna))
    const failures = (from: number, to: number): number =>
      run(tpe(), { spec: six, trials: 100, reward: picky })
        .rewards.slice(from, to)
        .filter(reward => reward === null).length
    expect(failures(50, 100)).to.be.below(5)
  })

  it('spreads over what is open: no two of a batch are near each other for want of answers', () => {
    const line = Space.of([floatV(0, 1)]).spec
    const late = run(tpe(), {
      spec: line,
      trials: 60,
      reward: dna => -Math.abs(Number(dna.genes[0]) - 0.4),
      window: 8,
    })
    expect(bestOf(late)).to.be.above(-0.01)
  })

  it('does not propose what was enqueued', () => {
    const algorithm = tpe()
    let state = algorithm.init(finite, 1)
    let id = 0
    const told = finite.dnaAt(7)
    state = algorithm.tell(state, { id: ++id, dna: told, reward: 1 }, finite)
    for (;;) {
      const [proposal, next] = algorithm.ask(state, finite)
      if (proposal === null) break
      expect(proposal.dna.equals(told)).to.equal(false)
      state = algorithm.tell(next, { id: ++id, dna: proposal.dna, reward: 0 }, finite)
    }
    expect(id).to.equal(finite.size)
  })

  it('remembers so many trials, the best of them always', () => {
    const { state, rewards } = run(tpe({ memory: 30 }), { spec: six, trials: 101, reward: near })
    expect(state.trials.length).to.equal(30)
    expect(state.trials[0]?.reward).to.equal(Math.max(...rewards.slice(0, 100).map(Number)))
    const ranked = state.trials.map(({ reward }) => reward as number)
    expect(ranked).to.deep.equal([...ranked].sort((a, b) => b - a))
  })

  it('repeats when asked to', () => {
    const { texts } = run(tpe({ repeats: true }), { spec: finite, trials: 80, reward: near })
    expect(texts.length).to.equal(80)
    expect(new Set(texts).size).to.be.below(40)
  })

  it('searches a space without decisions', () => {
    expect(
      run(tpe(), { spec: Space.of([intV(2, 2)]).spec, trials: 3, reward: () => 1 }).texts.length,
    ).to.equal(1)
  })

  it('proposes what was recorded for a seed', () => {
    const { texts } = run(tpe({ startup: 4 }), { spec: finite, trials: 12, reward: near, seed: 5 })
    expect(texts).to.deep.equal(RECORDED)
  })

  it('refuses counts that make no sense', () => {
    expect(() => tpe({ startup: 1 })).to.throw(SpaceError, 'startup must be an integer of at least 2, got 1')
    expect(() => tpe({ candidates: 0.5 })).to.throw(SpaceError, 'candidates must be')
    expect(() => tpe({ memory: 30, startup: 50 })).to.throw(
      SpaceError,
      'memory must be an integer of at least 50',
    )
  })
})

const RECORDED = [
  '[0, 5]',
  '[(1, 1), 1]',
  '[(1, 1), 5]',
  '[0, 6]',
  '[(1, 1), 0]',
  '[0, 7]',
  '[0, 4]',
  '[0, 2]',
  '[0, 3]',
  '[0, 1]',
  '[(1, 1), 2]',
  '[(1, 2), 2]',
]

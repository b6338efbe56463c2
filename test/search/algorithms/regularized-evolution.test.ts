import { expect } from 'chai'
import {
  type Algorithm,
  type Dna,
  type DnaProposal,
  floatV,
  oneOf,
  type RegularizedEvolutionState,
  randomSearch,
  regularizedEvolution,
  Space,
  SpaceError,
  type Told,
} from '../../../src/search/index.ts'

const bits = Space.of(Array.from({ length: 10 }, () => oneOf([0, 1]))).spec
const ones = (dna: Dna): number => dna.toNumbers().reduce<number>((sum, gene) => sum + Number(gene), 0)

/** A run: what was proposed and told, and the last state. `between` stands between any two steps. */
function run<State>(
  algorithm: Algorithm<State>,
  {
    spec = bits,
    trials = 200,
    seed = 1,
    reward = ones as (dna: Dna) => number | null,
    between = (state: State): State => state,
  } = {},
): { told: Told[]; proposals: DnaProposal[]; state: State } {
  let state = algorithm.init(spec, seed)
  const told: Told[] = []
  const proposals: DnaProposal[] = []
  for (let id = 1; id <= trials; id++) {
    const [proposal, next] = algorithm.ask(between(state), spec)
    if (proposal === null) break
    proposals.push(proposal)
    told.push({ id, dna: proposal.dna, reward: reward(proposal.dna) })
    state = algorithm.tell(between(next), told[id - 1] as Told, spec)
  }
  return { told, proposals, state }
}

const best = (told: readonly Told[]): number => Math.max(...told.map(trial => trial.reward ?? 0))
const texts = (told: readonly Told[]): string[] => told.map(trial => String(trial.dna))

describe('regularizedEvolution', () => {
  it('solves OneMax of 10 bits within 200 trials, whatever the seed', () => {
    for (let seed = 0; seed < 20; seed++)
      expect(best(run(regularizedEvolution(), { seed }).told)).to.equal(10)
  })

  it('beats random search where there is something to learn', () => {
    const wide = Space.of(Array.from({ length: 20 }, () => oneOf([0, 1, 2, 3]))).spec
    const mean = (algorithm: Algorithm<never>): number => {
      let sum = 0
      for (let seed = 0; seed < 20; seed++)
        sum += best(run(algorithm, { spec: wide, trials: 300, seed }).told)
      return sum / 20
    }
    expect(mean(regularizedEvolution() as Algorithm<never>)).to.be.greaterThan(
      mean(randomSearch() as Algorithm<never>) + 6,
    )
  })

  it('begins at random, then has parents', () => {
    const { proposals } = run(regularizedEvolution({ populationSize: 10, tournamentSize: 2 }), { trials: 30 })
    expect(proposals.slice(0, 10).every(proposal => proposal.parents.length === 0)).to.equal(true)
    expect(
      proposals.slice(10).every(({ parents: [parent] }) => parent !== undefined && parent >= 1),
    ).to.equal(true)
  })

  it('lets the oldest die', () => {
    const { state } = run(regularizedEvolution({ populationSize: 10, tournamentSize: 2 }), { trials: 50 })
    expect(state.population.map(({ id }) => id)).to.deep.equal([41, 42, 43, 44, 45, 46, 47, 48, 49, 50])
  })

  it('makes children that differ from their parent in one decision', () => {
    const { proposals, told } = run(regularizedEvolution(), { trials: 100 })
    for (const { dna, parents } of proposals.slice(30)) {
      const parent = told[(parents[0] ?? 0) - 1]?.dna.toNumbers() ?? []
      expect(dna.toNumbers().filter((gene, i) => gene !== parent[i]).length).to.equal(1)
    }
  })

  it('proposes nothing twice, and says when a finite space is used up', () => {
    const { told } = run(regularizedEvolution(), { trials: 2_000 })
    expect(told.length).to.equal(1_024)
    expect(new Set(texts(told)).size).to.equal(1_024)
  })

  it('repeats when asked to', () => {
    const { told } = run(regularizedEvolution({ repeats: true }), { trials: 300 })
    expect(told.length).to.equal(300)
    expect(new Set(texts(told)).size).to.be.below(300)
  })

  it('goes on from a state that went through JSON', () => {
    const between = (state: RegularizedEvolutionState): RegularizedEvolutionState =>
      JSON.parse(JSON.stringify(state))
    const spec = Space.of([floatV(0, 1), oneOf([oneOf([1, 2]), floatV(0, 1)])]).spec
    for (const shape of [bits, spec]) {
      const plain = run(regularizedEvolution(), { spec: shape, trials: 80 })
      const carried = run(regularizedEvolution(), { spec: shape, trials: 80, between })
      expect(texts(carried.told)).to.deep.equal(texts(plain.told))
      expect(between(plain.state)).to.deep.equal(carried.state)
    }
  })

  it('never writes to a state', () => {
    const frozen = (value: unknown): void => {
      if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return
      Object.freeze(value)
      Object.values(value).forEach(frozen)
    }
    const between = (state: RegularizedEvolutionState): RegularizedEvolutionState => {
      frozen(state)
      return state
    }
    expect(texts(run(regularizedEvolution(), { between }).told)).to.deep.equal(
      texts(run(regularizedEvolution()).told),
    )
  })

  it('learns nothing from trials without a reward', () => {
    const picky = (dna: Dna): number | null => (ones(dna) % 3 === 0 ? null : ones(dna))
    const { state } = run(regularizedEvolution(), { trials: 100, reward: picky })
    expect(state.population.length).to.equal(30)
    expect(state.population.every(({ reward }) => reward % 3 !== 0)).to.equal(true)
    expect(run(regularizedEvolution(), { trials: 100, reward: () => null }).told.length).to.equal(100)
  })

  it('takes a mutator', () => {
    const still = { name: 'still', mutate: (dna: Dna): Dna => dna }
    const algorithm = regularizedEvolution({ mutator: still })
    expect(algorithm.settings).to.deep.equal({
      populationSize: 30,
      tournamentSize: 20,
      mutator: 'still',
      repeats: false,
    })
    // What the mutator cannot give, chance does.
    expect(new Set(texts(run(algorithm, { trials: 100 }).told)).size).to.equal(100)
  })

  it('proposes what was recorded for a seed', () => {
    const spec = Space.of([oneOf([1, 2, 3, 4, 5]), oneOf([oneOf([1, 2, 3]), 4])]).spec
    expect(
      texts(
        run(regularizedEvolution({ populationSize: 4, tournamentSize: 2 }), { spec, trials: 10, seed: 5 })
          .told,
      ),
    ).to.deep.equal(RECORDED)
  })

  it('refuses sizes that make no sense', () => {
    expect(regularizedEvolution({ populationSize: 4 }).settings).to.include({ tournamentSize: 3 })
    expect(() => regularizedEvolution({ populationSize: 4, tournamentSize: 5 })).to.throw(
      SpaceError,
      'tournamentSize 5 and populationSize 4',
    )
    expect(() => regularizedEvolution({ tournamentSize: 1 })).to.throw(SpaceError, '2 <= tournamentSize')
    expect(() => regularizedEvolution({ populationSize: 9.5 })).to.throw(SpaceError, 'must be integers')
  })
})

const RECORDED = [
  '[4, 1]',
  '[2, 1]',
  '[1, (0, 2)]',
  '[0, (0, 0)]',
  '[4, (0, 0)]',
  '[1, 1]',
  '[3, (0, 2)]',
  '[3, (0, 1)]',
  '[2, (0, 1)]',
  '[3, 1]',
]

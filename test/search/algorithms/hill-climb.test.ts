import { expect } from 'chai'
import { type Dna, floatV, hillClimb, intV, oneOf, Space, SpaceError } from '../../../src/search/index.ts'
import { bestOf, itIsAnAlgorithm, run, six } from '../../support/algorithms.ts'

const conditional = Space.of([floatV(0, 1), oneOf([oneOf([1, 2]), floatV(0, 1)])]).spec
const finite = Space.of([oneOf([1, oneOf([2, 3, 4])]), intV(0, 9)]).spec
const bits = Space.of(Array.from({ length: 20 }, () => oneOf([0, 1]))).spec
const sum = (dna: Dna): number => dna.genes.reduce<number>((total, gene) => total + Number(gene), 0)
describe('hillClimb', () => {
  itIsAnAlgorithm(() => hillClimb(), { spaces: [six, conditional], finite, reward: sum })

  it('solves OneMax of 20 bits within 120 trials, whatever the seed', () => {
    for (let seed = 0; seed < 20; seed++) {
      expect(bestOf(run(hillClimb(), { spec: bits, trials: 120, reward: sum, seed }))).to.equal(20)
    }
  })

  it('takes every step from the best of its climb', () => {
    const { proposals, rewards } = run(hillClimb(), { spec: bits, trials: 60, reward: sum })
    proposals.forEach(({ parents: [parent] }, i) => {
      if (parent === undefined) return
      expect(rewards[parent - 1]).to.equal(Math.max(...rewards.slice(0, i).map(Number)))
    })
  })

  it('climbs again from elsewhere when it has come to a top', () => {
    const { state, proposals } = run(hillClimb({ patience: 10 }), {
      spec: six,
      trials: 400,
      reward: sum,
    })
    expect(state.climb).to.be.above(5)
    expect(proposals.filter(({ parents }) => parents.length === 0).length).to.be.above(5)
  })

  it('leaves answers alone that come after their climb', () => {
    const algorithm = hillClimb({ patience: 1 })
    let state = algorithm.init(bits, 1)
    const asked: Dna[] = []
    for (let i = 0; i < 3; i++) {
      const [proposal, next] = algorithm.ask(state, bits)
      state = next
      asked.push(proposal?.dna as Dna)
    }
    const [first, second, third] = asked as [Dna, Dna, Dna]
    state = algorithm.tell(state, { id: 1, dna: first, reward: 5 }, bits)
    state = algorithm.tell(state, { id: 2, dna: second, reward: 1 }, bits)
    expect(state.place).to.equal(null)
    expect(state.climb).to.equal(2)
    expect(algorithm.tell(state, { id: 3, dna: third, reward: 99 }, bits).place).to.equal(null)
  })

  it('proposes what was recorded for a seed', () => {
    expect(run(hillClimb(), { spec: finite, trials: 10, reward: sum, seed: 5 }).texts).to.deep.equal(RECORDED)
  })

  it('refuses a patience that makes no sense', () => {
    expect(() => hillClimb({ patience: 0 })).to.throw(
      SpaceError,
      'patience must be an integer of at least 1, got 0',
    )
  })
})

const RECORDED = [
  '[0, 5]',
  '[0, 8]',
  '[0, 4]',
  '[(1, 0), 8]',
  '[(1, 2), 8]',
  '[(1, 2), 7]',
  '[(1, 2), 4]',
  '[(1, 1), 8]',
  '[(1, 2), 1]',
  '[(1, 2), 9]',
]

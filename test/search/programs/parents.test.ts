import { expect } from 'chai'
import { Rng } from '../../../src/search/index.ts'
import {
  byLexicase,
  byTournament,
  epsilonsOf,
  type Individual,
  isBetter,
} from '../../../src/search/programs/parents.ts'

const one = (id: number, reward: number, size = 1, cases?: readonly number[]): Individual => ({
  id,
  reward,
  size,
  genes: [id],
  does: id,
  ...(cases === undefined ? {} : { cases }),
})

const chosen = (choose: (rng: Rng) => Individual): Set<number> =>
  new Set(Array.from({ length: 200 }, (_, seed) => choose(Rng.from(seed)).id))

describe('parents', () => {
  it('are better by the reward, then by size', () => {
    expect(isBetter(one(1, 2), one(2, 1))).to.equal(true)
    expect(isBetter(one(1, 1, 3), one(2, 1, 5))).to.equal(true)
    expect(isBetter(one(1, 1, 3), one(2, 1, 3))).to.equal(false)
  })

  it('win tournaments', () => {
    const population = [one(1, 0), one(2, 5, 9), one(3, 5, 2), one(4, 1)]
    expect([...chosen(rng => byTournament(population, 50, rng))]).to.eql([3])
    expect(chosen(rng => byTournament(population, 1, rng)).size).to.equal(4)
  })

  it('may be specialists for lexicase, however bad they are on average', () => {
    const population = [one(1, 1, 1, [0, 0, 3]), one(2, 2, 1, [2, 2, 2]), one(3, 0, 1, [0, 0, 0])]
    expect([...chosen(rng => byLexicase(population, [0, 0, 0], rng))].sort()).to.eql([1, 2])
  })

  it('are as good as another within epsilon', () => {
    const population = [one(1, 1, 1, [1]), one(2, 2, 1, [1.05])]
    expect([...chosen(rng => byLexicase(population, [0], rng))]).to.eql([2])
    expect(chosen(rng => byLexicase(population, [0.1], rng)).size).to.equal(2)
  })

  it('have epsilons that are median deviations', () => {
    const population = [1, 2, 3, 10].map((reward, id) => one(id, reward, 1, [reward, 0]))
    expect(epsilonsOf(population)).to.eql([1, 0])
    expect(epsilonsOf([])).to.eql([])
  })
})

import { expect } from 'chai'
import { evolution } from '../../../src/search/evolution/evolution.ts'
import { mutate, mutateEach } from '../../../src/search/evolution/mutate.ts'
import * as recombine from '../../../src/search/evolution/recombine.ts'
import { linear } from '../../../src/search/evolution/schedule.ts'
import * as select from '../../../src/search/evolution/select.ts'
import {
  Dna,
  hillClimb,
  oneOf,
  permutate,
  regularizedEvolution,
  Space,
  SpaceError,
  Study,
} from '../../../src/search/index.ts'
import { algorithmSuite } from '../../../src/testing/index.ts'
import { bestOf, type RunOptions, run } from '../../support/algorithms.ts'

const bits = Space.of(Array.from({ length: 20 }, () => oneOf([0, 1]))).spec
const sum = (dna: Dna): number => dna.genes.reduce<number>((total, gene) => total + Number(gene), 0)
const genetic = evolution({
  populationInit: 10,
  reproduction: select.tournament(3, { count: 2 }).pipe(recombine.uniform()).pipe(mutate()),
  populationUpdate: select.top(10),
})

describe('evolution', () => {
  describe('passes the suite', () => {
    for (const { topic, name, run } of algorithmSuite(() => genetic).cases) it(`${topic}: ${name}`, run)
    const free = evolution({
      populationInit: 8,
      reproduction: select
        .proportional(2)
        .pipe(recombine.order().or(recombine.kPoint()))
        .pipe(mutateEach(0.3)),
      populationUpdate: select.last(linear(8, 20, 50)).unique(),
      repeats: true,
    })
    for (const { topic, name, run } of algorithmSuite(() => free, {
      repeats: true,
      spaces: ['nested', 'lists'],
    }).cases) {
      it(`with repeats, ${topic}: ${name}`, run)
    }
  })

  const options: Partial<RunOptions<unknown>>[] = [0, 1, 2].flatMap(seed => [
    { seed, window: 1 },
    { seed, window: 4 },
  ])

  it('with tournaments and ageing is regularized evolution, proposal by proposal', () => {
    const ours = evolution({
      populationInit: 30,
      reproduction: select.tournament(20).pipe(mutate()),
      populationUpdate: select.last(30),
    })
    for (const each of options) {
      const settings = { spec: bits, trials: 300, reward: sum, ...each }
      const [one, other] = [run(ours, settings), run(regularizedEvolution(), settings)] as const
      expect(one.proposals.map(({ parents }) => parents)).to.deep.equal(
        other.proposals.map(({ parents }) => parents),
      )
      expect(one.texts).to.deep.equal(other.texts)
    }
  })

  it('with the best alone is one climb of hill climbing', () => {
    const ours = evolution({
      populationInit: 1,
      reproduction: select.top(1).pipe(mutate()),
      populationUpdate: select.top(1),
    })
    const settings = { spec: bits, trials: 150, reward: sum }
    const [one, other] = [run(ours, settings), run(hillClimb({ patience: 1_000 }), settings)] as const
    // There is no second climb in it: it ends where the top has no neighbor left.
    const climb = other.proposals.findIndex(({ parents }, i) => i > 0 && parents.length === 0)
    expect(bestOf(other, climb)).to.equal(20)
    expect(one.texts.slice(0, climb)).to.deep.equal(other.texts.slice(0, climb))
  })

  it('solves OneMax of 20 bits within 250 trials, whatever the seed', () => {
    for (let seed = 0; seed < 20; seed++) {
      expect(bestOf(run(genetic, { spec: bits, trials: 250, reward: sum, seed }))).to.equal(20)
    }
  })

  it('proposes all children of a pair, one after the other', () => {
    const { proposals } = run(genetic, { spec: bits, trials: 40, reward: sum })
    const twins = proposals.filter(
      ({ parents }, i) => parents.length === 2 && String(parents) === String(proposals[i - 1]?.parents),
    )
    expect(twins.length).to.be.above(8)
  })

  it('draws at random where reproduction gives nothing new', () => {
    const idle = evolution({
      populationInit: 2,
      reproduction: select.all(),
      populationUpdate: select.last(5),
    })
    const { proposals, texts } = run(idle, { spec: bits, trials: 30, reward: sum })
    expect(proposals.every(({ parents }) => parents.length === 0)).to.equal(true)
    expect(new Set(texts).size).to.equal(30)
  })

  it('makes parents of points that were tried by hand', async () => {
    const climb = evolution({
      populationInit: 1,
      reproduction: select.top(1).pipe(mutate()),
      populationUpdate: select.top(1),
    })
    const study = new Study(Space.of(Array.from({ length: 20 }, () => oneOf([0, 1]))), climb, {
      seed: 1,
      window: 1,
      // The point by hand, one at random, and 20 neighbors.
      budget: { trials: 22 },
    })
    await study.enqueue(Dna.fromNumbers([...Array(19).fill(1), 0], study.space.spec))
    await study.optimize((_, { dna }) => sum(dna))
    expect(study.best?.reward).to.equal(20)
  })

  it('finds short tours by the recombination of orders', () => {
    const { spec } = Space.of(permutate([0, 1, 2, 3, 4, 5, 6, 7]))
    const inPlace = (dna: Dna): number => dna.genes.filter((gene, i) => gene === i).length
    const tours = evolution({
      populationInit: 20,
      reproduction: select
        .tournament(3, { count: 2 })
        .pipe(recombine.cycle())
        .pipe(mutate().withProbability(0.5).each()),
      populationUpdate: select.top(20),
    })
    for (let seed = 0; seed < 5; seed++) {
      expect(bestOf(run(tours, { spec, trials: 400, reward: inPlace, seed }))).to.equal(8)
    }
  })

  it('is known by its parts, and refuses what makes no sense', () => {
    expect(genetic.settings).to.deep.equal({
      populationInit: 10,
      reproduction: 'tournament(3, 2) > uniform(0.5) > mutate(uniform)',
      populationUpdate: 'top(10)',
      repeats: false,
    })
    expect(() =>
      evolution({ populationInit: 0, reproduction: mutate(), populationUpdate: select.all() }),
    ).to.throw(SpaceError, 'populationInit must be an integer of at least 1, got 0')
  })
})

import { expect } from 'chai'
import { type Dna, evolve, oneOf, Space, SpaceError, Study } from '../../../src/search/index.ts'
import { onProbes } from '../../../src/search/programs/behavior.ts'
import { compile } from '../../../src/search/programs/compile.ts'
import { call } from '../../../src/search/programs/expression.ts'
import { programMutation, programsIn } from '../../../src/search/programs/genes.ts'
import { Language } from '../../../src/search/programs/language.ts'
import type { Program } from '../../../src/search/programs/program.ts'
import { programEvolution } from '../../../src/search/programs/program-evolution.ts'
import { expressionText } from '../../../src/search/programs/render.ts'
import { bestOf, itIsAnAlgorithm, run } from '../../support/algorithms.ts'
import { giving, x, y } from './small-programs.ts'

const language = new Language({ primitives: ['+', '-', '*'], constants: [1, 2], maxSize: 20 })
const start = giving(call('+', x, y))
const rules = Space.of(evolve(start, programMutation('test.evolution', language)))
const twice = programMutation('test.evolution.twice', language)
const mixed = Space.of({
  rule: evolve(start, programMutation('test.evolution.2', language)),
  width: oneOf([1, 2, 3]),
})
const finite = Space.of([oneOf([1, oneOf([2, 3])]), oneOf([1, 2, 3, 4])]).spec

const points = Array.from({ length: 10 }, (_, i) => [i - 4, (i * 7) % 5])
const probes = onProbes(points)
const columns = [0, 1].map(at => Float64Array.from(points, point => point[at]!))
const wanted = points.map(([a, b]) => a! * a! + a! * b! + 1)

/** How far a program is from x² + xy + 1. */
const errors = (program: Program): number[] =>
  Array.from(compile(program).runColumns(columns), (value, i) => Math.abs(value - wanted[i]!))
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
const reward = (dna: Dna): number => {
  const [found] = programsIn(dna)
  return found === undefined ? sum(dna.genes.map(Number)) : -sum(errors(found.program))
}

const make = (options = {}) =>
  programEvolution({ language, behavior: probes, populationSize: 15, ...options })

describe('programEvolution', () => {
  itIsAnAlgorithm(() => make(), { spaces: [rules.spec, mixed.spec], finite, reward })

  it('begins with the program of the user, and finds what is asked for', () => {
    const ran = run(make({ populationSize: 50 }), { spec: rules.spec, trials: 1500, reward })
    const [first] = programsIn(ran.proposals[0]!.dna)
    expect(first?.program.equals(start)).to.equal(true)
    expect(bestOf(ran)).to.equal(0)
  })

  it('proposes nothing that does the same as another', () => {
    const { proposals } = run(make(), { spec: rules.spec, trials: 200, reward })
    const done = proposals.map(({ dna }) => probes.of(programsIn(dna)[0]!.program))
    expect(new Set(done).size).to.equal(200)
  })

  it('keeps islands of the latest, and the best of each', () => {
    const { state, rewards } = run(make({ islands: 3, elites: 2 }), { spec: rules.spec, trials: 200, reward })
    expect(state.islands.map(island => island.length)).to.eql([15, 15, 15])
    for (const [at, island] of state.islands.entries()) {
      const all = rewards.filter((_, i) => i % 3 === at).map(Number)
      expect(Math.max(...island.map(one => one.reward))).to.equal(Math.max(...all.slice(0, -1)))
    }
    const apart = run(make({ islands: 2, migrationRate: 0 }), { spec: rules.spec, trials: 150, reward })
    apart.proposals.forEach(({ parents }, i) => {
      for (const parent of parents) expect((parent - 1) % 2).to.equal(i % 2)
    })
  })

  it('proposes no tree whose programs together do the same as those of another', () => {
    const two = { first: evolve(start, twice), second: evolve(start, twice) }
    // The second runs on what the first gives.
    const inTurn = ([first, second]: readonly Program[]): string =>
      points.map(([a, b]) => compile(second!).run([compile(first!).run([a!, b!]), b!])).join()
    const algorithm = make({ behavior: { name: 'in turn', ofAll: inTurn } })
    const { proposals } = run(algorithm, { spec: Space.of(two).spec, trials: 100, reward: () => 0 })
    const done = proposals.map(({ dna }) => inTurn(programsIn(dna).map(({ program }) => program)))
    expect(new Set(done).size).to.equal(100)
  })

  it('varies other decisions beside programs', () => {
    const { proposals } = run(make(), { spec: mixed.spec, trials: 100, reward })
    expect(new Set(proposals.map(({ dna }) => dna.find('width'))).size).to.equal(3)
  })

  it('chooses by lexicase where a study has an objective for each case', async () => {
    const study = new Study(rules, make({ populationSize: 50 }), {
      directions: points.map(() => 'minimize' as const),
      budget: { trials: 1500 },
    })
    await study.optimize(program => errors(program))
    const totals = study.paretoFront.map(({ values }) => sum(values))
    expect(Math.min(...totals)).to.equal(0)
  })

  it('gives the same trials at any concurrency', async () => {
    const histories = [1, 4].map(async concurrency => {
      const study = new Study(rules, make(), { direction: 'minimize', seed: 3, budget: { trials: 80 } })
      await study.optimize(
        async (program, { id }) => {
          await new Promise(resolve => setTimeout(resolve, id % 3))
          return sum(errors(program))
        },
        { concurrency },
      )
      return study.history.map(({ dna }) => String(dna))
    })
    const [one, four] = await Promise.all(histories)
    expect(four).to.eql(one)
  })

  it('proposes what was recorded for a seed', () => {
    const { proposals } = run(make(), { spec: rules.spec, trials: 60, reward, seed: 5 })
    const texts = proposals.slice(-4).map(({ dna }) => expressionText(programsIn(dna)[0]!.program.result))
    expect(texts).to.eql(RECORDED)
  })

  it('refuses options that make no sense', () => {
    expect(() => make({ islands: 0 })).to.throw(SpaceError, 'islands must be an integer of at least 1, got 0')
    expect(() => make({ crossoverRate: 2 })).to.throw(SpaceError, 'crossoverRate must be from 0 to 1, got 2')
    expect(() => make({ elites: 15 })).to.throw(SpaceError, 'elites must be fewer than the population of 15')
  })
})

const RECORDED = [
  'x + (y + ((x + -1) * x + 1 * (x + y)))',
  'x + (y + y * (x + 2))',
  'x + (y + ((x + y) * x + 1 * x))',
  'x + (y + y * (y * 2 + y + 2))',
]

import { expect } from 'chai'
import { frontsOf } from '../../../src/search/evolution/ranking.ts'
import {
  type Algorithm,
  type Dna,
  floatV,
  intV,
  nsga2,
  oneOf,
  permutate,
  randomSearch,
  Space,
  SpaceError,
  type SpaceSpec,
  Study,
} from '../../../src/search/index.ts'
import { algorithmSuite } from '../../../src/testing/index.ts'

type Values = readonly [number, number]

/** The values of all trials, the more the better. */
function valuesOf<State>(
  algorithm: Algorithm<State>,
  spec: SpaceSpec,
  values: (dna: Dna) => Values | null,
  { trials, seed }: { trials: number; seed: number },
): Values[] {
  let state = algorithm.init(spec, seed)
  const all: Values[] = []
  for (let id = 1; id <= trials; id++) {
    const [proposal, next] = algorithm.ask(state, spec)
    if (proposal === null) break
    const { dna } = proposal
    const found = values(dna)
    if (found !== null) all.push(found)
    const told = found === null ? { reward: null } : { reward: found[0], values: found }
    state = algorithm.tell(next, { id, dna, ...told }, spec)
  }
  return all
}

/** The area that some points are better than, above a reference. */
function area(points: readonly Values[], [x, y]: Values): number {
  let [sum, height] = [0, y]
  for (const [a, b] of [...points].sort((one, other) => other[0] - one[0])) {
    if (a <= x || b <= height) continue
    sum += (a - x) * (b - height)
    height = b
  }
  return sum
}

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, n) => sum + n, 0) / numbers.length

/** ZDT1 of Zitzler, Deb and Thiele (2000), turned; its front is f2 = 1 - sqrt(f1). */
function zdt1(numbers: readonly number[]): Values {
  const [first = 0, ...rest] = numbers
  const g = 1 + 9 * mean(rest)
  return [-first, -g * (1 - Math.sqrt(first / g))]
}

const floatSpace = Space.of(Array.from({ length: 8 }, () => floatV(0, 1)))
const floats = floatSpace.spec
const numbersOf = (dna: Dna): number[] => dna.toNumbers().map(Number)

describe('nsga2', () => {
  describe('passes the suite', () => {
    for (const { topic, name, run } of algorithmSuite(() => nsga2({ populationSize: 8 })).cases) {
      it(`${topic}: ${name}`, run)
    }
  })

  it('comes near the front of ZDT1, over all of it, where random search has nothing', () => {
    const seeds = [0, 1, 2]
    const areas = (algorithm: Algorithm<never>): number =>
      mean(
        seeds.map(seed =>
          area(
            valuesOf(algorithm, floats, dna => zdt1(numbersOf(dna)), { trials: 1_000, seed }),
            [-1.1, -1.1],
          ),
        ),
      )
    // All that can be had is 2/3 + 0.1 + 0.1 + 0.01.
    expect(areas(nsga2() as Algorithm<never>)).to.be.above(0.75)
    expect(areas(randomSearch() as Algorithm<never>)).to.be.below(0.1)
  })

  it('finds every point of a small exact front', () => {
    // Zeros at the front and ones at the back: LOTZ (Laumanns et al., 2002), whose front are the n + 1 rows 1…10…0.
    const { spec } = Space.of(Array.from({ length: 8 }, () => oneOf([0, 1])))
    const leading = (row: readonly number[], bit: number): number => {
      const end = row.findIndex(each => each !== bit)
      return end < 0 ? row.length : end
    }
    const lotz = (dna: Dna): Values => [leading(numbersOf(dna), 1), leading(numbersOf(dna).reverse(), 0)]
    for (let seed = 0; seed < 5; seed++) {
      // The space has 256 points.
      const all = valuesOf(nsga2({ populationSize: 12 }), spec, lotz, { trials: 200, seed })
      const front = new Set((frontsOf(all)[0] ?? []).map(i => String(all[i])))
      expect([...front].sort()).to.deep.equal(Array.from({ length: 9 }, (_, i) => `${i},${8 - i}`))
    }
  })

  it('searches conditions, integers and orders at once', () => {
    const space = Space.of({
      shape: oneOf<unknown>([{ x: floatV(0, 1), y: floatV(0, 1) }, { n: intV(0, 100) }]),
      tour: permutate([0, 1, 2, 3, 4, 5]),
    })
    const values = (dna: Dna): Values => {
      const [shape, ...rest] = numbersOf(dna) as [number, ...number[]]
      const size = shape === 0 ? ((rest[0] as number) + (rest[1] as number)) / 2 : (rest[0] as number) / 100
      const inPlace = rest.slice(-6).filter((city, i) => city === i).length
      return [inPlace - size, size - Math.abs(size - 0.5)]
    }
    const areas = (algorithm: Algorithm<never>): number =>
      mean(
        [0, 1, 2].map(seed => area(valuesOf(algorithm, space.spec, values, { trials: 400, seed }), [0, 0])),
      )
    const ours = areas(nsga2() as Algorithm<never>)
    const chance = areas(randomSearch() as Algorithm<never>)
    expect(ours).to.be.above(1.4 * chance)
  })

  it('learns nothing from trials that failed, were pruned or broke a constraint', () => {
    const picky = (dna: Dna): Values | null => {
      const numbers = numbersOf(dna)
      return (numbers[1] as number) > 0.5 ? null : zdt1(numbers)
    }
    const all = valuesOf(nsga2(), floats, picky, { trials: 600, seed: 1 })
    // At first every other trial breaks the rule, and later few.
    expect(all.length).to.be.above(400)
    expect(area(all, [-1.1, -1.1])).to.be.above(0.6)
  })

  it('serves a study of several objectives, at any concurrency alike', async () => {
    const runs: string[][] = []
    for (const concurrency of [1, 4]) {
      const study = new Study(floatSpace, nsga2({ populationSize: 10 }), {
        seed: 1,
        directions: ['minimize', 'minimize'],
        budget: { trials: 100 },
      })
      await study.optimize((_, { dna }) => zdt1(numbersOf(dna)).map(value => -value), { concurrency })
      runs.push(study.history.map(({ dna }) => String(dna)))
      expect(study.paretoFront.length).to.be.above(5)
    }
    expect(runs[0]).to.deep.equal(runs[1])
  })

  it('with one objective is a search for the best', () => {
    const { spec } = Space.of(Array.from({ length: 20 }, () => oneOf([0, 1])))
    const ones = (dna: Dna): number => mean(numbersOf(dna)) * 20
    let state = nsga2().init(spec, 1)
    let best = 0
    for (let id = 1; id <= 400; id++) {
      const [proposal, next] = nsga2().ask(state, spec)
      const { dna } = proposal as { dna: Dna }
      state = nsga2().tell(next, { id, dna, reward: ones(dna) }, spec)
      best = Math.max(best, ones(dna))
    }
    expect(best).to.equal(20)
  })

  it('refuses a population that makes no sense', () => {
    expect(() => nsga2({ populationSize: 1 })).to.throw(SpaceError, 'an integer of at least 2, got 1')
    expect(nsga2().objectives).to.equal('any')
  })
})

/** The problems of the benchmark: how many cases each has, and what is right, on cases worked out by hand. */

import { expect } from 'chai'
import { findProblem, problemNames, problems } from '../../../examples/psb/problems/index.ts'
import type { Json } from '../../../src/runtime/index.ts'

/** Training and test cases that the papers give for each problem; 2,000 tests are cut to 1,000 for all alike. */
const sizes: Record<string, number> = {
  'number-io': 25,
  'negative-to-zero': 200,
  'vectors-summed': 150,
  'sum-of-squares': 50,
  grade: 200,
  'count-odds': 200,
  'last-index-of-zero': 150,
  'fizz-buzz': 200,
  'fuel-cost': 200,
  'dice-game': 200,
}

describe('the problems of the benchmark', () => {
  it('are many, and each has its name once', () => {
    expect(problemNames.length).to.be.at.least(10)
    expect(new Set(problemNames).size).to.equal(problemNames.length)
    expect(findProblem('no-such-problem')).to.equal(undefined)
  })

  for (const { name, cases } of problems) {
    it(`draw the same cases for a seed, and others for another: ${name}`, () => {
      const { train, test } = cases(1)
      const again = cases(1)
      expect([again.train, again.test]).to.deep.equal([train, test])
      expect(train.length).to.equal(sizes[name] ?? 100)
      expect(test.length).to.be.at.least(100)
      if (test.length > 100) expect(cases(2).test).to.not.deep.equal(test)
    })

    it(`give the same answer wherever an input comes again: ${name}`, () => {
      const answers = new Map<string, Json>()
      for (const seed of [1, 2]) {
        const { train, test } = cases(seed)
        for (const { inputs, outputs } of [...train, ...test]) {
          const key = JSON.stringify(inputs)
          expect(answers.get(key) ?? outputs).to.deep.equal(outputs)
          answers.set(key, outputs)
        }
      }
    })
  }

  /** What a problem says is right, wherever its cases have the inputs that a rule is about. */
  const checks: Record<string, (inputs: never) => unknown> = {
    'number-io': ({ x, n }: { x: number; n: number }) => x + n,
    'small-or-large': ({ n }: { n: number }) => (n < 1000 ? 'small' : n >= 2000 ? 'large' : ''),
    'fizz-buzz': ({ n }: { n: number }) =>
      `${n % 3 === 0 ? 'Fizz' : ''}${n % 5 === 0 ? 'Buzz' : ''}` || String(n),
    'fuel-cost': (inputs: object) =>
      (Object.values(inputs)[0] as number[]).reduce((sum, mass) => sum + Math.floor(mass / 3) - 2, 0),
    'count-odds': (inputs: object) =>
      (Object.values(inputs)[0] as number[]).filter(number => number % 2 !== 0).length,
    'last-index-of-zero': (inputs: object) => (Object.values(inputs)[0] as number[]).lastIndexOf(0),
    'sum-of-squares': ({ n }: { n: number }) =>
      Array.from({ length: n }, (_, i) => (i + 1) ** 2).reduce((sum, square) => sum + square, 0),
  }
  for (const [name, right] of Object.entries(checks)) {
    it(`say what is right: ${name}`, () => {
      const { train, test } = findProblem(name)!.cases(3)
      for (const { inputs, outputs } of [...train, ...test.slice(0, 200)]) {
        expect(Object.values(outputs as object)).to.deep.equal([right(inputs as never)])
      }
    })
  }
})

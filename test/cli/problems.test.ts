import { runInNewContext } from 'node:vm'
import { expect } from 'chai'
import { type Example, findProblem, problemNames, problems } from '../../src/cli/problems.ts'
import { DataModel } from '../../src/modules/index.ts'

const inputsOf = (examples: readonly Example[]) => examples.map(example => JSON.stringify(example.inputs))

/** The share of cases a script gets right. */
function score(script: string, examples: readonly Example[]): number {
  const right = examples.filter(({ inputs, outputs }) => {
    const scope: { [name: string]: unknown } = { inputs }
    runInNewContext(script, scope)
    return JSON.stringify(scope.result) === JSON.stringify(outputs)
  })
  return right.length / examples.length
}

const solutions: { readonly [name: string]: string } = {
  smallest: 'result = { smallest: Math.min(inputs.a, inputs.b, inputs.c, inputs.d) }',
  median: 'result = { median: [inputs.a, inputs.b, inputs.c].sort((a, b) => a - b)[1] }',
  'negative-to-zero': 'result = { list: inputs.list.map(x => x < 0 ? 0 : x) }',
  'mirror-image':
    'result = { mirrored: JSON.stringify([...inputs.second].reverse()) === JSON.stringify(inputs.first) }',
}

describe('problems', () => {
  it('are found by name', () => {
    expect(problems.map(problem => problem.name)).to.deep.equal([...problemNames])
    expect(findProblem('median')?.name).to.equal('median')
    expect(findProblem('toString')).to.equal(undefined)
  })

  for (const problem of problems) {
    describe(problem.name, () => {
      const parts = problem.generate(3)
      const all = [...parts.train, ...parts.validation, ...parts.test]

      it('has cases that fit its schemas', () => {
        const input = DataModel.of(problem.inputSchema)
        const output = DataModel.of(problem.outputSchema)
        for (const { inputs, outputs } of all) {
          expect(input.problems(inputs)).to.deep.equal([])
          expect(output.problems(outputs)).to.deep.equal([])
        }
        expect(output.problems(problem.defaultReturnValue)).to.deep.equal([])
      })

      it('is solved by a script that solves it, and not by the one it starts from', () => {
        expect(score(solutions[problem.name] as string, all)).to.equal(1)
        expect(score(problem.seedScript, parts.test)).to.be.within(0.001, 0.95)
      })

      it('starts its training data with the cases picked by hand', () => {
        expect(parts.train.slice(0, problem.edgeCases.length)).to.deep.equal(problem.edgeCases)
      })

      it('has as many cases as asked for, and none in two parts', () => {
        expect([parts.train, parts.validation, parts.test].map(part => part.length)).to.deep.equal([
          100, 100, 1000,
        ])
        const train = new Set(inputsOf(parts.train))
        const validation = new Set(inputsOf(parts.validation))
        const twice = [...validation, ...inputsOf(parts.test)].filter(text => train.has(text)).length
        // There are only 201 inputs of equal numbers, so that these may come up again.
        expect(twice).to.be.at.most(problem.name === 'median' || problem.name === 'smallest' ? 20 : 0)
      })

      it('has the same cases for the same seed, and others for another', () => {
        expect(problem.generate(3)).to.deep.equal(parts)
        expect(inputsOf(problem.generate(4).test)).not.to.deep.equal(inputsOf(parts.test))
      })

      it('has cases that do not depend on the size of other parts', () => {
        const other = problem.generate('x', { train: 40, validation: 0, test: 10 })
        expect([other.train, other.validation, other.test].map(part => part.length)).to.deep.equal([
          40, 0, 10,
        ])
      })
    })
  }
})

describe('mirror-image', () => {
  it('has true cases, near misses and random ones', () => {
    const { test } = (findProblem('mirror-image') as (typeof problems)[number]).generate(1)
    const shareOf = (where: (example: Example) => boolean) => test.filter(where).length / test.length
    expect(shareOf(({ outputs }) => outputs.mirrored === true)).to.be.within(0.45, 0.65)
    const misses = shareOf(({ inputs, outputs }) => {
      const [first, second] = [inputs.first, inputs.second] as [number[], number[]]
      const differing = first.filter((element, i) => element !== second.at(-1 - i)).length
      return outputs.mirrored === false && differing <= 5 && first.length > 5
    })
    expect(misses).to.be.greaterThan(0.1)
    expect(
      test.every(({ inputs }) => (inputs.first as number[]).length === (inputs.second as number[]).length),
    ).to.equal(true)
  })
})

import { expect } from 'chai'
import fc from 'fast-check'
import { compile, evaluate } from '../../../src/modules/grammar/evaluate.ts'
import type { Expression } from '../../../src/modules/grammar/expression.ts'
import { isOfType } from '../../../src/modules/grammar/pack.ts'
import { a, asJson, call, inputsOf, ruleOf, runScript, TASKS } from './support.ts'

const aTask = fc.integer({ min: 0, max: TASKS.length - 1 })

describe('evaluate', () => {
  it('gives what the script gives', function () {
    this.timeout(60_000)
    fc.assert(
      fc.property(aTask, fc.nat(), fc.nat(), (task, ruleSeed, inputSeed) => {
        const rule = ruleOf(task, ruleSeed)
        const inputs = inputsOf((TASKS[task] as (typeof TASKS)[number])[0], inputSeed)
        expect(runScript(rule.toScript(), inputs), rule.toScript()).to.deep.equal(
          asJson(rule.evaluate(inputs)),
        )
      }),
      { numRuns: 300, seed: 1 },
    )
  })

  it('gives values of the declared types for all inputs', () => {
    fc.assert(
      fc.property(aTask, fc.nat(), fc.nat(), (task, ruleSeed, inputSeed) => {
        const [inputTypes, outputTypes] = TASKS[task] as (typeof TASKS)[number]
        const outputs = ruleOf(task, ruleSeed).evaluate(inputsOf(inputTypes, inputSeed))
        for (const [key, wanted] of Object.entries(outputTypes)) {
          expect(isOfType(outputs[key], wanted), `${key}: ${String(outputs[key])}`).to.equal(true)
        }
      }),
      { numRuns: 800, seed: 2 },
    )
  })

  it('compiles what is shared once', () => {
    const part = call('max', a, 0)
    expect(compile(call('add', part, 1).args.at(0) as Expression)).to.equal(compile(part))
  })

  it('limits powers to safe integers', () => {
    let power: Expression = a
    for (let i = 0; i < 6; i++) power = call('multiply', power, power)
    expect(evaluate(power, { a: 1e9 })).to.be.at.most(Number.MAX_SAFE_INTEGER ** 4)
    expect(evaluate(power, { a: 1 })).to.equal(1)
  })
})

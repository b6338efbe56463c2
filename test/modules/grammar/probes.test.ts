import { expect } from 'chai'
import fc from 'fast-check'
import { Probes } from '../../../src/modules/grammar/probes.ts'
import { a, call, inputsOf, integerRule, ruleOf, TASKS } from './support.ts'

describe('Probes', () => {
  const probes = new Probes([
    { a: 3, b: 0 },
    { a: -2, b: 1 },
  ])

  it('give the values of an expression for each input', () => {
    expect(probes.values(call('abs', a))).to.deep.equal([3, 2])
  })

  it('work out shared parts once', () => {
    const part = call('abs', a)
    probes.values(call('add', part, 1))
    expect(probes.values(part)).to.equal(probes.values(part))
  })

  it('have one fingerprint for rules that do the same', () => {
    const print = (rule = integerRule(a)) => probes.fingerprint(rule)
    expect(print(integerRule(call('add', a, a)))).to.equal(print(integerRule(call('multiply', a, 2))))
    expect(print(integerRule(call('abs', a)))).not.to.equal(print(integerRule(a)))
    expect(print()).to.equal(probes.fingerprintOf([[3, -2]]))
  })

  it('agree with evaluation one by one', () => {
    fc.assert(
      fc.property(fc.nat(TASKS.length - 1), fc.nat(), fc.nat(), (task, ruleSeed, inputSeed) => {
        const inputs = [0, 1, 2].map(i => inputsOf((TASKS[task] as (typeof TASKS)[number])[0], inputSeed + i))
        const rule = ruleOf(task, ruleSeed)
        const many = new Probes(inputs)
        for (const [key, expression] of rule.outputs) {
          expect(many.values(expression)).to.deep.equal(inputs.map(one => rule.evaluate(one)[key]))
        }
      }),
      { numRuns: 300, seed: 6 },
    )
  })

  it('tell values of all types apart', () => {
    const prints = [
      [true],
      [false],
      [1],
      [0],
      [0.5],
      [''],
      ['a'],
      ['b'],
      [[]],
      [[0]],
      [[1, 2]],
      [[2, 1]],
    ].map(values => probes.fingerprintOf([values]))
    expect(new Set(prints).size).to.equal(prints.length)
  })
})

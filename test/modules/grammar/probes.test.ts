import { expect } from 'chai'
import fc from 'fast-check'
import { Probes } from '../../../src/modules/grammar/probes.ts'
import { Rule } from '../../../src/modules/grammar/rule.ts'
import { a, asJson, call, inputsOf, integerRule, ruleOf, TASKS, xs } from './support.ts'

describe('Probes', () => {
  const probes = new Probes(
    [
      { a: 3, b: 0 },
      { a: -2, b: 1 },
    ],
    ['y'],
  )

  it('tell whether rules do the same', () => {
    const twice = integerRule(call('add', a, a))
    expect(probes.areAlike(twice, integerRule(call('multiply', a, 2)))).to.equal(true)
    expect(probes.areAlike(twice, integerRule(a))).to.equal(false)
  })

  it('tell whether a rule does what is expected', () => {
    const rule = integerRule(call('abs', a))
    expect(probes.isRight(rule, [[3], [2]])).to.equal(true)
    expect(probes.isRight(rule, [[3], [-2]])).to.equal(false)
  })

  it('compare lists by their elements', () => {
    const lists = new Probes([{ xs: [2, 1] }], ['ys'])
    const rule = (ys: ReturnType<typeof call>) =>
      new Rule({ inputTypes: { xs: 'integers' }, outputTypes: { ys: 'integers' }, outputs: { ys } })
    expect(lists.areAlike(rule(call('sort', xs)), rule(call('reverse', xs)))).to.equal(true)
    expect(lists.areAlike(rule(call('sort', xs)), rule(call('take', xs, 1)))).to.equal(false)
  })

  it('know nothing without inputs', () => {
    const none = new Probes([], ['y'])
    expect(none.count).to.equal(0)
    expect(none.areAlike(integerRule(a), integerRule(call('abs', a)))).to.equal(true)
  })

  it('agree with evaluation one by one', () => {
    fc.assert(
      fc.property(fc.nat(TASKS.length - 1), fc.nat(), fc.nat(), fc.nat(), (task, first, second, seed) => {
        const inputs = [0, 1, 2].map(i => inputsOf((TASKS[task] as (typeof TASKS)[number])[0], seed + i))
        const [one, two] = [ruleOf(task, first, 2), ruleOf(task, second, 2)]
        const outputs = (rule: Rule) => JSON.stringify(asJson(inputs.map(given => rule.evaluate(given))))
        expect(new Probes(inputs, one.outputs.keys()).areAlike(one, two)).to.equal(
          outputs(one) === outputs(two),
        )
      }),
      { numRuns: 300, seed: 6 },
    )
  })
})

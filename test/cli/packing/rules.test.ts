import { expect } from 'chai'
import { bestFit, language, packingBehavior, rules } from '../../../src/cli/packing/rules.ts'
import { programs, Rng } from '../../../src/search/index.ts'

const { call, Program, toJavaScript, variable } = programs
const [item, residual] = [variable('item'), variable('residual')]
const rule = (result: programs.Expression): programs.Program =>
  new Program({ inputs: [item, residual], result })

describe('the rules of packing', () => {
  it('begin with best fit', () => {
    const [first] = [rules.materialize(rules.first())]
    expect(first.equals(bestFit)).to.equal(true)
    expect(toJavaScript(first)).to.contain('return -(residual - item)')
    expect(programs.mutate(first, language, Rng.from(1)).equals(first)).to.equal(false)
  })

  it('are the same when each item prefers the same bins', () => {
    const { of } = packingBehavior('weibull')
    expect(of(rule(call('negate', residual)))).to.equal(of(bestFit))
    expect(of(rule(call('-', item, call('*', 3, residual))))).to.equal(of(bestFit))
    // Of equal priorities the fullest bin has it.
    expect(of(rule(call('*', 0, residual)))).to.equal(of(bestFit))
    expect(of(rule(residual))).not.to.equal(of(bestFit))
    expect(of(rule(call('abs', call('-', residual, 90))))).not.to.equal(of(bestFit))
  })

  it('are told apart for bins of one capacity at a time', () => {
    expect(packingBehavior('weibull').name).not.to.equal(packingBehavior('or3').name)
  })
})

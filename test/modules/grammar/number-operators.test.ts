import { expect } from 'chai'
import { evaluate } from '../../../src/modules/grammar/evaluate.ts'
import { numberOperators } from '../../../src/modules/grammar/number-operators.ts'
import { a, b, call, ok } from './support.ts'

describe('operators on numbers', () => {
  it('divide by zero without harm', () => {
    const inputs = { a: 7, b: 0 }
    expect(evaluate(call('quotient', a, b), inputs)).to.equal(0)
    expect(evaluate(call('remainder', a, b), inputs)).to.equal(0)
    expect(evaluate(call('ratio', a, b), inputs)).to.equal(0)
  })

  it('divide towards zero, so that quotient and remainder make up the whole', () => {
    const inputs = { a: -7, b: 2 }
    const whole = call('add', call('multiply', call('quotient', a, b), b), call('remainder', a, b))
    expect(evaluate(call('quotient', a, b), inputs)).to.equal(-3)
    expect(evaluate(whole, inputs)).to.equal(-7)
  })

  it('work out only what is chosen', () => {
    expect(evaluate(call('if', ok, call('add', a, 1), b), { ok: true, a: 1, b: 5 })).to.equal(2)
  })

  it('leave functions of analysis to those who ask for them', () => {
    const optIn = Object.entries(numberOperators).filter(([, row]) => 'isOptIn' in row)
    expect(optIn.map(([name]) => name)).to.deep.equal(['sqrt', 'log', 'exp', 'sin', 'cos'])
  })
})

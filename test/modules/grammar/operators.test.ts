import { expect } from 'chai'
import { evaluate } from '../../../src/modules/grammar/evaluate.ts'
import { OPERATOR_NAMES, operatorOf } from '../../../src/modules/grammar/operators.ts'
import { a, b, call, item, xs } from './support.ts'

describe('operators', () => {
  it('say how tightly they need their arguments bound for no more arguments than they have', () => {
    for (const name of OPERATOR_NAMES) {
      const { needs = [], args } = operatorOf(name)
      expect(needs.length, name).to.be.at.most(args.length)
    }
  })

  it('bind an element only in their second argument', () => {
    const binders = OPERATOR_NAMES.filter(name => operatorOf(name).binds)
    expect(binders).to.deep.equal(['map', 'filter', 'every', 'some'])
    for (const name of binders) expect(operatorOf(name).args).to.have.length(2)
  })

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

  it('read 0 outside of a list', () => {
    const at = (index: number) => evaluate(call('at', xs, index), { xs: [4, 5] })
    expect([0, 1, 2, -1, -3].map(at)).to.deep.equal([4, 5, 0, 5, 0])
  })

  it('work through lists with the element at hand', () => {
    const inputs = { xs: [3, -1, 2] }
    expect(evaluate(call('map', xs, call('multiply', item, item)), inputs)).to.deep.equal([9, 1, 4])
    expect(evaluate(call('filter', xs, call('less', item, 0)), inputs)).to.deep.equal([-1])
    expect(evaluate(call('every', xs, call('less', item, 4)), inputs)).to.equal(true)
    expect(evaluate(call('some', xs, call('equal', item, 5)), inputs)).to.equal(false)
  })

  it('leave the lists of others as they are', () => {
    const inputs = { xs: [3, 1, 2] }
    for (const op of ['sort', 'reverse'] as const) evaluate(call(op, xs), inputs)
    expect(inputs.xs).to.deep.equal([3, 1, 2])
  })

  it('make lists of a bounded length only', () => {
    expect(evaluate(call('length', call('range', 1e9)), {})).to.equal(1000)
    expect(evaluate(call('range', -5), {})).to.deep.equal([])
  })
})

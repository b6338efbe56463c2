import { expect } from 'chai'
import { findOperator, OPERATOR_NAMES, operatorOf } from '../../../src/modules/grammar/operators.ts'

describe('operators', () => {
  it('say how tightly they need their arguments bound for no more arguments than they have', () => {
    for (const name of OPERATOR_NAMES) {
      const { needs = [], args } = operatorOf(name)
      expect(needs.length, name).to.be.at.most(args.length)
    }
  })

  it('have bodies after what they work on', () => {
    const binders = OPERATOR_NAMES.filter(name => operatorOf(name).binds)
    expect(binders).to.deep.equal(['map', 'filter', 'every', 'some', 'fold', 'repeat', 'loop'])
    for (const name of binders) {
      const { args, binds } = operatorOf(name)
      expect(binds?.from, name).to.be.within(1, args.length - 1)
    }
  })

  it('are found by names that there are', () => {
    expect(findOperator('add')?.args).to.deep.equal(['N', 'N'])
    for (const name of ['pow', 'toString', 'nowhere.add']) expect(findOperator(name)).to.equal(undefined)
  })
})

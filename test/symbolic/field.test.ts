/** Options of fields: each gives a new field, and none touches the one it came from. */

import { expect } from 'chai'
import { FieldError, f, fieldOf, problemsOf, SymObject } from '../../src/symbolic/index.ts'
import { refusal } from '../support/refusal.ts'

describe('a field', () => {
  it('is a value: options leave the original as it was', () => {
    const plain = f.int({ min: 1 })
    const fancy = plain
      .nullable()
      .default(3)
      .trainable()
      .describe('How many.')
      .meta({ unit: 'px' })
      .meta({ step: 2 })
    expect(fancy.description).to.equal('How many.')
    expect(fancy.metadata).to.deep.equal({ unit: 'px', step: 2 })
    expect(fancy.isTrainable).to.equal(true)
    expect(fancy.trainable(false).isTrainable).to.equal(false)
    expect(plain.description).to.equal('')
    expect(plain.metadata).to.deep.equal({})
    expect(plain.isTrainable).to.equal(false)
    expect(problemsOf(plain, null)).to.have.length(1)
    expect(problemsOf(fancy, null)).to.have.length(0)
  })

  it('checks its default at once', () => {
    refusal(() => f.int({ min: 1 }).default(0), FieldError, /default must be an integer of at least 1, got 0/)
    refusal(() => f.list(f.int()).default(['x' as never]), FieldError, /default\[0\] must be an integer/)
    refusal(() => f.string().frozen(5 as never), FieldError, /must be a string/)
    refusal(() => f.int().default(null as never), FieldError)
    expect(() => f.int().nullable().default(null)).not.to.throw()
  })

  it('shares its default between all who take it, safely', () => {
    class Shares extends SymObject.define('field.Shares', { list: f.list(f.int()).default([1]) }) {}
    const one = new Shares()
    const two = new Shares()
    expect(one.list.token).to.equal(two.list.token)
    expect(one.list).not.to.equal(two.list)
    expect(one.rebind([['list[0]', 5]]).list.at(0)).to.equal(5)
    expect(new Shares().list.at(0)).to.equal(1)
  })

  it('is empty when asked: orEmpty', () => {
    class Empty extends SymObject.define('field.Empty', {
      list: f.list(f.int()).orEmpty(),
      dict: f.dict().orEmpty(),
    }) {}
    expect(new Empty().toString()).to.equal('Empty(list=[], dict={})')
    refusal(() => f.list(f.int(), { minSize: 1 }).orEmpty(), FieldError, /at least 1 elements, got 0/)
  })

  it('tells its class what it says of itself', () => {
    class Says extends SymObject.define('field.Says', { n: f.int().describe('A number.').trainable() }) {}
    expect(fieldOf(Says, 'n').description).to.equal('A number.')
    expect(fieldOf(Says, 'n').isTrainable).to.equal(true)
  })
})

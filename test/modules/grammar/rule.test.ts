import { expect } from 'chai'
import { constantOf } from '../../../src/modules/grammar/expression.ts'
import { Rule } from '../../../src/modules/grammar/rule.ts'
import { FieldError, fromJson } from '../../../src/symbolic/index.ts'
import { a, b, call, integerRule, item, ok, ruleOf, TASKS, x } from './support.ts'

describe('Rule', () => {
  const rule = integerRule(call('max', a, 0))

  it('writes a script and does the same in this process', () => {
    expect(rule.toScript()).to.equal('result = { y: Math.max(inputs.a, 0) }')
    expect(rule.evaluate({ a: -3 })).to.deep.equal({ y: 0 })
    expect(rule.size).to.equal(3)
  })

  it('changes by paths', () => {
    const next = rule.rebind([['outputs.y.args[1]', call('negate', b)]])
    expect(next.toScript()).to.equal('result = { y: Math.max(inputs.a, -inputs.b) }')
  })

  it('refuses outputs of another type than declared', () => {
    expect(() => integerRule(ok)).to.throw(FieldError, 'grammar.Rule.outputs.y must be integer, got boolean')
    expect(() => rule.rebind([['outputs.y.args[1]', constantOf(0.5)]])).to.throw(
      'must be integer, got number',
    )
  })

  it('refuses inputs that are not declared so', () => {
    expect(() => integerRule(call('floor', x))).to.throw(
      "takes the input 'x' for number, but it is not declared",
    )
    const other = a.rebind({ type: 'number' })
    expect(() => integerRule(call('floor', other))).to.throw(
      "takes the input 'a' for number, but it is integer",
    )
  })

  it('refuses an element without a list, and outputs that are missing', () => {
    expect(() => integerRule(item)).to.throw(
      'uses the element of a list or the total of a loop outside of any',
    )
    expect(() => new Rule({ inputTypes: {}, outputTypes: { y: 'integer' }, outputs: {} })).to.throw(
      'outputs must be y',
    )
  })

  it('comes back from JSON with the same script', () => {
    for (const [task] of TASKS.entries()) {
      const made = ruleOf(task, 8)
      const read = fromJson(JSON.parse(JSON.stringify(made)), Rule)
      expect(read.equals(made)).to.equal(true)
      expect(read.toScript()).to.equal(made.toScript())
    }
  })
})

import { expect } from 'chai'
import {
  argumentsOf,
  Call,
  Constant,
  constantOf,
  Expression,
  factsOf,
  Item,
  isBulkyOperator,
  plainValue,
} from '../../../src/modules/grammar/expression.ts'
import { FieldError, fromJson, SymObject, same } from '../../../src/symbolic/index.ts'
import { a, call, item, ok, ruleOf, s, TASKS, x, xs } from './support.ts'

const typeOf = (expression: Expression) => factsOf(expression).type

describe('expressions', () => {
  it('have the type of what they give', () => {
    expect(typeOf(call('add', a, 1))).to.equal('integer')
    expect(typeOf(call('add', a, x))).to.equal('number')
    expect(typeOf(call('add', a, 0.5))).to.equal('number')
    expect(typeOf(call('if', ok, a, x))).to.equal('number')
    expect(typeOf(call('map', xs, call('ratio', item, 2)))).to.equal('numbers')
    expect(typeOf(call('equal', xs, []))).to.equal('boolean')
  })

  it('know their size, height, inputs and free elements', () => {
    const sum = call('add', call('max', a, 0), x)
    const { size, height, inputs, item: free } = factsOf(sum)
    expect([size, height, free]).to.deep.equal([5, 3, null])
    expect([...inputs]).to.deep.equal([
      ['a', 'integer'],
      ['x', 'number'],
    ])
    expect(factsOf(call('add', item, 1)).item).to.equal('integer')
    expect(factsOf(call('map', xs, call('add', item, 1))).item).to.equal(null)
  })

  it('cannot be made with arguments of the wrong type', () => {
    expect(() => call('add', a, 'b')).to.throw(
      FieldError,
      "grammar.Call.args[1] must be a number for 'add', got string",
    )
    expect(() => call('equal', a, ok)).to.throw(
      "args[1] must be of the same type as the others for 'equal', got boolean",
    )
    expect(() => call('quotient', x, 2)).to.throw("args[0] must be integer for 'quotient', got number")
  })

  it('cannot be made with too few arguments', () => {
    expect(() => call('add', a)).to.throw("grammar.Call.args must be 2 for 'add', got 1")
  })

  it('cannot be rebound to what does not fit', () => {
    const sum = call('add', a, 1)
    expect(() => sum.rebind([['args[0]', s]])).to.throw(FieldError)
    expect(() => sum.rebind([['op', 'joinText']])).to.throw(FieldError)
  })

  it('cannot take an input for two types', () => {
    const other = a.rebind({ type: 'number' })
    expect(() => call('add', a, other)).to.throw("takes the input 'a' for number, elsewhere it is integer")
  })

  it('keep lists out of what is done for every element', () => {
    expect(() => call('map', xs, call('sum', call('map', xs, item)))).to.throw(
      'must not make or work through lists',
    )
    expect(() => call('map', xs, call('sum', call('reverse', xs)))).to.throw(
      'must not make or work through lists',
    )
    expect(typeOf(call('map', xs, call('subtract', item, call('sum', xs))))).to.equal('integers')
    expect(isBulkyOperator('sort')).to.equal(true)
    expect(isBulkyOperator('sum')).to.equal(false)
  })

  it('do not take elements for narrower than they are', () => {
    const halves = call('map', xs, call('ratio', item, 2))
    expect(() => call('map', halves, call('remainder', item, 2))).to.throw(
      'must take elements that are number',
    )
    expect(typeOf(call('map', halves, new Item({ type: 'number' })))).to.equal('numbers')
  })

  it('limit what could leave the range of a double, and only that', () => {
    let power: Expression = a
    for (let i = 0; i < 4; i++) power = call('multiply', power, power)
    expect(factsOf(power).isLimited).to.equal(true)
    expect(factsOf(argumentsOf(power)[0] as Expression).isLimited).to.equal(false)
  })

  it('share the parts that a change leaves alone', () => {
    const before = call('add', call('max', a, 0), call('min', a, 9))
    const after = before.rebind([['args[1].args[1]', constantOf(8)]])
    expect(same(argumentsOf(after)[0], argumentsOf(before)[0])).to.equal(true)
  })

  it('come back from JSON equal, and are checked on the way', () => {
    for (const [task] of TASKS.entries()) {
      const [expression] = ruleOf(task, 3).outputs.values() as [Expression]
      const data = JSON.parse(JSON.stringify(expression)) as unknown
      expect(fromJson(data, Expression).equals(expression)).to.equal(true)
    }
    const wrong = { _type: 'grammar.Call', op: 'not', args: [{ _type: 'grammar.Constant', value: 1 }] }
    expect(() => fromJson(wrong, Call)).to.throw('must be boolean')
  })

  it('hold plain values', () => {
    for (const value of [true, 3, 0.5, 'a', [1, 2]])
      expect(plainValue(constantOf(value))).to.deep.equal(value)
    expect(() => new Constant({ value: Number.POSITIVE_INFINITY })).to.throw(FieldError)
  })

  it('of a kind from elsewhere are refused', () => {
    class Foreign extends Expression.define('expression-test.Foreign', {}) {}
    expect(new Foreign()).to.be.instanceOf(SymObject)
    expect(() => call('not', new Foreign())).to.throw('is not a kind of expression that the grammar knows')
  })
})

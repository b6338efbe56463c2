import { expect } from 'chai'
import { evaluate } from '../../../src/modules/grammar/evaluate.ts'
import { Total } from '../../../src/modules/grammar/expression.ts'
import { listOperators } from '../../../src/modules/grammar/list-operators.ts'
import { renderScript } from '../../../src/modules/grammar/render.ts'
import { MAX_TEXT } from '../../../src/modules/grammar/writing.ts'
import { a, b, call, item, runScript, s, total, words, x, xs } from './support.ts'

const textTotal = new Total({ type: 'string' })

describe('operators on lists', () => {
  it('read the default of their elements outside of a list', () => {
    const at = (index: number) => evaluate(call('at', xs, index), { xs: [4, 5] })
    expect([0, 1, 2, -1, -3].map(at)).to.deep.equal([4, 5, 0, 5, 0])
    expect(evaluate(call('at', words, 9), { words: ['a'] })).to.equal('')
  })

  it('work through lists with the element at hand', () => {
    const inputs = { xs: [3, -1, 2] }
    expect(evaluate(call('map', xs, call('multiply', item, item)), inputs)).to.deep.equal([9, 1, 4])
    expect(evaluate(call('map', xs, call('text', item)), inputs)).to.deep.equal(['3', '-1', '2'])
    expect(evaluate(call('filter', xs, call('less', item, 0)), inputs)).to.deep.equal([-1])
    expect(evaluate(call('every', xs, call('less', item, 4)), inputs)).to.equal(true)
    expect(evaluate(call('some', xs, call('equal', item, 5)), inputs)).to.equal(false)
  })

  it('find elements from both ends, and keep each once', () => {
    const inputs = { xs: [0, 1, 0, 2] }
    expect(evaluate(call('indexOf', xs, 0), inputs)).to.equal(0)
    expect(evaluate(call('lastIndexOf', xs, 0), inputs)).to.equal(2)
    expect(evaluate(call('lastIndexOf', xs, 7), inputs)).to.equal(-1)
    expect(evaluate(call('unique', xs), inputs)).to.deep.equal([0, 1, 2])
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

describe('loops', () => {
  const euclid = call('loop', a, call('less', b, total), call('subtract', total, b))

  it('make one thing of many', () => {
    const largest = call('fold', xs, 0, call('max', total, item))
    expect(evaluate(largest, { xs: [3, 9, 2] })).to.equal(9)
    const squares = call('repeat', a, 0, call('add', total, call('multiply', item, item)))
    expect(evaluate(squares, { a: 4 })).to.equal(14)
    expect(evaluate(euclid, { a: 17, b: 5 })).to.equal(2)
  })

  it('read like what one would write', () => {
    expect(renderScript([['y', call('fold', xs, 0, call('max', total, item))]])).to.equal(
      'result = { y: inputs.xs.reduce((total, x) => Math.max(total, x), 0) }',
    )
    expect(renderScript([['y', euclid]])).to.match(
      /result = \{ y: loop\(inputs.a, total => inputs.b < total, total => limit\(total - inputs.b\)\) \}$/,
    )
  })

  it('end, and keep what they make from growing without bound, as their scripts do', () => {
    const endless = call('loop', a, true, call('multiply', total, total))
    const longer = call('repeat', 1e9, s, call('joinText', textTotal, textTotal))
    for (const [expression, expected] of [
      [endless, Number.MAX_SAFE_INTEGER],
      [call('textLength', longer), MAX_TEXT],
    ] as const) {
      expect(evaluate(expression, { a: 3, s: 'ab' })).to.equal(expected)
      expect(runScript(renderScript([['y', expression]]), { a: 3, s: 'ab' })).to.deep.equal({ y: expected })
    }
  })

  it('know no loop in a loop, and no total of another type', () => {
    expect(() => call('repeat', 3, 0, call('sum', call('map', xs, item)))).to.throw(
      'must not make or work through',
    )
    expect(() => call('fold', xs, 0, call('textLength', textTotal))).to.throw(
      'must take totals that are integer, got a body for string',
    )
    expect(() => call('map', xs, total)).to.throw('must take totals that are none, got a body for integer')
    expect(() => call('fold', xs, 0, call('add', total, x))).to.throw('must take totals that are number')
  })

  it('are for those who ask for them', () => {
    const optIn = Object.entries(listOperators).filter(([, row]) => 'isOptIn' in row)
    expect(optIn.map(([name]) => name)).to.deep.equal(['range', 'fold', 'repeat', 'loop'])
  })
})

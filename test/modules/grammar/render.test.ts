import { expect } from 'chai'
import type { Expression } from '../../../src/modules/grammar/expression.ts'
import { renderExpression, renderScript } from '../../../src/modules/grammar/render.ts'
import { a, b, call, item, ok, runScript, s, xs } from './support.ts'

const pictures: readonly (readonly [Expression, string])[] = [
  [call('subtract', a, call('subtract', b, 1)), 'inputs.a - (inputs.b - 1)'],
  [call('subtract', call('subtract', a, b), 1), 'inputs.a - inputs.b - 1'],
  [call('multiply', call('add', a, b), 2), '(inputs.a + inputs.b) * 2'],
  [call('add', call('multiply', a, b), -2), 'inputs.a * inputs.b + -2'],
  [call('negate', call('negate', a)), '-(-inputs.a)'],
  [call('negate', -1), '-(-1)'],
  [call('min', call('min', a, b), call('min', 1, 2)), 'Math.min(inputs.a, inputs.b, 1, 2)'],
  [call('and', call('or', ok, ok), call('not', ok)), '(inputs.ok || inputs.ok) && !inputs.ok'],
  [call('not', call('less', a, b)), '!(inputs.a < inputs.b)'],
  [call('not', call('equal', a, b)), 'inputs.a !== inputs.b'],
  [call('equal', call('less', a, b), ok), 'inputs.a < inputs.b === inputs.ok'],
  [
    call('if', call('less', a, b), a, call('if', ok, b, 0)),
    'inputs.a < inputs.b ? inputs.a : inputs.ok ? inputs.b : 0',
  ],
  [call('if', ok, call('if', ok, a, b), 0), 'inputs.ok ? (inputs.ok ? inputs.a : inputs.b) : 0'],
  [call('add', call('at', xs, 0), 1), '(inputs.xs.at(0) ?? 0) + 1'],
  [
    call('map', call('sort', xs), call('max', item, 0)),
    'inputs.xs.toSorted((a, b) => a - b).map(x => Math.max(x, 0))',
  ],
  [call('join', call('join', xs, call('single', a)), [1, 2]), '[...inputs.xs, inputs.a, 1, 2]'],
  [call('equal', xs, call('reverse', xs)), 'same(inputs.xs, inputs.xs.toReversed())'],
  [call('quotient', call('add', a, 1), 2), 'Math.trunc((inputs.a + 1) / 2)'],
  [call('quotient', a, b), 'quotient(inputs.a, inputs.b)'],
  [call('remainder', a, 3), 'inputs.a % 3'],
  [call('textLength', call('joinText', s, "it's")), '(inputs.s + "it\'s").length'],
  [call('reverseText', 'ab'), "[...'ab'].reverse().join('')"],
]

describe('renderExpression', () => {
  for (const [expression, text] of pictures)
    it(`writes ${text}`, () => expect(renderExpression(expression)).to.equal(text))
})

describe('renderScript', () => {
  it('assigns an object with the outputs', () => {
    expect(renderScript([['y', call('max', a, 0)]])).to.equal('result = { y: Math.max(inputs.a, 0) }')
  })

  it('brings along the functions it needs, once each', () => {
    const script = renderScript([['y', call('add', call('quotient', a, b), call('quotient', b, a))]])
    expect(script).to.equal(
      'function quotient(a, b) {\n  return b === 0 ? 0 : Math.trunc(a / b)\n}\n' +
        'result = { y: quotient(inputs.a, inputs.b) + quotient(inputs.b, inputs.a) }',
    )
  })

  it('writes many outputs on lines of their own when they are long', () => {
    const long = call('add', call('add', call('add', a, b), call('add', a, b)), call('add', a, b))
    expect(
      renderScript([
        ['first', long],
        ['second', long],
      ]),
    ).to.match(/^result = \{\n {2}first: .*,\n {2}second: .*,\n\}$/)
  })

  it('quotes names that are no identifiers, and never sets a prototype', () => {
    const odd = a.rebind({ name: 'two words' })
    const script = renderScript([
      ['a-b', odd],
      ['__proto__', odd],
    ])
    expect(script).to.equal("result = { 'a-b': inputs['two words'], ['__proto__']: inputs['two words'] }")
    expect(runScript(script, { 'two words': 3 })).to.have.property('a-b', 3)
  })
})

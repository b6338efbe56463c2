import { expect } from 'chai'
import fc from 'fast-check'
import type { Expression } from '../../../src/modules/grammar/expression.ts'
import { fold, foldRule } from '../../../src/modules/grammar/fold.ts'
import { renderExpression } from '../../../src/modules/grammar/render.ts'
import { a, asJson, b, call, inputsOf, integerRule, item, ok, ruleOf, TASKS, x, xs } from './support.ts'

const pictures: readonly (readonly [Expression, string])[] = [
  [call('add', call('multiply', 2, 3), a), '6 + inputs.a'],
  [call('add', a, 0), 'inputs.a'],
  [call('subtract', a, a), '0'],
  [call('subtract', 0, a), '-inputs.a'],
  [call('add', a, call('negate', b)), 'inputs.a - inputs.b'],
  [call('multiply', call('subtract', a, a), b), '0'],
  [call('quotient', a, 0), '0'],
  [call('min', a, call('min', b, a)), 'Math.min(inputs.b, inputs.a)'],
  [call('max', a, call('min', b, a)), 'inputs.a'],
  [call('not', call('not', ok)), 'inputs.ok'],
  [call('if', call('lessOrEqual', a, a), a, b), 'inputs.a'],
  [call('if', ok, a, a), 'inputs.a'],
  [call('floor', a), 'inputs.a'],
  [call('map', xs, item), 'inputs.xs'],
  [call('filter', xs, true), 'inputs.xs'],
  [call('reverse', call('reverse', xs)), 'inputs.xs'],
  [call('length', call('reverse', xs)), 'inputs.xs.length'],
  [call('join', [], xs), 'inputs.xs'],
  [call('range', 500), 'range(500)'],
]

describe('fold', () => {
  for (const [expression, text] of pictures) {
    it(`makes ${renderExpression(expression)} into ${text}`, () =>
      expect(renderExpression(fold(expression))).to.equal(text))
  }

  it('gives back what has nothing to fold', () => {
    const expression = call('add', a, call('max', b, 1))
    expect(fold(expression)).to.equal(expression)
    const rule = integerRule(expression)
    expect(foldRule(rule)).to.equal(rule)
  })

  it('does not change a number into what only fits a wider type', () => {
    const expression = call('if', true, x, 0.5)
    expect(renderExpression(fold(expression))).to.equal('inputs.x')
  })

  it('keeps the meaning and never grows', () => {
    fc.assert(
      fc.property(fc.nat(TASKS.length - 1), fc.nat(), fc.nat(), (task, ruleSeed, inputSeed) => {
        const rule = ruleOf(task, ruleSeed)
        const folded = foldRule(rule)
        const inputs = inputsOf((TASKS[task] as (typeof TASKS)[number])[0], inputSeed)
        expect(asJson(folded.evaluate(inputs)), folded.toScript()).to.deep.equal(
          asJson(rule.evaluate(inputs)),
        )
        expect(folded.size).to.be.at.most(rule.size)
      }),
      { numRuns: 800, seed: 7 },
    )
  })
})

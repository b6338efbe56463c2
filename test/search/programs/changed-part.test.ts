import { expect } from 'chai'
import { changedPart } from '../../../src/search/programs/changed-part.ts'
import { call, type Expression } from '../../../src/search/programs/expression.ts'
import { expressionText } from '../../../src/search/programs/render.ts'
import { giving, x, y } from './small-programs.ts'

function change(before: Expression, after: Expression): string | null {
  const part = changedPart(giving(before), giving(after))
  return part === null ? null : `${expressionText(part.before)} -> ${expressionText(part.after)}`
}

describe('changedPart', () => {
  it('is the smallest part that holds all that differs', () => {
    const before = call('+', call('*', x, 2), call('sin', y))
    expect(change(before, call('+', call('*', x, 3), call('sin', y)))).to.equal('2 -> 3')
    expect(change(before, call('+', call('*', y, 3), call('sin', y)))).to.equal('x * 2 -> y * 3')
    expect(change(before, call('-', call('*', x, 2), call('sin', y)))).to.equal(
      'x * 2 + Math.sin(y) -> x * 2 - Math.sin(y)',
    )
    expect(change(before, before)).to.equal(null)
  })
})

/** What a child has instead of what, as two texts. */

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
  const before = call('+', call('*', x, 2), call('sin', y))

  it('is the smallest part that holds all that differs', () => {
    expect(change(before, call('+', call('*', x, 3), call('sin', y)))).to.equal('2 -> 3')
    expect(change(before, call('+', call('*', y, 3), call('sin', y)))).to.equal('x * 2 -> y * 3')
  })

  it('is the whole where the primitive differs', () => {
    const after = call('-', call('*', x, 2), call('sin', y))
    expect(change(before, after)).to.equal('x * 2 + Math.sin(y) -> x * 2 - Math.sin(y)')
  })

  it('is nothing where nothing differs', () => {
    expect(change(before, before)).to.equal(null)
  })
})

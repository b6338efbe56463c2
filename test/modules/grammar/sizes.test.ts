import { expect } from 'chai'
import { evaluate } from '../../../src/modules/grammar/evaluate.ts'
import { type Expression, factsOf } from '../../../src/modules/grammar/expression.ts'
import { renderExpression } from '../../../src/modules/grammar/render.ts'
import { addBits, bitsOfValue, limit } from '../../../src/modules/grammar/sizes.ts'
import { MAX_TEXT } from '../../../src/modules/grammar/writing.ts'
import { call, s } from './support.ts'

describe('sizes', () => {
  it('of values are bits of their numbers, and of the length of their text', () => {
    expect([0, 7, -8, [1, 300], true].map(bitsOfValue)).to.deep.equal([1, 3, 4, 9, 1])
    expect(['', 'abc', ['a', 'bcdefg']].map(bitsOfValue)).to.deep.equal([0, 2, Math.log2(9)])
  })

  it('add up as lengths do', () => {
    expect(addBits(3, 3)).to.equal(4)
    expect(2 ** addBits(10, 2)).to.be.closeTo(1028, 0.001)
  })

  it('are limited to safe integers and to the beginning of a text', () => {
    expect(limit(-1e300)).to.equal(Number.MIN_SAFE_INTEGER)
    expect(limit('a'.repeat(9999))).to.have.length(MAX_TEXT)
    expect(limit([1e300])).to.deep.equal([1e300])
  })

  it('of text are limited where it could explode, and nowhere else', () => {
    const twice = call('joinText', s, s)
    expect(renderExpression(twice)).to.equal('inputs.s + inputs.s')
    let square: Expression = s
    for (let i = 0; i < 5; i++) square = call('replaceAll', square, '', square)
    expect(factsOf(square).isLimited).to.equal(true)
    expect(renderExpression(square)).to.contain('.slice(0, 4096)')
    expect((evaluate(square, { s: 'abcdefgh'.repeat(9) }) as string).length).to.equal(MAX_TEXT)
  })
})

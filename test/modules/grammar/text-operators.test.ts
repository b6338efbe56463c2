import { expect } from 'chai'
import { evaluate } from '../../../src/modules/grammar/evaluate.ts'
import type { OperatorName } from '../../../src/modules/grammar/operators.ts'
import { renderExpression } from '../../../src/modules/grammar/render.ts'
import type { Value } from '../../../src/modules/grammar/types.ts'
import { call, s, words } from './support.ts'

const on = (text: string, op: OperatorName, ...args: Value[]) => evaluate(call(op, s, ...args), { s: text })

describe('operators on text', () => {
  const pictures: readonly (readonly [OperatorName, string, Value[], Value])[] = [
    ['split', 'a,b,,c', [','], ['a', 'b', '', 'c']],
    ['chars', '👍ab', [], ['👍', 'a', 'b']],
    ['replaceAll', 'a-b-c', ['-', '$&'], 'a$&b$&c'],
    ['replaceAll', 'ab', ['', '.'], '.a.b.'],
    ['repeatText', 'ab', [3], 'ababab'],
    ['repeatText', 'ab', [-1], ''],
    ['trim', ' a b\n', [], 'a b'],
    ['takeText', 'hello', [2], 'he'],
    ['dropText', 'hello', [-2], 'lo'],
    ['charAt', 'hello', [9], ''],
    ['find', 'hello', ['l'], 2],
    ['isLetter', 'Q', [], true],
    ['isLetter', 'QQ', [], false],
    ['isDigit', '7', [], true],
    ['codeAt', 'A', [0], 65],
    ['codeAt', 'A', [4], 0],
    ['toInteger', ' 12.7 ', [], 12],
    ['toInteger', 'Infinity', [], 0],
    ['toInteger', 'twelve', [], 0],
  ]
  for (const [op, text, args, result] of pictures)
    it(`${op} of ${JSON.stringify([text, ...args])} is ${JSON.stringify(result)}`, () =>
      expect(on(text, op, ...args)).to.deep.equal(result))

  it('put lists of text together, and characters from codes', () => {
    expect(evaluate(call('joinTexts', words, ', '), { words: ['a', 'b'] })).to.equal('a, b')
    expect(evaluate(call('fromCode', 66), {})).to.equal('B')
  })

  it('are written plainly', () => {
    const line = call('joinTexts', call('split', call('replaceAll', s, 'a', 'b'), ' '), '_')
    expect(renderExpression(line)).to.equal("inputs.s.replaceAll('a', 'b').split(' ').join('_')")
    expect(renderExpression(call('replaceAll', s, 'a', '$'))).to.equal("inputs.s.replaceAll('a', () => '$')")
  })
})

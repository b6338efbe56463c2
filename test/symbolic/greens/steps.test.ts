/** Paths as the core walks them: cached by text, and shared between classes without mixing them up. */

import { expect } from 'chai'
import { keyOf, pathText, Step, stepsOf } from '../../../src/symbolic/greens/steps.ts'
import { f, KeyPath, PathError, SymDict, SymObject } from '../../../src/symbolic/index.ts'
import { refusal } from '../../support/refusal.ts'

class AB extends SymObject.define('steps.AB', { a: f.int(), b: f.int() }) {}
class BA extends SymObject.define('steps.BA', { b: f.int(), a: f.int() }) {}

describe('steps', () => {
  it('are the same for a text, a path and a list of keys', () => {
    const forms = ['a.b[0][-1]', KeyPath.parse('a.b[0][-1]'), ['a', 'b', 0, -1]] as const
    for (const form of forms) expect(stepsOf(form).map(keyOf)).to.deep.equal(['a', 'b', 0, -1])
    expect(pathText(stepsOf('a.b[0][-1]'), 3)).to.equal('a.b[0]')
    expect(stepsOf('a.b')).to.equal(stepsOf('a.b'))
    expect(stepsOf('a')[0]).to.equal(stepsOf('b.a')[1])
  })

  it('remember the slot in one class without harm to the next', () => {
    const trees = [new AB({ a: 1, b: 2 }), new BA({ a: 1, b: 2 }), SymDict.from({ b: 2, a: 1 })]
    for (let round = 0; round < 3; round++) {
      for (const tree of trees) {
        expect(tree.get('a' as never)).to.equal(1)
        expect(tree.rebind([['b', 3]]).get('b' as never)).to.equal(3)
      }
    }
  })

  it('refuse what names no place', () => {
    for (const wrong of [null, undefined, 5, {}, true])
      refusal(() => stepsOf(wrong as never), PathError, /a key path is text/)
    for (const key of [0.5, Number.NaN, Infinity])
      refusal(() => stepsOf([key]), PathError, /must be an integer/)
    for (const key of [null, undefined, {}, Symbol('s')]) {
      refusal(() => stepsOf([key as never]), PathError, /must be a string or an integer/)
    }
  })

  it('forget the oldest of very many texts, and still know them', () => {
    const first = stepsOf('forget.me[0]')
    for (let i = 0; i < 25_000; i++) stepsOf(`k${i}`)
    expect(stepsOf('forget.me[0]').map(keyOf)).to.deep.equal(first.map(keyOf))
    expect(new AB({ a: 1, b: 2 }).get('a')).to.equal(1)
    expect(stepsOf('k24999')[0]).to.be.instanceOf(Step)
  })
})

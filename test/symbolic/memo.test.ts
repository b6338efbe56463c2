/** Derived values: worked out once for each content, wherever it stands. */

import { expect } from 'chai'
import { memo, SymDict, type SymList } from '../../src/symbolic/index.ts'
import { smallModel } from '../support/model.ts'

describe('memo', () => {
  it('is asked once for a content, in all places and versions that share it', () => {
    let asked = 0
    const sum = memo((list: SymList<number>) => {
      asked++
      return list.reduce((total, value) => total + value, 0)
    })
    const tree = SymDict.from({ a: [1, 2], b: 0 })
    const listIn = (of: SymDict<unknown>): SymList<number> => of.at('a') as SymList<number>
    expect(sum(listIn(tree))).to.equal(3)
    expect(sum(listIn(tree.rebind({ b: 1 })))).to.equal(3)
    expect(sum(listIn(SymDict.from({ a: listIn(tree) })))).to.equal(3)
    expect(asked).to.equal(1)
    expect(sum(listIn(tree.rebind({ 'a[0]': 5 })))).to.equal(7)
    expect(asked).to.equal(2)
  })

  it('does not see what is around the content', () => {
    const model = smallModel()
    const parent = memo((head: typeof model.head) => head.parent)
    expect(parent(model.head)).to.equal(null)
  })

  it('remembers undefined too, and no failure', () => {
    let asked = 0
    const nothing = memo(() => void asked++)
    const fails = memo(() => {
      asked++
      throw new Error('no')
    })
    const tree = SymDict.from({ a: 1 })
    nothing(tree)
    nothing(tree)
    expect(asked).to.equal(1)
    expect(() => fails(tree)).to.throw('no')
    expect(() => fails(tree)).to.throw('no')
    expect(asked).to.equal(3)
  })
})

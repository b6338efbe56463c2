/** The words of updates. */

import { expect } from 'chai'
import { INVALID } from '../../../src/symbolic/change/missing.ts'
import { Insertion, insertion, MISSING, SymList } from '../../../src/symbolic/index.ts'

describe('the words of updates', () => {
  it('are not values', () => {
    expect(MISSING).to.be.a('symbol')
    expect(INVALID).not.to.equal(MISSING)
    expect(insertion(5)).to.be.instanceOf(Insertion)
    expect(insertion(5).value).to.equal(5)
  })

  it('remove, insert and replace', () => {
    const list = SymList.from([1, 2, 3])
    expect(
      list
        .rebind([
          ['[0]', MISSING],
          ['[1]', insertion(9)],
          ['[2]', 8],
        ])
        .toString(),
    ).to.equal('[9, 2, 8]')
  })
})

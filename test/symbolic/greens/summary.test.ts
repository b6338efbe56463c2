/** What a tree holds anywhere inside, in flags that are worked out once. */

import { expect } from 'chai'
import {
  HOLDS_MISSING,
  HOLDS_RANDOM,
  HOLDS_STAND_IN,
  holdsStandIn,
  summaryOf,
} from '../../../src/symbolic/greens/summary.ts'
import { f, SymDict, SymList, SymObject } from '../../../src/symbolic/index.ts'

class Leaf extends SymObject.define('summary.Leaf', { n: f.int() }) {}
class Open extends SymObject.define('summary.Open', { n: f.int().default(0) }) {
  static standsFor(): null {
    return null
  }
}

describe('summaryOf', () => {
  it('adds up what is below, in lists and dicts of any size', () => {
    const many = Array.from({ length: 400 }, (_, i) => (i === 399 ? Leaf.partial() : i))
    const tree = SymDict.from({ many, open: new Open() })
    expect(summaryOf(SymList.from(many)._g)).to.equal(HOLDS_MISSING)
    expect(summaryOf(tree._g)).to.equal(HOLDS_MISSING | HOLDS_STAND_IN | HOLDS_RANDOM)
    expect(summaryOf(new Leaf({ n: 1 })._g)).to.equal(0)
  })

  it('counts a stand-in as what it holds a place for', () => {
    expect(holdsStandIn(new Open()._g)).to.equal(true)
    expect(holdsStandIn(new Leaf({ n: new Open() as never })._g)).to.equal(true)
    expect(holdsStandIn(new Leaf({ n: 1 })._g)).to.equal(false)
  })
})

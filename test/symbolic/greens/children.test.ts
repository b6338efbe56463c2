/** The children of greens of every kind, and the way from a tree to a part of it. */

import { expect } from 'chai'
import { eachChild, keysTo } from '../../../src/symbolic/greens/children.ts'
import type { Green } from '../../../src/symbolic/greens/spec.ts'
import { SymDict, SymList } from '../../../src/symbolic/index.ts'
import { readSlot } from '../../../src/symbolic/read.ts'
import { find, tree } from '../../support/twig.ts'

describe('children', () => {
  it('visits children of every kind in order, until told to stop', () => {
    const keysOf = (green: Green, last?: unknown): unknown[] => {
      const keys: unknown[] = []
      eachChild(green, (value, key, slot) => {
        keys.push(key)
        expect(readSlot(green, slot)).to.equal(value)
        return key !== last
      })
      return keys
    }
    expect(keysOf(tree('a')._g)).to.deep.equal(['name', 'twigs'])
    expect(keysOf(SymList.from([5, 6])._g)).to.deep.equal([0, 1])
    expect(keysOf(SymDict.from({ x: 1, y: 2 })._g)).to.deep.equal(['x', 'y'])
    expect(keysOf(SymDict.from({ x: 1, y: 2 })._g, 'x')).to.deep.equal(['x'])
    const long = Array.from({ length: 700 }, (_, i) => i)
    expect(keysOf(SymList.from(long)._g)).to.deep.equal(long)
    expect(keysOf(SymList.from(long)._g, 300)).to.have.length(301)
    expect(keysOf(SymDict.from(Object.fromEntries(long.map(i => [`k${i}`, i])))._g, 'k300')).to.have.length(
      301,
    )
  })

  it('finds the way to a part', () => {
    const root = tree('a(b(c) d)')
    expect(keysTo(root._g, find(root, 'b c')._g)).to.deep.equal(['twigs', 0, 'twigs', 0])
    expect(keysTo(root._g, root._g)).to.deep.equal([])
    expect(keysTo(root._g, tree('c')._g)).to.equal(null)
  })
})

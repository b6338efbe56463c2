/** equals, hash and compare of plain values, read as a tree would read them. */

import { expect } from 'chai'
import fc from 'fast-check'
import { compare, equals, hash, MISSING, SymDict, SymList } from '../../../src/symbolic/index.ts'
import { containerData, runs, untyped } from '../../support/random.ts'

describe('values', () => {
  it('are read as trees: plain data equals the nodes made of it', () => {
    fc.assert(
      fc.property(containerData(), containerData(), (a, b) => {
        expect(equals(a, untyped(a))).to.equal(true)
        expect(hash(a)).to.equal(untyped(a).hash())
        expect(compare(a, untyped(a))).to.equal(0)
        expect(equals(a, b)).to.equal(untyped(a).equals(untyped(b)))
        expect(Math.sign(compare(a, b))).to.equal(Math.sign(untyped(a).compare(untyped(b))))
        if (equals(a, b)) expect(hash(a)).to.equal(hash(b))
      }),
      { numRuns: runs(400) },
    )
  })

  it('are leaves too', () => {
    expect(equals(Number.NaN, Number.NaN)).to.equal(true)
    expect(equals(0, -0)).to.equal(true)
    expect(equals('1', 1)).to.equal(false)
    expect(equals(null, undefined)).to.equal(false)
    expect(equals(undefined, undefined)).to.equal(true)
    expect(hash(0)).to.equal(hash(-0))
    expect(compare(1, 2)).to.be.lessThan(0)
  })

  it('may be what no tree can hold: equal to themselves only', () => {
    const holes = [undefined]
    const loop: unknown[] = []
    loop.push(loop)
    for (const value of [holes, loop, [MISSING], { a: undefined }, () => 1, new Date(0)]) {
      expect(equals(value, value)).to.equal(true)
      expect(equals(value, [1])).to.equal(false)
      expect(equals([1], value)).to.equal(false)
      expect(hash(value)).to.be.a('number')
      expect(compare(value, value)).to.equal(0)
      expect(compare(value, SymList.empty)).to.be.greaterThan(0)
      expect(compare(SymDict.empty, value)).to.be.lessThan(0)
    }
  })
})

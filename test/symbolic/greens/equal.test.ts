/** Equality: an equivalence by content, blind to seals, key order and history. */

import { expect } from 'chai'
import fc from 'fast-check'
import {
  equals,
  fromJson,
  type Symbolic,
  SymDict,
  SymList,
  SymObject,
  SymTuple,
} from '../../../src/symbolic/index.ts'
import { Dense, Drop, smallModel } from '../../support/model.ts'
import { anyTree, runs, sealedTree } from '../../support/random.ts'
import { tree } from '../../support/twig.ts'

class Twin extends SymObject.define('equal.Twin', {}) {}
class Other extends SymObject.define('equal.Other', {}) {}
class Child extends Twin.define('equal.Child', {}) {}

describe('equals', () => {
  it('is by content', () => {
    expect(tree('a(b(c) d)').equals(tree('a(b(c) d)'))).to.equal(true)
    expect(tree('a(b(c) d)').equals(tree('a(b d)'))).to.equal(false)
    expect(smallModel().equals(smallModel())).to.equal(true)
    expect(smallModel().layers.equals(SymList.from(smallModel().layers))).to.equal(true)
    expect(smallModel().equals(null)).to.equal(false)
    expect(smallModel().equals({})).to.equal(false)
    expect(smallModel().equals(smallModel().toJS())).to.equal(false)
  })

  it('counts classes, and tells objects, dicts and lists apart', () => {
    expect(new Twin().equals(new Other())).to.equal(false)
    expect(new Twin().equals(new Child())).to.equal(false)
    expect(equals(new Twin(), {})).to.equal(false)
    expect(equals({}, [])).to.equal(false)
    expect(equals(new Dense({ units: 1 }), new Drop({}))).to.equal(false)
  })

  it('does not count key order and seals', () => {
    expect(equals({ a: 1, b: { c: 1, d: 2 } }, { b: { d: 2, c: 1 }, a: 1 })).to.equal(true)
    expect(tree('a!(b c!)').equals(tree('a(b! c)'))).to.equal(true)
  })

  it('knows numbers: NaN is itself, 0 is -0, and 1 is neither true nor "1"', () => {
    expect(equals([Number.NaN], [Number.NaN])).to.equal(true)
    expect(equals([0], [-0])).to.equal(true)
    for (const other of [true, '1', [1], 1n]) expect(equals([1], [other])).to.equal(false)
    for (const other of [false, '', null, []]) expect(equals([0], [other])).to.equal(false)
  })

  it('takes opaque values by identity', () => {
    const map = new Map()
    expect(equals([map], [map])).to.equal(true)
    expect(equals([map], [new Map()])).to.equal(false)
    expect(equals([(x: number) => x + 1], [(x: number) => x + 1])).to.equal(false)
  })

  it('takes dates and bytes by content, and tuples as no lists', () => {
    expect(equals([new Date(0)], [new Date(0)])).to.equal(true)
    expect(equals([new Date(0)], [new Date(1)])).to.equal(false)
    expect(equals([new Date(Number.NaN)], [new Date(Number.NaN)])).to.equal(true)
    expect(equals([Uint8Array.of(1)], [Uint8Array.of(1)])).to.equal(true)
    for (const other of [[1], Uint8Array.of(1, 1), Uint8Array.of(2), new Date(0), null]) {
      expect(equals([Uint8Array.of(1)], [other])).to.equal(false)
    }
    expect(SymTuple.from([1]).equals(SymTuple.from([1]))).to.equal(true)
    expect(SymTuple.from([1]).equals(SymList.from([1]))).to.equal(false)
    expect(SymList.from([1]).equals(SymTuple.from([1]))).to.equal(false)
  })

  it('ends on parts that are shared a million times over', () => {
    let one: Symbolic = SymDict.from({ x: 1 })
    for (let i = 0; i < 60; i++) one = SymDict.from({ a: one, b: one })
    expect(one.equals(one.clone())).to.equal(true)
    expect(one.rebind([['a.a', 1]]).equals(one)).to.equal(false)
    expect(one.hash()).to.be.a('number')
  })

  it('is an equivalence that implies equal hashes', () => {
    fc.assert(
      fc.property(sealedTree({ depth: 2 }), anyTree({ depth: 2 }), (a, b) => {
        const again = fromJson(a.toJSON())
        expect(a.equals(a)).to.equal(true)
        expect(a.equals(again)).to.equal(true)
        expect(again.equals(a)).to.equal(true)
        expect(a.hash()).to.equal(again.hash())
        expect(a.equals(b)).to.equal(b.equals(a))
        if (a.equals(b)) expect(a.hash()).to.equal(b.hash())
        expect(again.equals(b)).to.equal(a.equals(b))
      }),
      { numRuns: runs(400) },
    )
  })
})

/** Hashes: the same on every machine, cached, and never left behind by a change. */

import { expect } from 'chai'
import fc from 'fast-check'
import { finish, hashString, mix } from '../../../src/symbolic/greens/hash.ts'
import { fromJson, hash, MISSING, SymDict, SymList } from '../../../src/symbolic/index.ts'
import { smallModel } from '../../support/model.ts'
import { anyTree, runs } from '../../support/random.ts'
import { tree } from '../../support/twig.ts'

describe('hash', () => {
  it('is an integer from 1 to 2^30, and spreads', () => {
    const hashes = new Set<number>()
    for (let i = 0; i < 5000; i++) {
      const each = SymList.from([i, `${i}`, i / 7]).hash()
      expect(Number.isInteger(each) && 1 <= each && each <= 2 ** 30).to.equal(true)
      hashes.add(each)
    }
    expect(hashes.size).to.be.greaterThan(4990)
  })

  it('is what it was in earlier releases', () => {
    expect(tree('a(b(c) d)').hash()).to.equal(RECORDED.twig)
    expect(smallModel().hash()).to.equal(RECORDED.model)
    expect(hash([1, 'x', null, true, 0.5, Number.NaN, { a: [] }])).to.equal(RECORDED.mixed)
  })

  it('does not depend on key order, seals or the size at which forms change', () => {
    expect(hash({ a: 1, b: 2, c: 3 })).to.equal(hash({ c: 3, a: 1, b: 2 }))
    expect(tree('a(b!)').hash()).to.equal(tree('a!(b)').hash())
    const entries = Array.from({ length: 300 }, (_, i): [string, number] => [`k${i}`, i])
    const up = SymDict.from(Object.fromEntries(entries))
    const down = SymDict.from(Object.fromEntries(entries.reverse()))
    expect(up.hash()).to.equal(down.hash())
    const shrunk = up.rebind(entries.slice(0, 100).map(([key]) => [key, MISSING] as const))
    expect(shrunk.hash()).to.equal(hash(shrunk.toJS()))
  })

  it('tells kinds, orders and neighbors apart', () => {
    const values = [
      [],
      {},
      [[]],
      [{}],
      [0],
      [1, 2],
      [2, 1],
      { a: 1 },
      { b: 1 },
      { a: 2 },
      ['1'],
      [true],
      [null],
      [1.5],
    ]
    expect(new Set(values.map(hash)).size).to.equal(values.length)
    expect(hash({ a: 1, b: 2 })).not.to.equal(hash({ a: 2, b: 1 }))
    expect(hash([0])).to.equal(hash([-0]))
    expect(hash([Number.NaN])).to.equal(hash([-Number.NaN]))
  })

  it('is right after any way of changing a tree whose hash was asked before', () => {
    const model = smallModel()
    model.hash()
    const versions = [
      model.rebind({ 'head.units': 3 }),
      model.rebind([
        ['head.units', 3],
        ['tags[0]', MISSING],
        ['notes.x', 1],
      ]),
      model.head.rebind({ units: 3 }).root,
      model.transform((path, value) => (path.key === 'units' ? 3 : value)),
      model.edit(draft => {
        draft.tags.push('x')
        draft.notes.y = [1]
      }),
      model.patch([
        { op: 'move', from: '/tags/0', path: '/tags/1' },
        { op: 'copy', from: '/notes/list', path: '/notes/copy' },
        { op: 'replace', path: '/notes/list/0', value: 2 },
      ]),
      model.seal('head').unseal('head').rebind({ rate: 7 }),
      model.clone({ rate: 5 }),
    ]
    for (const version of versions) {
      expect(version.hash()).to.equal(fromJson(version.toJSON()).hash())
      expect(version.hash()).not.to.equal(model.hash())
    }
    expect(model.hash()).to.equal(fromJson(model.toJSON()).hash())
  })

  it('is that of a tree rebuilt from its JSON', () => {
    fc.assert(
      fc.property(anyTree(), each => {
        expect(fromJson(each.toJSON()).hash()).to.equal(each.hash())
      }),
      { numRuns: runs(300) },
    )
  })

  it('knows any value', () => {
    for (const value of [undefined, null, 1n, Symbol('x'), () => 1, new Date(), [undefined], MISSING]) {
      expect(hash(value)).to.be.a('number')
    }
  })

  it('is built of well-known parts', () => {
    expect(hashString('') | 0).to.equal(0x811c9dc5 | 0)
    expect(hashString('a') | 0).to.equal(0xe40c292c | 0)
    expect(finish(0)).to.equal(0)
    expect(mix(0, 0) | 0).to.equal(0xe6546b64 | 0)
  })
})

/** Written down once: whoever changes these changes every key of every stored memo. */
const RECORDED = { twig: 373255210, model: 26295991, mixed: 450202607 }

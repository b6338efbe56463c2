/** Differences as RFC 6902: that they lead from one tree to the other, by our hands and by a stranger's. */

import { expect } from 'chai'
import fc from 'fast-check'
import jsonPatch, { type Operation } from 'fast-json-patch'
import {
  f,
  type PatchOperation,
  type Symbolic,
  SymDict,
  SymList,
  SymObject,
} from '../../../src/symbolic/index.ts'
import { Dense, smallModel } from '../../support/model.ts'
import { anyTree, dictData, finite, key, model, runs, sealedTree, untyped } from '../../support/random.ts'
import { tree } from '../../support/twig.ts'

class Bag extends SymObject.define('diff.Bag', {
  a: f.int().optional(),
  b: f.any().default(null),
}) {}

const list = (...values: unknown[]): SymList => SymList.from(values) as SymList
const dict = (record: Record<string, unknown>): SymDict => SymDict.from(record) as SymDict

/** What another library makes of a document by our operations. */
const appliedByOthers = (before: Symbolic, operations: readonly PatchOperation[]): unknown =>
  jsonPatch.applyPatch(
    before.toJSON(),
    JSON.parse(JSON.stringify(operations)) as Operation[],
    true,
    true,
    false,
  ).newDocument

/** Trees whose JSON has the form of the tree: no wrappers for numbers, tags or tuples. */
const plainOptions = {
  number: finite,
  key,
  text: fc.constantFrom('', 'x', 'y', 'a/b', '~'),
}

describe('diff', () => {
  it('has one operation for each place that differs', () => {
    const before = smallModel()
    const after = before.rebind([
      ['head.units', 64],
      ['note', 'n'],
      ['notes.author', MISSING_KEY],
      ['tags[0]', 'z'],
    ])
    expect(before.diff(after)).to.deep.equal([
      { op: 'replace', path: '/head/units', value: 64 },
      { op: 'replace', path: '/tags/0', value: 'z' },
      { op: 'replace', path: '/notes/author', value: 'gone' },
      { op: 'add', path: '/note', value: 'n' },
    ])
  })

  it('is empty for equal trees, whatever their seals and key order', () => {
    expect(smallModel().diff(smallModel())).to.deep.equal([])
    expect(smallModel().diff(smallModel().seal('head'))).to.deep.equal([])
    expect(dict({ a: 1, b: 2 }).diff(dict({ b: 2, a: 1 }))).to.deep.equal([])
  })

  it('aligns lists: what was put in or taken out is one operation', () => {
    const picture = (before: unknown[], after: unknown[]): string =>
      list(...before)
        .diff(list(...after))
        .map(each => `${each.op} ${each.path}`)
        .join(', ')
    expect(picture([1, 2, 3], [2, 3])).to.equal('remove /0')
    expect(picture([1, 2, 3], [0, 1, 2, 3])).to.equal('add /0')
    expect(picture([1, 2, 3], [1, 3, 4])).to.equal('remove /1, add /2')
    expect(picture([1, 2, 3], [1, 9, 3])).to.equal('replace /1')
    expect(picture([], [1, 2])).to.equal('add /0, add /1')
    expect(picture([1, 2], [])).to.equal('remove /0, remove /0')
    expect(picture([{ a: 1, b: [1] }, 5], [{ a: 1, b: [2] }, 5, 6])).to.equal('replace /0/b/0, add /2')
  })

  it('tells absent from null', () => {
    const full = new Bag({ a: 1, b: null })
    const empty = new Bag({})
    expect(full.diff(empty)).to.deep.equal([{ op: 'remove', path: '/a' }])
    expect(empty.diff(full)).to.deep.equal([{ op: 'add', path: '/a', value: 1 }])
    expect(empty.patch(empty.diff(full)).equals(full)).to.equal(true)
    expect(full.patch(full.diff(empty)).equals(empty)).to.equal(true)
  })

  it('replaces what is of another kind or class, and the root too', () => {
    const pairs: [Symbolic, Symbolic][] = [
      [list(1), dict({ a: 1 })],
      [new Bag({}), new Dense({ units: 1 })],
      [dict({ a: [] }), dict({ a: {} })],
      [dict({ a: new Bag({}) }), dict({ a: { a: 1 } })],
      [dict({ a: 1 }), dict({ a: [1] })],
    ]
    for (const [a, b] of pairs) {
      expect(a.diff(b)).to.have.length(1)
      expect(a.patch(a.diff(b)).equals(b)).to.equal(true)
    }
  })

  it('replaces whole what is sealed, since no patch reaches below a seal', () => {
    const before = tree('a(b!(c) d)')
    const after = tree('a(b!(x) d)')
    const operations = before.diff(after)
    expect(operations.map(each => each.path)).to.deep.equal(['/twigs/0'])
    const result = before.patch(operations)
    expect(result.equals(after)).to.equal(true)
    expect(result.get('twigs[0]').isSealed).to.equal(true)
  })

  it('skips shared parts of any size', () => {
    const big = list(...Array.from({ length: 5000 }, (_, i) => ({ i })))
    const next = big.rebind([['[4000].i', -1]])
    expect(big.diff(next)).to.deep.equal([{ op: 'replace', path: '/4000/i', value: -1 }])
    const longer = big.rebind([['[7]', 'new']]).rebind([['[9999]', 'last']])
    expect(big.patch(big.diff(longer)).equals(longer)).to.equal(true)
  })

  it('moves what went elsewhere in its list', () => {
    const picture = (before: string, after: string): string =>
      list(...[...before].map(name => ({ name, size: 1 })))
        .diff(list(...[...after].map(name => ({ name, size: 1 }))))
        .map(each => (each.op === 'move' ? `${each.from} -> ${each.path}` : `${each.op} ${each.path}`))
        .join(', ')
    expect(picture('abcd', 'bcda')).to.equal('/0 -> /3')
    expect(picture('abcd', 'dabc')).to.equal('/3 -> /0')
    expect(picture('abcd', 'dbca')).to.equal('/3 -> /0, /1 -> /3')
    expect(picture('abcd', 'xbcda')).to.equal('add /0, /1 -> /4')
    expect(picture('abcdef', 'aef')).to.equal('remove /1, remove /1, remove /1')
    expect(picture('abc', 'cxyab')).to.equal('/2 -> /0, add /1, add /2')
    expect(picture('aab', 'baa')).to.equal('/2 -> /0')
  })

  it('aligns long lists that differ in few places', () => {
    const long = Array.from({ length: 20_000 }, (_, i) => i)
    const other = [-1, ...long.slice(0, 9000), ...long.slice(9001), -2]
    const operations = list(...long).diff(list(...other))
    expect(operations.map(({ op, path }) => `${op} ${path}`)).to.deep.equal([
      'add /0',
      'remove /9001',
      'add /20000',
    ])
  })

  it('survives lists too different to align', () => {
    const a = list(...Array.from({ length: 1700 }, (_, i) => i))
    const b = list(...Array.from({ length: 1650 }, (_, i) => i * 3 + 1))
    expect(a.patch(a.diff(b)).equals(b)).to.equal(true)
    expect(b.patch(b.diff(a)).equals(a)).to.equal(true)
  })

  it('leads from any tree to any other', () => {
    fc.assert(
      fc.property(anyTree(), anyTree(), (a, b) => {
        const result = a.patch(a.diff(b))
        expect(result.equals(b), JSON.stringify(a.diff(b))).to.equal(true)
        expect(result.hash()).to.equal(b.hash())
      }),
      { numRuns: runs(400) },
    )
  })

  it('leads from any model to any other, and from sealed ones', () => {
    const sealedPair = fc.tuple(sealedTree(), sealedTree()).filter(([a]) => !a.isSealed)
    fc.assert(
      fc.property(fc.oneof(fc.tuple(model(), model()), sealedPair), ([a, b]) => {
        expect((a as Symbolic).patch(a.diff(b)).equals(b)).to.equal(true)
      }),
      { numRuns: runs(300) },
    )
  })

  it('leads from one version to another of lists in which elements move', () => {
    const values = fc.array(fc.oneof(fc.nat({ max: 4 }), fc.constantFrom({ a: 1 }, { a: 2 }, [1])), {
      maxLength: 12,
    })
    fc.assert(
      fc.property(values, values, (a, b) => {
        const before = list(...a)
        const after = list(...b)
        const operations = before.diff(after)
        expect(before.patch(operations).equals(after)).to.equal(true)
        expect(appliedByOthers(before, operations)).to.deep.equal(after.toJSON())
      }),
      { numRuns: runs(500) },
    )
  })

  it('means to fast-json-patch what it means to us', () => {
    const pair = fc.oneof(
      fc.tuple(model(plainOptions), model(plainOptions)),
      fc.tuple(dictData(plainOptions).map(untyped), dictData(plainOptions).map(untyped)),
    )
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const operations = a.diff(b)
        // It refuses paths through `__proto__`, to which ours are data.
        if (/__proto__|constructor|prototype/.test(JSON.stringify(operations))) return
        expect(appliedByOthers(a, operations)).to.deep.equal(b.toJSON())
      }),
      { numRuns: runs(300) },
    )
  })
})

const MISSING_KEY = 'gone'

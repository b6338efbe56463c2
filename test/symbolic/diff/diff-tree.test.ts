import { expect } from 'chai'
import fc from 'fast-check'
import {
  type Diff,
  type DiffOptions,
  diffTree,
  f,
  MISSING,
  SymDict,
  SymList,
  SymObject,
  SymTuple,
  same,
} from '../../../src/symbolic/index.ts'
import { Dense, Drop, smallModel } from '../../support/model.ts'
import { anyTree, runs } from '../../support/random.ts'

class Pair extends SymObject.define('diffTree.Pair', { x: f.any(), y: f.any().optional() }) {}

/** The leaves of a difference as text: `path kind`. */
const leaves = (diff: Diff): string => [...diff.leaves()].map(each => `${each.path} ${each.kind}`).join(', ')

/** The same for two lists of plain data. */
const ofLists = (a: unknown[], b: unknown[]): string => leaves(diffTree(a, b))

describe('diffTree', () => {
  it('has the shape of what it compares, down to what differs', () => {
    const before = smallModel()
    const after = before.rebind({ 'head.units': 64, 'layers[0]': MISSING, note: 'new' })
    const diff = diffTree(before, after)
    expect(leaves(diff)).to.equal('layers[0] removed, head.units changed, note added')
    const [layers, head] = diff.children
    expect([head?.leftKey, head?.rightKey, head?.kind, head?.isLeaf]).to.deep.equal([
      'head',
      'head',
      'changed',
      false,
    ])
    expect(head?.left).to.equal(before.head)
    expect(head?.right).to.equal(after.head)
    const units = head?.children[0]
    expect([units?.left, units?.right]).to.deep.equal([10, 64])
    expect(units?.parent).to.equal(head)
    const removed = layers?.children[0]
    expect(removed?.left).to.equal(before.layers.at(0))
    expect(removed?.right).to.equal(MISSING)
    expect([removed?.leftKey, removed?.rightKey]).to.deep.equal([0, null])
    expect(diff.counts).to.deep.equal({ added: 1, removed: 1, changed: 1, same: 0 })
  })

  it('is empty for equal trees, whatever their seals and key order', () => {
    for (const [a, b] of [
      [smallModel(), smallModel().seal('head')],
      [
        { a: 1, b: [2] },
        { b: [2], a: 1 },
      ],
      [Number.NaN, Number.NaN],
    ] as const) {
      const diff = diffTree(a, b)
      expect(diff.isEmpty).to.equal(true)
      expect(diff.kind).to.equal('same')
      expect(String(diff)).to.equal('No diff')
      expect(diff.flatten().size).to.equal(0)
      expect(diff.counts).to.deep.equal({ added: 0, removed: 0, changed: 0, same: 0 })
    }
    expect(diffTree(smallModel(), smallModel().rebind({ rate: 1 })).isEmpty).to.equal(false)
  })

  it('aligns lists', () => {
    expect(ofLists([1, 2, 3], [2, 3])).to.equal('[0] removed')
    expect(ofLists([1, 2, 3], [0, 1, 2, 3])).to.equal('[0] added')
    expect(ofLists([1, 2, 3], [9, 1, 2])).to.equal('[0] added, [2] removed')
    expect(ofLists([1, 2, 3], [1, 9, 3])).to.equal('[1] changed')
    expect(ofLists([1, 2, 3], [9, 8, 7])).to.equal('[0] changed, [1] changed, [2] changed')
    // One element that moved is no reason to take all others out and put them in again.
    expect(ofLists([1, 2, 3, 4], [4, 9, 8, 7])).to.equal('[0] changed, [1] changed, [2] changed, [3] changed')
    expect(ofLists([1, { a: 1 }, 3, 4], [{ a: 2 }, 3, 4])).to.equal('[0] removed, [0].a changed')
  })

  it('lists what is the same, or both, when asked to', () => {
    const a = { same: { deep: 1 }, changed: [1, 2, 3], gone: 1 }
    const b = { same: { deep: 1 }, changed: [1, 3, 4], come: 1 }
    expect(leaves(diffTree(a, b, { mode: 'same' }))).to.equal('same same, changed[0] same, changed[1] same')
    expect(leaves(diffTree(a, b, { mode: 'both' }))).to.equal(
      'same same, changed[0] same, changed[1] removed, changed[1] same, changed[2] added, gone removed, come added',
    )
    const none = diffTree([1], [2], { mode: 'same' })
    expect(none.isEmpty).to.equal(true)
    expect(String(none)).to.equal('Nothing in common')
    const all = diffTree(a, a, { mode: 'same' })
    expect([all.isEmpty, all.isLeaf]).to.deep.equal([false, true])
    expect(String(diffTree(a, a, { mode: 'both' }))).to.equal('No diff')
    expect(String(diffTree(a, b, { mode: 'same' }))).to.include('same: {deep: 1}')
  })

  it('collapses pairs of one type, all, none, or those it is told to', () => {
    const a = new Pair({ x: new Dense({ units: 1, name: 'n' }), y: [1, 2] })
    const b = new Pair({ x: new Drop({ name: 'm' }), y: [1, 3] })
    const picture = (collapse: DiffOptions['collapse'] & {}): string => leaves(diffTree(a, b, { collapse }))
    expect(picture('sameType')).to.equal('x changed, y[1] changed')
    expect(picture(false)).to.equal(' changed')
    expect(picture(true)).to.equal(
      'x.name changed, x.units removed, x.activation removed, x.rate added, y[1] changed',
    )
    expect(picture(left => !(left instanceof SymList))).to.include('x.name changed')
    expect(String(diffTree(a, b, { collapse: true }))).to.include('x: support.Dense → support.Drop')
    expect(leaves(diffTree({ a: 1 }, new Pair({ x: 1 }), { collapse: true }))).to.equal('a removed, x added')
    expect(leaves(diffTree({ a: 1 }, [1], { collapse: true }))).to.equal(' changed')
  })

  it('takes absent fields and keys as missing', () => {
    const diff = diffTree(new Pair({ x: null, y: 1 }), new Pair({ x: null }))
    expect(leaves(diff)).to.equal('y removed')
    expect(leaves(diffTree(new Pair({ x: null }), new Pair({ x: null, y: 2 })))).to.equal('y added')
  })

  it('tells types apart, even where all their parts are the same', () => {
    const pair = new Pair({ x: 1 })
    expect(leaves(diffTree(pair, { x: 1 }, { collapse: true }))).to.equal(' changed')
    expect(leaves(diffTree(SymTuple.from([1]), [1], { collapse: true }))).to.equal(' changed')
    expect(leaves(diffTree(SymTuple.from([1, 2]), SymTuple.from([1])))).to.equal('[1] removed')
    expect(leaves(diffTree(new Date(0), new Date(1)))).to.equal(' changed')
    expect(diffTree(new Date(0), new Date(0)).isEmpty).to.equal(true)
  })

  it('takes what is missing from a partial object as missing', () => {
    const [partial, whole] = [Dense.partial({}), new Dense({ units: 2 })]
    expect(leaves(diffTree(partial, whole))).to.equal('units added')
    expect(leaves(diffTree(whole, partial))).to.equal('units removed')
    expect(leaves(diffTree(partial, Dense.partial({ name: 'n' })))).to.equal('name changed')
  })

  it('refuses what is no option', () => {
    expect(() => diffTree(1, 2, { mode: 'all' as never })).to.throw("'diff', 'same' or 'both', got 'all'")
    expect(() => diffTree(1, 2, { collapse: 'some' as never })).to.throw(
      "'sameType', true, false or a function",
    )
  })

  it('skips shared parts of any size', () => {
    let tree: SymDict = SymDict.from({ leaf: 0 })
    // Two to the power of 60 places.
    for (let i = 0; i < 60; i++) tree = SymDict.from({ a: tree, b: tree }) as SymDict
    const next = tree.rebind([['a.a.a', 1]])
    expect(leaves(diffTree(tree, next))).to.equal('a.a.a changed')
    expect(leaves(diffTree(tree, next, { mode: 'both' }))).to.equal(
      'a.a.a changed, a.a.b same, a.b same, b same',
    )
    const big = SymList.from(Array.from({ length: 100_000 }, (_, i) => ({ i })))
    expect(leaves(diffTree(big, big.rebind([['[500].i', -1]])))).to.equal('[500].i changed')
  })

  it('is empty exactly for equal trees, and its leaves are what differs', () => {
    fc.assert(
      fc.property(anyTree(), anyTree(), (a, b) => {
        const diff = diffTree(a, b)
        expect(diff.isEmpty).to.equal(a.equals(b))
        expect(diffTree(a, a.clone()).isEmpty).to.equal(true)
        const both = diffTree(a, b, { mode: 'both' }).counts
        expect({ ...both, same: 0 }).to.deep.equal(diff.counts)
        for (const leaf of diff.leaves()) {
          if (leaf.leftPath !== null && !leaf.leftPath.isRoot)
            expect(same(a.get(leaf.leftPath), leaf.left)).to.equal(true)
          if (leaf.rightPath !== null && !leaf.rightPath.isRoot)
            expect(same(b.get(leaf.rightPath), leaf.right)).to.equal(true)
        }
        expect(diff.flatten().size).to.equal([...diff.leaves()].length)
      }),
      { numRuns: runs(300) },
    )
  })
})

/** The change list between two trees: what it says, in which order, and that it can be played again. */

import { expect } from 'chai'
import fc from 'fast-check'
import {
  changes,
  f,
  insertion,
  MISSING,
  SymDict,
  SymList,
  SymObject,
  SymTuple,
  updatesOf,
} from '../../../src/symbolic/index.ts'
import { Dense, Drop, smallModel } from '../../support/model.ts'
import { anyTree, containerData, model, runs, untyped } from '../../support/random.ts'

type Tree = Parameters<typeof changes>[0]

/** The changes between two trees, a line for each. */
const lines = (before: Tree, after: Tree): string[] =>
  changes(before, after).map(each => {
    const text = (value: unknown): string => (value === MISSING ? 'MISSING' : String(value))
    return `${each.path}: ${text(each.before)} -> ${text(each.after)}`
  })

describe('changes', () => {
  it('lists what differs by path, leaves and not whole branches', () => {
    const before = smallModel()
    const after = before.rebind([
      ['layers[0].units', 64],
      ['rate', 0.1],
      ['notes.list[1].deep', false],
    ])
    expect(lines(before, after)).to.deep.equal([
      'layers[0].units: 32 -> 64',
      'notes.list[1].deep: true -> false',
      'rate: 0.01 -> 0.1',
    ])
    expect(changes(before, before)).to.deep.equal([])
    expect(changes(before, smallModel())).to.deep.equal([])
  })

  it('says MISSING for what came and what went, and undefined for an absent field', () => {
    const dict = SymDict.from({ a: 1, b: 2 })
    expect(
      lines(
        dict,
        dict.rebind([
          ['b', MISSING],
          ['c', 3],
        ]),
      ),
    ).to.deep.equal(['b: 2 -> MISSING', 'c: MISSING -> 3'])
    const before = smallModel()
    expect(lines(before, before.rebind({ note: 'x' }))).to.deep.equal(['note: undefined -> x'])
  })

  it('aligns lists, so that an insertion is one change', () => {
    const list = SymList.from(['a', 'b', 'c'])
    expect(lines(list, SymList.from(['x', 'a', 'b', 'c']))).to.deep.equal(['[0]: MISSING -> x'])
    expect(lines(list, SymList.from(['b', 'c']))).to.deep.equal(['[0]: a -> MISSING'])
    expect(lines(list, SymList.from(['a', 'B', 'c', 'd']))).to.deep.equal([
      '[1]: b -> B',
      '[3]: MISSING -> d',
    ])
    expect(lines(list, SymList.from(['b', 'c', 'a']))).to.deep.equal([
      '[0]: a -> MISSING',
      '[3]: MISSING -> a',
    ])
  })

  it('gives nodes at their places in the two trees', () => {
    const before = smallModel()
    const after = before.rebind({ 'layers[0]': insertion(new Drop({})) })
    const [change] = changes(before, after)
    expect(change?.after).to.equal(after.layers.at(0))
    const replaced = before.rebind({ 'layers[1]': new Dense({ units: 1 }) })
    const [other] = changes(before, replaced)
    expect(other?.path.toString()).to.equal('layers[1]')
    expect(other?.before).to.equal(before.layers.at(1))
    expect(other?.after).to.equal(replaced.layers.at(1))
  })

  it('gives the whole where the kind differs', () => {
    expect(lines(SymList.from([1]), SymDict.from({ a: 1 }))).to.deep.equal([': [1] -> {a: 1}'])
    expect(lines(SymDict.from({ a: [1] }), SymDict.from({ a: { b: 1 } }))).to.deep.equal(['a: [1] -> {b: 1}'])
  })

  it('lets opaque values through', () => {
    const [one, two] = [new Date(1), new Date(2)]
    const [change] = changes(SymDict.from({ at: one }), SymDict.from({ at: two }))
    expect([change?.before, change?.after]).to.deep.equal([one, two])
  })

  it('finds one change in a long list by the chunks that are shared', () => {
    const list = SymList.from(Array.from({ length: 200_000 }, (_, i) => i))
    const after = list.rebind([
      ['[150000]', -1],
      ['[3]', -2],
    ])
    expect(lines(list, after)).to.deep.equal(['[3]: 3 -> -2', '[150000]: 150000 -> -1'])
    // Cut differently, the same lists are compared one by one.
    const cut = SymList.from([-1, ...after.toArray()]).rebind({ '[0]': MISSING })
    expect(lines(list, cut)).to.deep.equal(['[3]: 3 -> -2', '[150000]: 150000 -> -1'])
  })

  it('goes through long dicts too', () => {
    const dict = SymDict.from(Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`k${i}`, i])))
    const after = dict.rebind([
      ['k500', -1],
      ['new', 1],
      ['k7', MISSING],
    ])
    expect(lines(dict, after)).to.deep.equal(['k500: 500 -> -1', 'k7: 7 -> MISSING', 'new: MISSING -> 1'])
  })

  it('compares partial objects with whole ones, and tuples position by position', () => {
    class Place extends SymObject.define('changes.Place', {
      at: f.tuple([f.int(), f.int()]).default([0, 1]),
      name: f.string(),
    }) {}
    const partial = Place.partial({ at: [1, 0] })
    const whole = new Place({ name: 'x' })
    expect(lines(partial as never, whole)).to.deep.equal([
      'at[0]: 1 -> 0',
      'at[1]: 0 -> 1',
      'name: MISSING -> x',
    ])
    expect(lines(whole, partial as never)).to.deep.equal([
      'at[0]: 0 -> 1',
      'at[1]: 1 -> 0',
      'name: x -> MISSING',
    ])
    expect(whole.equals(partial.rebind(updatesOf(changes(partial as never, whole)) as never))).to.equal(true)
    const [tuple, list] = [SymTuple.from([1, 2]), SymList.from([1, 2])]
    expect(lines(tuple, list)).to.have.length(1)
    expect(lines(tuple, SymTuple.from([2]))).to.deep.equal(['[0]: 1 -> MISSING'])
    expect(lines(whole.at as never, SymTuple.from([0]))).to.have.length(1)
  })

  it('is in path order, empty for equal trees, and can be played again', () => {
    const pair = fc.oneof(
      fc.tuple(model(), model()),
      fc.tuple(containerData().map(untyped), containerData().map(untyped)),
      fc.tuple(anyTree(), anyTree()),
    )
    fc.assert(
      fc.property(pair, ([before, after]) => {
        const list = changes(before as Tree, after as Tree)
        expect(list.length === 0).to.equal(before.equals(after))
        const sorted = list.toSorted((a, b) => a.path.compare(b.path))
        expect(sorted.map(each => String(each.path))).to.deep.equal(list.map(each => String(each.path)))
        const again = (before as Tree).rebind(updatesOf(list) as never)
        expect(again.equals(after), `${list.map(each => each.path)}`).to.equal(true)
      }),
      { numRuns: runs(300) },
    )
  })
})

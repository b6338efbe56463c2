/** Lists: read like arrays, never written. */

import { expect } from 'chai'
import fc from 'fast-check'
import { FieldError, f, PathError, SymDict, SymList, SymObject, same } from '../../src/symbolic/index.ts'
import { refusal } from '../support/refusal.ts'

describe('SymList', () => {
  it('is made from arrays and other iterables', () => {
    expect(SymList.from([1, [2], { a: 3 }]).toString()).to.equal('[1, [2], {a: 3}]')
    expect(SymList.from(new Set([1, 2])).toArray()).to.deep.equal([1, 2])
    expect(SymList.from(SymList.from([1, 2])).toArray()).to.deep.equal([1, 2])
    expect(SymList.empty.length).to.equal(0)
    expect(SymList.empty.equals(SymList.from([]))).to.equal(true)
    expect(same(SymList.empty, SymList.empty)).to.equal(true)
    expect(() => new (SymList as unknown as new () => unknown)()).to.throw(TypeError, /SymList\.from/)
  })

  it('takes a copy of what it is given', () => {
    const given = [1, [2]]
    const list = SymList.from(given)
    ;(given[1] as number[]).push(3)
    given.push(4)
    expect(list.toString()).to.equal('[1, [2]]')
  })

  it('refuses holes and what is no value', () => {
    // biome-ignore lint/suspicious/noSparseArray: holes are the point.
    refusal(() => SymList.from([1, , 3]), FieldError)
    refusal(() => SymList.from([undefined]), FieldError, /list\[0\] must be a value, got nothing/)
  })

  it('reads like an array', () => {
    const plain = [3, 1, Number.NaN, 'x', null, 1]
    const list = SymList.from<unknown>(plain)
    expect(list.length).to.equal(6)
    for (const index of [0, 5, -1, -6, 6, -7, 0.5, Number.NaN]) {
      expect(list.at(index)).to.deep.equal(Number.isInteger(index) ? plain.at(index) : undefined)
    }
    expect([...list]).to.deep.equal(plain)
    expect([...list.values()]).to.deep.equal(plain)
    expect([...list.keys()]).to.deep.equal([0, 1, 2, 3, 4, 5])
    expect([...list.entries()]).to.deep.equal([...plain.entries()])
    expect(list.map((each, i) => [each, i])).to.deep.equal(plain.map((each, i) => [each, i]))
    expect(list.filter(each => each === 1)).to.deep.equal([1, 1])
    expect(list.reduce((text, each) => text + String(each), '')).to.equal('31NaNxnull1')
    expect(list.some(each => each === 'x')).to.equal(true)
    expect(list.every(each => each === 'x')).to.equal(false)
    expect(list.find(each => typeof each === 'string')).to.equal('x')
    expect(list.find(each => each === 'y')).to.equal(undefined)
    expect(list.findIndex((each, i) => each === 1 && i > 1)).to.equal(5)
    expect(list.indexOf(1)).to.equal(1)
    expect(list.indexOf(Number.NaN)).to.equal(-1)
    expect(list.includes(Number.NaN)).to.equal(true)
    expect(list.includes('y')).to.equal(false)
    expect(list.slice(1, -1)).to.deep.equal(plain.slice(1, -1))
    expect(list.join('-')).to.equal(plain.join('-'))
    const seen: unknown[] = []
    list.forEach((each, i, whole) => void seen.push(each, i, whole === list))
    expect(seen.slice(0, 3)).to.deep.equal([3, 0, true])
    expect(SymList.from([] as number[]).every(() => false)).to.equal(true)
  })

  it('finds nodes by content', () => {
    const list = SymList.from([{ a: 1 }, { a: 2 }])
    expect(list.indexOf(SymDict.from({ a: 2 }))).to.equal(1)
    expect(list.includes(SymDict.from({ a: 2 }))).to.equal(true)
    expect(list.includes(SymDict.from({ a: 3 }))).to.equal(false)
    expect(list.indexOf(list.at(1))).to.equal(1)
  })

  it('gives arrays that may be written to', () => {
    const list = SymList.from([1, 2])
    list.toArray().push(3)
    list.slice().push(3)
    ;(list.toJS() as number[]).push(3)
    expect(list.length).to.equal(2)
  })

  it('can be spread, destructured and iterated twice', () => {
    const list = SymList.from(['a', 'b'])
    const [first, ...rest] = list
    expect([first, rest]).to.deep.equal(['a', ['b']])
    const iterator = list[Symbol.iterator]()
    expect([...iterator, ...iterator]).to.deep.equal(['a', 'b'])
    expect(iterator.next()).to.deep.equal({ value: undefined, done: true })
    expect(new Set(list).size).to.equal(2)
  })

  it('gives the list with another element at an index', () => {
    const list = SymList.from(['a', 'b', 'c'])
    expect(list.with(1, 'x').toJS()).to.deep.equal(['a', 'x', 'c'])
    expect(list.with(-1, 'x').toJS()).to.deep.equal(['a', 'b', 'x'])
    expect(list.with(0, 'a')).to.equal(list)
    const big = SymList.from(Array.from({ length: 1000 }, (_, i) => i))
    expect(big.with(-1, 7).at(999)).to.equal(7)
    for (const wrong of [3, -4, 0.5, Number.NaN])
      refusal(() => list.with(wrong, 'x'), PathError, /index .*it has elements 0 to 2/)
    refusal(() => SymList.empty.with(0, 1 as never), PathError, /it has no elements/)
  })

  it('gives the next version of the tree around it, by its rules', () => {
    const tree = SymDict.from({ list: [1, 2] })
    const next = (tree.at('list') as SymList<number>).with(0, 5)
    expect(next.root.toJS()).to.deep.equal({ list: [5, 2] })
    class Row extends SymObject.define('list.Row', { cells: f.list(f.int({ min: 0 })) }) {}
    const row = new Row({ cells: [1] })
    refusal(() => row.cells.with(0, -1), FieldError, /must be an integer of at least 0, got -1/)
    expect(row.cells.with(0, 2).parent?.equals(new Row({ cells: [2] }))).to.equal(true)
  })

  it('holds any plain data as it was', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), values => {
        const plain = JSON.parse(JSON.stringify(values)) as unknown[]
        expect(SymList.from(plain).toJS()).to.deep.equal(plain)
      }),
    )
  })
})

/** Dicts: entries by key, in the order they came, whatever the keys are called. */

import { expect } from 'chai'
import fc from 'fast-check'
import { FieldError, MISSING, PathError, SymDict, SymList, same } from '../../src/symbolic/index.ts'
import { dictData, runs } from '../support/random.ts'
import { refusal } from '../support/refusal.ts'

describe('SymDict', () => {
  it('is made from records and maps', () => {
    expect(SymDict.from({ a: 1, b: [2] }).toString()).to.equal('{a: 1, b: [2]}')
    expect(SymDict.from(new Map([['x y', 1]])).toString()).to.equal(`{'x y': 1}`)
    expect(SymDict.from(Object.assign(Object.create(null), { a: 1 })).at('a')).to.equal(1)
    expect(SymDict.empty.size).to.equal(0)
    expect(same(SymDict.empty, SymDict.empty)).to.equal(true)
    expect(() => new (SymDict as unknown as new () => unknown)()).to.throw(TypeError, /SymDict\.from/)
    for (const wrong of [[1], 5, null, 'x', new Date(), new Set(), SymList.empty]) {
      refusal(() => SymDict.from(wrong as never), FieldError, /record or a Map|nothing|must be/)
    }
  })

  it('gives the dict with another value under a key, taken as it is', () => {
    const dict = SymDict.from({ 'a.b': 1, c: 2 })
    expect(dict.with('a.b', 5).toJS()).to.deep.equal({ 'a.b': 5, c: 2 })
    expect(dict.with('[0]', 5).keys()).to.deep.equal(['a.b', 'c', '[0]'])
    expect(dict.with('c', 2)).to.equal(dict)
    expect(dict.with('c', MISSING as never).keys()).to.deep.equal(['a.b'])
    refusal(() => dict.with(1 as never, 5), PathError, /no index/)
  })

  it('reads by key, taken as it is', () => {
    const dict = SymDict.from({ 'a.b': 1, a: { b: 2 }, '': 3, '[0]': 4 })
    expect(dict.at('a.b')).to.equal(1)
    expect(dict.get('a.b')).to.equal(2)
    expect(dict.get('[a.b]')).to.equal(1)
    expect(dict.get([''])).to.equal(3)
    expect(dict.at('[0]')).to.equal(4)
    expect(dict.at('none')).to.equal(undefined)
    expect(dict.at('size')).to.equal(undefined)
  })

  it('goes through entries in the order they were added', () => {
    const dict = SymDict.from<number>({ b: 1, a: 2 })
      .rebind([
        ['c', 3],
        ['b', MISSING],
      ])
      .rebind([['b', 4]])
    expect(dict.keys()).to.deep.equal(['a', 'c', 'b'])
    expect(dict.values()).to.deep.equal([2, 3, 4])
    expect(dict.entries()).to.deep.equal([
      ['a', 2],
      ['c', 3],
      ['b', 4],
    ])
    expect([...dict]).to.deep.equal(dict.entries())
    expect(new Map(dict).get('c')).to.equal(3)
    const seen: unknown[] = []
    dict.forEach((value, key, whole) => void seen.push(key, value, whole === dict))
    expect(seen.slice(0, 3)).to.deep.equal(['a', 2, true])
    expect(dict.size).to.equal(3)
  })

  it('gives arrays of keys that may be written to', () => {
    const dict = SymDict.from({ a: 1 })
    dict.keys().push('b')
    expect(dict.keys()).to.deep.equal(['a'])
    expect(SymDict.from({ a: 2 }).keys()).to.deep.equal(['a'])
  })

  it('takes own enumerable entries only', () => {
    const parent = { inherited: 1 }
    const given = Object.assign(Object.create(null) as object, { own: 1 })
    Object.defineProperty(given, 'hidden', { value: 1, enumerable: false })
    expect(SymDict.from(given as Record<string, unknown>).keys()).to.deep.equal(['own'])
    refusal(() => SymDict.from(Object.create(parent) as Record<string, unknown>), FieldError, /plain record/)
  })

  it('holds any plain data as it was', () => {
    fc.assert(
      fc.property(dictData(), data => {
        const dict = SymDict.from(data)
        expect(dict.toJS()).to.deep.equal(data)
        expect(dict.keys()).to.deep.equal(Object.keys(data))
        for (const [key, value] of Object.entries(data)) {
          if (typeof value !== 'object') expect(dict.at(key)).to.deep.equal(value)
          expect(dict.has([key])).to.equal(true)
        }
        expect(({} as Record<string, unknown>).a).to.equal(undefined)
      }),
      { numRuns: runs(500) },
    )
  })
})

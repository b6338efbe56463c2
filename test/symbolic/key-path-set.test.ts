/** Sets of key paths, against sets of their texts. */

import { expect } from 'chai'
import fc from 'fast-check'
import { type Key, KeyPath, KeyPathSet, PathError } from '../../src/symbolic/index.ts'
import { key, runs } from '../support/random.ts'
import { refusal } from '../support/refusal.ts'

const path: fc.Arbitrary<KeyPath> = fc
  .array(
    fc.oneof<fc.Arbitrary<Key>[]>(fc.constantFrom('a', 'b', '$'), key, fc.integer({ min: -1, max: 12 })),
    {
      maxLength: 4,
    },
  )
  .map(keys => KeyPath.of(...keys))
const paths = fc.array(path, { maxLength: 12 })

const model = (list: Iterable<KeyPath>): Map<string, KeyPath> =>
  new Map([...list].map(each => [each.toString(), each]))

/** The members of a plain model, in path order. */
const members = (list: Iterable<KeyPath>): string[] =>
  [...model(list).values()].sort((a, b) => a.compare(b)).map(String)

const texts = (set: KeyPathSet): string[] => [...set].map(String)

describe('a set of key paths', () => {
  it('has what it was made of, in path order', () => {
    const set = KeyPathSet.of('b', 'a[10]', 'a[2]', 'a', 'a.b', '')
    expect(texts(set)).to.deep.equal(['', 'a', 'a[2]', 'a[10]', 'a.b', 'b'])
    expect(set.size).to.equal(6)
    expect([set.has('a[2]'), set.has(['a', 10]), set.has('a[3]'), set.has('b.c')]).to.deep.equal([
      true,
      true,
      false,
      false,
    ])
    expect(String(set)).to.equal(`{'', a, a[2], a[10], a.b, b}`)
    expect(JSON.stringify(KeyPathSet.of('a.b', 'c'))).to.equal('["a.b","c"]')
  })

  it('tells an index from a key of digits, and takes any key', () => {
    const set = KeyPathSet.of(['a', 0], ['$'], ['__proto__', 'x'])
    expect(set.has(['a', '0'])).to.equal(false)
    expect(set.has(['$'])).to.equal(true)
    expect(set.has('__proto__')).to.equal(false)
    expect(set.hasPrefix('__proto__')).to.equal(true)
    expect(KeyPathSet.empty.hasPrefix('constructor')).to.equal(false)
  })

  it('knows what stands below a place, and what is covered by a place above', () => {
    const set = KeyPathSet.of('head', 'layers[0].units')
    expect(
      ['layers', 'layers[0]', 'layers[0].units', 'layers[1]', ''].map(each => set.hasPrefix(each)),
    ).to.deep.equal([true, true, true, false, true])
    expect(
      ['head', 'head.units', 'layers', 'layers[0].units', ''].map(each => set.covers(each)),
    ).to.deep.equal([true, true, false, true, false])
    expect(KeyPathSet.of('').covers('a.b')).to.equal(true)
  })

  it('takes in the paths above, when asked to', () => {
    const set = KeyPathSet.from(['a.b[0]', 'c'], { includeIntermediate: true })
    expect(texts(set)).to.deep.equal(['', 'a', 'a.b', 'a.b[0]', 'c'])
    expect(texts(KeyPathSet.from(KeyPathSet.of('a.b'), { includeIntermediate: true }))).to.deep.equal([
      '',
      'a',
      'a.b',
    ])
  })

  it('cuts out a subtree and puts it elsewhere', () => {
    const set = KeyPathSet.of('a.b', 'a.c[0]', 'd')
    expect(texts(set.subtree('a'))).to.deep.equal(['b', 'c[0]'])
    expect(texts(set.subtree('a').rebase('x.y'))).to.deep.equal(['x.y.b', 'x.y.c[0]'])
    expect(set.subtree('nothing')).to.equal(KeyPathSet.empty)
    expect(KeyPathSet.empty.rebase('a').isEmpty).to.equal(true)
    expect(set.subtree('')).to.equal(set)
    expect(set.rebase('')).to.equal(set)
  })

  it('gives back the same set when nothing changes', () => {
    const set = KeyPathSet.of('a.b', 'c')
    expect(set.add('c')).to.equal(set)
    expect(set.remove('a')).to.equal(set)
    expect(set.union(KeyPathSet.of('a.b'))).to.equal(set)
    expect(set.intersection(KeyPathSet.of('a.b', 'c', 'd'))).to.equal(set)
    expect(set.difference(['x'])).to.equal(set)
    expect(set.remove('c').remove('a.b')).to.equal(KeyPathSet.empty)
    expect(KeyPathSet.from(set)).to.equal(set)
  })

  it('refuses what is no path', () => {
    refusal(() => KeyPathSet.of('a['), PathError, /never closed/)
    refusal(() => KeyPathSet.empty.add(new Array(1001).fill('a')), PathError, /1001 keys/)
  })

  it('obeys the laws of sets', () => {
    fc.assert(
      fc.property(paths, paths, path, (one, two, p) => {
        const [a, b] = [KeyPathSet.from(one), KeyPathSet.from(two)]
        const [left, right] = [model(one), model(two)]
        expect(texts(a)).to.deep.equal(members(one))
        expect(a.size).to.equal(left.size)
        expect(a.has(p)).to.equal(left.has(p.toString()))
        expect(a.hasPrefix(p)).to.equal(one.some(each => each.startsWith(p)))
        expect(a.covers(p)).to.equal(one.some(each => p.startsWith(each)))
        expect(texts(a.add(p))).to.deep.equal(members([...one, p]))
        expect(texts(a.remove(p))).to.deep.equal(members(one.filter(each => !each.equals(p))))
        expect(texts(a.union(b))).to.deep.equal(members([...one, ...two]))
        expect(texts(a.intersection(b))).to.deep.equal(
          members(one.filter(each => right.has(each.toString()))),
        )
        expect(texts(a.difference(b))).to.deep.equal(members(one.filter(each => !right.has(each.toString()))))
        const below = one.filter(each => each.startsWith(p))
        expect(texts(a.subtree(p))).to.deep.equal(members(below.map(each => each.relativeTo(p))))
        expect(texts(a.rebase(p))).to.deep.equal(members(one.map(each => p.concat(each))))
        expect(a.subtree(p).rebase(p).isSubsetOf(a)).to.equal(true)
        expect(a.equals(b)).to.equal(JSON.stringify(members(one)) === JSON.stringify(members(two)))
        expect(a.isSubsetOf(b)).to.equal(one.every(each => right.has(each.toString())))
        for (const set of [a.union(b), a.intersection(b), a.difference(b), a.remove(p), a.subtree(p)]) {
          expect(set.size).to.equal(texts(set).length)
          expect(set.equals(KeyPathSet.from(texts(set)))).to.equal(true)
        }
      }),
      { numRuns: runs(300) },
    )
  })
})

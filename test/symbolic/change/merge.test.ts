/** Deep merge: what is merged, what replaces, lists patched by index, trees, and the function that decides. */

import { expect } from 'chai'
import fc from 'fast-check'
import {
  FieldError,
  insertion,
  type KeyPath,
  MISSING,
  merge,
  PathError,
  SymDict,
  SymError,
  SymList,
} from '../../../src/symbolic/index.ts'
import { Dense, type Model, smallModel } from '../../support/model.ts'
import { containerData, type Data, dictData, runs } from '../../support/random.ts'
import { prototypeKeys, refusal } from '../../support/refusal.ts'

describe('merge', () => {
  it('puts the right over the left, key by key', () => {
    expect(merge([{ a: { x: 1, y: 1 }, b: 1 }, { a: { y: 2, z: 2 } }, { c: { d: 3 } }])).to.deep.equal({
      a: { x: 1, y: 2, z: 2 },
      b: 1,
      c: { d: 3 },
    })
    expect(merge([{ a: { x: 1 } }, { a: 5 }])).to.deep.equal({ a: 5 })
    expect(merge([{ a: 5 }, { a: { x: 1 } }])).to.deep.equal({ a: { x: 1 } })
    expect(merge([{ a: 1 }, 'text'])).to.equal('text')
  })

  it('replaces lists by lists, and patches them by records of indices', () => {
    expect(merge([{ l: [1, 2, 3] }, { l: [9] }])).to.deep.equal({ l: [9] })
    expect(merge([[1, 2, 3], { 1: 9 }])).to.deep.equal([1, 9, 3])
    expect(merge([[1, 2], { 7: 'b', 5: 'a' }])).to.deep.equal([1, 2, 'a', 'b'])
    expect(merge([[{ x: 1 }], { 0: { y: 2 } }])).to.deep.equal([{ x: 1, y: 2 }])
    expect(merge([[1, 2, 3], { 0: MISSING, 2: MISSING, 9: MISSING }])).to.deep.equal([2])
    expect(merge([[1, 2], { 1: insertion('x'), 5: insertion('y') }])).to.deep.equal([1, 'x', 2, 'y'])
    expect(merge([[1], {}])).to.deep.equal([1])
    expect(merge([{ 1: 'a' }, { 1: 'b' }])).to.deep.equal({ 1: 'b' })
    const words = /^'a' is a list, and '-1' is not an index that could be put over it$/
    refusal(() => merge([{ a: [1] }, { a: { '-1': 1 } }]), PathError, words)
    refusal(() => merge([[1], { b: 1 }]), PathError, /^the root is a list, and 'b'/)
  })

  it('skips layers that are not there, and takes away what is MISSING', () => {
    expect(merge([null, { a: 1 }, undefined, { b: 2 }])).to.deep.equal({ a: 1, b: 2 })
    expect(merge([{ a: 1 }, { a: null, b: undefined }])).to.deep.equal({ a: null, b: undefined })
    expect(
      merge([
        { a: 1, b: 2 },
        { a: MISSING, c: MISSING, d: { e: MISSING } },
      ]),
    ).to.deep.equal({ b: 2, d: {} })
    expect(merge([null] as never)).to.equal(undefined)
    refusal(() => merge('x' as never), SymError, /list of values, got 'x'/)
  })

  it('shares no container with what it was given, and changes none of it', () => {
    const left = { a: { x: [1] }, l: [{ y: 1 }] }
    const right = { b: { z: [2] } }
    const text = JSON.stringify([left, right])
    const result = merge([left, right]) as { a: { x: number[] }; l: { y: number }[]; b: { z: number[] } }
    result.a.x.push(9)
    ;(result.l[0] as { y: number }).y = 9
    result.b.z.push(9)
    expect(JSON.stringify([left, right])).to.equal(text)
  })

  it('makes the next version of a tree, checked by its fields', () => {
    const model = smallModel()
    const merged: Model = merge([
      model,
      { head: { units: 64 }, notes: { by: 'you' }, layers: { 0: { units: 2 } } },
    ])
    expect([merged.head.units, merged.layers.at(0)?.width]).to.deep.equal([64, 2])
    expect(merged.notes.toJS()).to.deep.equal({ author: 'me', list: [1, { deep: true }], by: 'you' })
    expect(merge([model, { head: { units: 10 } }])).to.equal(model)
    expect(merge([model, {}])).to.equal(model)
    const grown = merge([model, { layers: { 5: new Dense({ units: 5 }), 0: MISSING } }])
    expect(grown.layers.map(layer => layer.width)).to.deep.equal([0, 5])
    expect(merge([model, { rate: MISSING, note: 'x' }]).toJS()).to.include({ rate: 0.01, note: 'x' })
    refusal(
      () => merge([model, { head: { units: 0 } }]),
      FieldError,
      /head\.units must be an integer of at least 1/,
    )
    refusal(() => merge([model, { head: { unit: 1 } }]), SymError, /did you mean 'units'/)
  })

  it('takes an object for one value, and dicts and lists of trees for data', () => {
    const [one, two] = [new Dense({ units: 1 }), new Dense({ units: 2 })]
    expect(merge([{ d: one }, { d: two }])).to.deep.equal({ d: two })
    expect((merge([{ d: one }, { d: { units: 3 } }]) as { d: Dense }).d.units).to.equal(3)
    const dict = SymDict.from({ a: { x: 1 }, l: [1, 2] })
    expect(merge([dict, { a: SymDict.from({ y: 2 }), l: { 0: insertion(0) } }]).toJS()).to.deep.equal({
      a: { x: 1, y: 2 },
      l: [0, 1, 2],
    })
    expect(merge([dict, { l: SymList.from([3]) }]).toJS()).to.deep.equal({ a: { x: 1 }, l: [3] })
    const head = smallModel().head
    expect(merge([head, { units: 3 }]).units).to.equal(3)
  })

  it('asks a function about each place that is not merged further', () => {
    const asked: string[] = []
    const combine = (path: KeyPath, left: unknown, right: unknown): unknown => {
      const text = (value: unknown): string => (value === MISSING ? '-' : JSON.stringify(value))
      asked.push(`${path}: ${text(left)} ${text(right)}`)
      if (right === MISSING) return path.key === 'gone' ? MISSING : left
      return typeof left === 'number' && typeof right === 'number' ? left + right : right
    }
    const left = { a: { x: 1, gone: 0 }, l: [1, 2], only: {} }
    const right = { a: { x: 2, y: 5 }, l: { 0: 10, 3: 3 }, new: { z: 1 } }
    const expected = { a: { x: 3, y: 5 }, l: [11, 2, 3], only: {}, new: { z: 1 } }
    const questions = [
      'a.x: 1 2',
      'a.gone: 0 -',
      'a.y: - 5',
      'l[0]: 1 10',
      'l[1]: 2 -',
      'l[3]: - 3',
      'only: {} -',
      'new: - {"z":1}',
    ]
    expect(merge([left, right], combine)).to.deep.equal(expected)
    expect(asked).to.deep.equal(questions)
    asked.length = 0
    expect(merge([SymDict.from(left), right], combine).toJS()).to.deep.equal(expected)
    expect(asked).to.deep.equal(questions)
    expect(merge([smallModel(), {}], (_, left) => left).equals(smallModel())).to.equal(true)
  })

  it('takes hostile keys for keys, and refuses data that holds itself', () => {
    const before = prototypeKeys()
    const hostile = JSON.parse('{"__proto__":{"x":1},"constructor":{"prototype":{"y":1}}}')
    const result = merge([{ a: 1 }, hostile]) as Record<string, unknown>
    expect(Object.keys(result)).to.deep.equal(['a', '__proto__', 'constructor'])
    expect(Object.getPrototypeOf(result)).to.equal(Object.prototype)
    expect(merge([hostile, JSON.parse('{"__proto__":{"z":2}}')])).to.deep.equal(
      JSON.parse('{"__proto__":{"x":1,"z":2},"constructor":{"prototype":{"y":1}}}'),
    )
    expect(prototypeKeys()).to.deep.equal(before)
    const loop: Record<string, unknown> = {}
    loop.loop = loop
    refusal(() => merge([{}, loop]), SymError, /hold itself/)
    refusal(() => merge([loop, loop]), SymError, /hold itself/)
  })

  it('obeys: nothing new changes nothing', () => {
    fc.assert(
      fc.property(containerData(), data => {
        expect(merge([data])).to.deep.equal(data)
        expect(merge([data, {}])).to.deep.equal(data)
        if (!Array.isArray(data)) expect(merge([{}, data])).to.deep.equal(data)
      }),
      { numRuns: runs(100) },
    )
  })

  it('obeys a simple model, over data and over trees alike', () => {
    const names = fc.constantFrom('a', 'b', 'c', 'a.b', '__proto__', 'constructor', '')
    const data = dictData({ key: names })
    fc.assert(
      fc.property(data, data, (left, right) => {
        const trees = (): unknown => merge([SymDict.from(left), right]).toJS()
        let expected: Data
        try {
          expected = model(left, right)
        } catch {
          refusal(() => merge([left, right]), PathError, /is a list/)
          refusal(trees, PathError, /is a list/)
          return
        }
        expect(merge([left, right])).to.deep.equal(expected)
        expect(merge([left, right, right])).to.deep.equal(expected)
        expect(trees()).to.deep.equal(expected)
      }),
      { numRuns: runs(300) },
    )
  })
})

/** What merging gives where no key is an index: a record with keys cannot be put over a list. */
function model(left: Data | undefined, right: Data): Data {
  const isRecord = (value: Data | undefined): value is { [key: string]: Data } =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
  if (!isRecord(right)) return right
  if (Array.isArray(left)) {
    if (Object.keys(right).length > 0) throw new Error('a record over a list')
    return left
  }
  if (!isRecord(left)) return right
  const entries = new Map(Object.entries(left))
  for (const [key, value] of Object.entries(right)) entries.set(key, model(entries.get(key), value))
  return Object.fromEntries(entries)
}

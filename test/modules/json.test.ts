import { expect } from 'chai'
import { copyJson, frozen, isJsonRecord, jsonOf, MAX_DEPTH, setKey } from '../../src/modules/json.ts'
import { SymDict, SymList } from '../../src/symbolic/index.ts'

const hostile = (): unknown => JSON.parse('{"__proto__":{"polluted":1},"constructor":2}')

describe('copyJson', () => {
  it('shares nothing with its source', () => {
    const source = { a: [1, { b: null }] }
    const copied = jsonOf(source) as { a: unknown[] }
    expect(copied).to.deep.equal(source)
    expect(copied.a).not.to.equal(source.a)
  })

  it('makes arrays and records of lists and dicts', () => {
    const value = { list: SymList.from([1, { a: 2 }]), dict: SymDict.from({ b: [3] }) }
    expect(jsonOf(value)).to.deep.equal({ list: [1, { a: 2 }], dict: { b: [3] } })
  })

  it('says where data stops being JSON', () => {
    const places = [{ a: [1, undefined] }, { b: Number.NaN }, { 'c.d': () => 1 }, [new Date()], 1n]
    expect(places.map(place => (copyJson(place) as { path: string }).path)).to.deep.equal([
      'a[1]',
      'b',
      '[c.d]',
      '[0]',
      '',
    ])
  })

  it('refuses cycles, with a short way there', () => {
    const cycle: unknown[] = []
    cycle.push({ again: cycle })
    const copied = copyJson(cycle)
    expect(copied).to.include({ ok: false, isTooDeep: true, path: '[0].again[0].again[0].again[0].again' })
  })

  it('takes nesting up to its limit', () => {
    let nested: unknown = 1
    for (let i = 0; i < MAX_DEPTH; i++) nested = [nested]
    expect(copyJson(nested).ok).to.equal(true)
    expect(copyJson([[nested]]).ok).to.equal(false)
  })

  it('keeps hostile keys as keys', () => {
    const copied = jsonOf(hostile()) as object
    expect(Object.keys(copied)).to.deep.equal(['__proto__', 'constructor'])
    expect(Object.getPrototypeOf(copied)).to.equal(Object.prototype)
    expect('polluted' in {}).to.equal(false)
  })
})

describe('setKey', () => {
  it('defines an own key, whatever its name', () => {
    const record: Record<string, unknown> = {}
    setKey(record, '__proto__', 1)
    expect(Object.getOwnPropertyDescriptor(record, '__proto__')?.value).to.equal(1)
  })
})

describe('frozen', () => {
  it('freezes all the way down', () => {
    const value = frozen({ a: [{ b: 1 }] })
    expect(Object.isFrozen(value.a[0])).to.equal(true)
  })
})

describe('isJsonRecord', () => {
  it('tells records from lists and leaves', () => {
    expect([{}, [], null, 'a'].map(isJsonRecord)).to.deep.equal([true, false, false, false])
  })
})

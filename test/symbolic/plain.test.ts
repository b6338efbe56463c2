/** Trees as plain data of the caller's own. */

import { expect } from 'chai'
import fc from 'fast-check'
import { SymDict, SymList } from '../../src/symbolic/index.ts'
import { Dense, smallModel } from '../support/model.ts'
import { containerData, runs, untyped } from '../support/random.ts'

describe('toJS', () => {
  it('gives records and arrays without type names', () => {
    expect(smallModel().head.toJS()).to.deep.equal({ name: 'head', units: 10, activation: 'relu' })
    expect(SymList.from([new Dense({ units: 1 })]).toJS()).to.deep.equal([
      { name: '', units: 1, activation: 'relu' },
    ])
    expect(smallModel().toJS()).not.to.have.property('note')
  })

  it('leaves other values as they are, and copies dates and bytes', () => {
    const map = new Map()
    const tree = SymDict.from({ map, n: 5n, date: new Date(0), bytes: Uint8Array.of(1) })
    const data = tree.toJS() as { map: unknown; date: Date; bytes: Uint8Array }
    expect(data.map).to.equal(map)
    data.date.setTime(5)
    data.bytes[0] = 5
    expect(tree.toJS()).to.deep.equal({ map, n: 5n, date: new Date(0), bytes: Uint8Array.of(1) })
  })

  it('gives data that may be written to', () => {
    const tree = SymDict.from({ a: [1] })
    const data = tree.toJS() as { a: number[] }
    data.a.push(2)
    expect(tree.toString()).to.equal('{a: [1]}')
    expect(tree.toJS()).not.to.equal(tree.toJS())
  })

  it('takes any key for a key', () => {
    const data = SymDict.from(JSON.parse('{"__proto__":{"x":1},"a":2}')).toJS() as object
    expect(Object.keys(data)).to.deep.equal(['__proto__', 'a'])
    expect(Object.getPrototypeOf(data)).to.equal(Object.prototype)
    expect('x' in data).to.equal(false)
  })

  it('is what the tree was made of', () => {
    fc.assert(
      fc.property(containerData(), data => {
        expect(untyped(data).toJS()).to.deep.equal(data)
      }),
      { numRuns: runs(300) },
    )
  })
})

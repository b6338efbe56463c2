/** Handles: one per place and read, of the right class, made when asked for. */

import { expect } from 'chai'
import { f, Symbolic, SymDict, SymList, SymObject } from '../../src/symbolic/index.ts'
import { handleConstructor, Node } from '../../src/symbolic/node.ts'
import { Dense, smallModel } from '../support/model.ts'

class Many extends SymObject.define('node.Many', {
  a: f.any().default({ x: 1 }),
  b: f.any().default([1]),
  c: f.any().default({ y: 1 }),
  d: f.int().default(0),
}) {}

describe('handles', () => {
  it('are made once per place, in whatever order the children are read', () => {
    for (const order of [
      ['a', 'b', 'c'],
      ['c', 'b', 'a'],
      ['b', 'c', 'a', 'b'],
    ] as ('a' | 'b' | 'c')[][]) {
      const many = new Many()
      const first = order.map(name => many[name])
      const second = order.map(name => many[name])
      first.forEach((node, i) => {
        expect(node).to.equal(second[i])
      })
      expect(new Set(first).size).to.equal(3)
    }
    for (const size of [3, 300]) {
      const items = Array.from({ length: size }, (_, i) => ({ i }))
      const list = SymList.from(items)
      const dict = SymDict.from(Object.fromEntries(items.map(each => [`k${each.i}`, each])))
      for (const index of [0, 2, 1, size - 1, 0, 2]) {
        expect(list.at(index)).to.equal(list.at(index))
        expect(String(list.at(index))).to.equal(`{i: ${index}}`)
        expect(dict.at(`k${index}`)).to.equal(dict.get(`k${index}`))
        expect(String(dict.at(`k${index}`))).to.equal(`{i: ${index}}`)
      }
    }
  })

  it('are instances of their class, with its methods', () => {
    const model = smallModel()
    expect(model.head).to.be.instanceOf(Dense)
    expect(model.head).to.be.instanceOf(SymObject)
    expect(model.head).to.be.instanceOf(Symbolic)
    expect(model.head).to.be.instanceOf(Node)
    expect(model.head.width).to.equal(10)
    expect(model.layers).to.be.instanceOf(SymList)
    expect(model.notes).to.be.instanceOf(SymDict)
    expect(model.head.constructor).to.equal(Dense)
    expect(model.head.seal().width).to.equal(10)
    expect(model.head.seal()).to.be.instanceOf(Dense)
  })

  it('have a constructor for every class, also past the end of the row of prepared ones', () => {
    for (let i = 0; i < 60; i++) {
      class Each extends SymObject.define(`node.Each${i}`, { n: f.int() }) {
        get twice(): number {
          return this.n * 2
        }
      }
      expect(new Each({ n: i }).twice).to.equal(i * 2)
      expect(SymList.from([new Each({ n: i })]).at(0)).to.be.instanceOf(Each)
    }
    const prototype = { mark: true }
    const Handle = handleConstructor(prototype)
    expect((new Handle(['green'] as never, null, 'k') as unknown as { mark: boolean }).mark).to.equal(true)
  })
})

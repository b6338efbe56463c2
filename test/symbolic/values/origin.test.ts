/** Origins: what is remembered inside `withOrigins`, what is not outside, and that nothing else sees it. */

import { setTimeout as wait } from 'node:timers/promises'
import { expect } from 'chai'
import {
  f,
  fromJson,
  functor,
  originChain,
  originHistory,
  originOf,
  SymError,
  SymList,
  SymObject,
  setOrigin,
  withOrigins,
} from '../../../src/symbolic/index.ts'

class Leaf extends SymObject.define('origin.Leaf', { n: f.int() }) {}
class Pair extends SymObject.define('origin.Pair', { a: f.object(Leaf), b: f.object(Leaf) }) {}

const tags = (node: Leaf | Pair): string[] => originHistory(node).map(origin => origin.tag)

describe('withOrigins', () => {
  it('remembers how a tree came to be, and from what', () => {
    withOrigins(() => {
      const first = new Leaf({ n: 1 })
      const last = first.rebind({ n: 2 }).clone().rebind({ n: 3 })
      expect(tags(last)).to.deep.equal(['new', 'rebind', 'clone', 'rebind'])
      expect(originHistory(last)[1]?.source).to.equal(first)
      expect(originChain(last, 'rebind').map(({ node }) => (node as Leaf).n)).to.deep.equal([3, 2])
      expect(originOf(fromJson(last.toJSON()))?.tag).to.equal('load')
      expect(last.rebind({ n: 3 })).to.equal(last)
    })
  })

  it('remembers changes of parts as changes of the whole', () => {
    withOrigins(() => {
      const pair = new Pair({ a: new Leaf({ n: 1 }), b: new Leaf({ n: 2 }) })
      const next = pair.a.rebind({ n: 3 })
      expect(originOf(next)?.source).to.equal(pair.a)
      expect(originOf(next.root as Pair)?.source).to.equal(pair)
      expect(tags(next.root as Pair)).to.deep.equal(['new', 'rebind'])
      expect(originOf(pair.b)?.tag).to.equal('new')
    })
  })

  it('remembers what functors return', () => {
    const Make = functor('origin.Make', { n: f.int() }, ({ n }) => new Leaf({ n }))
    withOrigins(() => {
      const make = new Make({ n: 1 })
      const leaf = make.call()
      expect(originOf(leaf)).to.include({ tag: 'return', source: make })
      expect(tags(leaf)).to.deep.equal(['new', 'return'])
    })
  })

  it('remembers nothing outside, and follows asynchronous work', async () => {
    expect(originOf(new Leaf({ n: 1 }).rebind({ n: 2 }))).to.equal(null)
    const later = await withOrigins(async () => {
      await wait(1)
      return new Leaf({ n: 1 })
    })
    expect(originOf(later)?.tag).to.equal('new')
    expect(originOf(later.rebind({ n: 2 }))).to.equal(null)
  })

  it('is no part of equality, hashes or JSON', () => {
    const plain = new Leaf({ n: 2 })
    const tracked = withOrigins(() => new Leaf({ n: 1 }).rebind({ n: 2 }))
    expect(tracked.equals(plain)).to.equal(true)
    expect(tracked.hash()).to.equal(plain.hash())
    expect(tracked.toJsonString()).to.equal(plain.toJsonString())
  })

  it('remembers the calls when asked to', () => {
    const makeLeaf = (): Leaf => new Leaf({ n: 1 })
    const leaf = withOrigins(makeLeaf, { stack: 4 })
    const stack = originOf(leaf)?.stack ?? []
    expect(stack.length).to.be.within(1, 4)
    expect(stack.join('\n')).to.include('makeLeaf')
    expect(withOrigins(() => originOf(new Leaf({ n: 1 })))).not.to.have.property('stack')
  })
})

describe('setOrigin', () => {
  it('says it in words of one’s own, once', () => {
    const list = SymList.from([1])
    setOrigin(list, 'sampled', 'trial 7')
    expect(originOf(list)).to.include({ tag: 'sampled', source: 'trial 7', node: list })
    setOrigin(list, 'drawn', 'trial 7')
    expect(originOf(list)?.tag).to.equal('drawn')
    expect(() => setOrigin(list, 'sampled', 'trial 8')).to.throw(
      SymError,
      "'drawn' of 'trial 7' and not 'trial 8'",
    )
    expect(originChain(SymList.from([2]))).to.deep.equal([])
  })
})

/** Inferred values: what a placeholder gives where it stands, what it is where it is stored, and what is said when not. */

import { expect } from 'chai'
import {
  FieldError,
  FromParents,
  f,
  fromJson,
  fromParents,
  InferenceError,
  Inferred,
  inferred,
  isDeterministic,
  isInferrable,
  isPureSymbolic,
  JsonError,
  register,
  type Symbolic,
  SymDict,
  SymList,
  SymObject,
  same,
} from '../../../src/symbolic/index.ts'

class Head extends SymObject.define('inferred.Head', {
  rate: f.float({ max: 1 }).default(fromParents()),
  width: f.int().default(1),
}) {}
class Model extends SymObject.define('inferred.Model', {
  rate: f.float(),
  head: f.object(Head),
  parts: f.dict(f.list(f.object(Head))).orEmpty(),
}) {}
class Twice extends Inferred.define('inferred.Twice', { of: f.string() }) {
  infer(holder: Symbolic): unknown {
    return Number(holder.get(this.of)) * 2
  }
}
register(Twice)

const model = new Model({ rate: 0.5, head: new Head() })

describe('fromParents', () => {
  it('gives what the nearest parent has under the same name', () => {
    expect([model.head.rate, model.get('head.rate')]).to.deep.equal([0.5, 0.5])
    expect(model.rebind({ rate: 0.25 }).head.rate).to.equal(0.25)
    expect(model.rebind({ 'head.rate': 1 }).head.rate).to.equal(1)
    const deep = model.rebind({ 'parts.a': [new Head()] })
    expect(deep.get('parts.a[0].rate')).to.equal(0.5)
    const near = SymDict.from({ rate: 0.1, inner: { rate: 0.2, model: new Head() } })
    expect(near.get('inner.model.rate')).to.equal(0.2)
  })

  it('is inferred anew in each place of one content', () => {
    const head = new Head()
    const pair = SymList.from([new Model({ rate: 0.1, head }), new Model({ rate: 0.2, head })])
    const heads = pair.map(each => (each as Model).head)
    expect(heads.map(each => each.rate)).to.deep.equal([0.1, 0.2])
    expect(same(heads[0], heads[1])).to.equal(true)
  })

  it('may look for another name, and stand in lists and dicts', () => {
    const tree = SymDict.from({
      base: 3,
      list: [fromParents<number>('base'), 1],
      dict: { x: fromParents<number>('base') },
    })
    expect([...(tree.at('list') as SymList)]).to.deep.equal([3, 1])
    expect((tree.at('dict') as SymDict).values()).to.deep.equal([3])
    expect(tree.get('list[0]')).to.equal(3)
    const alias = SymDict.from({ a: 1, b: fromParents<number>('a') })
    expect(alias.at('b')).to.equal(1)
    expect(() => SymDict.from({ list: [fromParents()] }).get('list[0]')).to.throw(
      InferenceError,
      /has no name/,
    )
  })

  it('passes on what is inferred above', () => {
    const inner = new Model({ rate: fromParents(), head: new Head() })
    expect(SymDict.from({ rate: 0.75, inner }).get('inner.head.rate')).to.equal(0.75)
  })

  it('gives whole nodes, at their own place', () => {
    const tree = SymDict.from({ head: model.head, inner: { head: fromParents<Head>() } })
    const found = tree.get('inner.head') as Head
    expect([found.path.toString(), tree.get('inner.head.width')]).to.deep.equal(['head', 1])
    expect(tree.has('inner.head.width')).to.equal(true)
  })

  it('says where it looked when nothing has the name', () => {
    const lone = SymDict.from({ parts: [new Head()] })
    const words =
      "dict.parts[0].rate cannot be inferred: nothing above it has 'rate'; " +
      'searched parts[0] (inferred.Head), parts (list), the root dict'
    expect(() => lone.get('parts[0].rate'))
      .to.throw(InferenceError, words)
      .with.property('path', 'parts[0].rate')
    expect(() => new Head().rate).to.throw(InferenceError, 'inferred.Head.rate cannot be inferred')
    expect(lone.get('parts[0].rate', 9)).to.equal(9)
    expect(isInferrable(lone, 'parts[0].rate')).to.equal(false)
    expect(isInferrable(model, 'head.rate')).to.equal(true)
    expect(isInferrable(model, 'nowhere')).to.equal(false)
  })

  it('is checked by the field of the place', () => {
    const wrong = SymDict.from({ rate: 'fast', head: new Head() })
    const words =
      "dict.head.rate must be a number of at most 1, got 'fast' " +
      '(inferred by symbolic.FromParents; searched head (inferred.Head), the root dict)'
    expect(() => wrong.get('head.rate')).to.throw(FieldError, words)
    expect(() => wrong.rebind([['rate', 2]]).get('head.rate')).to.throw(FieldError, 'at most 1')
    expect(isInferrable(wrong, 'head.rate')).to.equal(false)
  })
})

describe('a placeholder', () => {
  it('is what JSON, equality, diffs, visitors and getSymbolic see', () => {
    const head = new Head()
    expect(head.toJSON()).to.deep.equal({
      _type: 'inferred.Head',
      rate: { _type: 'symbolic.FromParents' },
      width: 1,
    })
    expect(fromJson(head.toJSON()).equals(head)).to.equal(true)
    expect(head.equals(new Head())).to.equal(true)
    expect(model.getSymbolic('head.rate')).to.be.instanceOf(FromParents)
    expect((model.getSymbolic('head.rate') as FromParents).path.toString()).to.equal('head.rate')
    expect(() => model.getSymbolic('head.x')).to.throw('head.x')
    expect(model.diff(model.rebind({ 'head.rate': 0.5 }))).to.have.length(1)
    const seen: unknown[] = []
    model.walk((path, value) => void (path.key === 'rate' && seen.push(value)))
    expect(seen[1]).to.be.instanceOf(FromParents)
    // Having been seen, it is still not what reading gives.
    expect([model.head.rate, model.clone().head.rate, model.has('head.rate')]).to.deep.equal([0.5, 0.5, true])
    expect(new Head().has('rate')).to.equal(true)
    expect([isPureSymbolic(model), isDeterministic(model)]).to.deep.equal([false, true])
  })

  it('survives changes around it', () => {
    const next = model.rebind({ 'head.width': 3 })
    expect([next.head.rate, next.head.width]).to.deep.equal([0.5, 3])
    expect(model.edit(draft => void (draft.head.width = 4)).head.rate).to.equal(0.5)
    expect(model.head.rebind({ width: 5 }).rate).to.equal(0.5)
    expect(model.transform((_, value) => (value === 0.5 ? 0.6 : value)).head.rate).to.equal(0.6)
    expect(model.seal('head').head.rate).to.equal(0.5)
  })

  it('lets hooks see what can be inferred, and wait for what cannot', () => {
    let bound = 0
    class Checked extends SymObject.define('inferred.Checked', {
      low: f.int(),
      high: f.int().default(fromParents()),
    }) {
      onBound(): void {
        bound++
        if (this.low < 0) throw new RangeError('low is negative')
        if (this.low > this.high) throw new RangeError('low is above high')
      }
    }
    expect(new Checked({ low: 3 })).to.be.instanceOf(Checked)
    expect(bound).to.equal(1)
    expect(() => new Checked({ low: -1 })).to.throw(RangeError, 'negative')
  })
})

describe('inferred', () => {
  it('takes a function of the node around and the key', () => {
    const tree = SymDict.from({ a: 2, b: inferred((node, key) => `${key}${node.get('a')}`) })
    expect(tree.at('b')).to.equal('b2')
    expect(() => tree.toJSON()).to.throw(JsonError, 'function')
    const list = SymDict.from({ made: inferred(() => [1, { x: 2 }]) })
    expect(list.get('made[1].x' as string)).to.equal(2)
    expect((list.at('made') as unknown as SymList).path.toString()).to.equal('made')
  })

  it('takes an object of a class of its own, which is saved', () => {
    const head = new Head({ rate: inferred(new Twice({ of: 'width' })) })
    expect(() => head.rate).to.throw(
      FieldError,
      'must be a number of at most 1, got 2 (inferred by inferred.Twice)',
    )
    const half = head.rebind({ width: 0 })
    expect(half.rate).to.equal(0)
    const loaded = fromJson(half.toJSON(), Head)
    expect([loaded.rate, loaded.rebind({ 'rate.of': 'x' } as never).getSymbolic('rate.of')]).to.deep.equal([
      0,
      'x',
    ])
  })

  it('says so when values ask for each other', () => {
    const a = inferred((node: Symbolic) => node.get('b'))
    const b = inferred((node: Symbolic) => node.get('a'))
    expect(() => SymDict.from({ a, b }).at('a')).to.throw(InferenceError, 'it asks for itself: a -> b -> a')
    expect(SymDict.from({ a: 1, b }).at('b')).to.equal(1)
  })

  it('takes no word of abstract placeholders', () => {
    expect(() => new (Inferred as unknown as new () => Inferred)()).to.throw('abstract')
  })
})

/** References inside a tree, and foreign objects in it. */

import { expect } from 'chai'
import {
  FieldError,
  f,
  fromJson,
  InferenceError,
  PathError,
  Ref,
  ref,
  SymDict,
  SymObject,
} from '../../../src/symbolic/index.ts'

class Weights extends SymObject.define('ref.Weights', { size: f.int() }) {}
class Coder extends SymObject.define('ref.Coder', { weights: f.object(Weights) }) {}
class Net extends SymObject.define('ref.Net', { encoder: f.object(Coder), decoder: f.object(Coder) }) {}

const net = new Net({
  encoder: new Coder({ weights: new Weights({ size: 3 }) }),
  decoder: new Coder({ weights: ref('encoder.weights') }),
})

describe('ref', () => {
  it('reads as the node at the other place', () => {
    expect(net.decoder.weights).to.equal(net.encoder.weights)
    expect(net.get('decoder.weights.size')).to.equal(3)
    expect(net.rebind({ 'encoder.weights.size': 4 }).decoder.weights.size).to.equal(4)
    expect(net.getSymbolic('decoder.weights')).to.be.instanceOf(Ref)
  })

  it('is saved as a path', () => {
    const data = net.toJSON()
    expect(data).to.have.nested.property('decoder.weights').that.deep.equals({
      _type: 'symbolic.Ref',
      to: 'encoder.weights',
      from: 'root',
    })
    expect(fromJson(data, Net).decoder.weights.size).to.equal(3)
  })

  it('says where it dangles', () => {
    const lone = net.decoder.clone()
    expect(() => lone.weights).to.throw(
      InferenceError,
      "ref.Coder.weights cannot be inferred: it refers to 'encoder.weights', but ref.Coder has nothing at 'encoder'",
    )
    expect(() => ref('a[')).to.throw(PathError)
  })

  it('is checked by the field it stands in', () => {
    const wrong = net.rebind({ 'decoder.weights': ref<Weights>('encoder') })
    expect(() => wrong.decoder.weights).to.throw(FieldError, 'must be a ref.Weights, got Coder')
  })

  it('may start at the nearest node from which it leads somewhere', () => {
    const near = (path: string): unknown => ref(path, { from: 'nearest' })
    const part = { a: 1, b: { c: near('a') }, d: { a: near('a') } }
    const tree = SymDict.from({ a: 0, one: part, two: { ...part, a: 2 } })
    expect([tree.get('one.b.c'), tree.get('two.b.c'), tree.get('two.d.a')]).to.deep.equal([1, 2, 2])
    const lost = SymDict.from({ b: [near('x')] })
    expect(() => lost.get('b[0]')).to.throw(InferenceError, "it refers to 'x', but that leads nowhere")
  })

  it('may refer to what is around it, and is not followed by visitors', () => {
    const tree = SymDict.from({ child: { up: ref<unknown>('') } })
    expect(tree.get('child.up')).to.equal(tree)
    let count = 0
    tree.walk(() => void count++)
    expect(count).to.equal(5)
  })

  it('says so when references go in a circle', () => {
    const tree = SymDict.from({ a: ref<unknown>('b'), b: ref<unknown>('a') })
    expect(() => tree.at('a')).to.throw(InferenceError, 'it asks for itself: a -> b -> a')
  })
})

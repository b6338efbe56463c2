import { expect } from 'chai'
import { floatV, intV, manyOf, oneOf, permutate, Space, SpaceError } from '../../../src/search/index.ts'
import { f, SymObject } from '../../../src/symbolic/index.ts'

class Layer extends SymObject.define('test.search.encode.Layer', {
  units: f.int(),
  rate: f.float().default(0.5),
}) {}
class Model extends SymObject.define('test.search.encode.Model', {
  head: f.object(Layer),
  sizes: f.list(f.int()).default([]),
  note: f.string().default(''),
}) {}

const space = Space.of(
  new Model({
    head: oneOf([new Layer({ units: 1 }), new Layer({ units: intV(1, 4), rate: floatV(0, 1) })]),
    sizes: [oneOf([1, 2]), 5],
  }),
)
const model = space.materialize(space.first())
const encoded = (tree: Model): unknown[] => space.encode(tree).toNumbers()
const refused = (tree: Model): string => {
  try {
    return `encoded as ${space.encode(tree)}`
  } catch (error) {
    expect(error).to.be.instanceOf(SpaceError)
    return (error as Error).message
  }
}

describe('encode', () => {
  it('finds the candidate, and what is open inside it', () => {
    expect(encoded(model)).to.deep.equal([0, 0])
    expect(encoded(model.rebind({ head: new Layer({ units: 3, rate: 0.25 }), 'sizes[0]': 2 }))).to.deep.equal(
      [1, 3, 0.25, 1],
    )
  })

  it('takes the first candidate in order that gives the tree', () => {
    expect(encoded(model.rebind({ head: new Layer({ units: 1, rate: 0.5 }) }))).to.deep.equal([0, 0])
    const twice = Space.of({ x: oneOf([1, 1, oneOf([2, 1])]) })
    expect(
      twice.encode(twice.materialize(twice.next(twice.first()) ?? twice.first())).toNumbers(),
    ).to.deep.equal([0])
  })

  it('takes trees that were built apart', () => {
    expect(encoded(new Model({ head: new Layer({ units: 1 }), sizes: [2, 5] }))).to.deep.equal([0, 1])
    const plain = Space.of({ x: oneOf([1, 2]), y: [3] })
    expect(plain.encode({ y: [3], x: 2 } as never).toNumbers()).to.deep.equal([1])
  })

  it('says where a tree is not of the space', () => {
    expect(refused(model.rebind({ 'sizes[0]': 3 }))).to.equal(
      "not in the space: 'sizes[0]' is 3, and the candidates are 1, 2",
    )
    expect(refused(model.rebind({ 'head.units': 9 }))).to.contain(
      "'head' is Layer(units=9, rate=0.5), and the candidates are",
    )
    expect(refused(model.rebind({ 'sizes[1]': 6 }))).to.equal(
      "not in the space: it differs from the template at '/sizes/1'",
    )
    expect(refused(model.rebind({ note: 'other' }))).to.contain("it differs from the template at '/note'")
    expect(refused(model.rebind({ sizes: [] }))).to.equal("not in the space: it has nothing at 'sizes[0]'")
    const single = Space.of({ x: oneOf([floatV(0, 1)]) })
    expect(() => single.encode({ x: 2 } as never)).to.throw(
      SpaceError,
      "the value at 'x[=0/1]' must be a number from 0 to 1",
    )
    expect(() => single.encode({ x: 'a' } as never)).to.throw(SpaceError, 'got "a"')
    expect(() => single.encode(5 as never)).to.throw(
      SpaceError,
      'the value is 5, and the space has {x: OneOf',
    )
    expect(single.has({ x: 2 })).to.equal(false)
  })

  it('finds the choices of a row, though candidates are alike', () => {
    const row = Space.of({ x: manyOf(3, [1, 1, intV(0, 9), 2]) })
    const of = (x: unknown): unknown[] => row.encode({ x } as never).toNumbers()
    expect(of([1, 1, 2])).to.deep.equal([0, 1, 2, 2])
    expect(of([1, 1, 1])).to.deep.equal([0, 1, 2, 1])
    expect(of([2, 2, 1])).to.deep.equal([2, 2, 3, 0])
    expect(() => of([1, 2, 2, 2])).to.throw(SpaceError, "'x' is [1, 2, 2, 2], and must be a list of 3")
    expect(() => of([1, 2, 11])).to.throw(SpaceError, "'x[2]' is 11, and the candidates are 1, 1, IntV")
    const ascending = Space.of(manyOf(2, [1, 2, 1], { sorted: true }))
    expect(ascending.encode([2, 1] as never).toNumbers()).to.deep.equal([1, 2])
    expect(ascending.has([2, 2])).to.equal(false)
    expect(ascending.has({ 0: 1 })).to.equal(false)
  })

  it('does not try for ever', () => {
    const many = Space.of({ x: permutate([...Array<number>(40).fill(1), 2]) })
    const value = [...Array<number>(39).fill(1), 2, 2]
    expect(many.has({ x: value })).to.equal(false)
    expect(many.has({ x: [...value.slice(1), 1] })).to.equal(false)
    expect(many.has({ x: [...Array<number>(40).fill(1), 2] })).to.equal(true)
  })
})

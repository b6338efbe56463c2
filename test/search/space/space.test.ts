import { expect } from 'chai'
import fc from 'fast-check'
import {
  floatV,
  intV,
  manyOf,
  OneOf,
  oneOf,
  permutate,
  Rng,
  Space,
  SpaceError,
  space,
} from '../../../src/search/index.ts'
import {
  FieldError,
  f,
  type SymDict,
  SymList,
  SymObject,
  type SymType,
  same,
} from '../../../src/symbolic/index.ts'

class Dense extends SymObject.define('test.search.space.Dense', {
  units: f.int({ min: 1 }),
  activation: f.enum('relu', 'gelu').default('relu'),
}) {
  get width(): number {
    return this.units * 2
  }
}

class Tree extends SymObject.define('test.search.space.Tree', {
  value: f.int().default(0),
  children: f.list(f.lazy((): SymType<Tree> => Tree)).orEmpty(),
}) {}

class Model extends SymObject.define('test.search.space.Model', {
  layers: f.list(f.object(Dense)),
  head: f.object(Dense),
  rate: f.float({ min: 0 }).default(0.01),
  sizes: f.list(f.int()).default([1, 2, 3]),
}) {}

const closed = new Model({
  layers: [new Dense({ units: 3 }), new Dense({ units: 4 })],
  head: new Dense({ units: 5 }),
})
const open = Space.of(
  new Model({
    layers: [
      new Dense({ units: oneOf([3, 8]) }),
      new Dense({ units: 4, activation: oneOf(['relu', 'gelu']) }),
    ],
    head: oneOf([new Dense({ units: 5 }), new Dense({ units: intV(6, 9) })]),
    rate: floatV(0.001, 0.1, { scale: 'log' }),
    sizes: oneOf([[1, 2], [oneOf([7, 8])]]),
  }),
)

describe('Space', () => {
  it('materializes to the class of the template', () => {
    const model: Model = open.materialize(open.first())
    expect(model).to.be.instanceOf(Model)
    expect(model.head.width).to.equal(10)
    expect(String(model)).to.equal(
      "Model(layers=[Dense(units=3, activation='relu'), Dense(units=4, activation='relu')], " +
        "head=Dense(units=5, activation='relu'), rate=0.001, sizes=[1, 2])",
    )
    expect(model.query({ where: value => value instanceof OneOf }).size).to.equal(0)
  })

  it('shares what is not decided, and whole candidates', () => {
    const wide = space(closed, { 'head.units': oneOf([5, 10]) })
    const model = wide.materialize(wide.first())
    expect(same(model.layers, closed.layers)).to.equal(true)
    expect(model.equals(closed)).to.equal(true)
    const heads = [open.materialize(open.first()), open.materialize(open.first())].map(each => each.head)
    expect(same(heads[0], heads[1])).to.equal(true)
  })

  it('has lists of the kind that the field wants', () => {
    const { sizes } = open.materialize(open.first())
    expect(sizes).to.be.instanceOf(SymList)
    expect(() => sizes.rebind({ '[0]': 1.5 })).to.throw(FieldError, 'integer')
  })

  it('opens places of a tree by path, checked by the compiler', () => {
    const opened = space(closed, {
      'layers[1].units': oneOf([1, 2]),
      rate: floatV(0, 1),
      'head.activation': oneOf(['gelu']),
    })
    expect(opened.decisions.map(point => point.id)).to.deep.equal([
      'layers[1].units',
      'head.activation',
      'rate',
    ])
    const model: Model = opened.materialize(opened.random(Rng.from(1)))
    expect(model.head.activation).to.equal('gelu')
    // @ts-expect-error there is no such path
    expect(() => space(closed, { 'head.unit': oneOf([1, 2]) })).to.throw()
    // @ts-expect-error the candidates do not fit the field
    expect(() => space(closed, { 'head.units': oneOf(['a']) })).to.throw(FieldError)
  })

  it('takes plain data, and single hyper values', () => {
    const dict: SymDict<number | string> = Space.of({ x: oneOf([1, 2]), y: 'same' }).materialize(
      Space.of({ x: oneOf([1, 2]), y: 'same' }).first(),
    )
    expect(dict.at('x')).to.equal(1)
    const values = Space.of(oneOf([1, oneOf([2, floatV(3, 4)])]))
    const first: number = values.materialize(values.first())
    expect(first).to.equal(1)
    expect(values.materialize(values.random(Rng.from(3)))).to.be.within(1, 4)
    const trees = Space.of(oneOf([new Dense({ units: 1 }), new Dense({ units: oneOf([2, 3]) })]))
    expect([...trees.iterate()].map(dna => trees.materialize(dna).units)).to.deep.equal([1, 2, 3])
    expect(Space.of(floatV(2, 2)).materialize(Space.of(floatV(2, 2)).first())).to.equal(2)
  })

  it('opens recursive classes', () => {
    const leaf = new Tree()
    const grown = Space.of(
      new Tree({
        children: [
          oneOf([leaf, new Tree({ value: intV(1, 2), children: [oneOf([leaf, new Tree({ value: 9 })])] })]),
        ],
      }),
    )
    expect(grown.size).to.equal(5)
    const all = [...grown.iterate()].map(dna => grown.materialize(dna))
    expect(String(all[4])).to.equal(
      'Tree(value=0, children=[Tree(value=2, children=[Tree(value=9, children=[])])])',
    )
  })

  it('gives back the DNA of a tree', () => {
    fc.assert(
      fc.property(fc.integer(), seed => {
        const dna = open.random(Rng.from(seed))
        const model = open.materialize(dna)
        expect(open.has(model)).to.equal(true)
        return open.encode(model).equals(dna)
      }),
    )
  })

  it('rebinds once: an object with many decisions is made once', () => {
    let made = 0
    class Counted extends SymObject.define('test.search.space.Counted', {
      a: f.int(),
      b: f.int(),
      c: f.float(),
    }) {
      onBound(): void {
        made++
      }
    }
    const counted = Space.of([new Counted({ a: oneOf([1, 2]), b: intV(1, 9), c: floatV(0, 1) })])
    made = 0
    counted.materialize(counted.random(Rng.from(1)))
    expect(made).to.equal(1)
  })

  it('validates and checks DNAs of other spaces', () => {
    const other = Space.of({ x: oneOf([1, 2]) })
    expect(() => open.materialize(other.first())).to.throw(
      SpaceError,
      "the DNA ends before 'layers[1].activation'",
    )
    expect(() => open.validate(other.first())).to.throw(SpaceError)
    const twin = Space.of(open.template) as typeof open
    expect(twin.materialize(open.first()).equals(open.materialize(open.first()))).to.equal(true)
  })

  it('enumerates', () => {
    const small = Space.of([oneOf([1, 2]), intV(0, 1)])
    expect([...small.iterate()].map(dna => small.materialize(dna).toJS())).to.deep.equal([
      [1, 0],
      [1, 1],
      [2, 0],
      [2, 1],
    ])
    expect(small.next(small.first())?.toNumbers()).to.deep.equal([0, 1])
    expect(small.size).to.equal(4)
  })

  it('opens some hyper values and leaves the rest', () => {
    const tree = new Model({
      layers: [oneOf([new Dense({ units: intV(1, 9) }), new Dense({ units: 20 })], { name: 'layer' })],
      head: new Dense({ units: oneOf([1, 2]) }),
    })
    const outer = Space.of(tree, { where: hyper => hyper.name === 'layer' })
    expect(outer.decisions.map(point => point.id)).to.deep.equal(['layers[0]'])
    const half = outer.materialize(outer.first())
    expect(half.head.get('units')).to.be.instanceOf(OneOf)
    const inner = Space.of(half)
    expect([inner.decisions.map(point => point.id), inner.size]).to.deep.equal([
      ['layers[0].units', 'head.units'],
      18,
    ])
    expect(outer.encode(half).equals(outer.first())).to.equal(true)
    expect(() => Space.of(tree, { where: () => false })).to.throw(SpaceError, 'nothing is open')
    expect(outer.hash()).to.equal(Space.of(tree, { where: hyper => hyper.name === 'layer' }).hash())
    expect(new Set([outer.hash(), Space.of(tree).hash(), inner.hash()]).size).to.equal(3)
    expect(Space.of(tree).hash()).to.equal(tree.hash())
  })

  it('has rows of choices in the lists that they stand for', () => {
    const rows = Space.of(
      new Model({
        layers: manyOf(2, [new Dense({ units: oneOf([1, 2]) }), new Dense({ units: 9 })]),
        head: new Dense({ units: 3 }),
      }),
    )
    expect(
      [...rows.iterate()].map(dna => rows.materialize(dna).layers.map(layer => layer.units)),
    ).to.deep.equal([
      [1, 9],
      [2, 9],
      [9, 1],
      [9, 2],
    ])
    const list = Space.of(permutate(['a', 'b']))
    expect(list.materialize(list.first())).to.be.instanceOf(SymList)
    expect(list.encode(SymList.from(['b', 'a']) as never).toNumbers()).to.deep.equal([1, 0])
  })

  it('needs something open', () => {
    expect(() => Space.of(closed)).to.throw(
      SpaceError,
      'nothing is open in test.search.space.Model: a space needs at least one hyper value, such as oneOf or floatV, in it',
    )
    expect(() => Space.of([1, 2])).to.throw(SpaceError, 'nothing is open in the tree')
    expect(() => Space.of(7)).to.throw(SpaceError, 'a space is made of a tree, got number')
    expect(() => Space.of(null)).to.throw(SpaceError, 'a space is made of a tree')
  })
})

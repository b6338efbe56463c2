/** Classes with typed fields: declared once, checked always. */

import { expect } from 'chai'
import { DefinitionError, FieldError, f, fieldOf, SymDict, SymObject } from '../../src/symbolic/index.ts'
import { Dense, Drop, Layer, Model, smallModel } from '../support/model.ts'
import { refusal } from '../support/refusal.ts'

class Point extends SymObject.define('sym-object.Point', {
  x: f.float(),
  y: f.float().default(0),
  tag: f.string().optional(),
}) {
  get norm(): number {
    return Math.hypot(this.x, this.y)
  }
  static origin(): Point {
    return new Point({ x: 0 })
  }
}

class Space extends Point.define('sym-object.Space', {
  z: f.float().default(0),
  y: f.float({ min: 0 }).default(1),
}) {}

class None extends SymObject.define('sym-object.None', {}) {}

describe('SymObject', () => {
  it('has properties, defaults and methods', () => {
    const point = new Point({ x: 3, y: 4 })
    expect(point.norm).to.equal(5)
    expect(new Point({ x: 3 }).y).to.equal(0)
    expect(new Point({ x: 3 }).tag).to.equal(undefined)
    expect(new Point({ x: 1, y: undefined, tag: undefined }).y).to.equal(0)
    expect(Point.origin().norm).to.equal(0)
    expect(point.typeName).to.equal('sym-object.Point')
    expect(Point.typeName).to.equal('sym-object.Point')
    expect(Object.keys(Point.fields)).to.deep.equal(['x', 'y', 'tag'])
    expect(point.fieldValues()).to.deep.equal({ x: 3, y: 4, tag: undefined })
    expect(new None().toString()).to.equal('None()')
    expect(point).to.be.instanceOf(Point)
  })

  it('inherits fields, and may give them other rules', () => {
    const space = new Space({ x: 1 })
    expect(Object.keys(Space.fields)).to.deep.equal(['x', 'y', 'tag', 'z'])
    expect([space.x, space.y, space.z]).to.deep.equal([1, 1, 0])
    expect(space.norm).to.equal(Math.SQRT2)
    expect(space).to.be.instanceOf(Point)
    refusal(
      () => new Space({ x: 1, y: -1 }),
      FieldError,
      /sym-object\.Space\.y must be a number of at least 0, got -1/,
    )
    expect(new Point({ x: 1, y: -1 }).y).to.equal(-1)
  })

  it('stands where a base class is wanted, and nowhere else', () => {
    expect(
      new Model({ layers: [new Dense({ units: 1 }), new Drop()], head: new Dense({ units: 1 }) }).layers
        .length,
    ).to.equal(2)
    refusal(
      () => new Model({ layers: [new None() as never], head: new Dense({ units: 1 }) }),
      FieldError,
      /layers\[0\] must be a support\.Layer, got None\(\)/,
    )
    refusal(
      () => new Model({ layers: [], head: new Drop() as never }),
      FieldError,
      /head must be a support\.Dense, got Drop/,
    )
    refusal(
      () => new Model({ layers: [{ units: 1 } as never], head: new Dense({ units: 1 }) }),
      FieldError,
      /must be a support\.Layer, got/,
    )
    expect(Layer.prototype).to.equal(Object.getPrototypeOf(Object.getPrototypeOf(Dense.prototype)))
  })

  it('names everything that does not fit, at once', () => {
    const error = refusal(() => new Point({ y: 'b', z: 1, tag: 5 } as never), FieldError)
    expect(error.problems).to.deep.equal([
      { path: 'y', message: "must be a number, got 'b'" },
      { path: 'z', message: "is not a field of sym-object.Point; did you mean 'x'?" },
      { path: 'tag', message: 'must be a string, got 5' },
      { path: 'x', message: 'is required: number' },
    ])
    refusal(() => new Point(5 as never), FieldError, /is made of a record of its fields, got 5/)
    refusal(() => new Point(null as never), FieldError, /record of its fields/)
    refusal(() => new Point([] as never), FieldError, /record of its fields/)
    refusal(() => new Point(new Point({ x: 1 }) as never), FieldError, /record of its fields/)
    refusal(() => new Point(undefined as never), FieldError, /x is required/)
  })

  it('takes own fields only', () => {
    const hostile = JSON.parse('{"x": 1, "__proto__": {"y": 5}}') as { x: number }
    refusal(() => new Point(hostile), FieldError, /'?__proto__'? is not a field|__proto__ is not a field/)
    expect(new Point(Object.assign(Object.create(null), { x: 1 })).x).to.equal(1)
  })

  it('makes lists and dicts of arrays and records, and copies them', () => {
    const layers = [new Dense({ units: 1 })]
    const notes: Record<string, unknown> = { a: [1] }
    const model = new Model({ layers, head: new Dense({ units: 1 }), notes })
    layers.pop()
    notes.b = 1
    ;(notes.a as number[]).push(2)
    expect(model.layers.length).to.equal(1)
    expect(model.notes.toString()).to.equal('{a: [1]}')
    const again = new Model({ ...(model.fieldValues() as unknown as ConstructorParameters<typeof Model>[0]) })
    expect(again.equals(model)).to.equal(true)
  })

  it('gives its fields to who asks', () => {
    expect(fieldOf(Dense, 'units').description).to.equal('')
    refusal(() => fieldOf(Dense, 'unit'), DefinitionError, /support\.Dense has no field 'unit'/)
    refusal(() => fieldOf(Object as never, 'x'), DefinitionError, /not made by SymObject\.define/)
  })

  it('is enumerable enough for a look, and not writable', () => {
    const keys: string[] = []
    for (const key in new Point({ x: 1 })) keys.push(key)
    expect(keys).to.include.members(['x', 'y', 'tag'])
    expect('x' in new Point({ x: 1 })).to.equal(true)
    expect(() => ((new Point({ x: 1 }) as unknown as Record<string, number>).x = 5)).to.throw(TypeError)
  })

  it('comes from plain data too', () => {
    expect(Point.from({ x: 1 }).norm).to.equal(1)
    expect(Model.from({ layers: [{ _type: 'support.Drop' }], head: { units: 3 } }).head.units).to.equal(3)
    expect(smallModel().equals(Model.from(smallModel().toJSON()))).to.equal(true)
    refusal(() => Point.from({ x: 'a' }), FieldError, /sym-object\.Point\.x must be a number/)
    refusal(() => Point.from(SymDict.from({ x: 1 })))
  })
})

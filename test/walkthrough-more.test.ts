/**
 * The second half of the tour: what a tree can do besides changing. Values that are not there yet, versions of classes
 * and trees, rules, schemas, and pages to look at.
 */

import { expect } from 'chai'
import {
  applyRules,
  complete,
  diffTree,
  f,
  fieldsFromJsonSchema,
  fromJson,
  fromParents,
  functor,
  History,
  isPartial,
  KeyPathSet,
  merge,
  missing,
  onKey,
  onType,
  register,
  SymDict,
  SymObject,
  toHtml,
  toJsonSchema,
  withContext,
} from '../src/symbolic/index.ts'

class Layer extends SymObject.define('tour.Layer', {
  units: f.int({ min: 1 }).describe('Width of the output.'),
  rate: f.float({ min: 0 }).default(fromParents()),
  heat: f.float().default(1).contextual(),
}) {}

class Net extends SymObject.define('tour.Net', {
  rate: f.float({ min: 0 }),
  first: f.object(Layer),
  size: f.tuple([f.int(), f.int()]).default([28, 28]),
}) {}

const net = new Net({ rate: 0.5, first: new Layer({ units: 4 }) })

describe('a walk through the rest of the symbolic tree', () => {
  it('takes values from around, when they are asked for', () => {
    expect(net.first.rate).to.equal(0.5)
    expect(net.rebind({ rate: 0.1 }).first.rate).to.equal(0.1)
    expect(withContext({ heat: 3 }, () => net.first.heat)).to.equal(3)
    expect(net.first.heat).to.equal(1)
  })

  it('holds what is not finished yet, and says what is missing', () => {
    const sketch = Net.partial({ first: Layer.partial() })
    expect(isPartial(sketch)).to.equal(true)
    expect(Object.keys(missing(sketch))).to.have.members(['rate', 'first.units'])
    const done = complete(sketch.rebind({ rate: 0.5, 'first.units': 4 }))
    expect(done.equals(net)).to.equal(true)
  })

  it('keeps versions, and goes back to them', () => {
    const history = new History(net)
    const told: string[] = []
    history.subscribe(({ kind, changes }) => {
      for (const { path, after } of changes) told.push(`${kind} ${path} = ${after}`)
    })
    history.rebind({ 'first.units': 8 })
    history.undo()
    expect(told).to.deep.equal(['change first.units = 8', 'undo first.units = 4'])
    expect(history.current).to.equal(net)
  })

  it('changes many places by rules', () => {
    const next = applyRules(net, [
      onType(Layer, layer => layer.rebind({ units: layer.units * 2 })),
      onKey('rate', 0.2),
    ])
    expect(next.first.units).to.equal(8)
    expect(next.rate).to.equal(0.2)
    const merged = merge([SymDict.from({ a: 1, b: [1, 2] }), { b: { 1: 5 } }])
    expect((merged as SymDict).equals(SymDict.from({ a: 1, b: [1, 5] }))).to.equal(true)
    expect(KeyPathSet.of('first', 'rate').covers('first.units')).to.equal(true)
  })

  it('binds arguments now or later', () => {
    const Scale = functor('tour.Scale', { by: f.int(), value: f.int() }, ({ by, value }) => by * value)
    const twice = new Scale({ by: 2 })
    expect(twice.call({ value: 21 })).to.equal(42)
    expect(twice.toJSON()).to.deep.equal({ _type: 'tour.Scale', by: 2 })
  })

  it('speaks JSON Schema, and reads what older versions wrote', () => {
    const schema = toJsonSchema(Layer, { typeNames: 'never' })
    expect(schema).to.have.nested.property('properties.units.description', 'Width of the output.')
    const fields = fieldsFromJsonSchema({
      type: 'object',
      properties: { age: { type: 'integer', minimum: 0 } },
    })
    class Person extends SymObject.define('tour.Person', fields) {}
    expect(() => Person.from({ age: -1 })).to.throw(
      'tour.Person.age must be an integer of at least 0, got -1',
    )
    class Optimizer extends SymObject.define('tour.Optimizer', { rate: f.float() }) {
      static version = 2
      static migrate(json: Record<string, unknown>): Record<string, unknown> {
        return { _type: json._type, rate: json.lr }
      }
    }
    register(Optimizer)
    expect(fromJson({ _type: 'tour.Optimizer', lr: 0.1 }, Optimizer).rate).to.equal(0.1)
    const kept = fromJson({ _type: 'tour.Gone', x: 1 }, undefined as never, { unknown: 'keep' })
    expect(JSON.stringify(kept)).to.equal('{"_type":"tour.Gone","x":1}')
  })

  it('shows what differs, in words and on a page', () => {
    const diff = diffTree(net, net.rebind({ 'first.units': 8 }))
    expect([...diff.flatten().keys()]).to.deep.equal(['first.units'])
    const page = toHtml(diff, { title: '<script>alert(1)</script>' })
    expect(page).to.match(/^<!doctype html>/i)
    expect(page).not.to.contain('<script>alert(1)')
  })
})

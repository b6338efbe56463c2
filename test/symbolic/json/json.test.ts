/** The door from JSON to trees: round trips, what a document may say, and what it may not. */

import { expect } from 'chai'
import fc from 'fast-check'
import {
  FieldError,
  f,
  fromJson,
  fromJsonString,
  JsonError,
  register,
  SymDict,
  SymList,
  SymObject,
} from '../../../src/symbolic/index.ts'
import { Dense, Layer, Model, smallModel } from '../../support/model.ts'
import { anyTree, runs, sealedTree } from '../../support/random.ts'
import { refusal } from '../../support/refusal.ts'

describe('fromJson', () => {
  it('reads back what was written, for trees of every kind', () => {
    fc.assert(
      fc.property(fc.oneof(anyTree(), sealedTree()), tree => {
        const data = fromJson(tree.toJSON())
        const text = fromJsonString(tree.toJsonString())
        for (const read of [data, text]) {
          expect(read.equals(tree)).to.equal(true)
          expect(read.hash()).to.equal(tree.hash())
          expect(read.toJsonString()).to.equal(tree.toJsonString())
          expect(read.constructor).to.equal(tree.constructor)
          expect(read.toString()).to.equal(tree.toString())
        }
      }),
      { numRuns: runs(600) },
    )
  })

  it('reads objects by their tag, and by the class that is asked for', () => {
    const head = { _type: 'support.Dense', units: 3 }
    expect(fromJson(head)).to.be.instanceOf(Dense)
    expect(fromJson({ units: 3 }, Dense).units).to.equal(3)
    expect(fromJson(head, Dense).units).to.equal(3)
    expect(fromJson(head, Layer).width).to.equal(3)
    expect(Dense.from({ units: 3 }).activation).to.equal('relu')
    expect(fromJsonString('{"units": 3}', Dense).units).to.equal(3)
    expect(fromJson({ layers: [head], head: { units: 4 } }, Model).head.units).to.equal(4)
    expect(fromJson({ a: [1, { b: null }] }).toString()).to.equal('{a: [1, {b: null}]}')
    expect(fromJson([1, 2])).to.be.instanceOf(SymList)
    expect(fromJson({})).to.be.instanceOf(SymDict)
  })

  it('refuses the JSON of another class, of a leaf, and of nothing', () => {
    refusal(
      () => fromJson({ _type: 'support.Drop' }, Dense),
      JsonError,
      /expected the JSON of support\.Dense, got that of support\.Drop/,
    )
    refusal(() => fromJson([1], Dense), JsonError, /expected the JSON of support\.Dense, got that of list/)
    refusal(() => fromJson('x', Dense), JsonError, /got that of string/)
    refusal(() => fromJson('text'), JsonError, /holds only 'text'/)
    refusal(() => fromJson(null), JsonError, /holds only null/)
    refusal(() => fromJson(undefined), FieldError, /got nothing/)
    refusal(() => fromJson({ units: 3 }, class {} as never), Error as never, /not made by SymObject\.define/)
  })

  it('keeps every part as it was: shared data is copied in', () => {
    const part = { x: [1] }
    const data = { a: part, b: part }
    const tree = fromJson(data)
    part.x.push(2)
    expect(tree.toString()).to.equal('{a: {x: [1]}, b: {x: [1]}}')
  })

  it('takes nodes inside of data', () => {
    const head = new Dense({ units: 3 })
    expect(fromJson({ layers: [head], head }, Model).head.equals(head)).to.equal(true)
  })

  it('reads a class that was only registered, and says so when it is not yet known', () => {
    const Base = SymObject.define('json.Late', { n: f.int() })
    refusal(
      () => fromJson({ _type: 'json.Late', n: 1 }),
      JsonError,
      /has not been used yet.*call register\(Late\)/,
    )
    class Late extends Base {
      get twice(): number {
        return this.n * 2
      }
    }
    new Late({ n: 1 })
    expect((fromJson({ _type: 'json.Late', n: 2 }) as Late).twice).to.equal(4)
  })

  it('is what `load` and `JSON.parse` with a class amount to', () => {
    const model = smallModel()
    expect(fromJson(JSON.parse(JSON.stringify(model)), Model).equals(model)).to.equal(true)
  })
})

describe('the JSON of PyGlove', () => {
  class Child extends SymObject.define('pyglove_program.Child', {
    x: f.int(),
    y: f.float().nullable().default(null),
  }) {}
  class Parent extends SymObject.define('pyglove_program.Parent', {
    child: f.object(Child),
    children: f.list(f.object(Child)).orEmpty(),
    options: f.dict().orEmpty(),
    any: f.any().default(null),
  }) {}
  before(() => [Child, Parent].forEach(each => void register(each)))

  /** What `to_json_str` writes: defaults written, frozen fields hidden, Dict and List plain. */
  const written = [
    '{"_type":"pyglove_program.Child","x":1,"y":null}',
    '{"_type":"pyglove_program.Parent","child":{"_type":"pyglove_program.Child","x":1,"y":2.5},' +
      '"children":[{"_type":"pyglove_program.Child","x":2,"y":null}],"options":{"a":[1,{"b":null}]},"any":[]}',
    '{"n_:1":2,"a":3}',
    '{"a":[1,[2,[]],{}],"b":{"_type":"pyglove_program.Child","x":1,"y":null}}',
    '[{"_type":"pyglove_program.Child","x":1,"y":null},"text",true,null,1.5]',
    '{"__symbolic__":true,"a":1}',
    '{"t":["__tuple__",1,"a",["__tuple__",[]]]}',
    '["__tuple__"]',
  ]

  it('loads, and saves back in the same form', () => {
    for (const text of written) expect(fromJsonString(text).toJsonString()).to.equal(text)
    // With hide_default_values, and with fields that are missing because their class has a default.
    const short = '{"_type":"pyglove_program.Child","x":1}'
    const child = fromJsonString(short)
    expect(child.equals(new Child({ x: 1, y: null }))).to.equal(true)
    expect(child.toJsonString({ hideDefaults: true, hideFrozen: true })).to.equal(short)
    // Python writes spaces.
    expect(fromJsonString('{"_type": "pyglove_program.Child", "x": 1}').equals(child)).to.equal(true)
  })

  it('passes on what only PyGlove knows, when unknown types are kept', () => {
    for (const text of [
      '{"a":{"_type":"pyglove.core.utils.missing.MissingValue"}}',
      '{"a":{"_type":"type","name":"builtins.int"}}',
      '{"a":{"_type":"function","name":"my.module.fn"}}',
    ]) {
      refusal(() => fromJsonString(text), JsonError, /is not registered/)
      expect(fromJsonString(text, { unknown: 'keep' }).toJsonString()).to.equal(text)
    }
  })

  it('says what is missing, and what is not JSON', () => {
    refusal(() => fromJsonString('{"_type":"pyglove_program.Child"}'), FieldError, /x is required/)
    refusal(
      () => fromJsonString('{"_type":"pyglove_program.Child","x":1,"y":NaN}'),
      JsonError,
      /JSON has no NaN/,
    )
  })
})

/** The door from JSON to trees: round trips, what a document may say, and what it may not. */

import { expect } from 'chai'
import fc from 'fast-check'
import {
  FieldError,
  f,
  fromJson,
  fromJsonString,
  JsonError,
  SymDict,
  SymList,
  SymObject,
} from '../../src/symbolic/index.ts'
import { Dense, Layer, Model, smallModel } from '../support/model.ts'
import { anyTree, runs, sealedTree } from '../support/random.ts'
import { refusal } from '../support/refusal.ts'

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

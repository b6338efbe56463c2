import { expect } from 'chai'
import type { Json } from '../../../src/modules/json.ts'
import {
  assembled,
  mapRefs,
  normalSchema,
  refTo,
  variantOf,
} from '../../../src/modules/operators/normal-schema.ts'

describe('normalSchema', () => {
  it('makes a definition of whatever a reference leads to', () => {
    const { root, defs } = normalSchema({
      title: 'Tree',
      type: 'object',
      properties: { next: { $ref: '#' }, size: { type: 'integer' }, width: { $ref: '#/properties/size' } },
      definitions: { 'a/b': true },
    })
    expect(root).to.deep.nested.include({
      'properties.next.$ref': '#/$defs/Tree',
      'properties.width.$ref': '#/$defs/size',
    })
    expect([...defs.keys()]).to.deep.equal(['Tree', 'size'])
    expect(defs.get('Tree')).to.deep.equal(root)
    expect(root).not.to.have.property('definitions')
  })

  it('gives names that need no escapes, and that are not taken', () => {
    const { root, defs } = normalSchema({
      properties: {
        a: { $ref: '#/$defs/a~1b' },
        b: { $ref: '#/definitions/a_b' },
        c: { $ref: '#/$defs/a~1b' },
      },
      $defs: { 'a/b': { type: 'string' } },
      definitions: { a_b: { type: 'integer' } },
    })
    expect([...defs]).to.deep.equal([
      ['a_b', { type: 'string' }],
      ['a_b_1', { type: 'integer' }],
    ])
    expect(root).to.deep.nested.include({ 'properties.c.$ref': '#/$defs/a_b' })
  })

  it('closes a definition for those who refer to it alone', () => {
    const open = { type: 'object', properties: { a: {} } }
    const { root, defs } = normalSchema({
      properties: { x: { $ref: '#/$defs/Open', unevaluatedProperties: false } },
      $defs: { Open: open },
    })
    const name = variantOf('Open', 'closed')
    expect(root).to.deep.nested.include({ 'properties.x.$ref': refTo(name) })
    expect(defs.get(name)).to.deep.equal({ ...open, additionalProperties: false })
  })
})

describe('assembled', () => {
  it('has the definitions that are needed, and no others', () => {
    const defs = new Map<string, Json>([
      ['A', { items: { $ref: refTo('B') } }],
      ['B', { type: 'string' }],
      ['Foo', true],
      ['FooBar', false],
    ])
    const schema = assembled({ root: { $ref: refTo('A'), title: 'x' }, defs })
    expect(Object.keys(schema.$defs as object)).to.deep.equal(['A', 'B'])
    expect(Object.keys(assembled({ root: { $ref: refTo('FooBar') }, defs }).$defs as object)).to.deep.equal([
      'FooBar',
    ])
    expect(assembled({ root: { type: 'string' }, defs })).to.deep.equal({ type: 'string' })
  })

  it('calls a variant by the name of the original, where that is not needed', () => {
    const variant = variantOf('A', 'masked')
    const defs = new Map<string, Json>([
      ['A', true],
      [variant, { type: 'string' }],
    ])
    expect(assembled({ root: { items: { $ref: refTo(variant) } }, defs })).to.deep.equal({
      items: { $ref: '#/$defs/A' },
      $defs: { A: { type: 'string' } },
    })
    const both = assembled({ root: { items: { $ref: refTo(variant) }, not: { $ref: refTo('A') } }, defs })
    expect(both).to.deep.nested.include({ 'items.$ref': '#/$defs/A_1', 'not.$ref': '#/$defs/A' })
  })

  it('is the schema of anything or of nothing for true and false', () => {
    expect(assembled({ root: true, defs: new Map() })).to.deep.equal({})
    expect(assembled({ root: false, defs: new Map() })).to.deep.equal({ not: {} })
  })
})

describe('mapRefs', () => {
  it('takes a property called $ref for a property', () => {
    const schema = { properties: { $ref: { type: 'string' } }, allOf: [{ $ref: refTo('A') }] }
    expect(mapRefs(schema, name => `${name}2`)).to.deep.equal({
      properties: { $ref: { type: 'string' } },
      allOf: [{ $ref: '#/$defs/A2' }],
    })
  })
})

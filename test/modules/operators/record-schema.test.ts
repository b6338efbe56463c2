import { expect } from 'chai'
import { DataError } from '../../../src/modules/index.ts'
import type { JsonSchema } from '../../../src/modules/json.ts'
import { normalSchema } from '../../../src/modules/operators/normal-schema.ts'
import { anyOf, both, recordsOf, schemaOfRecord } from '../../../src/modules/operators/record-schema.ts'
import { prepareSchema } from '../../../src/modules/schema-prepare.ts'

const records = (schema: JsonSchema) => recordsOf(normalSchema(prepareSchema(schema))).map(schemaOfRecord)
const text = { type: 'string' }

describe('recordsOf', () => {
  it('is one kind of records for joined parts', () => {
    const schema = {
      allOf: [{ properties: { a: text }, required: ['a'] }, { $ref: '#/$defs/B' }],
      $defs: { B: { title: 'B', properties: { b: text } } },
    }
    expect(records(schema)).to.deep.equal([
      {
        title: 'B',
        type: 'object',
        properties: { a: text, b: text },
        required: ['a'],
        additionalProperties: false,
      },
    ])
  })

  it('is a kind for each alternative, and for both sides of a condition', () => {
    const a = { properties: { a: text } }
    const b = { properties: { b: text } }
    expect(
      records({ anyOf: [a, { type: 'null' }, b] }).map(record => Object.keys(record.properties as object)),
    ).to.deep.equal([['a'], ['b']])
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    const condition = { ...a, if: { required: ['a'] }, then: { properties: { c: text } }, else: b }
    expect(records(condition).map(record => Object.keys(record.properties as object))).to.deep.equal([
      ['a', 'c'],
      ['a', 'b'],
    ])
  })

  it('has one schema for all keys that patterns know', () => {
    const [record] = records({
      properties: { xa: { minLength: 1 } },
      patternProperties: { '^x': text, '^y': { type: 'null' } },
    })
    expect(record).to.deep.include({
      properties: { xa: { allOf: [{ minLength: 1 }, text] } },
      additionalProperties: { anyOf: [text, { type: 'null' }] },
    })
  })

  it('names required keys, and has no kind where a required key must not be', () => {
    expect(records({ type: 'object', required: ['a'] })).to.deep.equal([
      { type: 'object', properties: { a: true }, required: ['a'], additionalProperties: true },
    ])
    expect(
      records({
        anyOf: [{ allOf: [{ properties: { a: false } }, { required: ['a'] }] }, { properties: {} }],
      }),
    ).to.have.length(1)
  })

  it('refuses schemas of something else', () => {
    expect(() => records({ properties: { a: {} }, patternProperties: { '(': {} } })).to.throw(
      DataError,
      'cannot be used',
    )
    for (const schema of [{ type: 'array' }, { enum: [1, 2] }, { anyOf: [{ type: 'string' }] }]) {
      expect(() => records(schema)).to.throw(DataError, 'must be a schema of records')
    }
    const many = {
      allOf: Array.from({ length: 7 }, () => ({
        anyOf: [{ properties: { a: {} } }, { properties: { b: {} } }],
      })),
    }
    expect(() => records(many)).to.throw(DataError, 'more than 64 kinds')
  })
})

describe('both and anyOf', () => {
  it('say no more than they must', () => {
    expect([both(true, text), both(text, {}), both(text, { ...text }), both(false, text)]).to.deep.equal([
      text,
      text,
      text,
      false,
    ])
    expect([anyOf([]), anyOf([false, text, { ...text }]), anyOf([text, true])]).to.deep.equal([
      false,
      text,
      true,
    ])
  })
})

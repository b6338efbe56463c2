import { expect } from 'chai'
import { misfit } from '../../../src/modules/flow/misfit.ts'
import type { JsonSchema } from '../../../src/modules/index.ts'

const record = (properties: JsonSchema, more: JsonSchema = {}): JsonSchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  ...more,
})
const integer = { type: 'integer' }
const text = { type: 'string' }

describe('misfit', () => {
  it('says what never fits', () => {
    expect(misfit(text, integer)).to.equal('it is of type string, and integer is wanted')
    expect(misfit(record({ a: text }), record({ b: text }))).to.equal("'b' is wanted, and never there")
    expect(misfit(record({ a: record({ b: text }) }), record({ a: record({ b: integer }) }))).to.equal(
      "'a.b' is of type string, and integer is wanted",
    )
  })

  it('goes through alternatives, on both sides', () => {
    const either = { anyOf: [record({ a: text }), { type: 'null' }] }
    expect(misfit(integer, either)).to.equal('it is of type integer, and object is wanted')
    expect(misfit(either, integer)).to.equal('it is of type object, and integer is wanted')
    expect(misfit(either, record({ a: text }))).to.equal(null)
    expect(misfit(record({ a: text }), either)).to.equal(null)
    expect(misfit(either, { anyOf: [] })).to.equal(null)
  })

  it('says nothing when something may fit', () => {
    expect(misfit(integer, { type: ['number', 'null'] })).to.equal(null)
    expect(misfit({ type: 'number' }, integer)).to.equal(null)
    expect(misfit({}, integer)).to.equal(null)
    expect(misfit(record({ a: text, b: text }), record({ a: text }))).to.equal(null)
    expect(misfit(record({}), { ...record({ a: { default: 1 } }) })).to.equal(null)
    expect(misfit(record({}, { additionalProperties: text }), record({ a: text }))).to.equal(null)
    expect(misfit(record({}, { allOf: [] }), record({ a: text }))).to.equal(null)
    expect(misfit({ type: ['object', 'string'], properties: {} }, record({ a: text }))).to.equal(null)
  })
})

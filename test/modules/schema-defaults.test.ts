import { expect } from 'chai'
import type { Json, JsonSchema } from '../../src/modules/json.ts'
import { fillDefaults, mentionsDefault } from '../../src/modules/schema-defaults.ts'

const filled = (schema: JsonSchema, json: Json) => fillDefaults(schema, structuredClone(json) as Json)

describe('fillDefaults', () => {
  it('fills what is absent, and inside of what it filled', () => {
    const schema = {
      properties: {
        a: { default: 1 },
        b: { default: {}, properties: { c: { default: [0] } } },
        d: { properties: { e: { default: 2 } } },
      },
    }
    const result = filled(schema, { a: 0 })
    expect(result.json).to.deep.equal({ a: 0, b: { c: [0] } })
    expect(result.filled).to.deep.equal(['b', 'b.c'])
  })

  it('keeps falsy values and null', () => {
    const schema = { properties: { a: { default: 1 }, b: { default: 1 } } }
    expect(filled(schema, { a: null, b: 0 }).json).to.deep.equal({ a: null, b: 0 })
  })

  it('goes through lists, tuples, references and parts', () => {
    const schema: JsonSchema = {
      prefixItems: [{ $ref: '#/$defs/Item' }, { default: 'second' }],
      items: { allOf: [{ properties: { n: { default: 2 } } }] },
      $defs: { Item: { properties: { n: { default: 1 } } } },
    }
    expect(filled(schema, [{}]).json).to.deep.equal([{ n: 1 }, 'second'])
    expect(filled(schema, [{}, 0, {}]).json).to.deep.equal([{ n: 1 }, 0, { n: 2 }])
  })

  it('fills what additional keys hold', () => {
    const schema = { properties: { a: {} }, additionalProperties: { properties: { n: { default: 1 } } } }
    expect(filled(schema, { a: {}, b: {} }).json).to.deep.equal({ a: {}, b: { n: 1 } })
  })

  it('takes the default of what a property refers to', () => {
    const schema = { properties: { a: { $ref: '#/$defs/A' } }, $defs: { A: { default: 5 } } }
    expect(filled(schema, {}).json).to.deep.equal({ a: 5 })
  })

  it('copies defaults, so that values share nothing', () => {
    const schema = { properties: { list: { default: [] } } }
    const one = filled(schema, {}).json as { list: number[] }
    one.list.push(1)
    expect(filled(schema, {}).json).to.deep.equal({ list: [] })
  })

  it('does not fill where it would depend on the outcome', () => {
    const schema = { anyOf: [{ properties: { a: { default: 1 } } }] }
    expect(filled(schema, {}).json).to.deep.equal({})
  })

  it('ends where references go round', () => {
    const schema = { $ref: '#/$defs/A', $defs: { A: { $ref: '#/$defs/A' } } }
    expect(filled(schema, { x: 1 }).json).to.deep.equal({ x: 1 })
  })

  it('fills keys whatever their name', () => {
    const schema = JSON.parse('{"properties":{"constructor":{"default":1}}}')
    const { json } = filled(schema, {})
    expect(Object.entries(json as object)).to.deep.equal([['constructor', 1]])
  })
})

describe('mentionsDefault', () => {
  it('finds a default anywhere', () => {
    expect(mentionsDefault({ items: [{ properties: { a: { default: null } } }] })).to.equal(true)
    expect(mentionsDefault({ type: 'string' })).to.equal(false)
  })
})

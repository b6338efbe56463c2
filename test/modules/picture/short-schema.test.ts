import { expect } from 'chai'
import { shortSchema } from '../../../src/modules/picture/short-schema.ts'

describe('shortSchema', () => {
  it('says in a line what fits', () => {
    const properties = {
      x: { type: 'number' },
      tags: { type: 'array', items: { type: ['string', 'null'] } },
      kind: { enum: ['a', 'b'] },
      next: { $ref: '#/$defs/Node' },
      one: { const: 1 },
      any: {},
    }
    expect(shortSchema({ type: 'object', properties, required: ['x'] })).to.equal(
      '{ x: number, tags?: (string | null)[], kind?: "a" | "b", next?: Node, one?: 1, any?: anything }',
    )
    expect(shortSchema(null)).to.equal('anything')
    expect(shortSchema({ type: 'object' })).to.equal('{}')
    expect(shortSchema({ anyOf: [{ type: 'string' }, { type: 'null' }, true] })).to.equal(
      'string | null | anything',
    )
    expect(shortSchema({ $ref: '#' })).to.equal('#')
  })

  it('ends, however deep or long a schema is', () => {
    let schema: object = { type: 'string' }
    for (let i = 0; i < 9; i++) schema = { type: 'object', properties: { a: schema } }
    expect(shortSchema(schema as never)).to.equal('{ a?: { a?: { a?: { … } } } }')
    expect(shortSchema({ enum: [1, 2, 3, 4, 5, 6, 7, 8, 9] })).to.equal('1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | …')
  })
})

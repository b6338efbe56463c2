/** The schemas of kinds in files of their own; `json-schema-out.test.ts` holds them against ajv. */

import { expect } from 'chai'
import { f, fieldFromJsonSchema, toJsonSchema } from '../../../src/symbolic/index.ts'

describe('schemas of kinds', () => {
  it('allow tuples with and without their word', () => {
    expect(toJsonSchema(f.tuple([f.int()])).anyOf).to.deep.equal([
      {
        type: 'array',
        prefixItems: [{ const: '__tuple__' }, { type: 'integer' }],
        items: false,
        minItems: 2,
        maxItems: 2,
      },
      { type: 'array', prefixItems: [{ type: 'integer' }], items: false, minItems: 1, maxItems: 1 },
    ])
  })

  it('keep references that go in circles', () => {
    const schema = {
      $ref: '#/$defs/numbers',
      $defs: {
        numbers: { anyOf: [{ type: 'integer' }, { type: 'array', items: { $ref: '#/$defs/numbers' } }] },
      },
    }
    const { $schema, ...again } = toJsonSchema(fieldFromJsonSchema(schema))
    expect(again).to.deep.equal({
      anyOf: [{ type: 'integer' }, { type: 'array', items: { $ref: '#/$defs/numbers' } }],
      $defs: schema.$defs,
    })
  })
})

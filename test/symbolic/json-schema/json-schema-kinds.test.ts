/** The schemas of kinds in files of their own; `json-schema-out.test.ts` holds them against ajv. */

import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'chai'
import {
  DefinitionError,
  FieldError,
  f,
  fieldFromJsonSchema,
  fromJson,
  functor,
  SymObject,
  toJsonSchema,
} from '../../../src/symbolic/index.ts'

const Area = functor('kinds.Area', { width: f.int(), height: f.int() }, ({ width, height }) => width * height)
const Side = functor('kinds.Side', { width: f.int() }, ({ width }) => width)

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

  it('know the functors that take what is asked for, by ajv as by the field', () => {
    const { $schema, ...schema } = toJsonSchema(f.functor({ args: ['width', 'height'] }))
    expect(schema.anyOf).to.deep.equal([{ $ref: '#/$defs/kinds.Area', required: ['_type'] }])
    const accepts = new Ajv2020().compile(schema)
    class Box extends SymObject.define('kinds.Box', { rule: f.functor({ args: ['width', 'height'] }) }) {}
    const rows: [object, boolean][] = [
      [new Area({ width: 3 }).toJSON() as object, true],
      [new Side({}).toJSON() as object, false],
      [{ _type: 'kinds.Area', width: 'x' }, false],
    ]
    for (const [json, fits] of rows) {
      expect(accepts(json)).to.equal(fits)
      if (fits) expect(fromJson({ rule: json }, Box).rule).to.be.instanceOf(Area)
      else expect(() => fromJson({ rule: json }, Box)).to.throw(FieldError)
    }
  })

  it('cannot say what a function is', () => {
    expect(() => toJsonSchema(f.callable())).to.throw(DefinitionError, /cannot say what a function takes/)
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

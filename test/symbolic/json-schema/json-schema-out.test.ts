/** JSON Schema of fields and classes: what it says, and that it takes what they take (ajv is the judge). */

import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'chai'
import fc from 'fast-check'
import { INVALID } from '../../../src/symbolic/change/missing.ts'
import { accept } from '../../../src/symbolic/fields/accept.ts'
import {
  DefinitionError,
  type Field,
  f,
  type JsonSchemaOptions,
  SymObject,
  type SymType,
  toJsonSchema,
} from '../../../src/symbolic/index.ts'
import { READER } from '../../../src/symbolic/json/json-in.ts'
import { anySample, Branch, Point } from '../../support/any-field.ts'
import { runs } from '../../support/random.ts'
import { refusal } from '../../support/refusal.ts'

const ajv = new Ajv2020({ strict: false, validateFormats: false })
const judge = (schema: object, json: unknown): boolean => ajv.validate(schema, json)
const takes = (field: Field, json: unknown): boolean => accept(field, json, READER, 0) !== INVALID

const bare = (what: Parameters<typeof toJsonSchema>[0], options?: JsonSchemaOptions): unknown => {
  const { $schema, ...schema } = toJsonSchema(what, options)
  expect($schema).to.match(/2020-12/)
  return schema
}

abstract class Shape extends SymObject.define('json-schema-out.Shape', { name: f.string().default('') }) {
  static readonly isAbstract = true
}
class Circle extends Shape.define('json-schema-out.Circle', { radius: f.float({ min: 0 }) }) {}
class Square extends Shape.define('json-schema-out.Square', { side: f.float() }) {}
class Drawing extends SymObject.define('json-schema-out.Drawing', {
  shapes: f.list(f.object(Shape as SymType<Shape>)).describe('From back to front.'),
  at: f.date().optional(),
  size: f.tuple([f.int(), f.int()]).default([1, 1]),
  kind: f.string().frozen('drawing'),
}) {}
new Circle({ radius: 1 })
new Square({ side: 1 })

describe('toJsonSchema', () => {
  it('says what each kind takes', () => {
    const cases: [Field, unknown][] = [
      [f.any(), {}],
      [f.bool(), { type: 'boolean' }],
      [f.int({ min: 0, max: 5 }), { type: 'integer', minimum: 0, maximum: 5 }],
      [f.float({ max: 1 }).nullable(), { type: ['number', 'null'], maximum: 1 }],
      [
        f.string({ minLength: 1, maxLength: 2, pattern: /a/u }),
        { type: 'string', minLength: 1, maxLength: 2, pattern: 'a' },
      ],
      [f.enum('a', 1, null), { enum: ['a', 1, null] }],
      [f.literal(3).nullable(), { anyOf: [{ const: 3 }, { type: 'null' }] }],
      [f.list(f.int(), { minSize: 1 }), { type: 'array', items: { type: 'integer' }, minItems: 1 }],
      [f.list(f.any()), { type: 'array' }],
      [
        f.dict(f.bool(), { maxSize: 2 }),
        { type: 'object', additionalProperties: { type: 'boolean' }, maxProperties: 2 },
      ],
      [f.dict(), { type: 'object' }],
      [
        f.union(f.int(), f.string()).nullable(),
        { anyOf: [{ type: 'integer' }, { type: 'string' }, { type: 'null' }] },
      ],
      [f.int().default(3).describe('How many.'), { type: 'integer', description: 'How many.', default: 3 }],
      [f.int().frozen(3), { const: 3 }],
      [f.int().transform((text: string) => Number(text)), { type: 'integer' }],
      [
        f.struct({ a: f.int(), b: f.bool().default(true), c: f.bool().optional() }),
        {
          type: 'object',
          properties: {
            a: { type: 'integer' },
            b: { type: 'boolean', default: true },
            c: { type: 'boolean' },
          },
          required: ['a'],
          additionalProperties: false,
        },
      ],
    ]
    for (const [field, schema] of cases) expect(bare(field)).to.deep.equal(schema)
    expect(bare(f.tuple([f.int(), f.bool()]), { typeNames: 'never' })).to.deep.equal({
      type: 'array',
      prefixItems: [{ type: 'integer' }, { type: 'boolean' }],
      items: false,
      minItems: 2,
      maxItems: 2,
    })
    expect(bare(f.tuple(f.int(), { minSize: 1 }), { typeNames: 'always' })).to.deep.equal({
      type: 'array',
      prefixItems: [{ const: '__tuple__' }],
      items: { type: 'integer' },
      minItems: 2,
    })
  })

  it('refers to classes by name, in circles too', () => {
    expect(bare(Branch, { typeNames: 'never' })).to.deep.equal({
      type: 'object',
      properties: {
        value: { type: 'integer', minimum: 0 },
        children: { type: 'array', items: { $ref: '#' }, default: [] },
      },
      required: ['value'],
      additionalProperties: false,
    })
    expect(bare(f.list(f.object(Point)), { typeNames: 'always' })).to.deep.equal({
      type: 'array',
      items: { $ref: '#/$defs/any-field.Point' },
      $defs: {
        'any-field.Point': {
          type: 'object',
          properties: {
            _type: { const: 'any-field.Point' },
            x: { type: 'number', description: 'How far to the right.' },
            y: { type: 'number', default: 0 },
            label: { type: 'string' },
          },
          required: ['_type', 'x'],
          additionalProperties: false,
        },
      },
    })
  })

  it('lists the classes that may stand for an abstract one, or for any when asked to', () => {
    const schema = toJsonSchema(Drawing)
    const { shapes } = schema.properties as Record<string, { items: unknown }>
    expect(shapes?.items).to.deep.equal({
      anyOf: [
        { $ref: '#/$defs/json-schema-out.Circle', required: ['_type'] },
        { $ref: '#/$defs/json-schema-out.Square', required: ['_type'] },
      ],
    })
    const drawing = new Drawing({
      shapes: [new Circle({ radius: 1 }), new Square({ side: 2 })],
      at: new Date(0),
    })
    for (const typeNames of ['allowed', 'always'] as const) {
      expect(judge(toJsonSchema(Drawing, { typeNames }), drawing.toJSON())).to.equal(true)
    }
    expect(judge(schema, { shapes: [{ radius: 1 }] })).to.equal(false)
    expect(judge(schema, { shapes: [{ _type: 'json-schema-out.Circle', radius: -1 }] })).to.equal(false)
    refusal(() => toJsonSchema(Drawing, { typeNames: 'never' }), DefinitionError, /which class of several/)
    const items = (toJsonSchema(f.list(f.object(Circle)), { subclasses: true }) as { items: unknown }).items
    expect(items).to.deep.equal({ $ref: '#/$defs/json-schema-out.Circle' })
    expect(bare(Shape as SymType<Shape>)).to.have.property('anyOf')
  })

  it('says what plain JSON cannot, in its explicit form', () => {
    const values = f.struct({ at: f.date(), raw: f.bytes(), n: f.bigint(), cls: f.type(Circle) })
    class Holder extends SymObject.define('json-schema-out.Holder', { values }) {}
    const holder = new Holder({ values: { at: new Date(), raw: Uint8Array.of(1), n: 5n, cls: Circle } })
    const json = holder.toJSON() as { values: Record<string, { value: unknown }> }
    expect(judge(toJsonSchema(Holder), json)).to.equal(true)
    for (const [key, value] of Object.entries({
      at: 'now',
      raw: 'A',
      n: '05',
      cls: 'json-schema-out.Square',
    })) {
      const wrong = structuredClone(json)
      ;(wrong.values[key] as { value: unknown }).value = value
      expect(judge(toJsonSchema(Holder), wrong), key).to.equal(false)
    }
  })

  it('refuses what it cannot say, or leaves it out when asked to', () => {
    const fields: [Field, RegExp, unknown][] = [
      [f.string({ pattern: /a/i }), /the flags of the pattern \/a\/i/, { type: 'string' }],
      [f.date({ min: new Date(0) }), /a range of dates/, null],
      [f.bytes({ minLength: 1 }), /a number of bytes/, null],
      [f.bigint({ min: 0n }), /a range of big integers/, null],
    ]
    for (const [field, words, schema] of fields) {
      refusal(() => toJsonSchema(field), DefinitionError, words)
      const wide = bare(field, { unsayable: 'widen' })
      if (schema !== null) expect(wide).to.deep.equal(schema)
    }
  })

  it('keeps the order of the patterns of a struct', () => {
    const field = f.struct(
      { n1: f.string() },
      {
        patterns: [
          [/^n/, f.int()],
          [/1$/, f.bool()],
        ],
      },
    )
    const schema = toJsonSchema(field)
    for (const json of [
      { n1: 'a' },
      { n1: 1 },
      { n1: 'a', n2: 3 },
      { n1: 'a', n2: true },
      { n1: 'a', x1: true },
    ]) {
      expect(judge(schema, json), JSON.stringify(json)).to.equal(takes(field, json))
    }
  })

  it('takes exactly what the field takes', () => {
    let fitting = 0
    fc.assert(
      fc.property(fc.gen(), g => {
        const { field, json } = anySample(g)
        const fits = takes(field, json)
        if (fits) fitting++
        expect(judge(toJsonSchema(field), json)).to.equal(fits)
        if (judge(toJsonSchema(field, { typeNames: 'never' }), json)) expect(fits).to.equal(true)
      }),
      { numRuns: runs(500) },
    )
    expect(fitting).to.be.greaterThan(runs(500) / 10)
  })
})

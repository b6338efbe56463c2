/** Fields from JSON Schema: what they take, what cannot be said, and the way back. */

import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect } from 'chai'
import fc from 'fast-check'
import { INVALID } from '../../../src/symbolic/change/missing.ts'
import { accept } from '../../../src/symbolic/fields/accept.ts'
import {
  DefinitionError,
  describeField,
  type Field,
  fieldFromJsonSchema,
  fieldsFromJsonSchema,
  fromJson,
  SymObject,
  toJsonSchema,
} from '../../../src/symbolic/index.ts'
import { READER } from '../../../src/symbolic/json/json-in.ts'
import { anySample } from '../../support/any-field.ts'
import { runs } from '../../support/random.ts'
import { refusal } from '../../support/refusal.ts'

const takes = (field: Field, json: unknown): boolean => accept(field, json, READER, 0) !== INVALID
const ajv = new Ajv2020({ strict: false, validateFormats: false })

describe('fieldFromJsonSchema', () => {
  it('reads each type', () => {
    const cases: [object | true, string][] = [
      [true, 'value'],
      [{}, 'value'],
      [{ type: 'boolean' }, 'boolean'],
      [{ type: 'null' }, 'null'],
      [{ type: 'integer', exclusiveMinimum: 0, maximum: 5 }, 'integer from 1 to 5'],
      [{ type: 'integer', exclusiveMaximum: 2.5, multipleOf: 1 }, 'integer of at most 2'],
      [{ type: ['number', 'null'], minimum: 0 }, 'number of at least 0 or null'],
      [{ type: ['integer', 'string'], minLength: 1 }, 'integer or string of at least 1 characters'],
      [{ type: 'string', pattern: '^a' }, 'string matching /^a/u'],
      [{ type: 'string', format: 'email', title: 'Mail' }, 'string'],
      [{ const: 'a' }, `'a'`],
      [{ type: 'string', enum: ['a', 1, 'b'] }, `one of 'a', 'b'`],
      [{ type: 'array', items: { type: 'integer' }, maxItems: 2 }, 'list of integers'],
      [{ type: 'array' }, 'list of values'],
      [
        { type: 'array', prefixItems: [{}, { type: 'boolean' }], items: false, minItems: 2 },
        'tuple of (value, boolean)',
      ],
      [{ type: 'object' }, 'dict of values'],
      [{ type: 'object', additionalProperties: { type: 'string' } }, 'dict of strings'],
      [
        { type: 'object', properties: { a: { type: 'integer' }, b: {} }, required: ['a', 'c'] },
        'dict of {a: integer, b?: value, c: value, …: value}',
      ],
      [
        { type: 'object', patternProperties: { '^x': { type: 'integer' } }, additionalProperties: false },
        'dict of {/^x/u: integer}',
      ],
      [{ anyOf: [{ type: 'integer' }, { type: 'null' }] }, 'integer or null'],
      [{ oneOf: [{ type: 'integer' }, { type: 'string' }] }, 'integer or string'],
      [{ allOf: [{ type: 'integer' }], description: 'One.' }, 'integer'],
    ]
    for (const [schema, words] of cases)
      expect(describeField(fieldFromJsonSchema(schema as never))).to.equal(words)
    expect(fieldFromJsonSchema({ type: 'string', title: 'T', description: 'D' }).description).to.equal('D')
    expect(fieldFromJsonSchema({ type: 'string', title: 'T' }).description).to.equal('T')
    expect(fieldFromJsonSchema({ type: 'integer', default: 3 }).rules.initial).to.equal(3)
    refusal(
      () => fieldFromJsonSchema({ type: 'integer', default: 'x' }),
      undefined,
      /the default at '#'.* an integer/,
    )
  })

  it('follows references within the schema, in circles and through the root', () => {
    const list = fieldFromJsonSchema({
      type: 'object',
      properties: { value: { $ref: '#/$defs/n' }, next: { anyOf: [{ $ref: '#' }, { type: 'null' }] } },
      required: ['value', 'next'],
      additionalProperties: false,
      $defs: { n: { type: 'integer' } },
    })
    expect(takes(list, { value: 1, next: { value: 2, next: null } })).to.equal(true)
    expect(takes(list, { value: 1, next: { value: 'x', next: null } })).to.equal(false)
    expect(takes(list, { value: 1, next: {} })).to.equal(false)
  })

  it('names the place of what no field can say', () => {
    const cases: [unknown, string, RegExp][] = [
      [false, '', /a schema is an object or true/],
      [{ not: {} }, '/not', /'not' is not among/],
      [{ type: 'integer', minimun: 3 }, '/minimun', /not among those that fields know/],
      [{ type: 'object', properties: { 'a/b': { if: {} } } }, '/properties/a~1b/if', /'if'/],
      [{ minimum: 3 }, '/minimum', /without 'type' lets every other type in/],
      [{ type: 'string', minimum: 3 }, '/minimum', /does not go together with 'type'/],
      [{ type: 'text' }, '/type', /'text' is not a type/],
      [{ type: 'number', exclusiveMinimum: 0 }, '/exclusiveMinimum', /the ends of a range belong to it/],
      [{ type: 'integer', multipleOf: 2 }, '/multipleOf', /no multiples/],
      [{ type: 'integer', minimum: '3' }, '/minimum', /must be a number, got '3'/],
      [{ type: 'integer', minimum: 3, maximum: 1 }, '', /holds nothing/],
      [{ type: 'string', pattern: '(' }, '', /Invalid regular expression/],
      [{ type: 'string', pattern: 5 }, '/pattern', /a pattern is text/],
      [{ type: 'array', items: [{}] }, '/items', /a schema is an object/],
      [{ type: 'array', uniqueItems: true }, '/uniqueItems', /twice/],
      [{ type: 'array', prefixItems: [{}] }, '', /all its positions: say "items": false and "minItems": 1/],
      [{ type: 'array', prefixItems: 5 }, '/prefixItems', /list of schemas/],
      [{ enum: [] }, '/enum', /a list of values/],
      [{ enum: [{}] }, '/enum', /no text, number, boolean or null/],
      [{ const: 1, type: 'string' }, '/const', /of the type/],
      [{ allOf: [{}, {}] }, '/allOf', /several schemas at once/],
      [{ oneOf: [{ type: 'integer' }, { type: 'number' }] }, '/oneOf', /may overlap/],
      [{ anyOf: 5 }, '/anyOf', /list of schemas/],
      [{ anyOf: [{ type: 'integer' }, { type: 'x' }] }, '/anyOf/1/type', /not a type/],
      [{ $ref: 'other.json' }, '/$ref', /only references within the schema/],
      [{ $ref: '#/$defs/none' }, '/$ref', /there is nothing at '#\/\$defs\/none'/],
      [{ $ref: '#/$defs/a', $defs: { a: {} }, type: 'string' }, '/type', /does not go together with '\$ref'/],
      [{ type: 'object', properties: 5 }, '/properties', /record of schemas/],
      [{ type: 'object', required: 5 }, '/required', /list of names/],
      [{ type: 'object', required: ['a'], additionalProperties: false }, '/properties/a', /got false/],
      [{ type: 'object', patternProperties: 5 }, '/patternProperties', /record of schemas/],
      [{ type: 'object', patternProperties: { a: {}, b: {} } }, '/patternProperties', /first pattern/],
      [
        { type: 'object', properties: { a: {} }, patternProperties: { a: {} } },
        '/properties/a',
        /only one of them/,
      ],
    ]
    for (const [schema, pointer, words] of cases) {
      const error = refusal(() => fieldFromJsonSchema(schema as never), DefinitionError, words)
      expect(error.path, JSON.stringify(schema)).to.equal(pointer)
    }
  })

  it('tells apart what oneOf tells apart', () => {
    const tagged = (kind: string): object => ({
      type: 'object',
      properties: { kind: { const: kind } },
      required: ['kind'],
    })
    const field = fieldFromJsonSchema({ oneOf: [tagged('a'), tagged('b')] })
    expect(takes(field, { kind: 'b' })).to.equal(true)
    expect(takes(field, { kind: 'c' })).to.equal(false)
    refusal(() => fieldFromJsonSchema({ oneOf: [tagged('a'), tagged('a')] }), DefinitionError, /overlap/)
  })

  it('is the way back from toJsonSchema', () => {
    fc.assert(
      fc.property(fc.gen(), g => {
        const { field, json } = anySample(g)
        const schema = toJsonSchema(field, { typeNames: 'never' })
        const back = fieldFromJsonSchema(schema)
        expect(takes(back, json)).to.equal(takes(field, json))
        const again = toJsonSchema(back, { typeNames: 'never' })
        expect(ajv.validate(again, json)).to.equal(takes(field, json))
      }),
      { numRuns: runs(400) },
    )
  })
})

describe('fieldsFromJsonSchema', () => {
  it('gives the fields of a class', () => {
    const schema = {
      type: 'object',
      properties: {
        name: { type: 'string', description: 'What it is called.' },
        age: { type: 'integer', minimum: 0, default: 0 },
        tags: { type: 'array', items: { type: 'string' } },
      },
      required: ['name'],
    }
    class Person extends SymObject.define('json-schema-in.Person', fieldsFromJsonSchema(schema)) {}
    const person = fromJson({ name: 'Ada', tags: ['x'] }, Person)
    expect(person.toJS()).to.deep.equal({ name: 'Ada', age: 0, tags: ['x'] })
    refusal(() => fromJson({ age: -1, other: 1 }, Person), undefined, /3 problems/)
    expect(Person.fields.name?.description).to.equal('What it is called.')
    const { $schema, ...again } = toJsonSchema(Person, { typeNames: 'never' })
    expect(again).to.deep.equal({ ...schema, additionalProperties: false })
  })

  it('also through a reference, and refuses what a class cannot have', () => {
    const $defs = { it: { type: 'object', properties: { a: { type: 'integer' } } } }
    expect(Object.keys(fieldsFromJsonSchema({ $ref: '#/$defs/it', $defs }))).to.deep.equal(['a'])
    refusal(() => fieldsFromJsonSchema({ type: 'array' }), DefinitionError, /a class needs the type 'object'/)
    refusal(
      () => fieldsFromJsonSchema({ type: 'object', additionalProperties: true }),
      DefinitionError,
      /fixed fields/,
    )
    refusal(() => fieldsFromJsonSchema(true), DefinitionError, /expected a schema of objects/)
    refusal(() => fieldsFromJsonSchema({ $ref: '#' }), DefinitionError, /circle/)
  })
})

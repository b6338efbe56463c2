import { expect } from 'chai'
import { DataModel } from '../../src/modules/index.ts'
import type { JsonSchema } from '../../src/modules/json.ts'

const sentences = (schema: JsonSchema, value: unknown): string[] =>
  DataModel.of(schema)
    .problems(value)
    .map(({ path, message }) => `${path}: ${message}`)

describe('the problems of data', () => {
  it('are sentences', () => {
    expect(sentences({ type: ['string', 'null'] }, 3)).to.deep.equal([': must be a string or null, got 3'])
    expect(sentences({ enum: ['a', 'b'] }, 'c')).to.deep.equal([': must be one of "a", "b", got "c"'])
    expect(sentences({ const: 1 }, 2)).to.deep.equal([': must be 1, got 2'])
    expect(sentences({ minLength: 2 }, 'a')).to.deep.equal([
      ': must NOT have fewer than 2 characters, got "a"',
    ])
    expect(sentences({ properties: { a: false } }, { a: 1 })).to.deep.equal(['a: must be left out, got 1'])
  })

  it('say what is required', () => {
    const schema = {
      properties: { a: { enum: [1, 2] }, b: { description: 'the name' } },
      required: ['a', 'b', 'c'],
    }
    expect(sentences(schema, {})).to.deep.equal([
      'a: is required: one of 1, 2',
      'b: is required: the name',
      'c: is required: a value',
    ])
  })

  it('name places as key paths do', () => {
    const schema = { additionalProperties: { items: { type: 'number' } } }
    expect(sentences(schema, { '0': [1, 'a'], 'a/b~c': ['x'], 'd.e': ['y'] })).to.deep.equal([
      '0[1]: must be a number, got "a"',
      'a/b~c[0]: must be a number, got "x"',
      '[d.e][0]: must be a number, got "y"',
    ])
  })

  it('tell a choice once, not each of its alternatives', () => {
    expect(sentences({ anyOf: [{ type: 'string' }, { type: 'null' }] }, 3)).to.deep.equal([
      ': must fit one of 2 alternatives, got 3',
    ])
    expect(sentences({ oneOf: [{ type: 'number' }, { minimum: 0 }] }, 3)).to.deep.equal([
      ': must fit exactly one of 2 alternatives, got 3',
    ])
  })

  it('do not call keys unknown that a failing part knows', () => {
    const schema = { allOf: [{ properties: { a: { type: 'string' } } }, { properties: { b: {} } }] }
    expect(sentences(schema, { a: 1, b: 2 })).to.deep.equal(['a: must be a string, got 1'])
    expect(sentences(schema, { c: 1 })).to.deep.equal(['c: is not in the schema; no such key is expected'])
  })

  it('leave out what only repeats', () => {
    const schema = JSON.parse('{"if":{"type":"number"},"then":{"minimum":5}}')
    expect(sentences(schema, 3)).to.deep.equal([': must be >= 5, got 3'])
  })
})

/** The types of JSON Schema; `json-schema-in.test.ts` has what is refused, and where. */

import { expect } from 'chai'
import { describeField, f } from '../../../src/symbolic/index.ts'
import {
  arrayField,
  numberField,
  objectField,
  stringField,
} from '../../../src/symbolic/json-schema/json-schema-types.ts'

const reader = { read: () => f.int() }

describe('fields of JSON Schema types', () => {
  it('keep their ranges', () => {
    expect(describeField(numberField(false, { minimum: 0, maximum: 1 }, ''))).to.equal('number from 0 to 1')
    expect(describeField(numberField(true, { minimum: 3, exclusiveMinimum: 3 }, ''))).to.equal(
      'integer of at least 4',
    )
    expect(describeField(numberField(true, { maximum: 3, exclusiveMaximum: 9 }, ''))).to.equal(
      'integer of at most 3',
    )
    expect(describeField(stringField({ maxLength: 3 }, ''))).to.equal('string of at most 3 characters')
    expect(describeField(stringField({ pattern: '\\-' }, ''))).to.equal('string matching /\\-/')
  })

  it('read the schemas inside them', () => {
    expect(describeField(arrayField({ items: {} }, '', reader))).to.equal('list of integers')
    expect(describeField(arrayField({ prefixItems: [{}], maxItems: 1, minItems: 1 }, '', reader))).to.equal(
      'tuple of (integer)',
    )
    const { fields, isOpen, field } = objectField(
      { properties: { a: {} }, additionalProperties: false },
      '',
      reader,
    )
    expect(Object.keys(fields)).to.deep.equal(['a'])
    expect(isOpen).to.equal(false)
    expect(describeField(field)).to.equal('dict of {a?: integer}')
  })
})

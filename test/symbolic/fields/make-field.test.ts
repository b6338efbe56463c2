/** What the words of `f` share. */

import { expect } from 'chai'
import { ANY, INT } from '../../../src/symbolic/fields/field.ts'
import {
  elementRule,
  makeContainer,
  makeField,
  range,
  refuseOptional,
  sizeRules,
} from '../../../src/symbolic/fields/make-field.ts'
import { DefinitionError, f } from '../../../src/symbolic/index.ts'
import { refusal } from '../../support/refusal.ts'

describe('making fields', () => {
  it('starts from a field that asks nothing', () => {
    expect(makeField({}).tag).to.equal(ANY)
    expect(makeField({ tag: INT, min: 3 }).rules).to.include({ min: 3, max: Infinity, isNullable: false })
    expect(makeContainer({}).orEmpty).to.be.a('function')
  })

  it('refuses ranges and sizes that hold nothing', () => {
    expect(range(1)).to.deep.equal({ min: 1, max: Infinity })
    expect(sizeRules({ maxSize: 2 })).to.deep.equal({ minSize: 0, maxSize: 2 })
    refusal(() => range(2, 1), DefinitionError, /holds nothing/)
    refusal(() => sizeRules({ minSize: 2, maxSize: 1 }), DefinitionError)
  })

  it('knows elements that need no rule, and those that cannot be', () => {
    expect(elementRule(f.any())).to.equal(null)
    expect(elementRule(f.any().nullable())).not.to.equal(null)
    refusal(
      () => elementRule(f.int().optional()),
      DefinitionError,
      /an element of a list or dict cannot be optional/,
    )
    refusal(() => refuseOptional(f.int().optional(), 'this'), DefinitionError, /^this cannot be optional/)
  })
})

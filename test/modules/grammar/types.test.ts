import { expect } from 'chai'
import {
  type Binding,
  elementOf,
  fits,
  joinTypes,
  listOf,
  match,
  substitute,
  typeOfValue,
  wordsFor,
} from '../../../src/modules/grammar/types.ts'

describe('types', () => {
  it('are found from values', () => {
    const types = [true, 3, 0.5, 'a', [], [1, 2], [1, 0.5]].map(typeOfValue)
    expect(types).to.deep.equal(['boolean', 'integer', 'number', 'string', 'integers', 'integers', 'numbers'])
  })

  it('are none for other values', () => {
    for (const value of [null, undefined, Number.NaN, [1, 'a'], {}, [[1]]])
      expect(typeOfValue(value)).to.equal(undefined)
  })

  it('let integers stand for numbers, and not the other way round', () => {
    expect(fits('integer', 'number')).to.equal(true)
    expect(fits('integers', 'numbers')).to.equal(true)
    expect(fits('number', 'integer')).to.equal(false)
    expect(fits('integer', 'string')).to.equal(false)
  })

  it('join to the narrowest type of both', () => {
    expect(joinTypes('integer', 'number')).to.equal('number')
    expect(joinTypes('integers', 'numbers')).to.equal('numbers')
    expect(joinTypes('boolean', 'boolean')).to.equal('boolean')
    expect(joinTypes('boolean', 'integer')).to.equal(undefined)
  })

  it('of lists and elements belong together', () => {
    for (const element of ['integer', 'number'] as const) expect(elementOf(listOf(element))).to.equal(element)
  })
})

describe('patterns', () => {
  it('solve their variables by joining', () => {
    const binding: Binding = {}
    expect(match('N', 'integer', binding)).to.equal(true)
    expect(match('N[]', 'numbers', binding)).to.equal(true)
    expect(substitute('N', binding)).to.equal('number')
    expect(substitute('N[]', binding)).to.equal('numbers')
  })

  it('refuse what does not fit', () => {
    expect(match('N', 'string', {})).to.equal(false)
    expect(match('N[]', 'integer', {})).to.equal(false)
    expect(match('T', 'string', { T: 'integer' })).to.equal(false)
    expect(match('integer', 'number', {})).to.equal(false)
  })

  it('say nothing about variables that were not met', () => {
    expect(substitute('F', {})).to.equal(undefined)
    expect(substitute('F[]', {})).to.equal(undefined)
    expect(substitute('string', {})).to.equal('string')
  })

  it('have words', () => {
    expect((['T', 'N', 'N[]', 'string'] as const).map(wordsFor)).to.deep.equal([
      'of the same type as the others',
      'a number',
      'a list of numbers',
      'string',
    ])
  })
})

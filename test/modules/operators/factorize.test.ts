import { expect } from 'chai'
import { DataModel } from '../../../src/modules/index.ts'
import type { Json, JsonSchema } from '../../../src/modules/json.ts'

const text: JsonSchema = { type: 'string' }
const texts: JsonSchema = { type: 'array', items: text }
const model = (properties: { readonly [key: string]: JsonSchema }, ...required: string[]) =>
  DataModel.of({ type: 'object', properties, required })
const factorized = (properties: { readonly [key: string]: JsonSchema }, value: Json, fold?: 'plural') =>
  model(properties)
    .with(value)
    .factorize(fold === undefined ? {} : { fold }).value

describe('factorize', () => {
  it('makes a list of keys that differ by their number', () => {
    const both = model({ query: text, other: text, query_1: text, query_2: text }, 'query', 'query_1')
    const list = both.with({ query: 'a', query_1: 'b' }).factorize()
    expect(list.value).to.deep.equal({ queries: ['a', 'b'] })
    expect(list.schema).to.deep.equal({
      type: 'object',
      properties: { queries: { type: 'array', items: text, minItems: 2, maxItems: 3 }, other: text },
      required: ['queries'],
      additionalProperties: false,
    })
  })

  it('leaves single keys as they are called', () => {
    expect(factorized({ query_2: text, news: text }, { query_2: 'a', news: 'b' })).to.deep.equal({
      query_2: 'a',
      news: 'b',
    })
  })

  it('loses nothing to words that only look like plurals', () => {
    for (const word of ['status', 'bus', 'data', 'class', 'a', 'as']) {
      const value = { [word]: 'x', [`${word}_1`]: 'y' }
      const lists = Object.values(factorized({ [word]: text, [`${word}_1`]: text }, value) as object)
      expect(lists, word).to.deep.equal([['x', 'y']])
    }
    expect(factorized({ a: text, as: texts }, { a: 'x', as: ['y'] })).to.deep.equal({ a: 'x', as: ['y'] })
  })

  it('finds another name where the plural is taken, or joins it when plurals are folded', () => {
    const properties = { query: text, query_1: text, queries: texts }
    const value = { query: 'a', query_1: 'b', queries: ['c', 'd'] }
    expect(factorized(properties, value)).to.deep.equal({ queries_1: ['a', 'b'], queries: ['c', 'd'] })
    expect(factorized(properties, value, 'plural')).to.deep.equal({ queries: ['a', 'b', 'c', 'd'] })
  })

  it('keeps lists whole where each is one of several', () => {
    const rows = { row: texts, row_1: texts }
    expect(factorized(rows, { row: ['a'], row_1: ['b'] })).to.deep.equal({ rows: [['a'], ['b']] })
    expect(
      factorized({ tags: texts, tags_1: texts }, { tags: ['a'], tags_1: ['b'] }, 'plural'),
    ).to.deep.equal({
      tags: ['a', 'b'],
    })
  })

  it('takes elements of any of the types', () => {
    const list = model({ a: { type: 'integer' }, a_1: text }).factorize()
    expect(
      [{ as: [1, 'x'] }, { as: ['x'] }, {}, { as: [null] }].map(value => list.accepts(value)),
    ).to.deep.equal([true, true, true, false])
  })
})

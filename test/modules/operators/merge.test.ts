import { expect } from 'chai'
import { concat, DataModel, or } from '../../../src/modules/index.ts'
import { eitherOf, mergeOf } from '../../../src/modules/operators/merge.ts'
import { checkedSchema } from '../../../src/modules/schema-check.ts'

const Query = DataModel.of({
  title: 'Query',
  type: 'object',
  properties: { query: { type: 'string', title: 'Query' }, lang: { type: 'string' } },
  required: ['query'],
})

describe('concat', () => {
  it('numbers keys that are taken, with their titles', () => {
    const twice = concat(Query, Query)
    expect(twice.schema).to.deep.equal({
      title: 'Query',
      type: 'object',
      properties: {
        query: { type: 'string', title: 'Query' },
        lang: { type: 'string' },
        query_1: { type: 'string', title: 'Query 1' },
        lang_1: { type: 'string' },
      },
      required: ['query', 'query_1'],
      additionalProperties: false,
    })
  })

  it('goes by the schema where a value leaves keys out', () => {
    const joined = concat(Query.with({ query: 'a' }), Query.with({ query: 'b', lang: 'de' }))
    expect(joined.value).to.deep.equal({ query: 'a', query_1: 'b', lang_1: 'de' })
  })

  it('requires what its operand requires, whatever the other says of such a name', () => {
    const optional = DataModel.of({ properties: { a: { type: 'integer' } } })
    const required = DataModel.of({ properties: { a: { type: 'integer' } }, required: ['a'] })
    expect(concat(optional, required).schema.required).to.deep.equal(['a_1'])
    expect(concat(required, optional).schema.required).to.deep.equal(['a'])
  })

  it('keeps definitions of one name apart, and shares those that are the same', () => {
    const colored = (type: string) =>
      DataModel.of({ properties: { color: { $ref: '#/$defs/Color' } }, $defs: { Color: { type } } })
    expect(Object.keys(concat(colored('string'), colored('string')).schema.$defs as object)).to.deep.equal([
      'Color',
    ])
    const { schema } = concat(colored('string'), colored('integer'))
    expect(schema).to.deep.nested.include({
      'properties.color.$ref': '#/$defs/Color',
      'properties.color_1.$ref': '#/$defs/Color_1',
      '$defs.Color_1': { type: 'integer' },
    })
  })

  it('keeps definitions apart that say the same of different things', () => {
    const nested = (type: string) =>
      DataModel.of({
        properties: { list: { $ref: '#/$defs/List' } },
        $defs: { List: { type: 'array', items: { $ref: '#/$defs/Item' } }, Item: { type } },
      })
    const both = concat(nested('string'), nested('integer'))
    expect(both.accepts({ list: ['a'], list_1: [1] })).to.equal(true)
    expect(both.accepts({ list: ['a'], list_1: ['a'] })).to.equal(false)
  })

  it('finds a place for keys that no schema names', () => {
    const open = DataModel.of({ type: 'object', additionalProperties: { type: 'integer' } })
    const joined = concat(
      open.with({ a: 1, lang: 2 }),
      open.with({ a: 3 }),
      Query.with({ query: 'q', lang: 'en' }),
    )
    expect(joined.value).to.deep.equal({ a: 1, lang_1: 2, a_1: 3, query: 'q', lang: 'en' })
    expect(joined.problems(joined.value)).to.deep.equal([])
  })

  it('keeps schemas that refer to themselves', () => {
    const Tree = DataModel.of({
      title: 'Tree',
      properties: { kids: { type: 'array', items: { $ref: '#' } } },
    })
    const two = concat(Tree, Query)
    expect(two.accepts({ kids: [{ kids: [] }], query: 'a' })).to.equal(true)
    expect(two.accepts({ kids: [{ kids: [], query: 'b' }], query: 'a' })).to.equal(false)
  })
})

describe('mergeOf and eitherOf', () => {
  it('make a schema once', () => {
    const [a, b] = [checkedSchema(Query.schema), checkedSchema({ properties: { b: true } })]
    expect(mergeOf(a, b)).to.equal(mergeOf(a, b))
    expect(eitherOf([a, a]).schema).not.to.have.property('anyOf')
    expect(or(Query, Query).schema.anyOf).to.have.length(2)
  })
})

import { expect } from 'chai'
import { cellReader, checkSide, groupOf, keysOfSide, pickSide } from '../../../src/modules/data/rows.ts'
import { DataModel, SourceError } from '../../../src/modules/index.ts'

const Model = DataModel.of({
  properties: {
    n: { type: 'number' },
    yes: { type: 'boolean', default: false },
    text: { type: ['string', 'null'] },
    maybe: { anyOf: [{ type: 'null' }, { $ref: '#/$defs/Id' }] },
    list: { type: 'array' },
    kind: { enum: ['a', 1] },
    any: {},
  },
  required: ['n'],
  $defs: { Id: { type: 'integer' } },
})
const row = (values: { [key: string]: number | string }) => ({ values, file: 'x.csv', line: 4 })

describe('a side of a row', () => {
  it('is made of keys, or of those that a model names, with its defaults', () => {
    expect(pickSide(['b', 'a'], row({ a: 1, b: 2, c: 3 }))).to.deep.equal({ b: 2, a: 1 })
    expect(pickSide(Model, row({ n: 1, other: 2 }))).to.deep.equal({ n: 1, yes: false })
    expect(keysOfSide(Model).slice(0, 2)).to.deep.equal(['n', 'yes'])
  })

  it('says what is not there, or does not fit', () => {
    expect(() => pickSide(['d'], row({ a: 1 }))).to.throw(SourceError, "x.csv:4: the row has no 'd', only a")
    expect(() => pickSide(Model, row({ n: 'one' }))).to.throw(
      SourceError,
      'x.csv:4: row.n must be a number, got "one"',
    )
    expect(checkSide(undefined, 7, row({}))).to.equal(7)
  })

  it('may belong to a group', () => {
    expect([
      groupOf(undefined, row({ a: 1 })),
      groupOf('a', row({ a: 1 })),
      groupOf('a', row({ a: 'x' })),
    ]).to.deep.equal([{}, { group: '1' }, { group: 'x' }])
    expect(() => groupOf('b', row({ a: 1 }))).to.throw(SourceError, "no 'b' to group by")
  })
})

describe('cellReader', () => {
  const read = cellReader(Model)

  it('makes of text what the schema of the key takes', () => {
    expect([
      read('n', '-1.5e2'),
      read('n', ' 3 '),
      read('n', 'x'),
      read('n', '0x10'),
      read('n', '1e999'),
    ]).to.deep.equal([-150, 3, 'x', '0x10', '1e999'])
    expect([read('yes', 'TRUE'), read('yes', '1'), read('list', '[1]'), read('list', '[')]).to.deep.equal([
      true,
      '1',
      [1],
      '[',
    ])
    expect([
      read('maybe', '3'),
      read('kind', '1'),
      read('kind', 'a'),
      read('text', '1'),
      read('any', '1'),
    ]).to.deep.equal([3, 1, 'a', '1', '1'])
  })

  it('takes an empty cell for empty text, null or nothing', () => {
    expect([read('text', ''), read('maybe', ''), read('n', ''), read('yes', '')]).to.deep.equal([
      '',
      null,
      undefined,
      undefined,
    ])
  })

  it('leaves text alone where there is no model', () => {
    expect(cellReader(['n'])('n', '1')).to.equal('1')
  })
})

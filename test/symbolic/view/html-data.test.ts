import { expect } from 'chai'
import { diffTree, f, MISSING, SymDict, SymList, SymObject } from '../../../src/symbolic/index.ts'
import {
  diffData,
  type PageData,
  type PagePart,
  treeData,
  type Visibility,
} from '../../../src/symbolic/view/html-data.ts'
import { Dense, smallModel } from '../../support/model.ts'

class Keyed extends SymObject.define('htmlData.Keyed', {
  open: f.int({ min: 1 }).describe('Everybody may see it.'),
  secret: f.string().default('hunter2').describe('Nobody may see the word.'),
  below: f.dict().default({ secret: 'hunter2', open: 1 }),
}) {}

const keyed = (): Keyed =>
  new Keyed({ open: 1, below: { deep: { secret: 'hunter3', x: [1, { secret: 'hunter4' }] } } })

const text = (tree: SymObject | SymDict | SymList, visibility?: Visibility): string =>
  JSON.stringify(treeData(tree, visibility))

const rootOf = ({ root, parts }: PageData): PagePart => parts[(root as [number])[0]] as PagePart

describe('the data of a page', () => {
  it('has each class once, with the fields that are seen', () => {
    const { types, parts } = treeData(smallModel().head)
    expect(types).to.deep.equal([
      {
        kind: 'object',
        name: 'support.Dense',
        rule: '',
        fields: [
          ['name', 'string', '', "''"],
          ['units', 'integer of at least 1', '', null],
          ['activation', "one of 'relu', 'gelu'", '', "'relu'"],
        ],
      },
    ])
    expect(parts).to.deep.equal([[0, 0, ['head', 10, 'relu'], null, [2], [0, 1, 2]]])
  })

  it('has each distinct part once, however often it stands in the tree', () => {
    let tree = SymDict.from({ leaf: 0 }) as SymDict
    for (let i = 0; i < 60; i++) tree = SymDict.from({ a: tree, b: tree }) as SymDict
    expect(treeData(tree).parts).to.have.length(61)
  })

  it('marks seals and what has its default', () => {
    const [, isSealed, values, , defaults] = rootOf(treeData(new Dense({ units: 1 }).seal()))
    expect(isSealed).to.equal(1)
    expect(defaults.map(i => values[i])).to.deep.equal(['', 'relu'])
  })

  it('knows the fields of structs and tuples, and what is still missing', () => {
    const type = f.struct({ width: f.int().describe('In pixels.') }, { rest: f.string() })
    class Shaped extends SymObject.define('htmlData.Shaped', {
      size: type,
      pair: f.tuple([f.int(), f.bool()]),
    }) {}
    const { types, parts } = treeData(new Shaped({ size: { width: 3, unit: 'px' }, pair: [1, true] }))
    const fieldsOf = (name: string): unknown =>
      types.find(each => each.name === name)?.fields.map(each => each.slice(0, 3))
    expect(fieldsOf('dict')).to.deep.equal([
      ['width', 'integer', 'In pixels.'],
      ['unit', 'string', ''],
    ])
    expect(fieldsOf('tuple')).to.deep.equal([
      [0, 'integer', ''],
      [1, 'boolean', ''],
    ])
    expect(parts).to.have.length(3)
    const partial = treeData(Dense.partial({}))
    expect(partial.types.map(each => each.name)).to.deep.equal(['support.Dense'])
    expect(rootOf(partial)[2]).to.deep.equal(['', ['missing', 'missing'], 'relu'])
    const both = diffData(diffTree(Dense.partial({}), new Dense({ units: 2 })))
    expect(both.types).to.have.length(1)
    expect(both.diff?.below?.[0]).to.include({ kind: 'added', key: 'units', right: 2 })
  })

  it('says what JSON cannot', () => {
    const opaque = [new Map([['a', 1]]), new Uint8Array(3), () => 1, new Date(0), new Date(Number.NaN)]
    const [, , values] = rootOf(
      treeData(SymList.from([Number.NaN, -0, Number.POSITIVE_INFINITY, 10n, ...opaque])),
    )
    expect(values).to.deep.equal([
      ['number', 'NaN'],
      ['number', '-0'],
      ['number', 'Infinity'],
      ['number', '10n'],
      ['other', 'an instance of Map'],
      ['other', '3 bytes'],
      ['other', 'function (anonymous)'],
      ['date', '1970-01-01T00:00:00.000Z'],
      ['date', 'no date'],
    ])
  })

  it('leaves out excluded keys everywhere, with all that is said about them', () => {
    expect(text(keyed())).to.include('hunter3')
    for (const exclude of [['secret'], [/^SEC/gi]]) {
      const seen = text(keyed(), { exclude })
      expect(seen).to.not.match(/secret|hunter|Nobody/)
      expect(seen).to.include('Everybody').and.include('deep')
    }
    expect(text(new Keyed({ open: 1 }), { exclude: ['secret'] })).to.not.match(/secret|hunter/)
  })

  it('shows only what is included, what is below it and what leads there', () => {
    const seen = text(keyed(), { include: ['x'] })
    expect(seen)
      .to.match(/"below".*"deep"|"deep".*"below"/)
      .and.include('hunter4')
    expect(seen).to.not.match(/Everybody|Nobody|hunter2|hunter3/)
    const both = text(keyed(), { include: ['x'], exclude: ['secret'] })
    expect(both).to.not.match(/hunter/)
    const [, , values, keys] = rootOf(
      treeData(SymList.from([{ a: 1 }, { b: 2 }, { a: 3 }]), { include: ['a'] }),
    )
    expect([values.length, keys]).to.deep.equal([2, [0, 2]])
    expect(rootOf(treeData(SymList.from([1]), { include: ['a'] }))[2]).to.deep.equal([])
  })

  it('holds differences with their values, and only the types of what is compared', () => {
    const before = smallModel()
    const after = before.rebind({ 'head.units': 20, 'tags[0]': MISSING, note: 'new' })
    const { diff, types } = diffData(diffTree(before, after))
    const [head, tags, note] = diff?.below ?? []
    expect(head?.types?.map(type => types[type]?.name)).to.deep.equal(['support.Dense', 'support.Dense'])
    expect(head?.below?.[0]).to.include({ kind: 'changed', key: 'units', left: 10, right: 20 })
    const [type, field] = head?.below?.[0]?.field ?? [0, 0]
    expect(types[type]?.fields[field]?.[1]).to.equal('integer of at least 1')
    expect(tags?.below?.[0]).to.deep.equal({ kind: 'removed', key: 0, left: 'a' })
    expect(note).to.include({ kind: 'added', key: 'note', right: 'new' })
    expect(JSON.stringify(diff)).to.not.include('author')
  })

  it('knows where elements stood before', () => {
    const { diff } = diffData(diffTree([0, 1, { a: 1 }], [1, { a: 2 }]))
    expect(diff?.below?.[1]).to.include({ key: 1, was: 2, kind: 'changed' })
  })

  it('leaves out excluded keys of differences', () => {
    const [a, b] = [keyed(), keyed().rebind({ secret: 'hunter5', 'below.deep.secret': 'hunter6', open: 2 })]
    expect(JSON.stringify(diffData(diffTree(a, b)))).to.include('hunter6')
    const seen = JSON.stringify(diffData(diffTree(a, b, { mode: 'both' }), { exclude: ['secret'] }))
    expect(seen).to.not.match(/secret|hunter/)
    const only = diffData(diffTree(a, b), { include: ['deep'], exclude: ['secret'] })
    expect(only.diff?.below).to.deep.equal([])
    const whole = diffData(diffTree({ a: 1, b: { c: 1, d: 2 } }, { a: 2, b: 3 }), { include: ['c'] })
    expect(JSON.stringify(whole)).to.include('"c"').and.not.include('"d"').and.not.include('"right"')
  })
})

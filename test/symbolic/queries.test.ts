/** Questions to a tree: what it contains, its descendants, its children, the fields of its places, and their text. */

import { expect } from 'chai'
import fc from 'fast-check'
import {
  contains,
  descendants,
  describeField,
  f,
  fieldAt,
  inspect,
  itemsOf,
  keysOf,
  PathError,
  SymDict,
  SymList,
  SymObject,
  valuesOf,
} from '../../src/symbolic/index.ts'
import { Dense, Drop, Layer, Model, smallModel } from '../support/model.ts'
import { anyTree, pathsIn, runs } from '../support/random.ts'
import { refusal } from '../support/refusal.ts'
import { Twig, tree } from '../support/twig.ts'

describe('contains', () => {
  it('finds equal values and instances, the tree itself among them', () => {
    const model = smallModel()
    expect([32, 'gelu', 'relu', true, 1].map(value => contains(model, value))).to.deep.equal([
      true,
      false,
      true,
      true,
      true,
    ])
    expect(contains(model, { deep: true })).to.equal(true)
    expect(contains(model, ['a', 'b'])).to.equal(true)
    expect(contains(model, new Dense({ units: 32 }))).to.equal(true)
    expect(contains(model, new Dense({ units: 33 }))).to.equal(false)
    expect(contains(model, model)).to.equal(true)
    expect(
      [Dense, Layer, Drop, Model, Twig, Number, BigInt].map(type => contains(model, type)),
    ).to.deep.equal([true, true, true, true, false, true, false])
  })

  it('takes true for true and one for one, and functions for values', () => {
    const call = (): number => 1
    expect(contains(SymList.from([1]), true)).to.equal(false)
    expect(contains(SymList.from([call]), call)).to.equal(true)
    expect(contains(SymList.from([call]), () => 1)).to.equal(false)
    expect(contains(SymList.from([]), undefined)).to.equal(false)
  })

  it('looks through plain data too, and once through a part that stands in many places', () => {
    expect(contains({ a: [smallModel()] }, Dense)).to.equal(true)
    expect(contains({ a: [{ b: 1 }] }, { b: 1 })).to.equal(true)
    expect(contains('x', 'x')).to.equal(true)
    let doubled = SymList.from<unknown>(['x'])
    for (let i = 0; i < 60; i++) doubled = SymList.from<unknown>([doubled, doubled]) as never
    expect(contains(doubled, 'x')).to.equal(true)
    expect(contains(doubled, 'y')).to.equal(false)
  })
})

describe('descendants', () => {
  const names = (picture: string, options: Parameters<typeof descendants>[1] = {}): string => {
    const where = (value: unknown): value is Twig => value instanceof Twig && value.name !== 'x'
    return descendants<Twig>(tree(picture), { ...options, where } as never)
      .map(twig => twig.name)
      .join(' ')
  }

  it('are all, the nearest, or those without any below', () => {
    const picture = 'a(b(c) x(d(e) f) g)'
    expect(names(picture)).to.equal('b c d e f g')
    expect(names(picture, { option: 'immediate' })).to.equal('b d f g')
    expect(names(picture, { option: 'leaf' })).to.equal('c e f g')
  })

  it('include the node itself, when asked to', () => {
    expect(names('a(b(c))', { includeSelf: true })).to.equal('a b c')
    expect(names('a(b(c))', { includeSelf: true, option: 'immediate' })).to.equal('a')
    expect(names('a(b(c))', { includeSelf: true, option: 'leaf' })).to.equal('c')
    expect(names('a', { includeSelf: true, option: 'leaf' })).to.equal('a')
    expect(names('a')).to.equal('')
  })

  it('are typed by the condition, and leaves count', () => {
    const layers: Layer[] = descendants(smallModel(), { where: value => value instanceof Layer })
    expect(layers.map(layer => layer.width)).to.deep.equal([32, 0, 10])
    expect(descendants(SymDict.from({ a: [1, 2] }))).to.deep.equal(
      [SymDict.from({ a: [1, 2] }).at('a'), 1, 2].map((v, i) =>
        i === 0 ? descendants(SymDict.from({ a: [1, 2] }))[0] : v,
      ),
    )
    expect(descendants(SymDict.from({ a: [1, 2] }), { option: 'leaf' })).to.deep.equal([1, 2])
    const found = descendants(smallModel(), { where: (_, path) => path.key === 'units' })
    expect(found).to.deep.equal([32, 10])
  })
})

describe('the children of a node', () => {
  it('have keys and values, whatever the kind of node', () => {
    const dense = new Dense({ units: 3 })
    expect(keysOf(dense)).to.deep.equal(['name', 'units', 'activation'])
    expect(valuesOf(dense)).to.deep.equal(['', 3, 'relu'])
    expect(itemsOf(SymList.from(['a', 'b']))).to.deep.equal([
      [0, 'a'],
      [1, 'b'],
    ])
    expect(itemsOf(SymDict.from({ keys: 1, values: 2 }))).to.deep.equal([
      ['keys', 1],
      ['values', 2],
    ])
    const model = smallModel()
    expect(valuesOf(model.layers)[0]).to.equal(model.layers.at(0))
  })
})

describe('fieldAt', () => {
  class Grid extends SymObject.define('queries.Grid', {
    cells: f.list(f.list(f.int({ min: 0 }))),
    free: f.any().default(null),
  }) {}
  const grid = new Grid({ cells: [[1]], free: { a: [1] } })

  it('gives the field that rules a place', () => {
    expect(fieldAt(grid, 'cells')).to.equal(Grid.fields.cells)
    expect(fieldAt(grid, 'cells[0][0]')?.rules.min).to.equal(0)
    expect(fieldAt(smallModel(), 'head.units')).to.equal(Dense.fields.units)
    expect(fieldAt(smallModel(), 'layers[1].rate')).to.equal(Drop.fields.rate)
  })

  it('gives null where anything may stand', () => {
    expect(fieldAt(grid, 'free.a')).to.equal(null)
    expect(fieldAt(grid, 'free.a[0]')).to.equal(null)
    expect(fieldAt(grid, '')).to.equal(null)
    expect(fieldAt(smallModel().head, '')).to.equal(Model.fields.head)
  })

  it('knows what may come, and where nothing can', () => {
    expect(fieldAt(grid, 'cells[0][7]')?.rules.min).to.equal(0)
    expect(fieldAt(smallModel(), 'scores.new')).not.to.equal(null)
    refusal(() => fieldAt(grid, 'cell'), PathError, /did you mean 'cells'/)
    refusal(() => fieldAt(grid, 'cells[3][0]'), PathError, /a list of 1 elements/)
    refusal(() => fieldAt(grid, 'cells.x'), PathError)
    refusal(() => fieldAt(grid, 'cells[0][0].x'), PathError, /is 1/)
  })

  it('knows positions, keys of structs, and the fields of what is still partial', () => {
    class Mixed extends SymObject.define('queries.Mixed', {
      pair: f.tuple([f.int(), f.string()]),
      known: f.struct({ a: f.int() }),
    }) {}
    const mixed = new Mixed({ pair: [1, 'x'], known: { a: 1 } })
    expect(describeField(fieldAt(mixed, 'pair[0]'))).to.equal('integer')
    expect(describeField(fieldAt(mixed, 'pair[-1]'))).to.equal('string')
    expect(describeField(fieldAt(mixed, 'known.a'))).to.equal('integer')
    refusal(() => fieldAt(mixed, 'pair[2]'), PathError)
    refusal(() => fieldAt(mixed, 'pair[-3]'), PathError)
    expect(fieldAt(Dense.partial({}) as never, 'units')).to.equal(Dense.fields.units)
  })

  it('is there for every place of a tree', () => {
    fc.assert(
      fc.property(anyTree(), each => {
        for (const path of pathsIn(each)) expect(() => fieldAt(each, path)).not.to.throw()
      }),
      { numRuns: runs(50) },
    )
  })
})

describe('inspect', () => {
  it('writes what a query finds, a line for each place', () => {
    expect(inspect(smallModel(), { path: /units$/ })).to.equal('layers[0].units: 32\nhead.units: 10')
    expect(inspect(smallModel(), { where: value => value instanceof Drop || value === 'b' })).to.equal(
      "layers[1]: Drop(name='', rate=0.5)\ntags[1]: 'b'",
    )
    expect(inspect(smallModel(), { path: /nowhere/ })).to.equal('nothing found')
    expect(inspect(SymList.from([1]), { where: () => true, enterSelected: true })).to.equal(
      '(root): [1]\n[0]: 1',
    )
  })

  it('writes whole values, when asked to, and the whole tree without a query', () => {
    const drop = new Drop({})
    expect(inspect(drop)).to.equal(drop.format({ compact: false }))
    expect(inspect(SymList.from([drop]), { where: value => value instanceof Drop, compact: false })).to.equal(
      `[0]: ${drop.format({ compact: false })}`,
    )
  })
})

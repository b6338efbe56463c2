import { expect } from 'chai'
import { DataModel } from '../../../src/modules/index.ts'

const integer = { type: 'integer' }
const Point = DataModel.of({ properties: { x: integer, y: integer }, required: ['x'] })

describe('contains', () => {
  it('knows the keys that the schema names, whatever the value has', () => {
    expect(['x', 'y', 'z', 'constructor'].map(key => Point.contains(key))).to.deep.equal([
      true,
      true,
      false,
      false,
    ])
    expect(Point.with({ x: 1 }).contains('y')).to.equal(true)
    expect(DataModel.of({ anyOf: [Point.schema, { properties: { x: integer } }] }).contains('y')).to.equal(
      false,
    )
  })

  it('knows schemas whose keys it has, whatever their words', () => {
    const described = DataModel.of({ properties: { x: { ...integer, description: 'How far.', default: 0 } } })
    expect(Point.contains(described)).to.equal(true)
    expect(Point.contains(DataModel.of({ type: 'object' }))).to.equal(true)
    expect(Point.contains(DataModel.of({ properties: { x: { type: 'number' } } }))).to.equal(false)
    expect(described.contains(Point)).to.equal(false)
  })

  it('does not have a key for sure that is optional', () => {
    const Both = DataModel.of({ properties: { x: integer, y: integer }, required: ['x', 'y'] })
    expect([Both.contains(Point), Point.contains(Both)]).to.deep.equal([true, false])
  })

  it('follows references', () => {
    const referred = DataModel.of({ properties: { p: { $ref: '#/$defs/P' } }, $defs: { P: Point.schema } })
    const same = DataModel.of({ properties: { p: { $ref: '#/$defs/Q' } }, $defs: { Q: Point.schema } })
    expect(referred.contains(same)).to.equal(true)
  })

  it('lists the keys of a schema, through references and parts', () => {
    expect(DataModel.of({ allOf: [Point.schema, { properties: { z: integer } }] }).keys()).to.deep.equal([
      'x',
      'y',
      'z',
    ])
    expect(Point.with({ x: 1 }).keys()).to.deep.equal(['x'])
  })
})

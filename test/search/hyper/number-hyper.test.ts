import { expect } from 'chai'
import { FloatV, floatV, IntV, intV, SpaceError } from '../../../src/search/index.ts'
import { fromJson } from '../../../src/symbolic/index.ts'

describe('numbers of a range', () => {
  it('are nodes that know their ends', () => {
    const rate = floatV(0.1, 1, { scale: 'log', name: 'rate' }) as unknown as FloatV
    expect(rate).to.be.instanceOf(FloatV)
    expect([rate.min, rate.max, rate.scale, rate.name]).to.deep.equal([0.1, 1, 'log', 'rate'])
    const units = intV(1, 9) as unknown as IntV
    expect(units).to.be.instanceOf(IntV)
    expect([units.min, units.max, units.name]).to.deep.equal([1, 9, undefined])
  })

  it('are what is decided, at a place', () => {
    const point = (floatV(0.1, 1, { name: 'rate' }) as unknown as FloatV).pointAt('a.b')
    expect([point.kind, point.id, point.name, point.decode(0.5)]).to.deep.equal(['float', 'a.b', 'rate', 0.5])
    expect((intV(1, 9) as unknown as IntV).pointAt('n').label).to.equal("'n'")
  })

  it('refuse bad arguments', () => {
    expect(() => floatV(2, 1)).to.throw(SpaceError, 'floatV: the range from 2 to 1 holds nothing')
    expect(() => floatV(0, 1, { scale: 'log' })).to.throw(
      SpaceError,
      "the scale 'log' needs a range above 0, got 0 to 1",
    )
    expect(() => floatV(-1, 1, { scale: 'rlog' })).to.throw(SpaceError, 'rlog')
    expect(() => floatV(0, 1, { scale: 'cubic' as 'log' })).to.throw(SpaceError, "got 'cubic'")
    expect(() => floatV(0, Number.POSITIVE_INFINITY)).to.throw(SpaceError, 'two finite numbers as its ends')
    expect(() => floatV(Number.NaN, 1)).to.throw(SpaceError, 'got NaN and 1')
    expect(() => intV(1.5, 2)).to.throw(SpaceError, 'intV needs integers as its ends, got 1.5 and 2')
    expect(() => intV(-9e15, 9e15)).to.throw(SpaceError, 'more integers than can be told apart')
    expect(() => intV(3, 1)).to.throw(SpaceError, 'holds nothing')
  })

  it('are refused in JSON as they are in code', () => {
    const read = (type: string, min: number, max: number, more = {}): unknown =>
      fromJson({ _type: `search.${type}`, min, max, ...more })
    expect(() => read('IntV', 3, 1)).to.throw(SpaceError, 'holds nothing')
    expect(() => read('IntV', -9e15, 9e15)).to.throw(SpaceError, 'more integers')
    expect(() => read('FloatV', 0, 1, { scale: 'log' })).to.throw(SpaceError, 'needs a range above 0')
  })
})

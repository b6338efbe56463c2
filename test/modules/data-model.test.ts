import { expect } from 'chai'
import fc from 'fast-check'
import { DataError, DataModel } from '../../src/modules/index.ts'

const Point = DataModel.of<{ x: number; y: number; label?: string }>({
  type: 'object',
  properties: {
    x: { type: 'integer', minimum: 0 },
    y: { type: 'integer', default: 0 },
    label: { type: 'string' },
  },
  required: ['x', 'y'],
})

const refusal = (model: DataModel<unknown>, value: unknown): string => {
  try {
    model.parse(value)
    return 'no error'
  } catch (error) {
    expect(error).to.be.instanceOf(DataError)
    return (error as DataError).message
  }
}

describe('DataModel', () => {
  it('gives a copy with defaults filled in', () => {
    const given = { x: 1 }
    const parsed = Point.parse(given)
    expect(parsed).to.deep.equal({ x: 1, y: 0 })
    expect(given).to.deep.equal({ x: 1 })
    parsed.x = 2
    expect(Point.parse(given).x).to.equal(1)
  })

  it('lists everything that is wrong, with place, value and expectation', () => {
    expect(refusal(Point, { x: -1, y: 'up', z: 3 })).to.equal(
      [
        '3 problems:',
        '  data.z is not in the schema; the schema has x, y, label',
        '  data.x must be >= 0, got -1',
        '  data.y must be an integer, got "up"',
      ].join('\n'),
    )
    expect(refusal(Point, {})).to.equal('data.x is required: an integer')
    expect(refusal(Point, [1])).to.equal('data must be a record, got [1]')
  })

  it('answers without throwing', () => {
    expect([{ x: 1 }, { x: 'a' }, undefined, () => 1].map(value => Point.accepts(value))).to.deep.equal([
      true,
      false,
      false,
      false,
    ])
    expect(Point.problems({ x: 1, y: 2 })).to.deep.equal([])
    expect(Point.problems({ x: 1 }).map(({ path }) => path)).to.deep.equal(['y'])
    expect(Point.unfilled({ x: 1 })).to.deep.equal(['y'])
  })

  it('takes unknown keys where the schema says so', () => {
    const open = DataModel.of({ type: 'object', properties: { a: {} }, additionalProperties: true })
    const free = DataModel.of({ type: 'object' })
    expect(open.accepts({ a: 1, b: 2 })).to.equal(true)
    expect(free.accepts({ anything: 1 })).to.equal(true)
  })

  it('holds a value, frozen', () => {
    const point = Point.with({ x: 3 })
    expect(point.value).to.deep.equal({ x: 3, y: 0 })
    expect(Object.isFrozen(point.value)).to.equal(true)
    expect(Point.value).to.equal(undefined)
  })

  it('is read by key, and shown as text', () => {
    const point = Point.with({ x: 3 })
    expect([point.at('x'), point.at('label', 'none'), Point.at('x', 0)]).to.deep.equal([3, 'none', 0])
    expect(point.at('constructor' as never)).to.equal(undefined)
    expect(point.pretty()).to.equal('{\n  "x": 3,\n  "y": 0\n}')
    expect(JSON.parse(Point.pretty())).to.deep.equal(Point.schema)
    expect(point.withoutValue().value).to.equal(undefined)
    expect(Point.withoutValue()).to.equal(Point)
  })

  it('has operators as methods', () => {
    const [point, other] = [Point.with({ x: 1 }), DataModel.of({ type: 'object' }).with({ z: 2 })]
    expect(point.concat(other, point).value).to.deep.equal({ x: 1, y: 0, z: 2, x_1: 1, y_1: 0 })
    expect([point.and(null), point.and(other)?.value]).to.deep.equal([null, { x: 1, y: 0, z: 2 }])
    expect([point.or(null), point.or(null, other).value]).to.deep.equal([point, { x: 1, y: 0, z: 2 }])
    expect([point.xor(null), point.xor(other), point.not(), Point.not()]).to.deep.equal([
      point,
      null,
      null,
      Point,
    ])
    expect(point.inMask(['x']).outMask(['y']).prefix('p').suffix('1').value).to.deep.equal({ p_x_1: 1 })
    expect(point.concat(point).factorize().value).to.deep.equal({ xes: [1, 1], ys: [0, 0] })
    expect(Object.isFrozen(point.prefix('p').value)).to.equal(true)
    expect(() => DataModel.of({}).with([1]).concat(point)).to.throw(
      DataError,
      'data must be a record, got [1]',
    )
  })

  it('takes falsy values as values', () => {
    const falsy = [0, '', false, null, [], {}]
    const model = DataModel.of({})
    expect(falsy.map(value => model.parse(value))).to.deep.equal(falsy)
    expect(DataModel.of({ default: 0 }).parse(undefined)).to.equal(0)
  })

  it('does not take a value that is not JSON', () => {
    expect(refusal(Point, { x: Number.NaN })).to.equal('data.x must be JSON, got NaN')
    expect(refusal(DataModel.of({}), { a: [undefined] })).to.equal('data.a[0] must be JSON, got nothing')
  })

  it('keeps the schema as it was given', () => {
    const schema = { type: 'object', properties: { a: { type: 'string' } } }
    const model = DataModel.of(schema)
    expect(model.schema).to.deep.equal(schema)
    expect(Object.isFrozen(model.schema)).to.equal(true)
    expect(Object.isFrozen(schema)).to.equal(false)
  })

  it('gives back any JSON under a schema that asks nothing', () => {
    const anything = DataModel.of({})
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), value => {
        expect(JSON.stringify(anything.parse(value))).to.equal(JSON.stringify(value))
      }),
      { numRuns: 200 },
    )
  })
})

describe('a hostile value', () => {
  it('pollutes nothing', () => {
    const hostile = JSON.parse(
      '{"x":1,"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":1}}}',
    )
    expect(refusal(Point, hostile)).to.contain('data.__proto__ is not in the schema')
    expect(DataModel.of({ type: 'object' }).accepts(hostile)).to.equal(true)
    expect('polluted' in {}).to.equal(false)
  })

  it('has no keys it does not own', () => {
    const model = DataModel.of({
      type: 'object',
      properties: { constructor: { type: 'string', default: 'mine' }, toString: { type: 'string' } },
      required: ['toString'],
    })
    expect(refusal(model, {})).to.equal('data.toString is required: a string')
    expect(model.parse({ toString: 'a' })).to.deep.equal({ toString: 'a', constructor: 'mine' })
  })

  it('is refused when it is a cycle', () => {
    const cycle: Record<string, unknown> = {}
    cycle.self = cycle
    expect(refusal(DataModel.of({}), cycle)).to.contain('must be JSON of at most 500 levels: is it a cycle?')
  })
})

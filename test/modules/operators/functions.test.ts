import { expect } from 'chai'
import {
  and,
  concat,
  containsSchema,
  DataModel,
  factorize,
  inMask,
  not,
  or,
  outMask,
  prefix,
  suffix,
  xor,
} from '../../../src/modules/index.ts'

const A = DataModel.of({ type: 'object', properties: { a: { type: 'integer' } }, required: ['a'] })
const B = DataModel.of({ type: 'object', properties: { b: { type: 'string' } }, required: ['b'] })
const [a, b] = [A.with({ a: 1 }), B.with({ b: 'x' })]
const given = (model: DataModel<unknown> | null): unknown => model?.value ?? null

describe('operators on values', () => {
  it('follow this table, where null is what a branch not taken gives', () => {
    const joint = { a: 1, b: 'x' }
    const rows: [
      operator: (...models: (DataModel<unknown> | null)[]) => DataModel<unknown> | null,
      unknown[],
    ][] = [
      [and, [joint, null, null, null]],
      [or, [joint, { a: 1 }, { b: 'x' }, null]],
      [xor, [null, { a: 1 }, { b: 'x' }, null]],
    ]
    for (const [operator, expected] of rows) {
      const results = [operator(a, b), operator(a, null), operator(null, b), operator(null, null)]
      expect(results.map(given)).to.deep.equal(expected)
    }
    expect(given(concat(a, b))).to.deep.equal(joint)
    expect([not(a), not(null)]).to.deep.equal([null, null])
    expect([
      inMask(null, ['a']),
      outMask(null, ['a']),
      prefix(null, 'p'),
      suffix(null, 's'),
      factorize(null),
    ]).to.deep.equal([null, null, null, null, null])
    expect(containsSchema(null, 'a')).to.equal(false)
  })

  it('take any number of models', () => {
    expect(given(concat(a, a, b, a))).to.deep.equal({ a: 1, a_1: 1, b: 'x', a_2: 1 })
    expect(given(and(a, null, b))).to.equal(null)
    expect(given(or(null, a, null, b))).to.deep.equal({ a: 1, b: 'x' })
    expect(given(xor(a, b, a))).to.equal(null)
    expect(given(xor(null, null, a))).to.deep.equal({ a: 1 })
    expect(and()).to.equal(null)
  })

  it('refuse null where it has no meaning', () => {
    expect(() => concat(a, null as never)).to.throw(TypeError, 'got null in place 1')
  })
})

describe('operators on schemas', () => {
  const accepts = (model: DataModel<unknown> | null, ...values: unknown[]): boolean[] =>
    values.map(value => model?.accepts(value) ?? false)
  const values = [{ a: 1 }, { b: 'x' }, { a: 1, b: 'x' }, {}]

  it('take whatever the operands may come to', () => {
    expect(accepts(concat(A, B), ...values)).to.deep.equal([false, false, true, false])
    expect(accepts(and(A, B), ...values)).to.deep.equal([false, false, true, false])
    expect(accepts(or(A, B), ...values)).to.deep.equal([true, true, true, false])
    expect(accepts(xor(A, B), ...values)).to.deep.equal([true, true, false, false])
    expect(or(A, null)).to.equal(A)
    expect(not(A)).to.equal(A)
  })

  it('are schemas alone as soon as one operand is', () => {
    for (const mixed of [concat(A, b), and(a, B), or(A, b), xor(a, B)]) {
      expect(given(mixed)).to.equal(null)
      expect(mixed).to.be.instanceOf(DataModel)
    }
  })

  it('go on from alternatives', () => {
    const next = concat(or(A, B), A)
    expect(
      accepts(next, { a: 1, a_1: 2 }, { b: 'x', a: 2 }, { a: 1, b: 'x', a_1: 2 }, { b: 'x' }),
    ).to.deep.equal([true, true, true, false])
  })

  it('end when alternatives become too many', () => {
    expect(() => or(A, A, A, A, A, A, A)).to.throw('more than 64 kinds of records')
    expect(() => concat(A, DataModel.of({ type: 'array' }))).to.throw('must be a schema of records')
  })
})

import { type } from 'arktype'
import { expect } from 'chai'
import * as v from 'valibot'
import { z } from 'zod'
import { concat, DataError, DataModel, Variable } from '../../src/modules/index.ts'
import { f, SymObject } from '../../src/symbolic/index.ts'

class Point extends SymObject.define('schemaSourceTest.Point', {
  /** How far to the right. */
  x: f.int({ min: 0 }),
  label: f.string().default('origin'),
}) {}

describe('a data model of fields', () => {
  it('takes what the fields take, without the names of classes', () => {
    const Line = DataModel.of(
      f.struct({ from: f.object(Point), to: f.object(Point), notes: f.list(f.string()).default([]) }),
    )
    expect(Line.parse({ from: { x: 1 }, to: { x: 2 } })).to.deep.equal({
      from: { x: 1, label: 'origin' },
      to: { x: 2, label: 'origin' },
      notes: [],
    })
    expect(() => Line.parse({ from: { x: -1 }, to: { x: 1 } })).to.throw(
      DataError,
      'data.from.x must be >= 0, got -1',
    )
  })

  it('takes a class', () => {
    expect(DataModel.of(Point).parse({ x: 3 })).to.deep.equal({ x: 3, label: 'origin' })
    expect(DataModel.of(Point).accepts({ x: 3, y: 4 })).to.equal(false)
  })

  it('refuses fields that JSON Schema cannot say', () => {
    expect(() => DataModel.of(f.struct({ work: f.callable() }))).to.throw(
      DataError,
      'cannot be made from this field',
    )
  })
})

describe('a data model of a Standard Schema', () => {
  it('takes what zod gives, defaults filled in', () => {
    const User = DataModel.of(z.object({ name: z.string().min(1), age: z.int().default(0) }))
    expect(User.parse({ name: 'a' })).to.deep.equal({ name: 'a', age: 0 })
    expect(() => User.parse({ name: '', size: 1 })).to.throw(DataError, 'data.size is not in the schema')
  })

  it('takes what ArkType gives', () => {
    const User = DataModel.of(type({ name: 'string', 'age?': 'number.integer >= 0' }))
    expect(User.accepts({ name: 'a', age: 3 })).to.equal(true)
    expect(User.problems({ name: 'a', age: -1 }).map(({ path }) => path)).to.deep.equal(['age'])
  })

  it('asks what the JSON Schema cannot say, too', () => {
    const Span = DataModel.of(
      z.object({ at: z.object({ from: z.int(), to: z.int() }) }).refine(({ at }) => at.from <= at.to, {
        message: 'ends before it begins',
        path: ['at', 'to'],
      }),
    )
    expect(Span.accepts({ at: { from: 1, to: 2 } })).to.equal(true)
    expect(Span.problems({ at: { from: 2, to: 1 } })).to.deep.equal([
      {
        path: 'at.to',
        value: 1,
        expected: 'ends before it begins',
        message: 'does not fit: ends before it begins',
      },
    ])
    expect(() => Span.with({ at: { from: 2, to: 1 } })).to.throw(DataError, 'data.at.to does not fit')
    expect(concat(Span, Span).accepts({ at: { from: 2, to: 1 }, at_1: { from: 1, to: 1 } })).to.equal(true)
  })

  it('is told the JSON Schema of one that cannot tell it', () => {
    const User = v.object({ name: v.string() })
    expect(() => DataModel.of(User)).to.throw(DataError, 'cannot be told by the valibot schema itself')
    const withSchema = {
      '~standard': {
        ...User['~standard'],
        jsonSchema: { output: () => ({ properties: { name: { type: 'string' } } }) },
      },
    }
    const model = DataModel.of(withSchema)
    expect([{ name: 'a' }, { name: 1 }, {}].map(value => model.accepts(value))).to.deep.equal([
      true,
      false,
      false,
    ])
  })

  it('says what is wrong with schemas that cannot be used', () => {
    expect(() => DataModel.of(z.object({ at: z.date() }))).to.throw(
      DataError,
      'cannot be made from the zod schema',
    )
    const later = DataModel.of(z.object({ a: z.string() }).refine(async () => true))
    expect(later.problems({ a: 'x' })[0]?.message).to.contain('cannot be checked')
  })

  it('makes variables', () => {
    expect(new Variable({ schema: z.object({ text: z.string().default('a') }) }).at('text')).to.equal('a')
    expect(new Variable({ schema: Point, value: { x: 1 } }).at('label')).to.equal('origin')
  })
})

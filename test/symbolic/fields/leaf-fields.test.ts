/** Fields of dates, bytes, big integers and classes: what they take, in which range, and over which base. */

import { expect } from 'chai'
import { tightened } from '../../../src/symbolic/fields/tighten.ts'
import {
  Bytes,
  DefinitionError,
  type Field,
  f,
  fromJson,
  problemsOf,
  SymObject,
} from '../../../src/symbolic/index.ts'
import { Dense, Drop, Layer } from '../../support/model.ts'
import { refusal } from '../../support/refusal.ts'

const message = (field: Field, value: unknown): string | undefined => problemsOf(field, value)[0]?.message
const day = (text: string): Date => new Date(`${text}T00:00:00Z`)

class Sample extends SymObject.define('leaf-fields.Sample', {
  at: f.date(),
  raw: f.bytes().default(Uint8Array.of(1)),
  count: f.bigint().default(5n),
  layer: f.type(Layer).default(Dense),
}) {}

describe('f.date', () => {
  it('takes dates in its range', () => {
    const field = f.date({ min: day('2020-01-01'), max: day('2020-12-31') })
    expect(message(field, day('2020-06-01'))).to.equal(undefined)
    expect(message(field, day('2019-06-01'))).to.equal(
      'must be a date from 2020-01-01T00:00:00.000Z to 2020-12-31T00:00:00.000Z, got Date(2019-06-01T00:00:00.000Z)',
    )
    expect(message(f.date(), new Date(Number.NaN))).to.equal('must be a date, got Date(invalid)')
    expect(message(f.date(), '2020-01-01')).to.equal(`must be a date, got '2020-01-01'`)
    expect(message(f.date({ min: day('2020-01-01') }), 5)).to.match(/a date of at least 2020/)
    expect(message(f.date({ max: day('2020-01-01') }), 5)).to.match(/a date of at most 2020/)
    refusal(() => f.date({ min: new Date(1), max: new Date(0) }), DefinitionError)
  })

  it('keeps a copy that cannot be set', () => {
    const given = day('2020-01-01')
    const sample = new Sample({ at: given })
    given.setTime(0)
    expect(sample.at.toISOString()).to.equal('2020-01-01T00:00:00.000Z')
    expect(() => sample.at.setTime(0)).to.throw(TypeError, 'cannot change')
  })
})

describe('f.bytes', () => {
  it('takes bytes of its length', () => {
    const field = f.bytes({ minLength: 1, maxLength: 2 })
    expect(message(field, Uint8Array.of(1))).to.equal(undefined)
    expect(message(field, Bytes.from([1, 2]))).to.equal(undefined)
    expect(message(field, Uint8Array.of())).to.equal('must be a row of 1 to 2 bytes, got Bytes()')
    expect(message(f.bytes(), [1])).to.equal('must be a row of bytes, got [1]')
    expect(message(f.bytes({ minLength: 3 }), 5)).to.match(/at least 3 bytes/)
    expect(message(f.bytes({ maxLength: 3 }), 5)).to.match(/at most 3 bytes/)
    expect(message(f.bytes({ minLength: 3, maxLength: 3 }), 5)).to.match(/a row of 3 bytes/)
  })
})

describe('f.bigint', () => {
  it('takes big integers in its range', () => {
    expect(message(f.bigint({ min: 0n, max: 9n }), 9n)).to.equal(undefined)
    expect(message(f.bigint({ min: 0n, max: 9n }), 10n)).to.equal('must be a big integer from 0 to 9, got 10')
    expect(message(f.bigint({ min: 0n }), -1n)).to.match(/of at least 0/)
    expect(message(f.bigint(), 5)).to.equal('must be a big integer, got 5')
    refusal(() => f.bigint({ min: 1n, max: 0n }), DefinitionError, /holds nothing/)
  })
})

describe('f.type', () => {
  it('takes the class and those on top of it', () => {
    for (const cls of [Layer, Dense, Drop]) expect(message(f.type(Layer), cls)).to.equal(undefined)
    expect(message(f.type(Dense), Layer)).to.equal('must be a class like support.Dense, got support.Layer')
    for (const value of [Date, new Dense({ units: 1 }), 'support.Dense', SymObject]) {
      expect(message(f.type(Dense), value)).to.match(/must be a class like support\.Dense, got/)
    }
    const { layer } = new Sample({ at: new Date() })
    expect(layer).to.equal(Dense)
  })
})

describe('fields of leaves', () => {
  it('come back from JSON, and tell what does not fit in it', () => {
    const sample = new Sample({
      at: day('2020-01-01'),
      raw: Uint8Array.of(1, 2),
      count: 2n ** 70n,
      layer: Drop,
    })
    expect(fromJson(sample.toJSON(), Sample).equals(sample)).to.equal(true)
    refusal(
      () => fromJson({ at: '2020-01-01' }, Sample),
      undefined,
      /^leaf-fields\.Sample\.at must be a date, got/,
    )
  })

  it('are tightened within their ranges', () => {
    const over = (field: Field, base: Field): Field => tightened('Sub.x', field, base)
    const narrow = over(f.date({ min: day('2020-02-01') }), f.date({ max: day('2020-03-01') }))
    expect(message(narrow, day('2020-04-01'))).to.match(/from 2020-02-01.* to 2020-03-01/)
    refusal(
      () => over(f.date({ min: day('2019-01-01') }), f.date({ min: day('2020-01-01') })),
      DefinitionError,
      /starts at 2019/,
    )
    expect(
      message(over(f.bytes({ minLength: 1 }), f.bytes({ maxLength: 2 })), Uint8Array.of(1, 2, 3)),
    ).to.match(/1 to 2/)
    refusal(() => over(f.bytes({ maxLength: 3 }), f.bytes({ maxLength: 2 })), DefinitionError, /ends at 3/)
    expect(message(over(f.bigint({ min: 1n }), f.bigint({ max: 2n })), 3n)).to.match(/from 1 to 2/)
    refusal(() => over(f.bigint({ min: 0n }), f.bigint({ min: 1n })), DefinitionError, /starts at 0/)
    refusal(() => over(f.bigint({ max: 3n }), f.bigint({ max: 2n })), DefinitionError, /ends at 3/)
    expect(over(f.type(Dense), f.type(Layer)).rules.hasDefault).to.equal(false)
    refusal(
      () => over(f.type(Layer), f.type(Dense)),
      DefinitionError,
      /support\.Layer, which is no support\.Dense/,
    )
    refusal(
      () => over(f.date(), f.bytes()),
      DefinitionError,
      /it takes a date, where the base takes a row of bytes/,
    )
  })
})

/** Every kind of field: what it takes, what it refuses, and in which words. */

import { expect } from 'chai'
import {
  DefinitionError,
  type Field,
  f,
  problemsOf,
  SymDict,
  SymList,
  SymObject,
  type SymType,
} from '../../../src/symbolic/index.ts'
import { Dense, Drop, Layer } from '../../support/model.ts'
import { refusal } from '../../support/refusal.ts'

const fits = (field: Field, ...values: unknown[]): void => {
  for (const value of values) expect(problemsOf(field, value), String(value)).to.deep.equal([])
}
const refuses = (field: Field, words: RegExp, ...values: unknown[]): void => {
  for (const value of values) {
    const problems = problemsOf(field, value)
    expect(problems.map(each => `${each.path}: ${each.message}`).join('; '), String(value)).to.match(words)
  }
}

const opaque = [new Date(0), () => 1, Symbol('s'), 5n, new Map(), undefined]

describe('f', () => {
  it('int takes integers within its range, and nothing that is like one', () => {
    fits(f.int(), 0, -0, 1, -5, 2 ** 53, 1e300)
    refuses(
      f.int(),
      /^: must be an integer, got/,
      0.5,
      Number.NaN,
      Infinity,
      true,
      '1',
      null,
      [1],
      {},
      ...opaque,
    )
    fits(f.int({ min: 1, max: 3 }), 1, 2, 3)
    refuses(f.int({ min: 1, max: 3 }), /must be an integer from 1 to 3, got/, 0, 4, 1.5)
    refuses(f.int({ max: 3 }), /of at most 3/, 4)
  })

  it('float takes numbers; NaN only where no range is asked for', () => {
    fits(f.float(), 0, 0.5, Number.NaN, Infinity, -1)
    refuses(f.float(), /must be a number, got/, true, '1', null, 5n, [])
    refuses(f.float({ min: 0, max: 1 }), /must be a number from 0 to 1, got/, Number.NaN, -0.1, 1.1, Infinity)
    refuses(f.float({ min: 0 }), /at least 0/, Number.NaN)
    fits(f.float({ min: 0 }), -0, Infinity)
  })

  it('bool takes booleans', () => {
    fits(f.bool(), true, false)
    refuses(f.bool(), /must be a boolean, got/, 0, 1, 'true', null, ...opaque)
  })

  it('string takes texts by length and pattern', () => {
    fits(f.string(), '', 'x', '\ud800')
    refuses(f.string(), /must be a string, got/, 5, null, ['a'], new String('x'), ...opaque)
    fits(f.string({ minLength: 1, maxLength: 2 }), 'a', 'ab')
    refuses(f.string({ minLength: 1, maxLength: 2 }), /a string of 1 to 2 characters/, '', 'abc')
    const pattern = f.string({ pattern: /b+/g })
    fits(pattern, 'abc', 'abc', 'b')
    refuses(pattern, /a string matching \/b\+\//, 'ac')
    fits(f.string({ pattern: '^a$' }), 'a')
    refuses(f.string({ pattern: '^a$' }), /matching/, 'ba')
  })

  it('enum and literal take their values, and do not mix kinds', () => {
    const mixed = f.enum('a', 1, null, true)
    fits(mixed, 'a', 1, null, true)
    refuses(mixed, /must be one of 'a', 1, null, true, got/, '1', false, undefined, 'b', [], 'true')
    refuses(f.literal(5), /must be 5, got/, '5', 6)
    refusal(() => (f.enum as unknown as () => unknown)(), DefinitionError, /at least one value/)
  })

  it('list takes arrays and lists of fitting elements', () => {
    const ints = f.list(f.int(), { minSize: 1, maxSize: 2 })
    fits(ints, [1], [1, 2], SymList.from([1, 2]))
    refuses(ints, /^: must have 1 to 2 elements, got 0$/, [])
    refuses(ints, /^: must have 1 to 2 elements, got 3$/, [1, 2, 3])
    refuses(ints, /^\[1\]: must be an integer, got 'x'$/, [1, 'x'], SymList.from([1, 'x'] as unknown[]))
    refuses(ints, /must be a list of integers, got/, {}, 'ab', 5, null, new Set([1]), SymDict.from({ a: 1 }))
    refuses(
      f.list(f.list(f.bool())),
      /^\[1\]\[0\]: must be a boolean, got 0; \[2\]: must be a list of booleans/,
      [[true], [0], 5],
    )
  })

  it('dict takes records and dicts of fitting values', () => {
    const ints = f.dict(f.int(), { maxSize: 2 })
    fits(ints, {}, { a: 1 }, SymDict.from({ 'a.b': 1 }), JSON.parse('{"__proto__": 1}'))
    refuses(ints, /^: must have at most 2 entries, got 3$/, { a: 1, b: 2, c: 3 })
    refuses(ints, /^\[a\.b\]: must be an integer, got 'x'$/, { 'a.b': 'x' })
    refuses(ints, /must be a dict of integers, got/, [], 'a', 5, null, new Date(0), SymList.from([1]))
    fits(f.dict(), { a: [1, { b: null }] })
  })

  it('object takes instances of a class and its subclasses', () => {
    fits(f.object(Layer), new Dense({ units: 1 }), new Drop())
    refuses(f.object(Dense), /must be a support\.Dense, got/, new Drop(), { units: 1 }, null, 5, Dense)
    refusal(() => f.object(Date as never), DefinitionError, /not made by SymObject\.define/)
  })

  it('lazy and nullable does not look its class up for null', () => {
    class Link extends SymObject.define('fields.Link', {
      next: f
        .lazy((): SymType<Link> => Link)
        .nullable()
        .default(null),
    }) {}
    expect(new Link({ next: new Link() }).next?.next).to.equal(null)
  })

  it('lazy looks its class up when first needed', () => {
    let asked = 0
    const field = f.lazy((): SymType<Dense> => {
      asked++
      return Dense
    })
    expect(asked).to.equal(0)
    fits(field, new Dense({ units: 1 }), new Dense({ units: 1 }))
    refuses(field, /must be a support\.Dense/, new Drop())
    expect(asked).to.equal(1)
    fits(field.nullable(), null, new Dense({ units: 1 }))
    refuses(f.list(f.lazy(() => Dense)), /^\[0\]: must be a support\.Dense/, [1])
  })

  it('union takes what any of its options takes', () => {
    const either = f.union(f.int({ min: 0 }), f.list(f.string()), f.object(Dense), f.literal(null))
    fits(either, 0, ['a'], new Dense({ units: 1 }), null)
    refuses(
      either,
      /must be an integer of at least 0 or list of strings or support\.Dense or null, got/,
      -1,
      [1],
      'x',
      {},
    )
    refusal(
      () => (f.union as unknown as (one: unknown) => unknown)(f.int()),
      DefinitionError,
      /two fields or more, got 1/,
    )
  })

  it('any takes every value but the absent one', () => {
    fits(f.any(), null, 0, 'x', [1], { a: 1 }, new Date(0), () => 1, 5n)
    refuses(f.any(), /must be a value, got nothing/, undefined)
    fits(f.any().optional(), undefined)
    refuses(f.any(), /^\[1\]: must be a value, got nothing$/, [1, undefined])
  })

  it('nullable and optional open every kind to null and absence', () => {
    const kinds: Field[] = [
      f.int(),
      f.float(),
      f.bool(),
      f.string(),
      f.enum('a'),
      f.list(f.int()),
      f.dict(),
      f.object(Dense),
      f.union(f.int(), f.bool()),
    ]
    for (const field of kinds) {
      fits(field.nullable(), null)
      fits(field.optional(), undefined)
      refuses(field.nullable(), /or null, got/, undefined, Symbol('s'))
      refuses(field.optional(), /must be/, Symbol('s'))
      refuses(field, /must be/, undefined)
    }
  })

  it('refuses ranges that hold nothing', () => {
    refusal(() => f.int({ min: 2, max: 1 }), DefinitionError, /the range from 2 to 1 holds nothing/)
    refusal(() => f.float({ min: Number.NaN }), DefinitionError, /holds nothing/)
    refusal(() => f.string({ minLength: 2, maxLength: 1 }), DefinitionError)
    refusal(() => f.list(f.int(), { minSize: 2, maxSize: 1 }), DefinitionError)
  })

  it('reads lists and dicts under new rules when they move', () => {
    class Both extends SymObject.define('fields.Both', {
      ints: f.list(f.int()),
      any: f.list(f.any()),
      small: f.dict(f.int({ max: 3 })),
    }) {}
    const both = new Both({ ints: [1, 2], any: [1, 2], small: { a: 1 } })
    expect(both.rebind({ ints: both.any as never }).ints.toString()).to.equal('[1, 2]')
    const wild = both.rebind({ any: [1, 'x'] })
    refusal(
      () => wild.rebind({ ints: wild.any as never }),
      undefined,
      /ints\[1\] must be an integer, got 'x'/,
    )
    refusal(() => both.rebind({ small: SymDict.from({ a: 9 }) }), undefined, /small/)
    const moved = both.rebind({ any: both.ints })
    expect(moved.rebind([['any[0]', 'free']]).any.at(0)).to.equal('free')
  })

  it('cannot be absent inside lists, dicts and unions', () => {
    expect(() => f.list(f.int().optional())).to.throw(
      DefinitionError,
      'an element of a list or dict cannot be optional',
    )
    expect(() => f.dict(f.int().optional())).to.throw(DefinitionError, 'use nullable()')
    expect(() => f.union(f.int().optional(), f.string())).to.throw(DefinitionError, 'an option of a union')
  })
})

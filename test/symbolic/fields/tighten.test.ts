/** Fields of a class over those of its base: they may ask for more, and never for less. */

import { expect } from 'chai'
import { tightened } from '../../../src/symbolic/fields/tighten.ts'
import {
  DefinitionError,
  type Field,
  f,
  fieldOf,
  problemsOf,
  SymObject,
  type SymType,
} from '../../../src/symbolic/index.ts'
import { Dense, Drop, Layer } from '../../support/model.ts'
import { refusal } from '../../support/refusal.ts'

const over = (field: Field, base: Field): Field => tightened('Sub.x', field, base)
const fits = (field: Field, value: unknown): boolean => problemsOf(field, value).length === 0

/** The values that a field takes over a base, of those asked about. */
const taken = (field: Field, base: Field, ...values: unknown[]): unknown[] =>
  values.filter(value => fits(over(field, base), value))

const refuses = (field: Field, base: Field, words: RegExp): void => {
  refusal(() => over(field, base), DefinitionError, words)
}

describe('a field over that of a base class', () => {
  it('is refused with its place and the reason when it is looser', () => {
    class Base extends SymObject.define('tighten.Base', { units: f.int({ min: 1 }) }) {}
    const error = refusal(
      () => Base.define('tighten.Loose', { units: f.int({ min: 0 }) }),
      DefinitionError,
      /^tighten\.Loose\.units may only be tighter than in its base class: it starts at 0, before 1 of the base$/,
    )
    expect(error.path).to.equal('tighten.Loose.units')
    class Sub extends Base.define('tighten.Sub', { units: f.int({ max: 9 }) }) {}
    refusal(() => new Sub({ units: 0 }), undefined, /units must be an integer from 1 to 9, got 0/)
    expect(new Sub({ units: 9 }).units).to.equal(9)
  })

  it('keeps the rules of the base where it has none', () => {
    expect(taken(f.int({ min: 1 }), f.int({ max: 5 }), 0, 1, 5, 6)).to.deep.equal([1, 5])
    expect(taken(f.int(), f.float({ min: 0 }), -1, 0, 0.5, 1)).to.deep.equal([0, 1])
    expect(taken(f.string({ minLength: 2 }), f.string({ maxLength: 3 }), 'a', 'ab', 'abcd')).to.deep.equal([
      'ab',
    ])
    expect(taken(f.string(), f.string({ pattern: /^a/ }), 'a', 'b')).to.deep.equal(['a'])
    expect(
      taken(f.string({ pattern: /b$/ }), f.string({ pattern: /^a/ }), 'ab', 'a', 'b', 'aXb'),
    ).to.deep.equal(['ab', 'aXb'])
    expect(
      taken(
        f.list(f.int(), { minSize: 1 }),
        f.list(f.int({ min: 0 }), { maxSize: 2 }),
        [],
        [1],
        [-1],
        [1, 2, 3],
      ),
    ).to.deep.equal([[1]])
    expect(taken(f.dict(f.int()), f.dict(f.int({ min: 0 })), { a: 1 }, { a: -1 })).to.deep.equal([{ a: 1 }])
  })

  it('may be of a kind that takes less', () => {
    expect(taken(f.enum('a'), f.enum('a', 'b'), 'a', 'b')).to.deep.equal(['a'])
    expect(taken(f.enum('ab', 'abc'), f.string({ maxLength: 3 }), 'ab')).to.deep.equal(['ab'])
    expect(taken(f.bool(), f.enum(true, false, null), true, null)).to.deep.equal([true])
    expect(taken(f.int(), f.any(), 1, 'x')).to.deep.equal([1])
    expect(taken(f.object(Dense), f.object(Layer), new Drop())).to.deep.equal([])
    expect(fits(over(f.object(Dense), f.object(Layer)), new Dense({ units: 1 }))).to.equal(true)
    expect(taken(f.int(), f.union(f.string(), f.int({ min: 0 })), 1, -1, 'a')).to.deep.equal([1])
    expect(
      taken(f.union(f.int(), f.bool()), f.union(f.string(), f.float({ min: 0 }), f.bool()), 1, -1, true, 'a'),
    ).to.deep.equal([1, true])
    expect(taken(f.int(), f.int().nullable(), 1, null)).to.deep.equal([1])
    expect(taken(f.int().nullable(), f.union(f.int(), f.literal(null)), 1, null)).to.deep.equal([1, null])
  })

  it('may not take more', () => {
    refuses(f.int({ max: 6 }), f.int({ max: 5 }), /it ends at 6, after 5 of the base/)
    refuses(
      f.int({ min: 6 }),
      f.int({ max: 5 }),
      /nothing in common with the base: the base takes an integer of at most 5/,
    )
    refuses(f.float(), f.int(), /it takes a number, where the base takes an integer/)
    refuses(f.any(), f.int(), /it takes a value, where the base takes an integer/)
    refuses(f.string({ maxLength: 9 }), f.string({ maxLength: 3 }), /it ends at 9, after 3/)
    refuses(f.string({ minLength: 1 }), f.string({ minLength: 2 }), /its length starts at 1, before 2/)
    refuses(
      f.string({ pattern: /(a)\1/ }),
      f.string({ pattern: /b/ }),
      /cannot be put together with \/b\/ of the base/,
    )
    refuses(f.enum('a', 'c'), f.enum('a', 'b'), /it takes 'c', where the base takes one of 'a', 'b'/)
    refuses(f.bool(), f.enum(true), /it takes a boolean, where the base takes true/)
    refuses(f.list(f.float()), f.list(f.int()), /in its elements, it takes a number/)
    refuses(
      f.list(f.any()),
      f.list(f.int()),
      /in its elements, it takes anything, where the base takes an integer/,
    )
    refuses(
      f.list(f.int(), { maxSize: 3 }),
      f.list(f.int(), { maxSize: 2 }),
      /3 entries, where the base has at most 2/,
    )
    refuses(
      f.list(f.int(), { minSize: 1 }),
      f.list(f.int(), { minSize: 2 }),
      /1 entries, where the base has at least 2/,
    )
    refuses(f.list(f.int(), { minSize: 3 }), f.list(f.int(), { maxSize: 2 }), /no size is allowed/)
    refuses(f.dict(f.any()), f.dict(f.int()), /anything/)
    refuses(
      f.object(Layer),
      f.object(Dense),
      /it takes support\.Layer, which is no support\.Dense as in the base/,
    )
    refuses(
      f.bool(),
      f.union(f.int(), f.string()),
      /it takes a boolean, where the base takes an integer or string/,
    )
    refuses(f.union(f.int(), f.bool()), f.int(), /it takes a boolean/)
    refuses(f.int().nullable(), f.int(), /it may be null, which the base forbids/)
    refuses(f.int().optional(), f.int(), /it may be absent, which the base forbids/)
  })

  it('stays frozen at what its base is frozen at', () => {
    const base = f.int().frozen(3)
    expect(over(f.int().frozen(3), base).rules.isFrozen).to.equal(true)
    refuses(f.int(), base, /its base is frozen at 3/)
    refuses(f.int().frozen(4), base, /its base is frozen at 3/)
    expect(over(f.any().frozen(3), f.int()).rules.initial).to.equal(3)
    refuses(f.any().frozen('x'), f.int(), /it is frozen at 'x', where the base takes an integer/)
  })

  it('keeps the default of the base while it fits, and the words about it', () => {
    const base = f.int().default(3).describe('How many.').meta({ unit: 'm', of: 'base' })
    const kept = over(f.int({ min: 1 }).meta({ of: 'sub' }), base)
    expect(kept.rules.initial).to.equal(3)
    expect(kept.description).to.equal('How many.')
    expect(kept.metadata).to.deep.equal({ unit: 'm', of: 'sub' })
    expect(over(f.int({ min: 5 }), base).rules.hasDefault).to.equal(false)
    expect(over(f.int().default(4).describe('Some.'), base).rules).to.include({
      initial: 4,
      description: 'Some.',
    })
    refuses(
      f.int().default(7),
      f.int({ max: 5 }),
      /the default of Sub\.x must be an integer of at most 5, got 7/,
    )

    class Base extends SymObject.define('tighten.Defaults', { list: f.list(f.float()).default([1]) }) {}
    class Sub extends Base.define('tighten.SubDefaults', { list: f.list(f.int()) }) {}
    const sub = new (Sub as unknown as new () => Sub)()
    expect(sub.list.toArray()).to.deep.equal([1])
    refusal(() => sub.rebind([['list[0]', 0.5]]), undefined, /list\[0\] must be an integer/)
    expect(fieldOf(Sub, 'list').rules.hasDefault).to.equal(true)
  })

  it('compares classes that do not exist yet when they are first needed', () => {
    class Node extends SymObject.define('tighten.Node', {
      next: f.lazy((): SymType<Node> => Node).nullable(),
    }) {}
    class Good extends Node.define('tighten.Good', {
      // A type of its own fields cannot be compared while they are declared.
      next: f.lazy((): SymType<Node> => Good as SymType<Node>).nullable(),
    }) {}
    expect(new Good({ next: new Good({ next: null }) }).next?.next).to.equal(null)
    refusal(() => new Good({ next: new Node({ next: null }) as never }), undefined, /must be a tighten\.Good/)
    class Bad extends Node.define('tighten.Bad', {
      next: f.lazy((): SymType<never> => Other as never).nullable(),
    }) {}
    class Other extends SymObject.define('tighten.Other', {}) {}
    refusal(
      () => new Bad({ next: new Other() as never }),
      DefinitionError,
      /it takes tighten\.Other, which is no tighten\.Node as in the base/,
    )
  })
})

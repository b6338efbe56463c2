/** Structs: dicts with fields for certain keys, and for others by pattern. */

import { expect } from 'chai'
import { tightened } from '../../../src/symbolic/fields/tighten.ts'
import {
  DefinitionError,
  type Field,
  FieldError,
  f,
  fromJson,
  MISSING,
  problemsOf,
  SymDict,
  SymList,
  SymObject,
} from '../../../src/symbolic/index.ts'
import { Dense } from '../../support/model.ts'
import { refusal } from '../../support/refusal.ts'

const closed = f.struct({ a: f.int(), b: f.string().default('x'), c: f.bool().optional() })
const open = f.struct(
  { a: f.int() },
  {
    patterns: [
      [/^n_/, f.int()],
      [/^n/, f.bool()],
    ],
    rest: f.string(),
  },
)

class Host extends SymObject.define('struct.Host', {
  closed,
  open: open.nullable().default(null),
  layers: f
    .struct({ main: f.object(Dense) }, { patterns: [['^aux', f.object(Dense)]], maxSize: 2 })
    .nullable()
    .default(null),
}) {}

const words = (field: Field, value: unknown): string =>
  problemsOf(field, value)
    .map(each => `${each.path}: ${each.message}`)
    .join('; ')

describe('f.struct', () => {
  it('has a field for each of its keys, and fills in defaults', () => {
    const host = new Host({ closed: { a: 1 } })
    expect(host.closed).to.be.instanceOf(SymDict)
    expect(host.closed.toString()).to.equal(`{a: 1, b: 'x'}`)
    expect(new Host({ closed: { c: true, b: 'y', a: 2 } }).closed.keys()).to.deep.equal(['a', 'b', 'c'])
    expect(new Host({ closed: { a: 1, b: undefined, c: undefined } }).closed.equals(host.closed)).to.equal(
      true,
    )
    expect(words(closed, { a: 'x', other: 1 })).to.equal(
      `a: must be an integer, got 'x'; other: is not a key of the dict; its keys are a, b, c`,
    )
    expect(words(closed, {})).to.equal('a: is required: integer')
    expect(words(f.struct({ alpha: f.int() }), { alpha: 1, alph: 2 })).to.match(/did you mean 'alpha'/)
    expect(words(closed, SymDict.from({ a: 1 }))).to.equal('')
    expect(words(closed, SymDict.from({ a: 'x' }))).to.match(/^a: must be an integer/)
    for (const value of [5, [1], SymList.empty, null])
      expect(words(closed, value)).to.match(/must be a dict of {a: int/)
    expect(words(closed, 5)).to.equal(': must be a dict of {a: integer, b: string, c?: boolean}, got 5')
  })

  it('has fields for other keys by pattern, the first that matches first', () => {
    expect(words(open, { a: 1, n_x: 1, nx: true, other: 'text' })).to.equal('')
    expect(words(open, { a: 1, n_x: true, nx: 1, other: 2 })).to.equal(
      'n_x: must be an integer, got true; nx: must be a boolean, got 1; other: must be a string, got 2',
    )
    expect(words(open, 5)).to.match(/dict of {a: integer, \/\^n_\/: integer, \/\^n\/: boolean, …: string}/)
    expect(words(f.struct({}, { patterns: [[/^x/g, f.int()]] }), { x: 1, xx: 2, y: 3 })).to.equal(
      'y: is not a key of the dict; its keys are those that match /^x/',
    )
  })

  it('changes by the same rules', () => {
    const host = new Host({ closed: { a: 1, c: true }, open: { a: 1, other: 'x' } })
    expect(host.rebind({ 'closed.a': 2, 'closed.c': MISSING }).closed.toString()).to.equal(`{a: 2, b: 'x'}`)
    expect(host.rebind({ 'closed.b': 'z' }).rebind({ 'closed.b': MISSING }).closed.at('b')).to.equal('x')
    expect(host.rebind([['open.n_1', 5]]).open?.at('n_1')).to.equal(5)
    expect(host.rebind([['open.other', MISSING]]).open?.keys()).to.deep.equal(['a'])
    refusal(() => host.rebind([['closed.a', 'x']]), FieldError, /closed\.a must be an integer, got 'x'/)
    refusal(() => host.rebind([['closed.a', MISSING]]), FieldError, /closed\.a cannot be left out/)
    refusal(
      () => host.rebind([['closed.other', 1]]),
      FieldError,
      /closed\.other is not a key of the dict; its keys are a, b, c/,
    )
    refusal(() => host.rebind([['open.n_1', 'x']]), FieldError, /open\.n_1 must be an integer/)
    refusal(() => host.transform((path, value) => (path.key === 'a' ? 'x' : value)), FieldError, /closed\.a/)
    refusal(
      () => host.edit(draft => void ((draft.closed as Record<string, unknown>).d = 1)),
      FieldError,
      /closed\.d/,
    )
    expect(host.edit(draft => void (draft.closed.a = 9)).closed.at('a')).to.equal(9)
    expect(host.rebind({ closed: { a: 1, c: true } })).to.equal(host)
  })

  it('checks its size, and what is frozen', () => {
    const host = new Host({ closed: { a: 1 }, layers: { main: new Dense({ units: 1 }) } })
    const two = host.rebind([['layers.aux1', new Dense({ units: 2 })]])
    expect(two.layers?.size).to.equal(2)
    refusal(() => two.rebind([['layers.aux2', new Dense({ units: 2 })]]), FieldError, /at most 2 entries/)
    expect(words(f.struct({}, { rest: f.int(), minSize: 1, maxSize: 2 }), {})).to.match(
      /must have 1 to 2 entries, got 0/,
    )
    const frozen = f.struct({ kind: f.string().frozen('k') })
    expect(words(frozen, {})).to.equal('')
    expect(words(frozen, { kind: 'other' })).to.not.equal('')
  })

  it('is a dict in JSON', () => {
    const host = new Host({
      closed: { a: 1 },
      layers: { main: new Dense({ units: 1 }), aux: new Dense({ units: 2 }) },
    })
    expect(host.closed.toJSON()).to.deep.equal({ a: 1, b: 'x' })
    expect(fromJson(host.toJSON(), Host).equals(host)).to.equal(true)
    expect(
      fromJson({ closed: { a: 1 }, layers: { main: { units: 1 }, aux: { units: 2 } } }, Host).equals(host),
    ).to.equal(true)
    refusal(() => fromJson({ closed: { a: 1, zz: 2 } }, Host), undefined, /closed\.zz is not a key/)
    expect(fromJson(host.seal('closed').toJSON(), Host).closed.isSealed).to.equal(true)
    const wide = f.struct({}, { rest: f.int() })
    class Wide extends SymObject.define('struct.Wide', { wide }) {}
    const entries = Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`k${i}`, i]))
    const many = new Wide({ wide: entries })
    expect(many.wide.size).to.equal(300)
    refusal(() => many.rebind([['wide.k7', 'x']]), FieldError, /wide\.k7 must be an integer/)
  })

  it('is not confused by keys like __proto__', () => {
    const data = JSON.parse('{"closed": {"a": 1, "__proto__": 2}}')
    refusal(() => fromJson(data, Host), undefined, /closed\.__proto__ is not a key/)
    refusal(
      () => fromJson(JSON.parse('{"closed": {"a": 1, "constructor": 2}}'), Host),
      undefined,
      /is not a key/,
    )
    expect(({} as { a?: unknown }).a).to.equal(undefined)
  })

  it('refuses rules that cannot be kept', () => {
    refusal(
      () => f.struct({}, { rest: f.int().optional() as never }),
      DefinitionError,
      /rest of a struct cannot be opt/,
    )
    refusal(
      () => f.struct({}, { patterns: [['x', f.int().optional()]] as never }),
      DefinitionError,
      /a pattern/,
    )
    refusal(() => f.struct({ a: 5 as never }), DefinitionError, /'a' needs a field/)
  })

  it('is tightened key by key', () => {
    const over = (field: Field, base: Field): Field => tightened('Sub.x', field, base)
    expect(words(over(f.struct({ a: f.int() }), f.struct({ a: f.float({ min: 0 }) })), { a: -1 })).to.match(
      /at least 0/,
    )
    expect(words(over(f.struct({ a: f.int(), n_b: f.int({ max: 1 }) }), open), { a: 1, n_b: 2 })).to.match(
      /at most 1/,
    )
    refusal(
      () => over(f.struct({ a: f.any() }), f.struct({ a: f.int() })),
      DefinitionError,
      /at 'a', it takes a value/,
    )
    refusal(
      () => over(f.struct({}), f.struct({ a: f.int() })),
      DefinitionError,
      /it has no 'a', which the base has/,
    )
    refusal(
      () => over(f.struct({ a: f.int(), z: f.int() }), f.struct({ a: f.int() })),
      DefinitionError,
      /it has a key 'z', which the base has not/,
    )
    refusal(
      () => over(f.struct({ a: f.int() }, { rest: f.int() }), f.struct({ a: f.int() })),
      DefinitionError,
      /its patterns/,
    )
  })
})

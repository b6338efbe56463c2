/** Reading JSON that wishes us ill: every document becomes a tree or one clear error, and nothing else happens. */

import { expect } from 'chai'
import fc from 'fast-check'
import {
  type Field,
  FieldError,
  f,
  fromJson,
  fromJsonString,
  JsonError,
  register,
  Symbolic,
  SymDict,
  SymError,
  SymObject,
  type SymType,
} from '../../../src/symbolic/index.ts'
import { Model, smallModel } from '../../support/model.ts'
import { runs } from '../../support/random.ts'
import { prototypeKeys, refusal } from '../../support/refusal.ts'

class Strict extends SymObject.define('json-in.Strict', {
  n: f.int({ min: 0 }),
  s: f.string({ maxLength: 3 }).default(''),
  kids: f.list(f.lazy((): SymType<Strict> => Strict)).orEmpty(),
  one: f.union(f.int(), f.list(f.int())).default(0),
  map: f.dict(f.bool()).orEmpty(),
}) {}

const operand = () =>
  f.union(
    f.int(),
    f.lazy((): SymType<Plus> => Plus),
    f.lazy((): SymType<Times> => Times),
  )

class Plus extends SymObject.define('json-in.Plus', {
  left: operand() as Field,
  right: operand() as Field,
}) {}
class Times extends SymObject.define('json-in.Times', {
  left: operand() as Field,
  right: operand() as Field,
}) {}

const nested = (depth: number, open: string, close: string, inside = '1'): string =>
  open.repeat(depth) + inside + close.repeat(depth)

describe('fromJson: bad documents', () => {
  before(() => [Strict, Plus, Times].forEach(each => void register(each)))

  it('names every problem and its place', () => {
    const error = refusal(
      () =>
        fromJson({
          _type: 'json-in.Strict',
          n: -1,
          s: 'long text',
          kids: [{ _type: 'json-in.Strict', n: 1.5 }, 7, { n: 'x', extra: 1 }, {}],
          one: [1, 'x'],
          map: { a: true, 'b.c': 1 },
          m: 1,
        }),
      FieldError,
    )
    expect(error.problems.map(each => `${each.path}: ${each.message}`)).to.deep.equal([
      'n: must be an integer of at least 0, got -1',
      "s: must be a string of at most 3 characters, got 'long text'",
      'kids[0].n: must be an integer of at least 0, got 1.5',
      'kids[1]: must be a json-in.Strict, got 7',
      "kids[2].n: must be an integer of at least 0, got 'x'",
      'kids[2].extra: is not a field of json-in.Strict; its fields are n, s, kids, one, map',
      'kids[3].n: is required: integer of at least 0',
      'one: must be an integer or list of integers, got [1,"x"]',
      'map[b.c]: must be a boolean, got 1',
      "m: is not a field of json-in.Strict; did you mean 'n'?",
    ])
    expect(error.message).to.match(/^10 problems:\n {2}json-in\.Strict\.n must be/)
  })

  it('names every problem inside sealed and wrapped parts too', () => {
    const error = refusal(
      () =>
        fromJson({
          a: { _type: 'espalier.Sealed', value: { _type: 'json-in.Strict', n: -1, m: 2 } },
          b: { _type: 'espalier.List', items: ['__tuple__', { _type: 'json-in.Strict' }] },
        }),
      FieldError,
    )
    expect(error.problems.map(each => each.path)).to.deep.equal(['a.n', 'a.m', 'b[1].n'])
    const wrapped: [unknown, string][] = [
      [{ _type: 'espalier.Sealed', value: { x: { _type: 'zz' } } }, 'a.x'],
      [{ _type: 'espalier.List', items: [1, { _type: 'zz' }] }, 'a[1]'],
      [
        {
          _type: 'espalier.Dict',
          entries: [
            ['_type', 1],
            ['k', { _type: 'zz' }],
          ],
        },
        'a.k',
      ],
      [{ _type: 'espalier.Dict', entries: [['k', { _type: 'json-in.Strict', n: 'x' }]] }, 'a.k.n'],
    ]
    for (const [data, path] of wrapped) expect(refusal(() => fromJson({ a: data })).path).to.equal(path)
  })

  it('names the closest known type for an unknown one', () => {
    refusal(
      () => fromJson({ _type: 'json-in.Strikt' }),
      JsonError,
      /'json-in\.Strikt' is not registered; did you mean 'json-in\.Strict'/,
    )
    refusal(() => fromJson({ a: [{ _type: 'json-in.strict' }] }), JsonError, /did you mean 'json-in\.Strict'/)
    refusal(() => fromJson({ _type: 'zzzzzzzz' }), JsonError, /register its class before loading/)
    for (const type of [
      'Object',
      'constructor',
      '__proto__',
      'toString',
      'espalier.Nothing',
      '',
      'fs',
      'node:fs',
    ]) {
      refusal(() => fromJson({ _type: type }), JsonError, /is not registered/)
    }
  })

  it('wants type names to be texts, and wrappers to be whole', () => {
    for (const type of [5, null, true, [], {}, ['support.Dense']]) {
      refusal(() => fromJson({ _type: type }), JsonError, /'_type' must be a type name/)
      refusal(() => fromJson({ a: { _type: type } }), JsonError, /'_type' must be a type name/)
    }
    const broken = [
      { _type: 'espalier.Number' },
      { _type: 'espalier.Number', value: 5 },
      { _type: 'espalier.Number', value: 'nan' },
      { _type: 'espalier.Sealed' },
      { _type: 'espalier.Sealed', value: 5 },
      { _type: 'espalier.List' },
      { _type: 'espalier.List', items: {} },
      { _type: 'espalier.Dict' },
      { _type: 'espalier.Dict', entries: {} },
      { _type: 'espalier.Dict', entries: [1] },
      { _type: 'espalier.Dict', entries: [['a']] },
      { _type: 'espalier.Dict', entries: [[1, 2]] },
      { _type: 'espalier.Dict', entries: [['a', 1, 2]] },
    ]
    for (const each of broken)
      refusal(() => fromJson({ a: each }), FieldError, /JSON\.a is not a valid espalier\./)
  })

  it('says where a text breaks off', () => {
    const text = smallModel().toJsonString()
    for (let length = 0; length < text.length; length += 7) {
      refusal(() => fromJsonString(text.slice(0, length)), JsonError, /^the text is not JSON/)
    }
    refusal(() => fromJsonString('{"a": 1,\n  "b": [1, 2'), JsonError, /line 2, column 13/)
    refusal(() => fromJsonString('{"a": 1,\n}'), JsonError, /line 2, column 1/)
    refusal(() => fromJsonString('NaN'), JsonError, /not JSON/)
  })

  it('knows the tokens that Python writes for numbers that are not finite', () => {
    for (const [text, token, column] of [
      ['{"a": NaN}', 'NaN', 7],
      ['[1, Infinity]', 'Infinity', 5],
      ['[-Infinity]', '-Infinity', 2],
    ] as const) {
      const { message } = refusal(() => fromJsonString(text), JsonError)
      expect(message).to.equal(
        `the text is not JSON (line 1, column ${column}): ` +
          `JSON has no ${token}; write {"_type":"espalier.Number","value":"${token}"}`,
      )
    }
    expect(fromJsonString('["NaN"]').toJsonString()).to.equal('["NaN"]')
    refusal(() => fromJsonString('["NaN", Nan]'), JsonError, /Nan|N/)
  })

  it('bounds depth: a thousand levels are read, a hundred thousand refused', () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
      ['{"_type":"json-in.Strict","n":1,"kids":[', ']}'],
    ] as const) {
      const levels = open.includes('kids') ? 400 : 900
      const inside = open.includes('kids') ? '' : '1'
      const fits = fromJsonString(nested(levels, open, close, inside))
      expect(fromJsonString(fits.toJsonString()).equals(fits)).to.equal(true)
      expect(fits.hash()).to.equal(fromJsonString(fits.toJsonString()).hash())
      refusal(
        () => fromJsonString(nested(100_000, open, close, inside)),
        SymError,
        /nested deeper than 1000 levels/,
      )
    }
    for (const [open, close] of [
      ['{"_type":"espalier.Sealed","value":', '}'],
      ['{"_type":"espalier.List","items":[', ']}'],
      ['{"_type":"espalier.Dict","entries":[["a",', ']]}'],
      ['{"_type":', '}'],
    ] as const) {
      refusal(() => fromJsonString(nested(100_000, open, close)), SymError)
    }
  })

  it('tries the options of a union once each, however deep they nest', () => {
    let data: unknown = { left: 1, right: 'x' }
    for (let i = 0; i < 60; i++) data = { left: data, right: 1 }
    refusal(() => fromJson({ _type: 'json-in.Plus', left: data, right: 1 }), FieldError, /left must be/)
    refusal(() => fromJson({ _type: 'json-in.Plus', left: data, right: 1 }), FieldError, /left must be/)
    const fixable = { _type: 'json-in.Plus', left: { left: 1, right: 'x' }, right: 1 } as Record<
      string,
      unknown
    >
    refusal(() => fromJson(fixable), FieldError)
    ;(fixable.left as Record<string, unknown>).right = 2
    expect(fromJson(fixable).toString()).to.equal('Plus(left=Plus(left=1, right=2), right=1)')
    const times = fromJson({
      _type: 'json-in.Times',
      left: { _type: 'json-in.Plus', left: 1, right: 2 },
      right: 1,
    })
    expect(times.toString()).to.equal('Times(left=Plus(left=1, right=2), right=1)')
  })

  it('stops counting at a thousand problems', () => {
    const types = Array.from({ length: 50_000 }, (_, i) => ({ _type: `json-in.No${i}` }))
    const keys = Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`key${i}`, i]))
    for (const data of [types, { _type: 'json-in.Strict', n: 1, ...keys }]) {
      const started = performance.now()
      expect(refusal(() => fromJson(data)).problems).to.have.length(1000)
      expect(performance.now() - started).to.be.lessThan(15_000)
    }
  })

  it('refuses cycles in words', () => {
    const loop: Record<string, unknown> = { a: [] }
    ;(loop.a as unknown[]).push(loop)
    refusal(() => fromJson(loop), FieldError, /is it a cycle/)
    refusal(() => SymDict.from(loop), FieldError, /is it a cycle/)
    refusal(() => fromJson({ _type: 'json-in.Strict', n: 1, kids: [loop] }), FieldError)
  })

  it('takes hostile keys for data in dicts, and for unknown fields in objects', () => {
    const before = prototypeKeys()
    const text = '{"__proto__":{"x":1},"constructor":{"prototype":{"y":2}},"toString":"z","length":9}'
    const tree = fromJsonString(text)
    expect(tree.toJsonString()).to.equal(text)
    expect(JSON.stringify(tree.toJS())).to.equal(text)
    expect(Object.getPrototypeOf(tree.toJS())).to.equal(Object.prototype)
    expect((tree as SymDict).keys()).to.deep.equal(['__proto__', 'constructor', 'toString', 'length'])
    for (const key of [
      '__proto__',
      'constructor',
      'toString',
      '_g',
      '_p',
      'rebind',
      'typeName',
      'hasOwnProperty',
    ]) {
      refusal(
        () => fromJsonString(`{"_type":"json-in.Strict","n":1,"${key}":{"n":2}}`),
        FieldError,
        /is not a field/,
      )
    }
    const absent = fromJson({}) as SymDict
    expect(absent.at('constructor')).to.equal(undefined)
    expect(absent.has('__proto__')).to.equal(false)
    expect(absent.get('toString', 'none')).to.equal('none')
    expect(prototypeKeys()).to.deep.equal(before)
  })

  it('withstands a run of hostile documents', () => {
    const before = prototypeKeys()
    const types = fc.constantFrom<unknown>(
      'json-in.Strict',
      'support.Dense',
      'support.Model',
      'support.Layer',
      'espalier.Number',
      'espalier.Sealed',
      'espalier.Dict',
      'espalier.List',
      'nothing',
      '__proto__',
      5,
      null,
    )
    const name = fc.constantFrom(
      ...[
        'n',
        's',
        'kids',
        'one',
        'map',
        'units',
        'layers',
        'head',
        'value',
        'items',
        'entries',
        '__proto__',
        'constructor',
        'x',
      ],
    )
    const { document } = fc.letrec<{ document: unknown; tagged: unknown; entries: unknown }>(tie => ({
      document: fc.oneof(
        { maxDepth: 4, depthSize: 'small' },
        fc.oneof(fc.integer(), fc.constantFrom(null, true, '', 'NaN', '__tuple__', -1, 1e308, 0.5)),
        tie('tagged'),
        tie('tagged'),
        fc.array(tie('document'), { maxLength: 3 }),
        tie('entries'),
      ),
      tagged: fc
        .tuple(types, fc.array(fc.tuple(name, tie('document')), { maxLength: 4 }))
        .map(([type, entries]) => Object.fromEntries([['_type', type], ...entries])),
      entries: fc.array(fc.tuple(name, tie('document')), { maxLength: 3 }).map(Object.fromEntries),
    }))
    let read = 0
    fc.assert(
      fc.property(document, fc.boolean(), (data, isTyped) => {
        const text = JSON.stringify(data)
        try {
          const tree = isTyped ? fromJsonString(text, Model) : fromJsonString(text)
          expect(tree).to.be.instanceOf(Symbolic)
          expect(fromJsonString(tree.toJsonString()).equals(tree)).to.equal(true)
          read++
        } catch (error) {
          if (!(error instanceof SymError)) throw error
          expect(error.message).to.have.length.lessThan(5000)
        }
        expect(JSON.stringify(data)).to.equal(text)
      }),
      { numRuns: runs(6000), seed: 11 },
    )
    expect(read).to.be.greaterThan(500)
    expect(prototypeKeys()).to.deep.equal(before)
  })

  it('withstands texts that are cut, doubled and scrambled', () => {
    const text = smallModel().seal('head').toJsonString()
    fc.assert(
      fc.property(
        fc.nat({ max: text.length }),
        fc.nat({ max: 9 }),
        fc.constantFrom('', '"', '{', ']', 'null', '-', '\\'),
        (at, cut, put) => {
          const mangled = text.slice(0, at) + put + text.slice(at + cut)
          try {
            fromJsonString(mangled, Model)
          } catch (error) {
            expect(error).to.be.instanceOf(SymError)
          }
        },
      ),
      { numRuns: runs(2000), seed: 3 },
    )
  })
})

/** Trees to JSON: the text and the data, and the explicit forms of what plain JSON cannot say. */

import { expect } from 'chai'
import fc from 'fast-check'
import {
  f,
  fromJson,
  fromJsonString,
  JsonError,
  type Symbolic,
  SymDict,
  SymList,
  SymObject,
  type SymType,
} from '../../../src/symbolic/index.ts'
import { anyTree, runs, sealedTree } from '../../support/random.ts'
import { refusal } from '../../support/refusal.ts'
import { tree } from '../../support/twig.ts'

class Anything extends SymObject.define('json-out.Anything', {
  value: f.any(),
  list: f.list(f.any()).orEmpty(),
}) {}

class Framed extends SymObject.define('json-out.Framed', {
  x: f.int(),
  y: f.int().default(0),
  kind: f.literal('frame').frozen('frame'),
  tags: f.list(f.string()).default(['x']),
  frames: f.list(f.lazy((): SymType<Framed> => Framed)).orEmpty(),
}) {}

const list = (...values: unknown[]): SymList => SymList.from(values) as SymList
const dict = (record: object): SymDict => SymDict.from(record as Record<string, unknown>) as SymDict

describe('toJsonString', () => {
  it('writes objects with their type, lists and dicts plain', () => {
    expect(tree('a(b)').toJsonString()).to.equal(
      '{"_type":"support.Twig","name":"a","twigs":[{"_type":"support.Twig","name":"b","twigs":[]}]}',
    )
    expect(dict({ a: [1, null, true, 'x'], 'a"b': {} }).toJsonString()).to.equal(
      '{"a":[1,null,true,"x"],"a\\"b":{}}',
    )
    expect(list().toJsonString()).to.equal('[]')
    expect(dict({}).toJsonString()).to.equal('{}')
  })

  it('has a form for numbers that JSON lacks, and none for minus zero', () => {
    expect(list(Number.NaN, Infinity, -Infinity, -0).toJsonString()).to.equal(
      '[{"_type":"espalier.Number","value":"NaN"},{"_type":"espalier.Number","value":"Infinity"},' +
        '{"_type":"espalier.Number","value":"-Infinity"},0]',
    )
  })

  it('wraps what would read as tagged data', () => {
    const tagged = dict({ _type: 'support.Dense', units: 1 })
    expect(tagged.toJsonString()).to.equal(
      '{"_type":"espalier.Dict","entries":[["_type","support.Dense"],["units",1]]}',
    )
    expect(list('__tuple__', 1).toJsonString()).to.equal('{"_type":"espalier.List","items":["__tuple__",1]}')
    expect(list(1, '__tuple__').toJsonString()).to.equal('[1,"__tuple__"]')
    for (const each of [tagged, list('__tuple__', 1), dict({ _type: null }), list([['__tuple__']])]) {
      expect(fromJson(each.toJSON()).equals(each)).to.equal(true)
    }
  })

  it('keeps seals', () => {
    const sealed = tree('a(b!(c!) d)')
    const read = fromJsonString(sealed.toJsonString())
    expect(read.toJsonString()).to.equal(sealed.toJsonString())
    expect(read.get('twigs[0]' as never)).to.have.property('isSealed', true)
    expect((fromJson(list(1).seal().toJSON()) as Symbolic).isSealed).to.equal(true)
    expect((fromJson(dict({}).seal().toJSON()) as Symbolic).isSealed).to.equal(true)
    const big = list(...Array.from({ length: 300 }, (_, i) => i)).seal()
    expect((fromJson(big.toJSON()) as Symbolic).isSealed).to.equal(true)
  })

  it('says the same as JSON.stringify, for trees of every kind', () => {
    fc.assert(
      fc.property(fc.oneof(anyTree(), sealedTree()), tree => {
        expect(JSON.stringify(tree)).to.equal(tree.toJsonString())
        expect(JSON.parse(tree.toJsonString())).to.deep.equal(tree.toJSON())
        expect(JSON.stringify({ in: [tree] })).to.equal(`{"in":[${tree.toJsonString()}]}`)
      }),
      { numRuns: runs(400) },
    )
  })

  it('differs from JSON.stringify in the order of keys like 1, which plain records put first', () => {
    const late = dict({ b: 1 }).rebind([[['1'], 2]])
    expect(late.toJsonString()).to.equal('{"b":1,"1":2}')
    expect(JSON.stringify(late)).to.equal('{"1":2,"b":1}')
    expect(fromJsonString(late.toJsonString()).equals(late)).to.equal(true)
  })

  it('escapes what must be escaped, in short texts and long ones', () => {
    for (const text of ['"', '\\', '\n', '\u0000', '\ud800', '\udfff x', '😀', '\u2028', '</script>', 'ä']) {
      for (const padded of [text, text + 'x'.repeat(50), 'y'.repeat(39) + text]) {
        expect(list(padded).toJsonString()).to.equal(JSON.stringify([padded]))
        expect(dict({ [padded]: padded }).toJsonString()).to.equal(JSON.stringify({ [padded]: padded }))
      }
    }
  })

  it('names the place of a value that has no JSON form', () => {
    const cases: [unknown, RegExp][] = [
      [() => 1, /the value at 'value\.x\[1\]' has no JSON form: function values cannot be saved/],
      [new Date(Number.NaN), /Date values cannot be saved/],
      [Symbol('s'), /symbol values/],
      [class Unnamed {}, /function values/],
      [new Map(), /Map values/],
    ]
    for (const [value, words] of cases) {
      const tree = new Anything({ value: { x: [0, value] } })
      const error = refusal(() => tree.toJsonString(), JsonError, words)
      expect(error.path).to.equal('value.x[1]')
      refusal(() => JSON.stringify(tree), JsonError, words)
    }
  })

  it('writes every entry once, however deep the tags', () => {
    let deep = dict({ _type: 1 })
    for (let i = 0; i < 60; i++) deep = dict({ a: deep, _type: 'x' })
    expect(fromJson(deep.toJSON()).equals(deep)).to.equal(true)
  })

  it('writes what can be read back, and refuses what is nested too deeply for that', () => {
    const nest = (levels: number, wrap: (inner: Symbolic) => Symbolic): Symbolic => {
      let tree: Symbolic = list(1)
      for (let i = 0; i < levels; i++) tree = wrap(tree)
      return tree
    }
    const plain = nest(1000, inner => dict({ inner }))
    expect(fromJsonString(plain.toJsonString()).equals(plain)).to.equal(true)
    refusal(() => nest(1001, inner => dict({ inner })).toJsonString(), JsonError, /more than 1000 levels/)
    const sealed = nest(500, inner => list(inner).seal())
    expect(fromJsonString(sealed.toJsonString()).equals(sealed)).to.equal(true)
    refusal(() => nest(501, inner => list(inner).seal()).toJsonString(), JsonError, /more than 1000 levels/)
    expect(list(1).toJsonString()).to.equal('[1]')
  })

  it('writes long lists and dicts', () => {
    const long = list(...Array.from({ length: 5000 }, (_, i) => ({ i, text: `number ${i}` })))
    expect(long.toJsonString()).to.equal(JSON.stringify(long.toJS()))
    const wide = dict(Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`k${i}`, [i]])))
    expect(wide.toJsonString()).to.equal(JSON.stringify(wide.toJS()))
  })

  it('hides defaults and frozen fields on request, and reads back the same', () => {
    const point = new Framed({ x: 1, frames: [new Framed({ x: 2, y: 3, tags: ['a'] })] })
    const inner = { _type: 'json-out.Framed', x: 2, y: 3, kind: 'frame', tags: ['a'], frames: [] }
    expect(point.toJSON()).to.deep.equal({
      _type: 'json-out.Framed',
      x: 1,
      y: 0,
      kind: 'frame',
      tags: ['x'],
      frames: [inner],
    })
    const { kind: _, ...unfrozen } = inner
    expect(point.toJSON({ hideFrozen: true })).to.deep.equal({
      _type: 'json-out.Framed',
      x: 1,
      y: 0,
      tags: ['x'],
      frames: [unfrozen],
    })
    expect(point.toJsonString({ hideDefaults: true })).to.equal(
      '{"_type":"json-out.Framed","x":1,"frames":[{"_type":"json-out.Framed","x":2,"y":3,"tags":["a"]}]}',
    )
    expect(JSON.stringify({ hideDefaults: point })).to.equal(`{"hideDefaults":${point.toJsonString()}}`)
    const sealed = new Framed({ x: 1 }).seal('tags')
    expect(fromJson(sealed.toJSON({ hideDefaults: true }), Framed).tags.isSealed).to.equal(true)
    refusal(() => new Anything({ value: () => 1 }).toJsonString({ hideDefaults: true }), JsonError)
    expect(point.toJsonString()).to.equal(point.toJsonString({}))
  })

  it('hides nothing that would not come back', () => {
    fc.assert(
      fc.property(fc.oneof(anyTree(), sealedTree()), fc.boolean(), (tree, hideFrozen) => {
        const short = tree.toJsonString({ hideDefaults: true, hideFrozen })
        const read = fromJsonString(short)
        expect(read.toJsonString()).to.equal(tree.toJsonString())
        expect(tree.toJSON({ hideDefaults: true, hideFrozen })).to.deep.equal(JSON.parse(short))
      }),
      { numRuns: runs(300) },
    )
  })
})

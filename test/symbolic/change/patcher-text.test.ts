/** Patchers as text: the grammar, and values read by their fields. */

import { expect } from 'chai'
import fc from 'fast-check'
import { INVALID } from '../../../src/symbolic/change/missing.ts'
import {
  canBeText,
  readPatcherText,
  readValue,
  writeValue,
} from '../../../src/symbolic/change/patcher-text.ts'
import { type Field, f, SymError, SymList } from '../../../src/symbolic/index.ts'
import { runs } from '../../support/random.ts'
import { refusal } from '../../support/refusal.ts'

const read = (field: unknown, ...texts: string[]): unknown[] =>
  texts.map(text => {
    const value = readValue(field as Field, text)
    return value === INVALID ? 'INVALID' : value
  })

describe("a patcher's text", () => {
  it('has a name, and arguments with and without names', () => {
    expect(readPatcherText('widen')).to.deep.equal({ name: 'widen', args: [] })
    expect(readPatcherText('a.b-c/d?')).to.deep.equal({ name: 'a.b-c/d', args: [] })
    expect(readPatcherText('w?1&x=2&y=')).to.deep.equal({
      name: 'w',
      args: [
        [null, '1'],
        ['x', '2'],
        ['y', ''],
      ],
    })
  })

  it('is refused when it cannot be read', () => {
    refusal(() => readPatcherText(''), SymError, /^cannot read the patcher '': write a name, or/)
    refusal(() => readPatcherText('a b?x=1'), SymError, /cannot read the patcher 'a b\?x=1'/)
    refusal(() => readPatcherText('w?x=1&&y=2'), SymError, /an argument is missing at a '&'/)
    refusal(() => readPatcherText('w?%zz=1'), SymError, /two hexadecimal digits/)
  })
})

describe('the text of an argument', () => {
  it('is read by its field', () => {
    expect(read(f.int(), '3', '-3', '+3', '3.0', '', 'x', '1e3')).to.deep.equal([
      3,
      -3,
      3,
      'INVALID',
      'INVALID',
      'INVALID',
      'INVALID',
    ])
    expect(read(f.float(), '1', '-.5', '1e-3', '+2.', 'Infinity', 'NaN', '0x1', ' ')).to.deep.equal([
      1,
      -0.5,
      0.001,
      2,
      Number.POSITIVE_INFINITY,
      Number.NaN,
      'INVALID',
      'INVALID',
    ])
    expect(read(f.bool(), 'true', 'False', '1')).to.deep.equal([true, false, 'INVALID'])
    expect(read(f.string(), 'a%20b+c%26', '')).to.deep.equal(['a b+c&', ''])
    expect(read(f.enum('a', 3, null, true), 'a', '3', 'null', 'true', 'b')).to.deep.equal([
      'a',
      3,
      null,
      true,
      'INVALID',
    ])
    expect(read(f.int().nullable(), 'null', '1')).to.deep.equal([null, 1])
    expect(read(f.int(), 'null')).to.deep.equal(['INVALID'])
    expect(read(f.union(f.int(), f.bool()), '1', 'true', 'x')).to.deep.equal([1, true, 'INVALID'])
    expect(read(f.dict(), 'x')).to.deep.equal(['INVALID'])
  })

  it('is read as a list of what the element is', () => {
    expect(read(f.list(f.int()), '1,2', '', '5', '1,x')).to.deep.equal([[1, 2], [], [5], 'INVALID'])
    expect(read(f.list(f.string()), 'a%2Cb,c', ',', '["x",""]', '[x')).to.deep.equal([
      ['a,b', 'c'],
      ['', ''],
      ['x', ''],
      'INVALID',
    ])
    expect(read(f.list(f.any()), 'a,1', '{}')).to.deep.equal([['a', '1'], ['{}']])
    expect(read(f.list(f.int()), '[{}', '[1] ')).to.deep.equal(['INVALID', [1]])
    refusal(() => readValue(f.string(), '%'), SymError, /'%' must be followed by/)
  })

  it('exists for leaves, and for lists and unions of them', () => {
    const can = [
      f.bool(),
      f.int(),
      f.float(),
      f.string(),
      f.enum(1),
      f.any(),
      f.list(f.any()),
      f.union(f.int(), f.string()),
    ]
    const cannot = [f.dict(), f.list(f.list(f.int())), f.list(f.dict()), f.union(f.int(), f.dict())]
    expect(can.map(field => canBeText(field as Field))).to.deep.equal(can.map(() => true))
    expect(cannot.map(field => canBeText(field as Field))).to.deep.equal(cannot.map(() => false))
  })

  it('reads back to the value it was written for', () => {
    const texts = fc.string({ unit: 'grapheme', maxLength: 5 })
    const cases: fc.Arbitrary<[unknown, unknown]>[] = [
      fc.tuple(fc.constant(f.string()), texts),
      fc.tuple(fc.constant(f.int()), fc.maxSafeInteger()),
      fc.tuple(fc.constant(f.float()), fc.double()),
      fc.tuple(fc.constant(f.bool()), fc.boolean()),
      fc.tuple(fc.constant(f.list(f.string())), fc.array(texts, { maxLength: 3 })),
      fc.tuple(fc.constant(f.list(f.float())), fc.array(fc.double(), { maxLength: 3 })),
    ]
    fc.assert(
      fc.property(fc.oneof(...cases), ([field, value]) => {
        const expected = Array.isArray(value) ? value.map(positive) : positive(value)
        expect(readValue(field as Field, writeValue(value))).to.deep.equal(expected)
      }),
      { numRuns: runs(300) },
    )
    expect(writeValue(SymList.from(['a', 'b,c']))).to.equal('a,b%2Cc')
    expect(read(f.list(f.string()), writeValue(['']), writeValue([]))).to.deep.equal([[''], []])
  })
})

/** Minus zero is written as zero. */
const positive = (value: unknown): unknown => (value === 0 ? 0 : value)

/** Trees and values as text for people. */

import { expect } from 'chai'
import {
  FieldError,
  f,
  type Symbolic,
  SymDict,
  SymList,
  SymObject,
  SymTuple,
} from '../../../src/symbolic/index.ts'
import { show } from '../../../src/symbolic/view/format.ts'
import { Dense, smallModel } from '../../support/model.ts'
import { refusal } from '../../support/refusal.ts'

const dense = new Dense({ units: 3, name: `it's "x"` })

describe('format', () => {
  it('writes one line', () => {
    expect(dense.format()).to.equal(`Dense(name='it\\'s "x"', units=3, activation='relu')`)
    expect(SymDict.from({ a: [1, null, true], 'b c': {}, d: [] }).format()).to.equal(
      `{a: [1, null, true], 'b c': {}, d: []}`,
    )
    expect(
      SymList.from([5n, () => 1, Symbol('s'), new Map(), Number.NaN, -0] as unknown[]).format(),
    ).to.match(/^\[5n, function .*, Symbol\(s\), an instance of Map, NaN, 0\]$/)
    expect(SymTuple.from([1, [2], new Date(0), Uint8Array.of(1), Dense]).format()).to.equal(
      '(1, [2], Date(1970-01-01T00:00:00.000Z), Bytes(AQ==), support.Dense)',
    )
    expect(SymList.from(['\n\u0000']).format()).to.equal(`['\\n\\u0000']`)
  })

  it('writes several lines', () => {
    expect(SymDict.from({ a: [1, {}], b: dense.rebind({ name: '' }) }).format({ compact: false })).to.equal(
      [
        '{',
        '  a: [',
        '    1,',
        '    {},',
        '  ],',
        '  b: Dense(',
        "    name = '',",
        '    units = 3,',
        "    activation = 'relu',",
        '  ),',
        '}',
      ].join('\n'),
    )
    expect(SymList.empty.format({ compact: false })).to.equal('[]')
  })

  it('leaves out defaults and what is absent', () => {
    expect(new Dense({ units: 3 }).format({ hideDefaults: true })).to.equal('Dense(units=3)')
    expect(smallModel().format({ hideDefaults: true })).not.to.match(/rate|scores|extra|note=/)
  })

  it('leaves out what equals a default, also when it was given', () => {
    class Row extends SymObject.define('format.Row', { cells: f.list(f.int()).default([1]), n: f.int() }) {}
    expect(new Row({ cells: [1], n: 2 }).format({ hideDefaults: true })).to.equal('Row(n=2)')
    expect(new Row({ cells: [2], n: 2 }).format({ hideDefaults: true })).to.equal('Row(cells=[2], n=2)')
  })

  it('writes what is missing, unless asked not to', () => {
    const partial = Dense.partial({ name: 'x' })
    expect(partial.format()).to.equal("Dense(name='x', units=MISSING, activation='relu')")
    expect(partial.format({ hideMissing: true })).to.equal("Dense(name='x', activation='relu')")
    expect(partial.format({ hideDefaults: true })).to.equal("Dense(name='x', units=MISSING)")
  })

  it('explains the fields when asked to', () => {
    class Told extends SymObject.define('format.Told', {
      width: f.int().describe('Width of the output.\nIn cells.'),
      rest: f.list(f.object(Dense)).orEmpty(),
    }) {}
    expect(new Told({ width: 3 }).format({ compact: false, verbose: true })).to.equal(
      ['Told(', '  // Width of the output.', '  // In cells.', '  width = 3,', '  rest = [],', ')'].join(
        '\n',
      ),
    )
    expect(new Told({ width: 3 }).format({ verbose: true })).to.equal('Told(width=3, rest=[])')
  })

  it('is what toString gives', () => {
    expect(String(dense)).to.equal(dense.format())
    expect(`${SymList.from([1])}`).to.equal('[1]')
  })
})

describe('show', () => {
  it('gives any value in one short line', () => {
    const rows: [unknown, RegExp][] = [
      [undefined, /^nothing$/],
      [null, /^null$/],
      [5, /^5$/],
      ['x', /^'x'$/],
      ['x'.repeat(100), /^'x+…$/],
      [[1, 2], /^\[1,2\]$/],
      [{ a: 1 }, /^\{"a":1\}$/],
      [new Map(), /^an instance of Map$/],
      [dense, /^Dense\(/],
      [(a: number) => a, /^function/],
      [class Named {}, /^function Named$/],
      [5n, /^5$/],
    ]
    for (const [value, words] of rows) {
      expect(show(value)).to.match(words)
      expect(show(value).length).to.be.at.most(60)
    }
    expect(show('abcdef', 4)).to.equal(`'ab…`)
  })

  it('does not write out what is shared a million million times', () => {
    let one: Symbolic = SymDict.from({ x: 1 })
    for (let i = 0; i < 60; i++) one = SymDict.from({ a: one, b: [one] })
    expect(show(one)).to.match(/^\{a: \{a: .*…$/)
    expect(String(SymList.from([1, [2]]))).to.equal('[1, [2]]')
    const holder = SymDict.from({ d: dense })
    refusal(
      () => holder.rebind([['d.units', one]]),
      FieldError,
      /must be an integer of at least 1, got \{a: /,
    )
  })

  it('does not throw at hostile values', () => {
    const hostile = [
      {
        toJSON: () => {
          throw new Error('mine')
        },
      },
      [5n],
      Object.create(null),
    ]
    for (const value of hostile) expect(show(value)).to.be.a('string')
  })
})

/** Dates, bytes, big integers and classes as leaves of trees: copied in, read-only, and saved in a form of their own. */

import { expect } from 'chai'
import fc from 'fast-check'
import { dateFromText } from '../../../src/symbolic/fields/leaf.ts'
import {
  Bytes,
  compare,
  equals,
  fromJson,
  fromJsonString,
  hash,
  JsonError,
  SymDate,
  SymDict,
  SymError,
  SymList,
} from '../../../src/symbolic/index.ts'
import { Dense } from '../../support/model.ts'
import { refusal } from '../../support/refusal.ts'

const leaves = fc.oneof(
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ maxLength: 9 }),
  fc.bigInt(),
  fc.constant(Dense),
)

describe('leaves', () => {
  it('come back from JSON as they were, with their hash and their order', () => {
    fc.assert(
      fc.property(fc.array(leaves, { maxLength: 5 }), values => {
        const tree = SymList.from<unknown>(values)
        const again = fromJsonString(tree.toJsonString()) as SymList
        expect(again.equals(tree)).to.equal(true)
        expect(again.hash()).to.equal(tree.hash())
        expect(again.compare(tree)).to.equal(0)
      }),
    )
    fc.assert(
      fc.property(leaves, leaves, (a, b) => {
        expect(Math.sign(compare(a, b)) + Math.sign(compare(b, a))).to.equal(0)
        if (equals(a, b)) expect(hash(a)).to.equal(hash(b))
        expect(compare(a, b) === 0).to.equal(equals(a, b))
      }),
    )
  })

  it('have forms that say what they are', () => {
    const tree = SymDict.from({ at: new Date(0), raw: Uint8Array.of(0, 255), n: -5n, cls: Dense })
    expect(tree.toJSON()).to.deep.equal({
      at: { _type: 'espalier.Date', value: '1970-01-01T00:00:00.000Z' },
      raw: { _type: 'espalier.Bytes', value: 'AP8=' },
      n: { _type: 'espalier.BigInt', value: '-5' },
      cls: { _type: 'espalier.Class', value: 'support.Dense' },
    })
    expect((fromJson(tree.toJSON()) as typeof tree).at('cls')).to.equal(Dense)
    expect(tree.diff(tree.rebind({ at: new Date(1) }))).to.deep.equal([
      { op: 'replace', path: '/at', value: { _type: 'espalier.Date', value: '1970-01-01T00:00:00.001Z' } },
    ])
  })

  it('are refused in forms that are none', () => {
    const forms: [string, unknown][] = [
      ['espalier.Date', '2020-02-30T00:00:00Z'],
      ['espalier.Date', '2020-01-01'],
      ['espalier.Date', 'now'],
      ['espalier.Date', 5],
      ['espalier.Bytes', 'A'],
      ['espalier.Bytes', 'AP8'],
      ['espalier.Bytes', null],
      ['espalier.BigInt', '0x10'],
      ['espalier.BigInt', ''],
      ['espalier.BigInt', '1'.repeat(20_000)],
    ]
    for (const [_type, value] of forms) {
      refusal(() => fromJson([{ _type, value }]), SymError, /^JSON\[0\] is not a valid espalier\.\w+$/)
    }
    refusal(
      () => fromJson([{ _type: 'espalier.Class', value: 'nobody.Knows' }]),
      JsonError,
      /'nobody\.Knows' is not/,
    )
    refusal(() => fromJson([{ _type: 'espalier.Class', value: '__proto__' }]), JsonError, /is not registered/)
  })

  it('are read-only', () => {
    const given = new Date(0)
    const list = SymList.from<unknown>([given, Uint8Array.of(1)])
    const date = list.at(0) as Date
    given.setFullYear(1999)
    expect(date).to.be.instanceOf(SymDate)
    expect(date.getTime()).to.equal(0)
    for (const name of ['setTime', 'setFullYear', 'setUTCHours', 'setYear'] as const) {
      expect(() => (date as unknown as Record<string, (n: number) => void>)[name]?.(1)).to.throw(
        TypeError,
        name,
      )
    }
    expect(new Date(date).setTime(5)).to.equal(5)
    const bytes = list.at(1) as Bytes
    bytes.toUint8Array()[0] = 7
    expect([...bytes, bytes.length, bytes.at(-1), bytes.at(5)]).to.deep.equal([1, 1, 1, undefined])
    expect(list.rebind([['[0]', new Date(0)]])).to.equal(list)
    expect(list.rebind([['[1]', Uint8Array.of(1)]])).to.equal(list)
    expect(list.transform((path, value) => (path.key === 0 ? new Date(0) : value))).to.equal(list)
  })

  it('know bytes by their own class', () => {
    const bytes = Bytes.from([1, 2, 300])
    expect(bytes.toString()).to.equal('Bytes(AQIs)')
    expect(Bytes.from(bytes)).to.equal(bytes)
    expect(bytes.equals(Bytes.fromBase64('AQIs'))).to.equal(true)
    expect(Bytes.fromBase64('?')).to.equal(null)
    expect(Bytes.from([1]).compare(Bytes.from([1, 0]))).to.be.lessThan(0)
  })

  it('read dates of the calendar only', () => {
    expect(dateFromText('2020-02-29T12:30:00.5Z')?.toISOString()).to.equal('2020-02-29T12:30:00.500Z')
    expect(dateFromText('2020-02-29T12:30+02:00')?.toISOString()).to.equal('2020-02-29T10:30:00.000Z')
    expect(dateFromText('+010000-01-01T00:00:00Z')).not.to.equal(null)
    for (const text of ['2019-02-29T00:00:00Z', '2019-13-01T00:00:00Z', '2019-01-01T00:00:00', '2019']) {
      expect(dateFromText(text), text).to.equal(null)
    }
  })
})

/** How JSON is being read right now: options that end with the reading, and scopes that go along with later work. */

import { expect } from 'chai'
import {
  f,
  fromJson,
  JsonError,
  register,
  SymDict,
  SymObject,
  UnknownObject,
} from '../../../src/symbolic/index.ts'
import {
  keepsUnknown,
  reading,
  readOptions,
  scoped,
  typesInScope,
} from '../../../src/symbolic/json/reading.ts'
import { refusal } from '../../support/refusal.ts'

describe('reading', () => {
  it('has options while it lasts, whatever happens', () => {
    expect(keepsUnknown()).to.equal(false)
    expect(reading({ unknown: 'keep' }, keepsUnknown)).to.equal(true)
    expect(reading({ unknown: 'keep' }, () => reading(undefined, keepsUnknown))).to.equal(false)
    expect(() =>
      reading({ unknown: 'keep' }, () => {
        throw new Error('stop')
      }),
    ).to.throw('stop')
    expect(readOptions()).to.deep.equal({})
  })

  it('does not pass its options on to what hooks read', () => {
    class Curious extends SymObject.define('reading.Curious', { text: f.string() }) {
      onBound(): void {
        fromJson({ a: { _type: this.text } })
      }
    }
    register(Curious)
    const data = { _type: 'reading.Curious', text: 'reading.Nothing' }
    refusal(() => fromJson([data], { unknown: 'keep' }), JsonError, /'reading\.Nothing' is not registered/)
    const other = { _type: 'reading.Curious', text: 'reading.Curious2' }
    refusal(() => fromJson([{ _type: 'reading.X' }, other], { unknown: 'keep' }), JsonError)
    const kept = fromJson([{ _type: 'reading.X' }, { _type: 'reading.Y' }], { unknown: 'keep' })
    expect(kept.get('[1]' as never)).to.be.instanceOf(UnknownObject)
  })

  it('has scopes of types that outlast the call', async () => {
    const types = new Map()
    expect(typesInScope()).to.equal(null)
    const inside = await scoped(types, async () => {
      await Promise.resolve()
      return typesInScope()
    })
    expect(inside).to.equal(types)
    expect(typesInScope()).to.equal(null)
    expect(SymDict.from({ a: 1 }).size).to.equal(1)
  })
})

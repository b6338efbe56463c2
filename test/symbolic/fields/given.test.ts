/** Values as they are given: stored or not, plain or not, and transformed. */

import { expect } from 'chai'
import { Failed, isRecord, isStored, transformed, UNCHANGED } from '../../../src/symbolic/fields/given.ts'
import { f, MISSING, SymList } from '../../../src/symbolic/index.ts'

describe('given values', () => {
  it('are stored only when the room made them', () => {
    expect(isStored(SymList.from([1])._g)).to.equal(true)
    for (const value of [[], [1, 2], [null, 0], {}, null, 'x']) expect(isStored(value)).to.equal(false)
  })

  it('are records when they are plain', () => {
    expect(isRecord({})).to.equal(true)
    expect(isRecord(Object.create(null))).to.equal(true)
    for (const value of [[], null, new Date(), new (class A {})(), 5]) expect(isRecord(value)).to.equal(false)
  })

  it('become what a transform makes of them, unless they are none of its business', () => {
    const field = f
      .int()
      .transform((n: number) => n + 1)
      .nullable()
    expect(transformed(field, 1)).to.equal(2)
    for (const value of [undefined, null, MISSING]) expect(transformed(field, value)).to.equal(UNCHANGED)
    const failing = f.int().transform(() => {
      throw new Error('no')
    })
    expect(transformed(failing, 1)).to.be.instanceOf(Failed)
  })
})

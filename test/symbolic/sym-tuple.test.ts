/** `SymTuple` by itself; what fields make of it is in `tuple.test.ts`. */

import { expect } from 'chai'
import { FieldError, SymDict, SymList, SymTuple } from '../../src/symbolic/index.ts'
import { refusal } from '../support/refusal.ts'

describe('SymTuple', () => {
  it('is made of any values, which become lists and dicts as elsewhere', () => {
    const tuple = SymTuple.from([1, [2], { a: 3 }])
    expect(tuple.at(1)).to.be.instanceOf(SymList)
    expect(tuple.at(2)).to.be.instanceOf(SymDict)
    expect(tuple.toString()).to.equal('(1, [2], {a: 3})')
    expect(SymTuple.from(new Set([1, 2]))).to.have.length(2)
    refusal(() => SymTuple.from([undefined]), FieldError, /tuple\[0\] must be a value/)
    expect(() => new (SymTuple as unknown as new () => unknown)()).to.throw(TypeError, 'SymList.from')
  })

  it('is a list to read and to change', () => {
    const tuple = SymTuple.from([1, 2, 3])
    expect(tuple.map(n => n * 2)).to.deep.equal([2, 4, 6])
    const next = tuple.rebind([['[0]', 9]])
    expect(next).to.be.instanceOf(SymTuple)
    expect(next.toArray()).to.deep.equal([9, 2, 3])
    expect(tuple.clone().equals(tuple)).to.equal(true)
    expect(tuple.seal().isSealed).to.equal(true)
    expect(tuple.seal()).to.be.instanceOf(SymTuple)
  })
})

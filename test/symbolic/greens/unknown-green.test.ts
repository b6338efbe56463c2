/** What is stored for unknown objects. */

import { expect } from 'chai'
import { specOf } from '../../../src/symbolic/class-spec.ts'
import { withSeal } from '../../../src/symbolic/greens/spec.ts'
import { isUnknownSpec, unknownGreen, unknownParts } from '../../../src/symbolic/greens/unknown-green.ts'
import { SymDict, UnknownObject } from '../../../src/symbolic/index.ts'

describe('unknown greens', () => {
  it('hold a type name and a dict, under the spec of their class', () => {
    const data = SymDict.from({ a: 1 })._g
    const green = unknownGreen('a.B', data)
    expect(unknownParts(green)).to.deep.equal(['a.B', data])
    expect(green[0]).to.equal(specOf(UnknownObject))
    expect([isUnknownSpec(green[0]), isUnknownSpec(withSeal(green[0], true))]).to.deep.equal([true, true])
    expect(isUnknownSpec(data[0])).to.equal(false)
  })
})

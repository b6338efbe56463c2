/** Reading: what stands at a path, and what does not. */

import { expect } from 'chai'
import { NOTHING, readPath, slotOf } from '../../src/symbolic/read.ts'
import { FIRST } from '../../src/symbolic/spec.ts'
import { stepsOf } from '../../src/symbolic/steps.ts'
import { smallModel } from '../support/model.ts'

describe('read', () => {
  it('knows absent from undefined', () => {
    const model = smallModel()
    expect(readPath(model, stepsOf('note'))).to.equal(undefined)
    expect(readPath(model, stepsOf('nope'))).to.equal(NOTHING)
    expect(readPath(model, stepsOf('note.x'))).to.equal(NOTHING)
    expect(slotOf(model._g, 0)).to.equal(0)
    expect(slotOf(model.tags._g, 9)).to.be.lessThan(FIRST)
  })
})

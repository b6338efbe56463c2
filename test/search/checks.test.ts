import { expect } from 'chai'
import { needInteger } from '../../src/search/checks.ts'
import { SpaceError, StudyError } from '../../src/search/errors.ts'

describe('needInteger', () => {
  it('lets through what is not there, and integers that are large enough', () => {
    for (const value of [undefined, 2, 3, Number.MAX_SAFE_INTEGER]) needInteger('size', value, 2)
  })

  it('names the option, the value and what was expected', () => {
    expect(() => needInteger('size', 1, 2)).to.throw(
      SpaceError,
      'size must be an integer of at least 2, got 1',
    )
    expect(() => needInteger('size', 2.5, 2, StudyError)).to.throw(StudyError, 'got 2.5')
    for (const value of [Number.NaN, 2 ** 60, '3' as never, null as never]) {
      expect(() => needInteger('size', value, 2)).to.throw(SpaceError, `got ${value}`)
    }
  })
})

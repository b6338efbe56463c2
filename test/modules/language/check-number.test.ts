import { expect } from 'chai'
import { checkNumber } from '../../../src/modules/language/check-number.ts'

describe('checkNumber', () => {
  it('lets numbers in range pass, and what is left to the default', () => {
    checkNumber('calls', 0, { min: 0 })
    checkNumber('calls', undefined, { min: 0 })
  })

  it('names the option, the value and the range', () => {
    expect(() => checkNumber('calls', -1, { min: 0 })).to.throw(
      RangeError,
      'calls must be a number of at least 0, got -1',
    )
    expect(() => checkNumber('calls', 1.5, { min: 1, isInteger: true })).to.throw(
      RangeError,
      'calls must be a whole number of at least 1, got 1.5',
    )
    expect(() => checkNumber('calls', Number.NaN, { min: 0 })).to.throw(RangeError, 'got NaN')
    expect(() => checkNumber('calls', '7' as never, { min: 0 })).to.throw(RangeError, 'got 7')
  })
})

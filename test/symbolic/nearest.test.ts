/** Did you mean. */

import { expect } from 'chai'
import { nearest } from '../../src/symbolic/nearest.ts'

describe('nearest', () => {
  const names = ['units', 'name', 'activation', 'x']

  it('is the name that was meant', () => {
    expect(nearest('unit', names)).to.equal('units')
    expect(nearest('Units', names)).to.equal('units')
    expect(nearest('nmae', ['name', 'units'])).to.equal(null)
    expect(nearest('activaton', names)).to.equal('activation')
    expect(nearest('y', names)).to.equal('x')
    expect(nearest('ACTIVATION', names)).to.equal('activation')
  })

  it('is none when none is near', () => {
    expect(nearest('something else', names)).to.equal(null)
    expect(nearest('', [])).to.equal(null)
    expect(nearest('abc', [])).to.equal(null)
  })

  it('is quick for long names', () => {
    const long = 'x'.repeat(100_000)
    expect(nearest(long, names)).to.equal(null)
  })
})

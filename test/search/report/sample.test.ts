import { expect } from 'chai'
import { sampled } from '../../../src/search/report/sample.ts'

const items = Array.from({ length: 1000 }, (_, i) => i)

describe('sampled', () => {
  it('gives the same items when they are few', () => {
    expect(sampled(items, 1000)).to.equal(items)
  })

  it('spreads over all of them, from the first on', () => {
    expect(sampled(items, 4)).to.deep.equal([0, 250, 500, 750])
    expect(sampled(items, 300)).to.have.length(300)
  })

  it('keeps what is needed, in order', () => {
    expect(sampled(items, 2, item => item === 7 || item === 999)).to.deep.equal([0, 7, 500, 999])
  })
})

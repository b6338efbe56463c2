import { expect } from 'chai'
import fc from 'fast-check'
import { place, rangeOf, sturdyRange, ticks } from '../../../src/search/report/scale.ts'

describe('ticks', () => {
  it('are round', () => {
    expect(ticks({ min: 0, max: 1 })).to.deep.equal([0, 0.2, 0.4, 0.6, 0.8, 1])
    expect(ticks({ min: -3.2, max: 17 })).to.deep.equal([0, 5, 10, 15])
    expect(ticks({ min: 0.94, max: 0.951 })).to.deep.equal([0.94, 0.942, 0.944, 0.946, 0.948, 0.95])
  })

  it('are few, and within any range', () => {
    const number = fc.double({ noNaN: true, noDefaultInfinity: true })
    fc.assert(
      fc.property(number, number, (a, b) => {
        const range = { min: Math.min(a, b), max: Math.max(a, b) }
        const found = ticks(range)
        expect(found.length).to.be.at.most(50)
        for (const tick of found) expect(tick).to.be.within(range.min, range.max)
      }),
    )
  })
})

describe('a place', () => {
  it('is as far between the ends as the value', () => {
    expect(place(2.5, { min: 0, max: 10 }, 100, 0)).to.equal(75)
    expect(place(-5, { min: 0, max: 10 }, 100, 0)).to.equal(100)
    expect(place(4, { min: 4, max: 4 }, 0, 10)).to.equal(5)
    expect(place(0, { min: -1e308, max: 1e308 }, 0, 10)).to.equal(5)
  })
})

describe('a range', () => {
  it('has room around what it holds', () => {
    expect(rangeOf([0, 10], 0.1)).to.deep.equal({ min: -1, max: 11 })
    expect(rangeOf([5])).to.deep.equal({ min: 4.5, max: 5.5 })
    expect(rangeOf([0])).to.deep.equal({ min: -1, max: 1 })
    expect(rangeOf([])).to.deep.equal({ min: 0, max: 1 })
  })

  it('leaves out the worst when they are far off, and the best never', () => {
    const values = [...Array.from({ length: 20 }, (_, i) => i / 20), -1e9]
    const { min, max } = sturdyRange(values, 1)
    expect(min).to.be.within(-3, 0)
    expect(max).to.be.within(0.95, 1)
    expect(sturdyRange(values, -1).min).to.be.at.most(-1e9)
    expect(sturdyRange([1, 2, -1e9], 1).min).to.be.at.most(-1e9)
  })
})

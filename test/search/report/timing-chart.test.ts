import { expect } from 'chai'
import type { Timing } from '../../../src/search/report/timing.ts'
import { timingSection } from '../../../src/search/report/timing-chart.ts'

const timing: Timing = {
  trials: 3,
  from: 1000,
  to: 61_000,
  total: 60_000,
  busy: 30_000,
  mean: 2,
  most: 2,
  median: 20_000,
  p90: 30_000,
  longest: 30_000,
  loads: [
    { at: 1000, count: 2 },
    { at: 31_000, count: 0 },
    { at: 61_000, count: 0 },
  ],
}

describe('the time', () => {
  it('says how much of it was used', () => {
    const text = timingSection(timing)?.text ?? ''
    expect(text).to.contain('30.0 s (50 % of it)').and.contain('2 on average while evaluating, 2 at most')
    expect(text).to.contain('1970-01-01 00:01 UTC').and.contain('seconds since the first trial was begun')
  })

  it('draws how many were evaluated at once', () => {
    const [, path = ''] = /<path class="load" d="([^"]+)"/.exec(timingSection(timing)?.text ?? '') ?? []
    const heights = [...path.matchAll(/V([\d.]+)H/g)].map(([, y]) => Number(y))
    expect(heights).to.have.length(300)
    // All the way up in the first half, at the bottom in the second.
    expect(new Set(heights.slice(0, 150))).to.deep.equal(new Set([16]))
    expect(new Set(heights.slice(150))).to.deep.equal(new Set([126]))
  })

  it('is not there where nothing is known, and has no chart of a moment', () => {
    expect(timingSection(null)).to.equal(null)
    const moment = { ...timing, to: 1000, busy: 0, loads: [{ at: 1000, count: 0 }] }
    expect(timingSection(moment)?.text).not.to.contain('<svg')
  })
})

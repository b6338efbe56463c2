import { expect } from 'chai'
import type { ReportData } from '../../../src/search/report/report-data.ts'
import { timingOf } from '../../../src/search/report/timing.ts'

/** Trials that were answered at a moment, after some milliseconds. */
const answered = (...times: readonly (readonly [at: number, ms: number])[]): ReportData =>
  ({ trials: times.map(([answeredAt, ms]) => ({ course: { answeredAt, ms } })) }) as unknown as ReportData

describe('timing', () => {
  it('knows what was evaluated at once, and when nothing was', () => {
    //  |-----1-----|        |-3-|
    //      |----2-----|
    const timing = timingOf(answered([110, 10], [115, 10], [140, 20]))
    expect(timing).to.deep.include({
      trials: 3,
      from: 100,
      to: 140,
      total: 40,
      busy: 35,
      mean: 40 / 35,
      most: 2,
      median: 10,
      longest: 20,
    })
    expect(timing?.loads).to.deep.equal([
      { at: 100, count: 1 },
      { at: 105, count: 2 },
      { at: 110, count: 1 },
      { at: 115, count: 0 },
      { at: 120, count: 1 },
      { at: 140, count: 0 },
    ])
  })

  it('sees trials one after the other, though answers come at whole milliseconds', () => {
    expect(timingOf(answered([110, 10], [120, 10.7], [130, 10.2]))?.most).to.equal(1)
  })

  it('is null where nothing has a time, and counts what took none', () => {
    expect(timingOf(answered())).to.equal(null)
    expect(timingOf({ trials: [{ course: {} }] } as unknown as ReportData)).to.equal(null)
    expect(timingOf(answered([100, 0]))).to.deep.include({ busy: 0, mean: 1, most: 1, from: 100, to: 100 })
  })
})

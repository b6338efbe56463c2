import { expect } from 'chai'
import {
  countText,
  durationText,
  momentText,
  numberText,
  percentText,
  quantile,
} from '../../../src/search/report/numbers.ts'

describe('numbers in words', () => {
  it('have about four digits', () => {
    const texts = [0, 7, 12345, -3.25179, 0.00012345, 1234.5678, 1.5e-7, 2e12, -0.5].map(each =>
      numberText(each),
    )
    expect(texts).to.deep.equal([
      '0',
      '7',
      '12,345',
      '−3.252',
      '0.0001234',
      '1,235',
      '1.5e-7',
      '2e12',
      '−0.5',
    ])
    expect(numberText(0.123456789, 6)).to.equal('0.123457')
    expect(
      [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map(each => numberText(each)),
    ).to.deep.equal(['none', '∞', '−∞'])
  })

  it('tell times in two units', () => {
    const times = [0.25, 85, 999.7, 4200, 59_960, 200_000, 7_500_000, 273_600_000]
    expect(times.map(durationText)).to.deep.equal([
      '0.25 ms',
      '85 ms',
      '1.0 s',
      '4.2 s',
      '1 min',
      '3 min 20 s',
      '2 h 5 min',
      '3 d 4 h',
    ])
    expect(momentText(Date.UTC(2026, 0, 2, 3, 4, 59))).to.equal('2026-01-02 03:04 UTC')
  })

  it('tell shares and counts', () => {
    expect([0, 0.0312, 0.0996, 1].map(percentText)).to.deep.equal(['0.0 %', '3.1 %', '10 %', '100 %'])
    expect([countText(1, 'trial'), countText(2000, 'trial')]).to.deep.equal(['1 trial', '2,000 trials'])
  })

  it('lie between others', () => {
    expect([0, 0.5, 0.75, 1].map(part => quantile([1, 2, 3, 10], part))).to.deep.equal([1, 2.5, 4.75, 10])
    expect(quantile([], 0.5)).to.deep.equal(Number.NaN)
  })
})

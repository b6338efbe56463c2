import { expect } from 'chai'
import { benchmarkReward, edits, errorOf } from '../../../examples/psb/errors.ts'

describe('the errors of the benchmark', () => {
  it('count edits of texts and lists', () => {
    expect(edits('', '')).to.equal(0)
    expect(edits('kitten', 'sitting')).to.equal(3)
    expect(edits([1, 2, 3], [2, 3, 4])).to.equal(2)
    expect(edits('a'.repeat(40), 'b'.repeat(40))).to.equal(13)
    expect(edits('', 'b'.repeat(40))).to.equal(40)
  })

  it('are as far as a number is off, to the places that count', () => {
    expect(errorOf(1.25, 1)).to.equal(0.25)
    expect(errorOf(1.000_04, 1, 4)).to.equal(0)
    expect(errorOf(1.000_06, 1, 4)).to.equal(0.0001)
    expect(errorOf('1', 1)).to.equal(Number.POSITIVE_INFINITY)
    expect(errorOf(undefined, '')).to.equal(Number.POSITIVE_INFINITY)
    expect([errorOf(true, true), errorOf(false, true)]).to.deep.equal([0, 1])
  })

  it('make a reward of 1 for what is right alone', async () => {
    const reward = benchmarkReward()
    expect(await reward({ a: 1, b: 'x' }, { a: 1, b: 'x' })).to.equal(1)
    expect(await reward({ a: 2, b: 'x' }, { a: 1, b: 'x' })).to.equal(0.75)
    expect(await reward({}, { a: 1 })).to.equal(0)
  })
})

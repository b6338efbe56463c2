import { expect } from 'chai'
import { type Sample, SampleSource, samplesOf, splitSamples } from '../../../src/modules/index.ts'

const samples: Sample[] = Array.from({ length: 200 }, (_, x) => ({ inputs: x, outputs: x * x }))
const source = samplesOf(samples)

describe('SampleSource', () => {
  it('starts again each time through', async () => {
    let opened = 0
    const counted = new SampleSource(() => {
      opened++
      return samples
    })
    expect(await counted.limit(3).collect()).to.deep.equal(samples.slice(0, 3))
    expect(await counted.collect()).to.deep.equal(samples)
    expect(opened).to.equal(2)
  })

  it('reads no more than is asked for, and lets go of what it reads', async () => {
    let given = 0
    let closed = 0
    const endless = new SampleSource(async function* () {
      try {
        for (;;) yield { inputs: given++, outputs: 0 }
      } finally {
        closed++
      }
    })
    expect(
      await endless
        .filter(({ inputs }) => Number(inputs) % 2 === 1)
        .limit(2)
        .collect(),
    ).to.have.length(2)
    expect([given, closed]).to.deep.equal([4, 1])
    expect(await endless.limit(0).collect()).to.deep.equal([])
    let error: unknown
    await endless.collect({ max: 5 }).catch(thrown => (error = thrown))
    expect(error).to.be.instanceOf(RangeError)
  })

  it('splits as splitSamples does', async () => {
    const weights = { train: 6, validation: 2, test: 2 }
    const parts = source.split(weights, 'seed')
    const expected = splitSamples(samples, weights, 'seed')
    expect(await parts.train.collect()).to.deep.equal(expected.train)
    expect(await parts.validation.collect()).to.deep.equal(expected.validation)
    expect(await parts.test.collect()).to.deep.equal(expected.test)
    expect(() => source.split({}, 1)).to.throw(RangeError)
  })

  it('changes and repeats samples', async () => {
    const doubled = source
      .limit(2)
      .map(({ inputs }) => ({ inputs, outputs: Number(inputs) * 2 }))
      .repeat(2)
    expect((await doubled.collect()).map(({ outputs }) => outputs)).to.deep.equal([0, 0, 2, 2])
  })

  it('shuffles by seed, the same each time through', async () => {
    const shuffled = source.shuffle(1)
    const first = await shuffled.collect()
    expect(first).to.have.members(samples)
    expect(first).not.to.deep.equal(samples)
    expect(await shuffled.collect()).to.deep.equal(first)
    expect(await source.shuffle(2).collect()).not.to.deep.equal(first)
  })

  it('holds only so many samples when it shuffles', async () => {
    const shuffled = await source.shuffle(1, { buffer: 10 }).collect()
    expect(shuffled).to.have.members(samples)
    const early = shuffled.filter(({ inputs }, place) => Number(inputs) > place + 10)
    expect(early).to.deep.equal([])
  })
})

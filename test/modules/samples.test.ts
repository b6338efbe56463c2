import { expect } from 'chai'
import fc from 'fast-check'
import { drawBatch, type Sample, splitSamples } from '../../src/modules/index.ts'
import { splitBy } from '../../src/modules/samples.ts'

const samples: Sample[] = Array.from({ length: 1000 }, (_, x) => ({ inputs: { x }, outputs: x * x }))
const weights = { train: 8, validation: 1, test: 1 }

describe('splitSamples', () => {
  it('puts every sample into one part, nearly as large as asked for', () => {
    const { train, validation, test } = splitSamples(samples, weights, 7)
    expect([...train, ...validation, ...test]).to.have.members(samples)
    expect(train.length).to.be.within(760, 840)
    expect(test.length).to.be.within(70, 130)
  })

  it('keeps a sample where it is when others come and go', () => {
    const whole = splitSamples(samples, weights, 7)
    const half = splitSamples(samples.slice(500).reverse(), weights, 7)
    expect(whole.test).to.include.members(half.test)
    expect(whole.train).to.include.members(half.train)
  })

  it('goes by the content of a sample, so that equal ones are never on two sides', () => {
    const copies = samples
      .slice(0, 50)
      .map(({ inputs, outputs }) => ({ outputs, inputs: { ...(inputs as object) } }))
    const { train, test } = splitSamples([...samples.slice(0, 50), ...copies], { train: 1, test: 1 }, 'a')
    const text = (sample: Sample) => JSON.stringify(sample.inputs)
    const inTest = new Set(test.map(text))
    expect(train.some(sample => inTest.has(text(sample)))).to.equal(false)
    expect(test.length % 2).to.equal(0)
  })

  it('differs by seed', () => {
    const test = (seed: number | string) => splitSamples(samples, weights, seed).test
    expect(test(1)).to.deep.equal(test(1))
    expect(test(1)).not.to.deep.equal(test('1'))
  })

  it('asks for weights', () => {
    expect(() => splitSamples(samples, {}, 1)).to.throw(RangeError, 'not all 0')
    expect(() => splitSamples(samples, { train: -1, test: 2 }, 1)).to.throw(RangeError)
    expect(splitSamples(samples, { test: 1 }, 1).train).to.deep.equal([])
  })
})

describe('splitBy', () => {
  it('says where a sample goes, as splitSamples does', () => {
    const partOf = splitBy(weights, 7)
    const { test } = splitSamples(samples, weights, 7)
    expect(samples.filter(sample => partOf(sample) === 'test')).to.deep.equal(test)
  })

  it('keeps the samples of a group together', () => {
    const partOf = splitBy({ train: 1, test: 1 }, 3)
    const partsOf = (group: string) => new Set(samples.map(sample => partOf({ ...sample, group })))
    const parts = Array.from({ length: 20 }, (_, i) => partsOf(`task ${i}`))
    expect(parts.map(each => each.size)).to.deep.equal(parts.map(() => 1))
    expect(new Set(parts.flatMap(each => [...each]))).to.deep.equal(new Set(['train', 'test']))
  })
})

describe('drawBatch', () => {
  it('draws samples without repeats, in their old order, by seed and generation', () => {
    fc.assert(
      fc.property(
        fc.nat(20),
        fc.integer({ min: 1, max: 25 }),
        fc.string(),
        fc.nat(),
        (count, size, seed, generation) => {
          const all = Array.from({ length: count }, (_, i) => i)
          const batch = drawBatch(all, size, seed, generation)
          expect(batch).to.have.length(Math.min(size, count))
          expect([...batch].sort((a, b) => a - b)).to.deep.equal(batch)
          expect(new Set(batch).size).to.equal(batch.length)
          expect(drawBatch(all, size, seed, generation)).to.deep.equal(batch)
        },
      ),
    )
  })

  it('is the array itself when all are asked for', () => {
    expect(drawBatch(samples, undefined, 1, 0)).to.equal(samples)
    expect(drawBatch(samples, 1000, 1, 0)).to.equal(samples)
  })

  it('differs from generation to generation', () => {
    expect(drawBatch(samples, 5, 1, 0)).not.to.deep.equal(drawBatch(samples, 5, 1, 1))
  })
})

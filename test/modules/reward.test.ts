import { expect } from 'chai'
import fc from 'fast-check'
import { eachKey, exactMatch, numericCloseness } from '../../src/modules/index.ts'
import { sameJson } from '../../src/modules/reward.ts'
import type { Json } from '../../src/runtime/index.ts'

const anyJson = fc.jsonValue() as fc.Arbitrary<Json>

describe('exactMatch', () => {
  it('is 1 for equal outputs, whatever the order of keys, and else 0', () => {
    const reward = exactMatch()
    expect(reward({ a: [1], b: null }, { b: null, a: [1] })).to.equal(1)
    expect(reward({ a: [1] }, { a: [1], b: null })).to.equal(0)
    expect(reward(0, false)).to.equal(0)
    expect(reward([], {})).to.equal(0)
    expect(reward({}, {})).to.equal(1)
  })
})

describe('numericCloseness', () => {
  it('falls with the distance', () => {
    const reward = numericCloseness()
    expect([3, 4, 6].map(y => reward({ y }, { y: 3 }))).to.deep.equal([1, 0.5, 0.25])
    expect(numericCloseness({ scale: 3 })({ y: 6 }, { y: 3 })).to.equal(0.5)
  })

  it('averages over what either side holds', () => {
    const reward = numericCloseness()
    expect(reward([1, 2], [1])).to.equal(0.5)
    expect(reward({ a: 1 }, { b: 1 })).to.equal(0)
    expect(reward({ a: 'x', b: 1 }, { a: 'x', b: 2 })).to.equal(0.75)
    expect(reward({ a: [] }, { a: {} })).to.equal(0)
    expect(reward({}, { a: 1 })).to.equal(0)
    expect(reward([], [])).to.equal(1)
  })

  it('is from 0 to 1, and 1 for equal outputs alone', () => {
    const reward = numericCloseness()
    fc.assert(
      fc.property(anyJson, anyJson, (a, b) => {
        const given = reward(a, b) as number
        expect(given).to.be.within(0, 1)
        expect(reward(a, a)).to.equal(1)
      }),
    )
  })

  it('asks for a scale above 0', () => {
    expect(() => numericCloseness({ scale: 0 })).to.throw(RangeError)
  })
})

describe('eachKey', () => {
  it('gives credit for every output that is right', async () => {
    const reward = eachKey()
    expect(await reward({ a: 1, b: 2 }, { a: 1, b: 2 })).to.equal(1)
    expect(await reward({ a: 1, b: 2 }, { a: 1, b: 3 })).to.equal(0.5)
    expect(await reward({ a: 1 }, { a: 1, b: 3 })).to.equal(0.5)
    expect(await reward({ a: 1, c: 2 }, { a: 1 })).to.equal(0.5)
    expect(await reward({}, {})).to.equal(1)
  })

  it('asks the reward it is given, also for what is no record', async () => {
    const close = eachKey(numericCloseness())
    expect(await close({ a: 3, b: 1 }, { a: 4, b: 1 })).to.equal(0.75)
    expect(await close(3, 4)).to.equal(0.5)
    expect(await eachKey()([1], [1])).to.equal(1)
  })
})

describe('sameJson', () => {
  it('agrees with text', () => {
    fc.assert(
      fc.property(anyJson, anyJson, (a, b) => {
        expect(sameJson(a, structuredClone(a) as Json)).to.equal(true)
        if (JSON.stringify(a) === JSON.stringify(b)) expect(sameJson(a, b)).to.equal(true)
      }),
    )
  })

  it('goes by own keys', () => {
    expect(sameJson(JSON.parse('{"__proto__":1}'), { a: 1 })).to.equal(false)
    expect(sameJson({ constructor: 1 } as unknown as Json, { a: 1 })).to.equal(false)
  })
})

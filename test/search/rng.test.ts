import { expect } from 'chai'
import fc from 'fast-check'
import { Rng, SpaceError } from '../../src/search/index.ts'

const words = (rng: Rng, count: number): number[] => Array.from({ length: count }, () => rng.word())

describe('Rng', () => {
  it('gives recorded numbers for a seed', () => {
    expect(words(Rng.from(1), 4)).to.deep.equal(RECORDED_ONE)
    expect(words(Rng.from('one'), 4)).to.deep.equal(RECORDED_TEXT)
    expect(words(Rng.from(1).split('child'), 4)).to.deep.equal(RECORDED_CHILD)
  })

  it('tells seeds apart, also a number from its text', () => {
    const firsts = [Rng.from(1), Rng.from('1'), Rng.from(2), Rng.from(-1), Rng.from(0.5), Rng.from('')].map(
      rng => rng.word(),
    )
    expect(new Set(firsts).size).to.equal(firsts.length)
  })

  it('splits by name, whatever was drawn before', () => {
    const rng = Rng.from(3)
    const before = words(rng.split('a'), 3)
    words(rng, 10)
    expect(words(rng.split('a'), 3)).to.deep.equal(before)
    expect(words(rng.split('b'), 3)).not.to.deep.equal(before)
    expect(words(rng.split('a').split('a'), 3)).not.to.deep.equal(before)
  })

  it('goes on from its state after JSON, and still splits alike', () => {
    const rng = Rng.from('state')
    words(rng, 5)
    const again = Rng.fromState(JSON.parse(JSON.stringify(rng)))
    expect(words(again, 5)).to.deep.equal(words(rng, 5))
    expect(again.split('x').word()).to.equal(rng.split('x').word())
  })

  it('draws integers evenly', () => {
    const rng = Rng.from(5)
    const counts = new Array(6).fill(0)
    for (let i = 0; i < 60_000; i++) counts[rng.int(6)]++
    for (const count of counts) expect(count).to.be.within(9_600, 10_400)
  })

  it('draws integers below n, also beyond 32 bits', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), fc.integer(), (n, seed) => {
        const drawn = Rng.from(seed).int(n)
        return Number.isInteger(drawn) && 0 <= drawn && drawn < n
      }),
    )
  })

  it('draws floats from 0 up to 1, with a mean of a half', () => {
    const rng = Rng.from(6)
    let sum = 0
    for (let i = 0; i < 20_000; i++) {
      const float = rng.float()
      expect(float >= 0 && float < 1).to.equal(true)
      sum += float
    }
    expect(sum / 20_000).to.be.closeTo(0.5, 0.01)
  })

  it('draws normal numbers', () => {
    const rng = Rng.from(7)
    const drawn = Array.from({ length: 20_000 }, () => rng.normal(10, 2))
    const mean = drawn.reduce((a, b) => a + b) / drawn.length
    const variance = drawn.reduce((a, b) => a + (b - mean) ** 2, 0) / drawn.length
    expect(mean).to.be.closeTo(10, 0.1)
    expect(Math.sqrt(variance)).to.be.closeTo(2, 0.1)
  })

  it('picks and shuffles without changing what it is given', () => {
    const rng = Rng.from(8)
    const items = [1, 2, 3, 4, 5]
    const shuffled = rng.shuffle(items)
    expect(items).to.deep.equal([1, 2, 3, 4, 5])
    expect([...shuffled].sort()).to.deep.equal(items)
    expect(items).to.include(rng.pick(items))
  })

  it('refuses what is no seed, no count, no state and no list', () => {
    expect(() => Rng.from(Number.NaN)).to.throw(SpaceError, 'a seed is a finite number or a string, got NaN')
    expect(() => Rng.from(1).int(0)).to.throw(SpaceError, 'int(n) needs a positive integer, got 0')
    expect(() => Rng.from(1).int(1.5)).to.throw(SpaceError)
    expect(() => Rng.from(1).pick([])).to.throw(SpaceError, 'empty')
    expect(() => Rng.fromState([1, 2])).to.throw(SpaceError, '8 integers')
  })
})

const RECORDED_ONE = [200068221, 2814266055, 2935604803, 3232351738]
const RECORDED_TEXT = [1688099338, 1659051863, 3579592667, 270960565]
const RECORDED_CHILD = [765257172, 919863089, 2907362503, 3149965487]

import { expect } from 'chai'
import fc from 'fast-check'
import { hasKey, type KeySet, NO_KEYS, withKey } from '../../../src/search/dna/key-set.ts'

const keys = fc.array(
  fc.oneof(
    fc.nat(40),
    fc.nat(5_000),
    fc.maxSafeNat(),
    fc.nat(50).map(n => n * 16 ** 6),
  ),
  { maxLength: 300 },
)

describe('KeySet', () => {
  it('has what was put in, and nothing else', () => {
    fc.assert(
      fc.property(keys, fc.nat(5_000), (list, other) => {
        const set = list.reduce(withKey, NO_KEYS)
        return list.every(key => hasKey(set, key)) && hasKey(set, other) === list.includes(other)
      }),
    )
  })

  it('is the same set when the key was in it', () => {
    fc.assert(
      fc.property(keys, list => {
        const set = list.reduce(withKey, NO_KEYS)
        return list.every(key => withKey(set, key) === set)
      }),
    )
  })

  it('is not changed by putting something in', () => {
    const twenty = Array.from({ length: 20 }, (_, i) => i * 16).reduce(withKey, NO_KEYS)
    const text = JSON.stringify(twenty)
    for (let key = 0; key < 500; key++) withKey(twenty, key)
    expect(JSON.stringify(twenty)).to.equal(text)
  })

  it('is JSON', () => {
    let set: KeySet = NO_KEYS
    for (let key = 0; key < 1_000; key += 7) set = withKey(set, key)
    const read: KeySet = JSON.parse(JSON.stringify(set))
    for (let key = 0; key < 1_000; key++) expect(hasKey(read, key)).to.equal(key % 7 === 0)
  })

  it('does not slow down as it grows', () => {
    let set: KeySet = NO_KEYS
    for (let key = 0; key < 100_000; key++) set = withKey(set, key)
    const start = process.cpuUsage()
    for (let key = 100_000; key < 110_000; key++) set = withKey(set, key)
    expect(process.cpuUsage(start).user / 10_000).to.be.below(100)
  })
})

/** The two steps of the hash. */

import { expect } from 'chai'
import { finish, mix } from '../../../src/symbolic/greens/mix.ts'

describe('mix and finish', () => {
  it('are MurmurHash3 of 32-bit words', () => {
    // The reference hash of the four bytes 1 0 0 0 under the seed 0, and of no bytes under the seed 1.
    expect(finish(mix(0, 1) ^ 4) >>> 0).to.equal(0xfbf1402a)
    expect(finish(1) >>> 0).to.equal(0x514e28b7)
  })

  it('tell orders apart', () => {
    expect(mix(mix(0, 1), 2)).not.to.equal(mix(mix(0, 2), 1))
  })
})

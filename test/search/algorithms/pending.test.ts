import { expect } from 'chai'
import { pendingOf, withoutPending } from '../../../src/search/algorithms/pending.ts'
import { Dna, intV, Space } from '../../../src/search/index.ts'

const { spec } = Space.of([intV(0, 9), intV(0, 9)])
const dna = (...numbers: number[]): Dna => Dna.fromNumbers(numbers, spec)
const pending = [{ genes: [1, 2] }, { genes: [3, 4] }, { genes: [1, 2] }]

describe('pending proposals', () => {
  it('are found by their genes, the earliest first', () => {
    expect(pendingOf(pending, dna(1, 2))).to.equal(pending[0])
    expect(pendingOf(pending, dna(3, 4))).to.equal(pending[1])
    expect(pendingOf(pending, dna(4, 3))).to.equal(undefined)
  })

  it('are taken out one at a time', () => {
    expect(withoutPending(pending, pending[0])).to.deep.equal([{ genes: [3, 4] }, { genes: [1, 2] }])
    expect(withoutPending(pending, undefined)).to.equal(pending)
  })
})

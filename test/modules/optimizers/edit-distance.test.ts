import { expect } from 'chai'
import fc from 'fast-check'
import { editDistance } from '../../../src/modules/index.ts'
import type { Json } from '../../../src/runtime/index.ts'

const words = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 5 }).map(list => list.join(' '))
const { value } = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 2 },
    words,
    fc.integer({ min: 0, max: 2 }),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('x', 'y'), tie('value'), { maxKeys: 2 }),
  ),
}))
const json = value as fc.Arbitrary<Json>

describe('editDistance', () => {
  it('counts words, items and keys', () => {
    expect(editDistance('Answer briefly.', 'Answer very briefly.')).to.equal(0.25)
    expect(editDistance('Be brief.', 'Be  brief .')).to.equal(0)
    expect(editDistance([1, 2, 3], [1, 3])).to.be.closeTo(2 / 8, 1e-9)
    expect(editDistance({ a: 1, b: 2 }, { a: 1 })).to.be.closeTo(4 / 10, 1e-9)
    expect(editDistance({ text: 'a b' }, { text: 'a c' })).to.be.below(
      editDistance({ text: 'a b' }, { text: 'c d' }),
    )
  })

  it('is a metric between 0 and 1', () => {
    fc.assert(
      fc.property(json, json, json, (a, b, c) => {
        const [ab, bc, ac] = [editDistance(a, b), editDistance(b, c), editDistance(a, c)]
        expect(editDistance(a, a)).to.equal(0)
        expect(editDistance(b, a)).to.be.closeTo(ab, 1e-9)
        expect(ab).to.be.within(0, 1)
        expect(ac).to.be.at.most(ab + bc + 1e-9)
      }),
      { numRuns: 300 },
    )
  })

  it('takes long texts that differ little', () => {
    const long = 'word '.repeat(20_000)
    expect(editDistance(long, `${long} end`))
      .to.be.within(0, 0.001)
      .and.above(0)
  })
})

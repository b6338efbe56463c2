import { expect } from 'chai'
import { findMerge, type Merge, type Relative } from '../../../src/modules/optimizers/merge.ts'
import { Rng } from '../../../src/search/index.ts'

const base: Relative = { texts: { a: '0', b: '0', c: '0' }, rewards: [0, 0], parents: [] }
const left: Relative = { texts: { a: '1', b: '0', c: 'l' }, rewards: [1, 0], parents: [0] }
const right: Relative = { texts: { a: '0', b: '2', c: 'r' }, rewards: [0.5, 1], parents: [0] }

const find = (pool: readonly Relative[], isNew: (merge: Merge) => boolean = () => true) =>
  findMerge(pool, isNew, Rng.from(1))

describe('findMerge', () => {
  it('takes what one side has changed, and the better one where both have', () => {
    expect(find([base, left, right])).to.deep.equal({
      parents: [1, 2],
      ancestor: 0,
      texts: { a: '1', b: '2', c: 'r' },
    })
  })

  it('does not merge a candidate with its own ancestor', () => {
    expect(find([base, left, { ...right, parents: [1] }])).to.equal(undefined)
  })

  it('needs an ancestor that is no better than either', () => {
    const lucky = { ...base, rewards: [0.9, 0.9] }
    expect(find([lucky, left, right])).to.equal(undefined)
  })

  it('finds nothing that is known, and needs no rewards to choose by', () => {
    expect(find([base, left, right], () => false)).to.equal(undefined)
    const none = [base, left, right].map(each => ({ ...each, rewards: [0, 0] }))
    expect(() => find(none)).not.to.throw()
  })
})

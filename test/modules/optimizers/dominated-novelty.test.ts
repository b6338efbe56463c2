import { expect } from 'chai'
import { dominatedNovelty } from '../../../src/modules/index.ts'
import { keepNovel } from '../../../src/modules/optimizers/dominated-novelty.ts'

/** Candidates on a line, told apart by where they stand. */
const on = (places: readonly number[]) => (a: number, b: number) =>
  Math.abs((places[a] as number) - (places[b] as number))

describe('dominatedNovelty', () => {
  it('is the mean distance to the nearest of the fitter, and infinite for the fittest', () => {
    expect(dominatedNovelty([1, 0.5, 0.4], on([0, 10, 4]), 1)).to.deep.equal([Infinity, 10, 4])
    expect(dominatedNovelty([1, 0.5, 0.4], on([0, 10, 4]), 2)).to.deep.equal([Infinity, 10, 5])
    expect(dominatedNovelty([1, 1], on([0, 0]), 3)).to.deep.equal([Infinity, Infinity])
  })

  it('looks at the fitter alone, however near a weaker one is', () => {
    expect(dominatedNovelty([1, 0.5, 0.4], on([0, 6, 6]), 1)).to.deep.equal([Infinity, 6, 0])
  })
})

describe('keepNovel', () => {
  it('keeps a weak one for being different before a strong one that is like a stronger', () => {
    const fitness = [1, 0.9, 0.2]
    const scores = dominatedNovelty(fitness, on([0, 0.1, 5]), 5)
    expect(keepNovel(fitness, scores, 2)).to.deep.equal([0, 2])
  })

  it('prefers the fitter of equals, then the older', () => {
    expect(keepNovel([0.5, 1, 1], [1, 1, 1], 2)).to.deep.equal([1, 2])
    expect(keepNovel([1, 1, 1], [Infinity, Infinity, Infinity], 2)).to.deep.equal([0, 1])
  })
})

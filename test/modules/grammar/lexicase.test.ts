import { expect } from 'chai'
import { Lexicase } from '../../../src/modules/grammar/lexicase.ts'
import { drawsOf } from './support.ts'

const one = (name: string, rewards: number[], size = 1) => ({ name, rewards, size })
const shares = (population: ReturnType<typeof one>[], draws = 400) => {
  const selection = new Lexicase(population)
  const random = drawsOf(1)
  const counts: { [name: string]: number } = {}
  for (let i = 0; i < draws; i++) {
    const { name } = selection.select(random)
    counts[name] = (counts[name] ?? 0) + 1 / draws
  }
  return counts
}

describe('Lexicase', () => {
  it('keeps specialists that the average would drop', () => {
    const counts = shares([
      one('broad', [1, 1, 0, 1]),
      one('special', [0, 0, 1, 0]),
      one('dull', [0, 0, 0, 0]),
    ])
    expect(counts.special).to.be.within(0.15, 0.35)
    expect(counts.dull).to.equal(undefined)
  })

  it('never takes what is worse everywhere', () => {
    expect(shares([one('good', [1, 1]), one('bad', [1, 0])])).to.deep.equal({
      good: shares([one('good', [1, 1])]).good,
    })
  })

  it('takes the smaller of equals more often', () => {
    const { small = 0, large = 0 } = shares([one('small', [1, 0], 3), one('large', [1, 0], 30)])
    expect(small).to.be.greaterThan(large)
    expect(large).to.be.greaterThan(0.1)
  })

  it('lets close rewards pass for equal', () => {
    const population = [0.9, 0.89, 0.5, 0.1, 0.7].map((reward, i) => one(String(i), [reward]))
    const counts = shares(population)
    expect(counts['1']).to.be.greaterThan(0.1)
    expect(counts['3']).to.equal(undefined)
  })

  it('picks from a population of one, and by no samples at all', () => {
    expect(new Lexicase([one('only', [0])]).select(drawsOf(1)).name).to.equal('only')
    expect(new Lexicase([one('only', [])]).select(drawsOf(1)).name).to.equal('only')
  })

  it('takes the same for the same draws', () => {
    const population = Array.from({ length: 30 }, (_, i) =>
      one(
        String(i),
        [i % 2, i % 3, i % 5].map(r => (r === 0 ? 1 : 0)),
      ),
    )
    const run = () =>
      Array.from({ length: 20 }, (_, seed) => new Lexicase(population).select(drawsOf(seed)).name)
    expect(run()).to.deep.equal(run())
  })
})

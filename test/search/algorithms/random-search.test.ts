import { expect } from 'chai'
import { Dna, floatV, oneOf, type RandomSearchState, randomSearch, Space } from '../../../src/search/index.ts'

const { spec } = Space.of([oneOf([1, 2, 3]), oneOf([1, 2])])

/** What is proposed by so many questions, the state going through JSON in between. */
function asked(
  algorithm: ReturnType<typeof randomSearch>,
  count: number,
  seed: number | string,
  shape = spec,
): string[] {
  let state = algorithm.init(shape, seed)
  const found: string[] = []
  for (let id = 1; id <= count; id++) {
    const before = JSON.stringify(state)
    const [proposal, next] = algorithm.ask(state, shape)
    expect(JSON.stringify(state)).to.equal(before)
    if (proposal === null) break
    found.push(String(proposal.dna))
    state = JSON.parse(
      JSON.stringify(algorithm.tell(next, { id, dna: proposal.dna, reward: 1 }, shape)),
    ) as RandomSearchState
  }
  return found
}

describe('randomSearch', () => {
  it('proposes every point of a finite space once, then nothing', () => {
    const found = asked(randomSearch(), 10, 1)
    expect([...found].sort()).to.deep.equal([...spec.iterate()].map(String))
    expect(found).not.to.deep.equal([...found].sort())
  })

  it('repeats when asked to', () => {
    const found = asked(randomSearch({ repeats: true }), 100, 1)
    expect(found.length).to.equal(100)
    expect(new Set(found).size).to.equal(6)
  })

  it('gives the same for the same seed', () => {
    const floats = Space.of([floatV(0, 1)]).spec
    expect(asked(randomSearch(), 5, 'seed', floats)).to.deep.equal(asked(randomSearch(), 5, 'seed', floats))
    expect(asked(randomSearch(), 5, 'seed', floats)).not.to.deep.equal(
      asked(randomSearch(), 5, 'other', floats),
    )
    expect(asked(randomSearch(), 6, 7)).to.deep.equal(RECORDED)
  })

  it('ends where a float has one value', () => {
    const one = Space.of([floatV(2, 2)]).spec
    expect(asked(randomSearch(), 3, 1, one)).to.deep.equal([String(Dna.fromNumbers([2], one))])
  })
})

const RECORDED = ['[1, 1]', '[2, 0]', '[0, 0]', '[2, 1]', '[1, 0]', '[0, 1]']

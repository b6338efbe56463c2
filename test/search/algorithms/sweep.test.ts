import { expect } from 'chai'
import { floatV, intV, manyOf, oneOf, Space, SpaceError, sweep } from '../../../src/search/index.ts'
import { itIsAnAlgorithm, run } from '../../support/algorithms.ts'

const finite = Space.of([oneOf([1, oneOf([2, 3, 4])]), intV(0, 9), manyOf(2, ['a', 'b', 'c'])]).spec

describe('sweep', () => {
  itIsAnAlgorithm(sweep, { spaces: [finite], finite, reward: () => 1 })

  it('goes through a space in order', () => {
    const { texts } = run(sweep(), { spec: finite, trials: 1_000, reward: () => null })
    expect(texts).to.deep.equal([...finite.iterate()].map(String))
  })

  it('refuses what has no order, at once', () => {
    expect(() => sweep().init(Space.of({ a: intV(0, 1), b: oneOf([1, floatV(0, 1)]) }).spec, 1)).to.throw(
      SpaceError,
      'b[=1/2]',
    )
  })
})

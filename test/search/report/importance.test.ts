import { expect } from 'chai'
import { floatV, oneOf, Rng } from '../../../src/search/index.ts'
import { epsilonSquared, groupsOf, importances } from '../../../src/search/report/importance.ts'
import { dataOf } from './studies.ts'

const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i)

describe('epsilon squared', () => {
  it('is that of a worked example', () => {
    // Three groups of five: H = 12/(n(n+1)) Σ R²/k − 3(n+1) = 12.5, and (H − k + 1)/(n − k) = 10.5/12.
    const values = numbers(15)
    const groups = values.map(value => Math.floor(value / 5))
    expect(epsilonSquared(values, groups)).to.be.closeTo(10.5 / 12, 1e-12)
  })

  it('is nothing where groups do not matter, and does not go below', () => {
    const values = numbers(60)
    const alternating = values.map(value => value % 2)
    expect(epsilonSquared(values, alternating)).to.equal(0)
    const rng = Rng.from(1)
    const shares = numbers(200).map(
      () =>
        epsilonSquared(
          numbers(100),
          numbers(100).map(() => rng.int(4)),
        ) as number,
    )
    expect(shares.reduce((sum, share) => sum + share, 0) / 200).to.be.below(0.02)
  })

  it('depends on the order of the values alone', () => {
    const values = [3, 1, 2, 9, 7, 8, 5, 4, 6, 0]
    const groups = [0, 0, 0, 1, 1, 1, 2, 2, 2, 0]
    const cubed = values.map(value => -(value ** 3))
    expect(epsilonSquared(cubed, groups)).to.be.closeTo(epsilonSquared(values, groups) as number, 1e-12)
  })

  it('is not known for few values, one group, or equal values', () => {
    expect(
      epsilonSquared(
        numbers(9),
        numbers(9).map(value => value % 2),
      ),
    ).to.equal(null)
    expect(
      epsilonSquared(
        numbers(20),
        numbers(20).map(() => 1),
      ),
    ).to.equal(null)
    expect(
      epsilonSquared(
        numbers(20).map(() => 5),
        numbers(20).map(value => value % 2),
      ),
    ).to.equal(null)
    expect(epsilonSquared(numbers(20), numbers(20))).to.equal(null)
  })
})

describe('groups', () => {
  it('are stretches with as many numbers each', () => {
    const groups = groupsOf(numbers(40), false)
    expect(numbers(4).map(group => groups.filter(each => each === group).length)).to.deep.equal([
      10, 10, 10, 10,
    ])
    expect(groups).to.deep.equal([...groups].sort((a, b) => a - b))
  })

  it('are the values themselves where they are few, or choices', () => {
    expect(groupsOf([5, 7, 5], false)).to.deep.equal([5, 7, 5])
    expect(groupsOf(numbers(12), true)).to.deep.equal(numbers(12))
  })
})

describe('importance', () => {
  it('puts what matters first, each on the trials in which it was open', async () => {
    const rng = Rng.from(2)
    const template = { noise: floatV(0, 1), main: floatV(0, 1), kind: oneOf(['a', { inner: floatV(0, 1) }]) }
    const proposals = numbers(120).map(i => {
      const [noise, main] = [rng.float(), rng.float()]
      return [i % 3 === 0 ? [noise, main, 1, rng.float()] : [noise, main, 0]] as const
    })
    const data = await dataOf(template, proposals, (trial, n) => {
      const [, main = 0, , inner = 0] = proposals[n]?.[0] ?? []
      trial.tell(10 * main + 2 * inner)
    })
    const ranked = importances(data)
    expect(ranked.map(({ parameter }) => parameter.label)[0]).to.equal('main')
    const of = Object.fromEntries(
      ranked.map(({ parameter, shares, trials }) => [parameter.label, [shares[0], trials]]),
    )
    expect(of.main?.[0]).to.be.above(0.8)
    expect(of.noise?.[0]).to.be.below(0.1)
    expect(of['kind[=1/2].inner']?.[1]).to.equal(40)
    expect(of.main?.[1]).to.equal(120)
  })
})

import { expect } from 'chai'
import { SpaceError } from '../../../src/search/errors.ts'
import {
  at,
  cosine,
  cyclic,
  exponential,
  linear,
  nameOf,
  of,
  piecewise,
  type Scalar,
} from '../../../src/search/evolution/schedule.ts'

const steps = (scalar: Scalar, count: number): number[] =>
  Array.from({ length: count }, (_, step) => Math.round(at(scalar, step) * 1e6) / 1e6)

describe('schedules', () => {
  it('are numbers by the step', () => {
    expect(steps(3, 3)).to.deep.equal([3, 3, 3])
    expect(steps(linear(1, 0, 2), 4)).to.deep.equal([1, 0.5, 0, 0])
    expect(steps(cosine(1, 0, 4), 6)).to.deep.equal([1, 0.853553, 0.5, 0.146447, 0, 0])
    expect(steps(exponential(1, 0.25, 2), 5)).to.deep.equal([1, 0.5, 0.25, 0.125, 0.0625])
    expect(steps(cyclic(0, 1, 4), 6)).to.deep.equal([0, 0.5, 1, 0.5, 0, 0.5])
    expect(
      steps(
        of('odd', step => step % 2),
        3,
      ),
    ).to.deep.equal([0, 1, 0])
  })

  it('follow each other, each with steps of its own', () => {
    const pieces = piecewise([
      [0, 5],
      [2, linear(4, 2, 2)],
      [5, 9],
    ])
    expect(steps(pieces, 7)).to.deep.equal([5, 5, 4, 3, 2, 9, 9])
    expect([6, 0, 3].map(step => at(pieces, step))).to.deep.equal([9, 5, 3])
  })

  it('have names that say all', () => {
    expect(nameOf(0.5)).to.equal('0.5')
    expect(
      nameOf(
        piecewise([
          [0, 1],
          [9, cosine(1, 0, 4)],
        ]),
      ),
    ).to.equal('piecewise(0: 1, 9: cosine(1, 0, 4))')
  })

  it('refuse steps that make no sense', () => {
    expect(() => linear(0, 1, 0)).to.throw(SpaceError, 'linear needs a positive number of steps, got 0')
    for (const from of [[1], [0, 0], [0, 2.5], []]) {
      expect(() => piecewise(from.map(step => [step, 1]))).to.throw(
        SpaceError,
        'must be integers that rise from 0',
      )
    }
  })
})

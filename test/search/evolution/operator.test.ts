import { expect } from 'chai'
import { SpaceError } from '../../../src/search/errors.ts'
import { type Operator, operator } from '../../../src/search/evolution/operator.ts'
import { linear } from '../../../src/search/evolution/schedule.ts'
import { all } from '../../../src/search/evolution/select.ts'
import { Rng } from '../../../src/search/index.ts'
import { apply, genesOf, population } from './population.ts'

/** Adds to the only gene of each. */
const plus = (n: number): Operator =>
  operator(`plus(${n})`, all => all.map(each => ({ ...each, genes: [(each.genes[0] as number) + n] })))
const first = operator('first', all => all.slice(0, 1))
const numbers = (op: Operator, step = 0, rng = Rng.from(1)): number[] =>
  genesOf(apply(op, population([1], [2], [3]), { step, rng })).map(([gene]) => gene as number)

const identity = all()

describe('an operator', () => {
  it('is composed by named methods', () => {
    expect(numbers(plus(1).pipe(plus(10)))).to.deep.equal([12, 13, 14])
    expect(numbers(first.and(plus(5)))).to.deep.equal([1, 6, 7, 8])
    expect(numbers(plus(1).without(identity))).to.deep.equal([4])
    expect(numbers(plus(1).repeat(3))).to.deep.equal([4, 5, 6])
    expect(numbers(first.times(3))).to.deep.equal([1, 1, 1])
    expect(numbers(first.times(3).unique())).to.deep.equal([1])
    expect(numbers(first.and(plus(1)).each())).to.deep.equal([1, 2, 2, 3, 3, 4])
    expect(numbers(plus(1).when('even', (all, step) => step % 2 === 0 && all.length === 3))).to.deep.equal([
      2, 3, 4,
    ])
    expect(
      numbers(
        plus(1).when('even', (_, step) => step % 2 === 0),
        1,
      ),
    ).to.deep.equal([1, 2, 3])
  })

  it('is chosen by chance, for all individuals at once or for each', () => {
    const rng = Rng.from(3)
    const share = (op: Operator, step: number): number => {
      let changed = 0
      for (let i = 0; i < 500; i++) changed += Number(numbers(op, step, rng)[0] !== 1)
      return changed / 500
    }
    expect(share(plus(1).withProbability(0.2), 0)).to.be.within(0.15, 0.25)
    expect(share(plus(1).or(identity, 0.7), 0)).to.be.within(0.65, 0.75)
    expect(share(plus(1).withProbability(linear(0, 1, 10)), 0)).to.equal(0)
    expect(share(plus(1).withProbability(linear(0, 1, 10)), 10)).to.equal(1)
    expect(numbers(plus(10).withProbability(0.5).each(), 0, Rng.from(5)))
      .to.include(1)
      .and.include(13)
  })

  it('repeats as often as a schedule says', () => {
    expect(numbers(plus(1).repeat(linear(0, 4, 4)), 3)).to.deep.equal([4, 5, 6])
  })

  it('has a name that says what it does', () => {
    const whole = plus(1).pipe(first.or(identity, 0.2)).pipe(plus(2).withProbability(0.5)).and(first)
    expect(whole.name).to.equal('(plus(1) > (first or(0.2) all) > plus(2).withProbability(0.5)) + first')
    expect(plus(1).and(first).pipe(identity).name).not.to.equal(plus(1).and(first.pipe(identity)).name)
  })

  it('refuses numbers that make no sense', () => {
    expect(() => identity.withProbability(2)).to.throw(SpaceError, 'a probability must be from 0 to 1, got 2')
    expect(() => numbers(identity.repeat(-1))).to.throw(SpaceError, 'from 0 to 100000 times, got -1')
  })
})

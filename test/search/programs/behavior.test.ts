import { expect } from 'chai'
import { SpaceError } from '../../../src/search/index.ts'
import { hashNumbers, hashText, onProbes } from '../../../src/search/programs/behavior.ts'
import { call } from '../../../src/search/programs/expression.ts'
import { giving, x, y } from './small-programs.ts'

describe('onProbes', () => {
  const behavior = onProbes([
    [1, 2],
    [3, 4],
  ])

  it('is equal for programs that give the same', () => {
    expect(behavior.of(giving(call('+', x, y)))).to.equal(
      behavior.of(giving(call('-', y, call('negate', x)))),
    )
    expect(behavior.of(giving(call('+', x, y)))).not.to.equal(behavior.of(giving(call('*', x, y))))
  })

  it('has a name that tells probes apart', () => {
    expect(
      onProbes([
        [1, 2],
        [3, 4],
      ]).name,
    ).to.equal(behavior.name)
    expect(
      onProbes([
        [1, 2],
        [3, 5],
      ]).name,
    ).not.to.equal(behavior.name)
    expect(() => onProbes([])).to.throw(SpaceError, 'at least one row')
  })
})

describe('hashes', () => {
  it('are integers of 52 bits that differ', () => {
    const texts = Array.from({ length: 10_000 }, (_, i) => hashText(`text ${i}`))
    expect(new Set(texts).size).to.equal(10_000)
    expect(texts.every(hash => Number.isSafeInteger(hash) && hash >= 0)).to.equal(true)
    const numbers = Array.from({ length: 10_000 }, (_, i) => hashNumbers(Float64Array.of(1, i)))
    expect(new Set(numbers).size).to.equal(10_000)
    expect(hashNumbers(Float64Array.of(0))).not.to.equal(hashNumbers(Float64Array.of(-0)))
  })
})

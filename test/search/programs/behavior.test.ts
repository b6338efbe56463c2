/** Telling programs apart by what they give. */

import { expect } from 'chai'
import { SpaceError } from '../../../src/search/index.ts'
import { type Behavior, hashNumbers, hashText, onProbes } from '../../../src/search/programs/behavior.ts'
import { call, type Expression } from '../../../src/search/programs/expression.ts'
import { giving, x, y } from './small-programs.ts'

describe('onProbes', () => {
  /** Two rows of x and y, the last of which is given. */
  const probes = (last: number): Behavior => {
    const rows = [
      [1, 2],
      [3, last],
    ]
    return onProbes(rows)
  }
  const does = (result: Expression): string | number => probes(4).of(giving(result))

  it('is equal for programs that give the same', () => {
    expect(does(call('+', x, y))).to.equal(does(call('-', y, call('negate', x))))
    expect(does(call('+', x, y))).not.to.equal(does(call('*', x, y)))
  })

  it('takes sums for equal that round differently', () => {
    expect(does(call('+', call('+', x, 0.1), 0.2))).to.equal(does(call('+', x, call('+', 0.1, 0.2))))
  })

  it('has a name that tells probes apart', () => {
    expect(probes(4).name).to.equal(probes(4).name)
    expect(probes(4).name).not.to.equal(probes(5).name)
  })

  it('needs a row', () => {
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

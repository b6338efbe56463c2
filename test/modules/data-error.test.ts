import { expect } from 'chai'
import { DataError, notJson, problem, showValue } from '../../src/modules/data-error.ts'
import { SymError } from '../../src/symbolic/index.ts'

describe('DataError', () => {
  it('says place, expectation and value in a sentence', () => {
    const error = DataError.of('output', [problem('y', 'three', 'an integer')])
    expect(error).to.be.instanceOf(SymError)
    expect(String(error)).to.equal('DataError: output.y must be an integer, got "three"')
    expect(error.problems[0]).to.include({ path: 'y', value: 'three', expected: 'an integer' })
    expect(error).to.include({ code: 'data', path: 'y' })
  })

  it('lists the problems found together', () => {
    const error = DataError.of('data', [problem('[0]', 1, 'a string'), problem('', {}, 'a list')])
    expect(error.message).to.equal(
      '2 problems:\n  data[0] must be a string, got 1\n  data must be a list, got {}',
    )
  })

  it('stops listing at twenty, and keeps them all as data', () => {
    const error = DataError.of(
      'data',
      Array.from({ length: 25 }, (_, i) => problem(`[${i}]`, i, 'null')),
    )
    expect(error.message).to.match(/and 5 more$/)
    expect(error.problems).to.have.length(25)
  })
})

describe('notJson', () => {
  it('tells values that are not JSON from those nested too deeply', () => {
    const at = { ok: false, path: 'a', value: undefined } as const
    expect(notJson({ ...at, isTooDeep: false }).message).to.equal('must be JSON, got nothing')
    expect(notJson({ ...at, isTooDeep: true }).message).to.contain('is it a cycle?')
  })
})

describe('showValue', () => {
  it('shows any value, in a line', () => {
    const cycle: unknown[] = []
    cycle.push(cycle)
    const values = [undefined, 'a', Number.NaN, 2n, () => 1, cycle, Symbol('s'), ['x'.repeat(100)]]
    expect(values.map(showValue)).to.deep.equal([
      'nothing',
      '"a"',
      'NaN',
      '2',
      'a function',
      'something circular',
      'a symbol',
      `["${'x'.repeat(57)}…`,
    ])
  })
})

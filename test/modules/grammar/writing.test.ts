import { expect } from 'chai'
import {
  AND,
  ARGUMENT,
  COALESCE,
  CONDITIONAL,
  call,
  EQUALITY,
  helpers,
  infix,
  MEMBER,
  method,
  OR,
  PRODUCT,
  RELATION,
  SUM,
  UNARY,
  withBody,
  written,
} from '../../../src/modules/grammar/writing.ts'
import { runScript } from './support.ts'

const result = (helper: keyof typeof helpers, expression: string) =>
  runScript(`${helpers[helper]}\nresult = ${expression}`, {})

describe('levels', () => {
  it('rise from what binds loosest to what binds tightest', () => {
    const levels = [ARGUMENT, CONDITIONAL, COALESCE, OR, AND, EQUALITY, RELATION, SUM, PRODUCT, UNARY, MEMBER]
    expect([...levels].sort((a, b) => a - b)).to.deep.equal(levels)
  })
})

describe('forms', () => {
  it('write calls, methods, infix signs and bodies', () => {
    expect(call('Math.max').write('a', 'b')).to.equal('Math.max(a, b)')
    expect(method('slice').write('a', 'b')).to.equal('a.slice(b)')
    expect(infix('-', SUM).write('a', 'b')).to.equal('a - b')
    expect(withBody('map').write('a', 'x + 1')).to.equal('a.map(x => x + 1)')
    expect(written('sum')).to.include({ helper: 'sum', level: MEMBER })
  })

  it('need the right side of a sign bound more tightly than the left', () => {
    const [left = 0, right = 0] = infix('-', SUM).needs
    expect(right).to.be.greaterThan(left)
  })
})

describe('helpers', () => {
  it('are total', () => {
    expect(result('quotient', '[quotient(-7, 2), quotient(1, 0)]')).to.deep.equal([-3, 0])
    expect(result('remainder', '[remainder(-7, 2), remainder(1, 0)]')).to.deep.equal([-1, 0])
    expect(result('ratio', '[ratio(1, 2), ratio(1, 0), ratio(0, 0), ratio(1, 5e-324)]')).to.deep.equal([
      0.5, 0, 0, 0,
    ])
    expect(result('log', '[log(1), log(0), log(-1)]')).to.deep.equal([0, 0, 0])
    expect(result('limit', 'limit(-1e300)')).to.equal(Number.MIN_SAFE_INTEGER)
    expect(result('same', '[same([1], [1]), same([1], [1, 2]), same([], [])]')).to.deep.equal([
      true,
      false,
      true,
    ])
    expect(result('sum', '[sum([1, 2]), sum([])]')).to.deep.equal([3, 0])
    expect(result('range', '[range(3), range(-1), range(1e9).length]')).to.deep.equal([[0, 1, 2], [], 1000])
  })
})

import { expect } from 'chai'
import { Grammar } from '../../../src/modules/grammar/grammar.ts'
import { Novelty } from '../../../src/modules/grammar/novelty.ts'
import { a, b, call, integerRule } from './support.ts'

const grammar = new Grammar({ a: 'integer', b: 'integer' }, { y: 'integer' })
const samples = [1, -2, 3].map(n => ({ inputs: { a: n, b: 2 * n }, outputs: { y: Math.max(n, 0) } }))

describe('Novelty', () => {
  const novelty = new Novelty(samples, grammar)

  it('takes a rule once', () => {
    const known = new Set<number>()
    const rule = integerRule(call('add', a, b))
    expect(novelty.take(known, rule, [])).to.equal(true)
    expect(novelty.take(known, rule.clone(), [])).to.equal(false)
  })

  it('passes over children that do the same as a parent', () => {
    const parent = integerRule(a)
    expect(novelty.take(new Set(), integerRule(call('add', a, 0)), [parent])).to.equal(false)
    expect(novelty.take(new Set(), integerRule(call('add', a, 1)), [parent])).to.equal(true)
  })

  it('takes children of a parent that is right, whatever they do', () => {
    const right = integerRule(call('max', a, 0))
    expect(novelty.take(new Set(), integerRule(call('max', 0, a)), [right])).to.equal(true)
  })

  it('goes by structure alone where samples are not what the rule takes', () => {
    const blind = new Novelty([{ inputs: { text: 'a' }, outputs: { y: 1 } }], grammar)
    expect(blind.take(new Set(), integerRule(call('add', a, 0)), [integerRule(a)])).to.equal(true)
  })
})

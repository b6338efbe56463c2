import { expect } from 'chai'
import fc from 'fast-check'
import { factsOf } from '../../../src/modules/grammar/expression.ts'
import type { Rule } from '../../../src/modules/grammar/rule.ts'
import { cross, isWithin, mayStand, mutate, placeOf, spotsOf } from '../../../src/modules/grammar/vary.ts'
import { a, call, drawsOf, grammarOf, integerRule, item, ruleOf, TASKS, xs } from './support.ts'

const limits = { maxSize: 40, maxHeight: 8 }
const heightOf = (rule: Rule) =>
  Math.max(...rule.outputs.values().map(expression => factsOf(expression).height))

describe('spotsOf', () => {
  it('has every node with its path, parents first', () => {
    const rule = integerRule(call('max', call('negate', a), 0))
    const places = spotsOf(rule).map(spot => placeOf(spot, rule, grammarOf(0)))
    expect(places.map(place => `${place.path} ${place.wanted} ${place.depth}`)).to.deep.equal([
      'outputs.y integer 0',
      'outputs.y.args[0] integer 1',
      'outputs.y.args[0].args[0] integer 2',
      'outputs.y.args[1] integer 1',
    ])
  })
})

describe('isWithin', () => {
  it('counts nodes, and nodes on the longest way down', () => {
    const rule = integerRule(call('max', call('negate', a), 0))
    expect(isWithin(rule, { maxSize: 4, maxHeight: 3 })).to.equal(true)
    expect(isWithin(rule, { maxSize: 3, maxHeight: 3 })).to.equal(false)
    expect(isWithin(rule, { maxSize: 4, maxHeight: 2 })).to.equal(false)
  })
})

describe('mutate', () => {
  it('gives well-typed children within the limits, by every operator', () => {
    const operators = new Set<string>()
    fc.assert(
      fc.property(fc.nat(TASKS.length - 1), fc.nat(), (task, seed) => {
        const rule = ruleOf(task, seed)
        fc.pre(rule.size <= limits.maxSize && heightOf(rule) <= limits.maxHeight)
        const child = mutate(drawsOf(seed), grammarOf(task), rule, limits)
        if (child === undefined) return
        operators.add(child.operator)
        expect(child.rule.equals(rule)).to.equal(false)
        expect(child.rule.size).to.be.at.most(limits.maxSize)
        expect(heightOf(child.rule)).to.be.at.most(limits.maxHeight)
      }),
      { numRuns: 800, seed: 4 },
    )
    expect([...operators]).to.have.members(['subtree', 'point', 'constant', 'hoist', 'wrap'])
  })

  it('goes on and on without ever breaking a type', () => {
    for (const [task] of TASKS.entries()) {
      const grammar = grammarOf(task)
      const random = drawsOf(task)
      let rule = ruleOf(task, 1)
      for (let i = 0; i < 300; i++) rule = mutate(random, grammar, rule, limits)?.rule ?? rule
      expect(rule.size).to.be.at.most(limits.maxSize)
    }
  })

  it('is one rebind: it shares all but the spine', () => {
    const rule = integerRule(call('max', call('add', a, 1), call('add', a, 2)))
    const child = mutate(drawsOf(3), grammarOf(0), rule, limits)?.rule as Rule
    const changed = rule.diff(child)
    expect(changed).not.to.deep.equal([])
    expect(child.inputTypes.token).to.equal(rule.inputTypes.token)
  })

  it('does the same for the same draws', () => {
    const rule = ruleOf(2, 5)
    const twice = [1, 2].map(() => mutate(drawsOf(9), grammarOf(2), rule, limits)?.rule.toScript())
    expect(twice[0]).to.equal(twice[1])
  })
})

describe('cross', () => {
  it('puts a part of one rule into another', () => {
    fc.assert(
      fc.property(fc.nat(TASKS.length - 1), fc.nat(), fc.nat(), (task, seed, other) => {
        const child = cross(drawsOf(seed), grammarOf(task), ruleOf(task, seed), ruleOf(task, other), limits)
        if (child !== undefined) expect(child.operator).to.equal('crossover')
      }),
      { numRuns: 400, seed: 5 },
    )
  })

  it('finds nothing in equal rules of one node', () => {
    const rule = integerRule(a)
    expect(cross(drawsOf(1), grammarOf(0), rule, rule, limits)).to.equal(undefined)
  })
})

describe('mayStand', () => {
  it('asks for the type, the element and the weight', () => {
    expect(mayStand(a, { wanted: 'integer', item: null })).to.equal(true)
    expect(mayStand(a, { wanted: 'boolean', item: null })).to.equal(false)
    expect(mayStand(item, { wanted: 'integer', item: null })).to.equal(false)
    expect(mayStand(item, { wanted: 'integer', item: 'integer' })).to.equal(true)
    expect(mayStand(item, { wanted: 'integer', item: 'number' })).to.equal(false)
    expect(mayStand(call('length', call('reverse', xs)), { wanted: 'integer', item: 'integer' })).to.equal(
      false,
    )
  })
})

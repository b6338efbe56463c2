import { expect } from 'chai'
import { type BreedOptions, breed, found, type Individual } from '../../../src/modules/grammar/breed.ts'
import { Grammar } from '../../../src/modules/grammar/grammar.ts'
import type { Rule } from '../../../src/modules/grammar/rule.ts'
import { a, call, drawsOf, integerRule } from './support.ts'

const grammar = new Grammar({ a: 'integer', b: 'integer' }, { y: 'integer' })
const options: BreedOptions = {
  populationSize: 60,
  crossoverRate: 0.4,
  mutationRate: 0.5,
  initialHeight: 4,
  maxSize: 30,
  maxHeight: 6,
  selection: 'epsilon-lexicase',
}
const breeding = (seed: number) => {
  const known = new Set<number>()
  const isNew = (rule: Rule) => !known.has(rule.hash()) && known.add(rule.hash()) !== undefined
  return { grammar, options, random: drawsOf(seed), isNew }
}
const scored = (rules: readonly Rule[]): Individual[] =>
  rules.map((rule, id) => ({ rule, size: rule.size, rewards: [id % 2, id % 3], reward: 0.5, id }))

describe('found', () => {
  it('fills the population with different rules of all heights', () => {
    const rules = found(breeding(1), []).map(candidate => candidate.rule)
    expect(rules).to.have.length(60)
    expect(new Set(rules.map(rule => rule.toJsonString())).size).to.equal(60)
  })

  it('starts from the rule of the user, and mutations of it for up to a half', () => {
    const own = integerRule(call('max', a, 0))
    const [first, ...others] = found(breeding(1), [own])
    expect(first).to.deep.include({ rule: own, operator: 'seed' })
    const mutants = others.filter(candidate => candidate.operator !== 'random')
    expect(mutants.length).to.be.within(15, 30)
  })

  it('gives up when there is nothing new', () => {
    expect(found({ ...breeding(1), isNew: () => false }, [])).to.deep.equal([])
  })
})

describe('breed', () => {
  const population = scored(found(breeding(1), []).map(candidate => candidate.rule))

  it('gives children with their parents by id', () => {
    const children = breed(breeding(2), population, 60)
    expect(children).to.have.length(60)
    for (const { operator, parents } of children) {
      expect(parents).to.have.length(operator === 'crossover' ? 2 : operator === 'random' ? 0 : 1)
    }
    const operators = new Set(children.map(child => child.operator))
    expect([...operators]).to.include.members(['crossover', 'random', 'subtree'])
  })

  it('gives the same children for the same draws', () => {
    const scripts = () => breed(breeding(2), population, 60).map(child => child.rule.toScript())
    expect(scripts()).to.deep.equal(scripts())
  })
})

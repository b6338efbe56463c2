/**
 * The generations of the evolution, apart from how they are scored: the first population, and the children of a scored
 * one. What was proposed before, or behaves on the samples like something that was, is not proposed again.
 */

import type { Draw, Grammar } from './grammar.ts'
import type { Rule } from './rule.ts'
import { type Selection, selectorFor } from './selection.ts'
import { cross, isWithin, type Limits, mutate, randomRule } from './vary.ts'

/** A rule with what it scored. */
export interface Individual {
  readonly rule: Rule
  readonly size: number
  /** One per sample. */
  readonly rewards: readonly number[]
  readonly reward: number
  /** The number of its evaluation. */
  readonly id: number
}

/** A rule to be scored. */
export interface Candidate {
  readonly rule: Rule
  readonly parents: readonly number[]
  readonly operator: string
}

export interface BreedOptions extends Limits {
  readonly populationSize: number
  /** The share of children with a part of a second parent. */
  readonly crossoverRate: number
  /** The share of mutated children; what is left is random again, against settling too early. */
  readonly mutationRate: number
  /** The height of the tallest rules of the first population. */
  readonly initialHeight: number
  /** How parents are picked. */
  readonly selection: Selection
}

/** What a generation is made with. */
export interface Breeding {
  readonly grammar: Grammar
  readonly options: BreedOptions
  readonly random: Draw
  /** Whether a rule is worth a score, given its parents; it counts as known from then on. */
  readonly isNew: (rule: Rule, parents: readonly Rule[]) => boolean
}

/** The first population: the user's own rules and mutations of them for up to a half, and random rules of all heights. */
export function found(breeding: Breeding, own: readonly Rule[]): Candidate[] {
  const { grammar, options, random, isNew } = breeding
  const candidates: Candidate[] = []
  const add = (rule: Rule, operator: string) => {
    if (isNew(rule, [])) candidates.push({ rule, parents: [], operator })
  }
  for (const rule of own) add(rule, 'seed')
  for (let tries = 0; own.length > 0 && tries < options.populationSize / 2; tries++) {
    const child = mutate(random, grammar, own[tries % own.length] as Rule, options)
    if (child !== undefined) add(child.rule, child.operator)
  }
  const heights = options.initialHeight - 1
  const patience = options.populationSize * 10
  for (let tries = 0; candidates.length < options.populationSize && tries < patience; tries++) {
    // Ramped half and half (Koza): all heights alike, every other rule full.
    const rule = randomRule(random, grammar, 2 + (tries % heights), tries % 2 === 0)
    if (isWithin(rule, options)) add(rule, 'random')
  }
  return candidates
}

/** The children of a scored population. */
export function breed(breeding: Breeding, population: readonly Individual[], count: number): Candidate[] {
  const { grammar, options, random, isNew } = breeding
  const selection = selectorFor(options.selection, population)
  const candidates: Candidate[] = []
  for (let tries = 0; candidates.length < count && tries < count * 10; tries++) {
    const kind = random()
    if (kind >= options.crossoverRate + options.mutationRate) {
      // Short rules are tried more often: what is found at once need not be bred.
      const height = 2 + Math.floor(random() * random() * (options.initialHeight - 1))
      const rule = randomRule(random, grammar, height, random() < 0.5)
      if (isWithin(rule, options) && isNew(rule, []))
        candidates.push({ rule, parents: [], operator: 'random' })
      continue
    }
    const parent = selection.select(random)
    const isCross = kind < options.crossoverRate
    const other = isCross ? selection.select(random) : parent
    const child =
      isCross && other !== parent
        ? cross(random, grammar, parent.rule, other.rule, options)
        : mutate(random, grammar, parent.rule, options)
    if (child === undefined || !isNew(child.rule, isCross ? [parent.rule, other.rule] : [parent.rule]))
      continue
    const parents = child.operator === 'crossover' ? [parent.id, other.id] : [parent.id]
    candidates.push({ rule: child.rule, parents, operator: child.operator })
  }
  return candidates
}

/**
 * Typed grammar evolution as an optimizer: a population of rules for the script of a program, bred by lexicase
 * selection over the rewards of single samples. It needs no language model and runs no script: what it proposes are
 * trees with the scripts rendered from them, and `fit` scores those in its sandbox.
 */

import { Rng } from '../../search/index.ts'
import { fromJson, KeyPath } from '../../symbolic/index.ts'
import { type Json, type JsonSchema, jsonOf } from '../json.ts'
import type { Evaluation, Keeps, Optimizer, OptimizerContext, Proposal, Step } from '../optimizer.ts'
import { ScriptSynthesis } from '../script-synthesis.ts'
import { type BreedOptions, breed, type Candidate, found, type Individual } from './breed.ts'
import { Grammar, type GrammarOptions } from './grammar.ts'
import { constantsOf, typesOfSamples, typesOfSchema } from './infer.ts'
import { Novelty } from './novelty.ts'
import { Rule } from './rule.ts'
import { SELECTIONS, type Selection, SURVIVALS, type Survival, surviving } from './selection.ts'
import { simplify } from './simplify.ts'

export interface GrammarEvolutionOptions extends GrammarOptions {
  /** How many rules each generation has. Default 600. */
  readonly populationSize?: number
  /** The share of children that get a part of a second parent. Default 0.4. */
  readonly crossoverRate?: number
  /** The share of children that are mutated. What is left to 1 is random again. Default 0.5. */
  readonly mutationRate?: number
  /** How many of the best are proposed again, to be parents once more. Default 5. */
  readonly elites?: number
  /** How parents are picked. Default `epsilon-lexicase`. */
  readonly selection?: Selection
  /** Who may be a parent of the next generation. Default `children`, the elites among them. */
  readonly survival?: Survival
  /** The most nodes on a way down a rule. Default 10. */
  readonly maxDepth?: number
  /** The most nodes of a rule. Default 60. */
  readonly maxSize?: number
}

/** Where the evolution stands. */
export interface GrammarState {
  /** How many generations were proposed. */
  readonly generation: number
  /** The scored rules of the last generation. */
  readonly population: readonly Individual[]
  /** The best reward so far, and for how many generations there was no better one. */
  readonly best: number
  readonly stale: number
  /** Hashes of the rules that were proposed, the latest last. */
  readonly seen: readonly number[]
}

/** So many rules are remembered as proposed. */
const MAX_SEEN = 100_000

/**
 * Grammar evolution for the one script of a program.
 *
 *     await fit(program, samples, { optimizer: grammarEvolution(), reward: exactMatch(), budget: { generations: 20 } })
 *
 * The types of inputs and outputs come from the module's schemas; inputs without a schema go by the samples.
 */
export function grammarEvolution({
  populationSize = 600,
  crossoverRate = 0.4,
  mutationRate = 0.5,
  elites = 5,
  maxDepth = 10,
  maxSize = 60,
  selection = 'epsilon-lexicase',
  survival = 'children',
  ...grammarOptions
}: GrammarEvolutionOptions = {}): Optimizer<GrammarState> {
  check({ populationSize, crossoverRate, mutationRate, elites, maxDepth, maxSize })
  checkChoice('selection', selection, SELECTIONS)
  checkChoice('survival', survival, SURVIVALS)
  const options: BreedOptions = {
    populationSize,
    crossoverRate,
    mutationRate,
    initialHeight: Math.min(5, maxDepth),
    maxHeight: maxDepth,
    maxSize,
    selection,
  }
  const setupOf = memoize((context: OptimizerContext) => new Setup(context, grammarOptions))
  return {
    name: 'grammar-evolution',

    init: context => {
      setupOf(context)
      return { generation: 0, population: [], best: 0, stale: 0, seen: [] }
    },

    propose(state, context): Step<GrammarState> {
      const { generation, population, stale, seen } = state
      const { grammar, novelty, own, proposal } = setupOf(context)
      const rng = Rng.from(context.seed).split('grammar-evolution').split(generation)
      const known = new Set(seen)
      const breeding = {
        grammar,
        options: refreshed(options, stale),
        random: () => rng.float(),
        isNew: (rule: Rule, parents: readonly Rule[]) => novelty.take(known, rule, parents),
      }
      const best = bestOf(population, elites)
      const candidates =
        population.length === 0
          ? found(breeding, own)
          : breed(breeding, population, populationSize - best.length)
      const again = candidates.length === 0 ? [] : best.map(elite)
      return [
        [...again, ...candidates].map(proposal),
        { ...state, generation: generation + 1, seen: [...known].slice(-MAX_SEEN) },
      ]
    },

    observe: (state, evaluations, context) => {
      const { rulePath } = setupOf(context)
      const children = evaluations.flatMap(evaluation => individual(evaluation, rulePath))
      if (children.length === 0) return state
      const population =
        survival === 'children' ? children : surviving(joined(state.population, children), populationSize)
      const best = Math.max(state.best, ...population.map(({ reward }) => reward))
      return { ...state, population, best, stale: best > state.best ? 0 : state.stale + 1 }
    },

    async simplify(proposal: Proposal, keeps: Keeps, context) {
      const setup = setupOf(context)
      const rule = ruleIn(proposal, setup.rulePath)
      if (rule === undefined) return proposal
      const { parents } = proposal
      const proposalOf = (simpler: Rule) => setup.proposal({ rule: simpler, parents, operator: 'simplify' })
      const simpler = await simplify(rule, { keeps: candidate => keeps(proposalOf(candidate)) })
      return simpler === rule ? proposal : proposalOf(simpler)
    },

    save: ({ population, ...rest }) => ({
      ...rest,
      population: population.map(({ rule, rewards, reward, id }) => ({
        rule: rule.toJSON() as Json,
        rewards,
        reward,
        id,
      })),
    }),

    restore: data => restored(data as unknown as SavedState),
  }
}

interface SavedState extends Omit<GrammarState, 'population'> {
  readonly population: readonly (Omit<Individual, 'rule' | 'size'> & { readonly rule: unknown })[]
}

function restored({ population, ...rest }: SavedState): GrammarState {
  return {
    ...rest,
    population: population.map(({ rule: data, rewards, reward, id }) => {
      const rule = fromJson(data, Rule)
      return { rule, size: rule.size, rewards, reward, id }
    }),
  }
}

/**
 * A generation that is more random the longer nothing got better: from the third generation without progress a tenth
 * more each time, up to a half. A population that has settled on a near miss rarely finds its way out by itself.
 */
function refreshed(options: BreedOptions, stale: number): BreedOptions {
  const bred = 1 - Math.min(0.5, 0.1 * Math.max(0, stale - 2))
  const { crossoverRate, mutationRate } = options
  return { ...options, crossoverRate: crossoverRate * bred, mutationRate: mutationRate * bred }
}

/** What follows from the context of a run alone. */
class Setup {
  readonly grammar: Grammar
  readonly novelty: Novelty
  /** The rule that the program has already, if it is of these types. */
  readonly own: readonly Rule[]
  readonly rulePath: string
  readonly #scriptPath: string

  constructor({ program, targets, samples }: OptimizerContext, options: GrammarOptions) {
    const path = findScript(targets)
    const module = path.depth === 0 ? program : program.get(path as never)
    if (!(module instanceof ScriptSynthesis)) {
      throw new Error(
        `grammarEvolution needs a ScriptSynthesis at '${path}', got ${String(module).slice(0, 60)}`,
      )
    }
    this.rulePath = path.child('rule').toString()
    this.#scriptPath = path.child('state').child('value').child('script').toString()
    const { inputSchema } = module
    const { packs = [] } = options
    const inputTypes =
      inputSchema === undefined
        ? typesOfSamples(samples, 'inputs', packs)
        : typesOfSchema(jsonOf(inputSchema) as JsonSchema, 'inputs', { samples, packs })
    const outputTypes = typesOfSchema(module.outputSpec, 'outputs', { samples, packs })
    const constants = [...(options.constants ?? []), ...constantsOf(samples, outputTypes)]
    this.grammar = new Grammar(inputTypes, outputTypes, { ...options, constants }, samples)
    this.novelty = new Novelty(samples, this.grammar)
    const { rule } = module
    this.own = rule instanceof Rule && this.grammar.isFor(rule) ? [rule.detached()] : []
  }

  proposal = ({ rule, parents, operator }: Candidate): Proposal => ({
    updates: [
      [this.rulePath, rule],
      [this.#scriptPath, rule.toScript()],
    ],
    parents,
    operator,
  })
}

/** The path of the one module whose rule and script may both be changed. */
function findScript(targets: readonly string[]): KeyPath {
  const all = new Set(targets)
  const paths = targets
    .map(target => KeyPath.parse(target))
    .filter(path => path.key === 'rule' && path.parent !== null)
    .map(path => path.parent as KeyPath)
    .filter(path => all.has(path.child('state').child('value').toString()))
  const [only, ...others] = paths
  if (only === undefined)
    throw new Error(
      'grammarEvolution finds no script to train: there is no ScriptSynthesis that is not frozen',
    )
  if (others.length === 0) return only
  const names = paths.map(path => `'${path}'`).join(', ')
  throw new Error(
    `grammarEvolution trains one script at a time, and may change ${names}; name one with targets: path => path.startsWith('${only}')`,
  )
}

function individual({ proposal, id, rewards, reward, refusal }: Evaluation, rulePath: string): Individual[] {
  const rule = ruleIn(proposal, rulePath)
  return rule === undefined || refusal !== undefined ? [] : [{ rule, size: rule.size, rewards, reward, id }]
}

function ruleIn({ updates }: Proposal, rulePath: string): Rule | undefined {
  const rule = updates.find(([path]) => path === rulePath)?.[1]
  return rule instanceof Rule ? rule : undefined
}

/** Both generations, without what was proposed again. */
function joined(before: readonly Individual[], after: readonly Individual[]): Individual[] {
  const hashes = new Set(after.map(({ rule }) => rule.hash()))
  return [...after, ...before.filter(({ rule }) => !hashes.has(rule.hash()))]
}

const elite = ({ rule, id }: Individual): Candidate => ({ rule, parents: [id], operator: 'elite' })

/** The best by reward, then by size, then by age. */
function bestOf(population: readonly Individual[], count: number): Individual[] {
  const order = (a: Individual, b: Individual) => b.reward - a.reward || a.size - b.size || a.id - b.id
  return [...population].sort(order).slice(0, count)
}

function memoize<Key extends object, Made>(make: (key: Key) => Made): (key: Key) => Made {
  const known = new WeakMap<Key, Made>()
  return key => {
    let made = known.get(key)
    if (made === undefined) known.set(key, (made = make(key)))
    return made
  }
}

function checkChoice(name: string, value: string, choices: readonly string[]): void {
  if (!choices.includes(value))
    throw new RangeError(`${name} must be one of ${choices.join(', ')}, got '${value}'`)
}

function check(
  options: Required<Omit<GrammarEvolutionOptions, keyof GrammarOptions | 'selection' | 'survival'>>,
): void {
  for (const [name, value] of Object.entries(options)) {
    const isRate = name.endsWith('Rate')
    const least = name === 'elites' ? 0 : name === 'populationSize' || name === 'maxDepth' ? 2 : 1
    const isFine = isRate ? 0 <= value && value <= 1 : Number.isInteger(value) && value >= least
    if (isFine) continue
    const wanted = isRate ? 'from 0 to 1' : `a whole number of at least ${least}`
    throw new RangeError(`${name} must be ${wanted}, got ${value}`)
  }
  const { populationSize, elites, crossoverRate, mutationRate } = options
  if (elites >= populationSize) {
    throw new RangeError(`elites must be fewer than the population of ${populationSize}, got ${elites}`)
  }
  if (crossoverRate + mutationRate > 1) {
    const sum = crossoverRate + mutationRate
    throw new RangeError(`crossoverRate and mutationRate must not be more than 1 together, got ${sum}`)
  }
}

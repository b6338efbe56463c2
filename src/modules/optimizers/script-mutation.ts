/**
 * Genetic programming on scripts as they are: the population starts from the user's own scripts, and children are edits at
 * the syntax tree (as in GenProg and in Langdon and Harman's genetic improvement), parents chosen by epsilon-lexicase
 * selection over single samples. It needs no language model and no grammar of its own; it needs acorn and astring.
 */

import { loadSyntax, type Syntax, type SyntaxTree } from '../../runtime/index.ts'
import { Rng } from '../../search/index.ts'
import { hash, KeyPath } from '../../symbolic/index.ts'
import { Lexicase } from '../grammar/lexicase.ts'
import { isJsonRecord, type Json } from '../json.ts'
import type { Evaluation, Optimizer, OptimizerContext, Proposal, Step } from '../optimizer.ts'
import { ScriptSynthesis } from '../script-synthesis.ts'
import { crossScripts, type Edited, type EditOptions, mutateScript } from './script-edits.ts'
import { at } from './texts.ts'

export interface ScriptMutationOptions {
  /** How many scripts each generation has. Default 100. */
  readonly populationSize?: number
  /** The share of children that take a part of a second script. Default 0.3. */
  readonly crossoverRate?: number
  /** How many of the best are proposed again, to be parents once more. Default 5. */
  readonly elites?: number
  /** The most characters of a script. Default 2000. */
  readonly maxLength?: number
}

export interface ScriptMutationState {
  readonly generation: number
  /** The scored scripts of the last generation. */
  readonly population: readonly ScriptIndividual[]
  /** Hashes of the scripts that were proposed, the latest last. */
  readonly known: readonly number[]
}

export interface ScriptIndividual {
  readonly script: string
  readonly size: number
  readonly rewards: readonly number[]
  readonly reward: number
  readonly id: number
}

/** So many scripts are remembered as proposed. */
const MAX_KNOWN = 50_000

/** How often a child is tried to be made that is new. */
const TRIES = 10

/**
 * Evolution of the one script of a program.
 *
 *     await fit(program, samples, { optimizer: scriptMutation(), reward: exactMatch(), budget: { generations: 50 } })
 */
export function scriptMutation({
  populationSize = 100,
  crossoverRate = 0.3,
  elites = 5,
  maxLength = 2000,
}: ScriptMutationOptions = {}): Optimizer<ScriptMutationState> {
  for (const [name, count] of Object.entries({ populationSize, elites, maxLength })) {
    const least = name === 'elites' ? 0 : 2
    if (Number.isInteger(count) && count >= least) continue
    throw new RangeError(`${name} must be a whole number of at least ${least}, got ${count}`)
  }
  if (elites >= populationSize) {
    throw new RangeError(`elites must be fewer than the population of ${populationSize}, got ${elites}`)
  }
  const isShare = 0 <= crossoverRate && crossoverRate <= 1
  if (!isShare) throw new RangeError(`crossoverRate must be from 0 to 1, got ${crossoverRate}`)

  /** The scripts to start from, as they are. */
  const starts = (context: OptimizerContext): string[] => {
    const { module } = scriptIn(context)
    return [module.script, ...module.seedScripts]
  }

  const children = (
    state: ScriptMutationState,
    parents: readonly ScriptIndividual[],
    count: number,
    context: OptimizerContext,
    syntax: Syntax,
  ): Child[] => {
    const rng = Rng.from(context.seed).split('script-mutation').split(state.generation)
    const selection = new Lexicase(parents)
    const draw = () => rng.float()
    const inputs = inputKeys(context)
    const known = new Set(state.known)
    const made: Child[] = []
    for (let tries = 0; made.length < count && tries < count * TRIES; tries++) {
      const random = rng.split(tries)
      const isCrossed = random.float() < crossoverRate
      const own = Array.from({ length: isCrossed ? 2 : 1 }, () => selection.select(draw))
      const [tree, donor] = own.map(({ script }) => treeOf(script, syntax))
      if (tree === undefined) continue
      const edited =
        donor === undefined ? mutated(tree, { random, inputs }) : crossScripts(tree, donor, random)
      const printed = edited && syntax.print(edited.tree)
      if (!printed?.ok || printed.script.length > maxLength || known.has(hash(printed.script))) continue
      known.add(hash(printed.script))
      made.push({
        script: printed.script,
        parents: own.map(({ id }) => id),
        operator: edited?.operator ?? '',
      })
    }
    return made
  }

  return {
    name: 'script-mutation',

    init(context) {
      scriptIn(context)
      return { generation: 0, population: [], known: [] }
    },

    async propose(state, context): Promise<Step<ScriptMutationState>> {
      const syntax = await loadSyntax()
      const { path } = scriptIn(context)
      const next = { ...state, generation: state.generation + 1 }
      const proposal = (script: string, parents: readonly number[], operator: string): Proposal => ({
        updates: [[path, script]],
        parents,
        operator,
      })
      if (state.population.length === 0) {
        const scripts = [...new Set(starts(context))]
        checkStarts(scripts, syntax)
        const own = scripts.map((script, i) => ({
          script,
          size: script.length,
          rewards: [],
          reward: 0,
          id: -1 - i,
        }))
        const known = scripts.map(script => hash(script))
        const made = children({ ...state, known }, own, populationSize - own.length, context, syntax)
        const proposals = [
          ...scripts.map(script => proposal(script, [], 'seed')),
          ...made.map(({ script, operator }) => proposal(script, [], operator)),
        ]
        return [proposals, withKnown({ ...next, known }, made)]
      }
      const best = bestOf(state.population, elites)
      const made = children(state, state.population, populationSize - best.length, context, syntax)
      if (made.length === 0) return [[], next]
      const proposals = [
        ...best.map(({ script, id }) => proposal(script, [id], 'elite')),
        ...made.map(({ script, parents, operator }) => proposal(script, parents, operator)),
      ]
      return [proposals, withKnown(next, made)]
    },

    observe(state, evaluations, context) {
      const { path } = scriptIn(context)
      const population = evaluations.flatMap(evaluation => individual(evaluation, path))
      return population.length === 0 ? state : { ...state, population }
    },

    save: state => state as unknown as Json,
    restore: data => data as unknown as ScriptMutationState,
  }
}

interface Child {
  readonly script: string
  readonly parents: readonly number[]
  readonly operator: string
}

/** A tree with one edit, or with a few: each further one is half as likely. */
function mutated(tree: SyntaxTree, { random, inputs }: EditOptions): Edited | undefined {
  const first = mutateScript(tree, { random, inputs })
  const isEnough = first === undefined || random.float() < 0.5
  return isEnough ? first : (mutated(first.tree, { random, inputs }) ?? first)
}

function individual(
  { proposal, id, rewards, reward, refusal }: Evaluation,
  path: string,
): ScriptIndividual[] {
  const script = proposal.updates.find(([place]) => place === path)?.[1]
  if (typeof script !== 'string' || refusal !== undefined) return []
  return [{ script, size: script.length, rewards, reward, id }]
}

const withKnown = (state: ScriptMutationState, made: readonly Child[]): ScriptMutationState => ({
  ...state,
  known: [...state.known, ...made.map(({ script }) => hash(script))].slice(-MAX_KNOWN),
})

function bestOf(population: readonly ScriptIndividual[], count: number): ScriptIndividual[] {
  const order = (a: ScriptIndividual, b: ScriptIndividual) =>
    b.reward - a.reward || a.size - b.size || a.id - b.id
  return [...population].sort(order).slice(0, count)
}

function treeOf(script: string, syntax: Syntax): SyntaxTree | undefined {
  const parsed = syntax.parse(script)
  return parsed.ok ? parsed.tree : undefined
}

/** One script that can be read is enough; that the user's own cannot be read should not go unnoticed when it is alone. */
function checkStarts(scripts: readonly string[], syntax: Syntax): void {
  const parsed = scripts.map(script => syntax.parse(script))
  const [first] = parsed
  if (first === undefined || first.ok || parsed.some(({ ok }) => ok)) return
  throw new Error(`scriptMutation cannot read the script it is to start from: ${first.message}`)
}

/** The keys that inputs of the samples have. */
function inputKeys({ samples }: OptimizerContext): string[] {
  return [...new Set(samples.flatMap(({ inputs }) => (isJsonRecord(inputs) ? Object.keys(inputs) : [])))]
}

/** The one script that may be changed, with its key path. */
function scriptIn({ program, targets }: OptimizerContext): { path: string; module: ScriptSynthesis } {
  const found = targets.flatMap(target => {
    const path = KeyPath.parse(target)
    const module = path.parent?.parent ? at(program, path.parent.parent.toString()) : undefined
    return module instanceof ScriptSynthesis ? [{ path: path.child('script').toString(), module }] : []
  })
  const [only, ...others] = found
  if (only === undefined) {
    throw new Error('scriptMutation finds no script to train: there is no ScriptSynthesis that is not frozen')
  }
  if (others.length === 0) return only
  const names = found.map(({ path }) => `'${path}'`).join(', ')
  throw new Error(
    `scriptMutation trains one script at a time, and may change ${names}: name one with targets`,
  )
}

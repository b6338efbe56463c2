/**
 * Any algorithm of the search room as an optimizer of programs: it searches the hyper values that stand in the program, and
 * what it decides becomes updates like any others. So one program may hold choices, numbers, instructions and scripts.
 */

import { type Algorithm, Dna, type HyperValue, Space } from '../../search/index.ts'
import { KeyPath, type Symbolic } from '../../symbolic/index.ts'
import type { Json } from '../json.ts'
import { openPaths } from '../open-program.ts'
import type { Optimizer, OptimizerContext, Proposal, Step } from '../optimizer.ts'
import type { Program } from '../program.ts'

export interface SearchOptimizerOptions {
  /** How many trees are proposed in a generation; the algorithm learns of them when all are scored. Default 8. */
  readonly batch?: number
}

export interface SearchOptimizerState {
  /** The state of the algorithm, which is JSON. */
  readonly algorithm: Json
  /** What is to be scored: the DNAs, and the trials they were made from. */
  readonly open: readonly { readonly dna: Json; readonly parents: readonly number[] }[]
  /** The ids of the evaluations of the trials told so far; the first trial is 1. */
  readonly ids: readonly number[]
}

/**
 * A search through hyper values.
 *
 *     const program = new Sequential({ modules: [new Scale({ factor: floatV(0, 10) })] })
 *     await fit(program, samples, {
 *       optimizer: searchOptimizer(regularizedEvolution()), reward: numericCloseness(), budget: { evaluations: 200 },
 *     })
 */
export function searchOptimizer<State>(
  algorithm: Algorithm<State>,
  { batch = 8 }: SearchOptimizerOptions = {},
): Optimizer<SearchOptimizerState> {
  if (!Number.isInteger(batch) || batch < 1) {
    throw new RangeError(`batch must be a whole number of at least 1, got ${batch}`)
  }
  const known = new WeakMap<OptimizerContext, Opened>()
  const openedIn = (context: OptimizerContext): Opened => {
    const opened = known.get(context) ?? open(context)
    known.set(context, opened)
    return opened
  }
  return {
    name: `search: ${algorithm.name}`,

    init(context) {
      const { space } = openedIn(context)
      return { algorithm: algorithm.init(space.spec, context.seed) as Json, open: [], ids: [] }
    },

    propose(state, context): Step<SearchOptimizerState> {
      const { space, paths } = openedIn(context)
      let own = state.algorithm as State
      const asked = [...state.open]
      while (asked.length < batch) {
        const [proposal, next] = algorithm.ask(own, space.spec)
        own = next
        if (proposal === null) break
        asked.push({ dna: proposal.dna.toJSON() as Json, parents: proposal.parents })
      }
      const proposals = asked.map(({ dna, parents }): Proposal => {
        const tree = space.materialize(Dna.fromJson(dna, space.spec)) as Symbolic
        return {
          updates: paths.map(path => [path, tree.get(path as never)]),
          parents: parents.map(trial => state.ids[trial - 1] as number),
          operator: algorithm.name,
        }
      })
      return [proposals, { ...state, algorithm: own as Json, open: asked }]
    },

    observe(state, evaluations, context) {
      // What the budget has cut short is proposed again by a run that goes on.
      if (evaluations.length < state.open.length) return state
      const { spec } = openedIn(context).space
      let own = state.algorithm as State
      const ids = [...state.ids]
      for (const [i, { id, reward, refusal }] of evaluations.entries()) {
        ids.push(id)
        const dna = Dna.fromJson(state.open[i]?.dna, spec)
        const told = refusal === undefined ? { reward, values: [reward] } : { reward: null }
        own = algorithm.tell(own, { id: ids.length, dna, ...told }, spec)
      }
      return { algorithm: own as Json, open: [], ids }
    },

    save: state => state as unknown as Json,
    restore: data => data as unknown as SearchOptimizerState,
  }
}

/** What of the program is open, and where. */
interface Opened {
  readonly space: Space<Program>
  readonly paths: readonly string[]
}

/** The space of the hyper values that may be decided; the others stay at their first choice. */
function open({ template, targets }: OptimizerContext): Opened {
  const isTarget = (path: string): boolean => targets.some(target => KeyPath.parse(path).startsWith(target))
  const all = openPaths(template)
  const paths = all.filter(isTarget)
  if (paths.length === 0) {
    throw new Error('searchOptimizer finds no hyper value, such as oneOf or floatV, in the program')
  }
  const closed = new Set(all.filter(path => !isTarget(path)))
  const where = (hyper: HyperValue) => !closed.has(hyper.path.toString())
  return { space: Space.of<Program>(template, { where }) as Space<Program>, paths }
}

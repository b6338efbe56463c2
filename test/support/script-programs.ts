/** Small programs of one script, samples for them, and optimizers that try listed scripts, for tests of training. */

import {
  type Optimizer,
  type Proposal,
  type Sample,
  ScriptSynthesis,
  Sequential,
} from '../../src/modules/index.ts'

/** Outputs are `{ y: number }`. */
export const Y_SCHEMA = {
  type: 'object',
  properties: { y: { type: 'number' } },
  required: ['y'],
} as const

export const SCRIPT_PATH: string = 'modules[0].state.value.script'

/** A program that is one script from `{ x }` to `{ y }`. */
export const scriptProgram = (script = 'result = { y: 0 }'): Sequential =>
  new Sequential({
    modules: [new ScriptSynthesis({ name: 'rule', schema: Y_SCHEMA, script, defaultReturnValue: { y: -1 } })],
  })

/** Samples of a function from x to y. */
export const samplesOf = (y: (x: number) => number, xs: readonly number[] = [1, 2, 3, 4]): Sample[] =>
  xs.map(x => ({ inputs: { x }, outputs: { y: y(x) } }))

/** The script at the place of the program's only script. */
export const scriptOf = (program: Sequential): unknown => program.get(SCRIPT_PATH)

export const proposalOf = (script: unknown, operator = 'listed'): Proposal => ({
  updates: [[SCRIPT_PATH, script]],
  parents: [],
  operator,
})

/** What an optimizer that tries listed scripts was told, for tests to look at. */
export interface ListState {
  readonly next: number
  readonly told: readonly string[]
}

/** Tries the scripts of each generation in turn, and then has nothing left. */
export const listOptimizer = (generations: readonly (readonly string[])[]): Optimizer<ListState> => ({
  name: 'list',
  init: () => ({ next: 0, told: [] }),
  propose: ({ next, told }) => [
    (generations[next] ?? []).map(script => proposalOf(script)),
    { next: next + 1, told },
  ],
  observe: ({ next, told }, evaluations) => ({
    next,
    told: [...told, ...evaluations.map(({ id, reward }) => `${id}:${reward}`)],
  }),
  save: ({ next, told }) => ({ next, told }),
  restore: data => data as unknown as ListState,
})

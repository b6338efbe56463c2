/** One run: grammar evolution on the training cases of a problem, and its winner on the unseen test. */

import { evaluate, fit, grammarEvolution, ScriptSynthesis, Sequential } from 'espalier/modules'
import type { Json, ScriptRunner } from 'espalier/runtime'
import { benchmarkReward } from './errors.ts'
import type { Inputs, Problem } from './problem.ts'

export interface Conditions {
  /** How long a run may take; what comes of it depends on the machine. */
  readonly seconds?: number | undefined
  /** How many generations it may take instead, which repeats exactly. */
  readonly generations?: number | undefined
  readonly population: number
}

/** What came of a run. */
export interface Run {
  readonly problem: string
  readonly seed: number
  /** Whether every case of the unseen test is right. */
  readonly isSolved: boolean
  /** Whether every training case is. */
  readonly isFitted: boolean
  /** How many cases of the test are wrong, of how many. */
  readonly wrong: number
  readonly cases: number
  readonly generations: number
  readonly evaluations: number
  readonly seconds: number
  readonly script: string
}

/** Operators that the grammar has on request only: all problems get the same. */
const EXTRAS = ['range', 'fold'] as const

export async function solve(
  problem: Problem,
  seed: number,
  { seconds, generations, population, runner }: Conditions & { readonly runner: ScriptRunner },
): Promise<Run> {
  const { name, inputSchema, outputSchema, constants = [], extras = [], decimals } = problem
  const { train, test } = problem.cases(seed)
  const defaultReturnValue = nothingOf(outputSchema)
  const script = `result = ${JSON.stringify(defaultReturnValue)}`
  const program = new Sequential({
    name,
    modules: [
      new ScriptSynthesis({ name: 'rule', schema: outputSchema, inputSchema, script, defaultReturnValue }),
    ],
  })
  const started = performance.now()
  const reward = benchmarkReward(decimals)
  const result = await fit(program, train, {
    optimizer: grammarEvolution({
      populationSize: population,
      constants,
      extras: [...EXTRAS, ...extras],
    }),
    reward,
    budget: {
      ...(seconds === undefined ? {} : { seconds }),
      ...(generations === undefined ? {} : { generations }),
    },
    seed,
    runner,
  })
  const took = (performance.now() - started) / 1000
  const { rewards } = await evaluate(result.program, test, { reward, runner })
  const wrong = rewards.filter(one => one !== 1).length
  return {
    problem: name,
    seed,
    isSolved: wrong === 0,
    isFitted: result.best.reward === 1,
    wrong,
    cases: test.length,
    generations: result.history.length,
    evaluations: result.evaluations,
    seconds: took,
    script: (result.program.get('modules[0]') as ScriptSynthesis).script,
  }
}

/** A value that fits a schema and says nothing. */
function nothingOf({ properties }: Problem['outputSchema']): Inputs {
  const nothing: { readonly [type: string]: Json } = {
    boolean: false,
    integer: 0,
    number: 0,
    string: '',
    array: [],
  }
  return Object.fromEntries(
    Object.entries(properties as { readonly [key: string]: { readonly type: string } }).map(
      ([key, { type }]) => [key, nothing[type] as Json],
    ),
  )
}

/**
 * Solving a task: enumeration, and in the time that is left grammar evolution from what came closest. The test outputs
 * choose nothing: the winner of the training pairs is held against them once, at the end.
 */

import {
  type ArcSample,
  arcSamples,
  evaluate,
  exactMatch,
  fit,
  grammarEvolution,
  type Sample,
  type ScriptSynthesis,
  type Sequential,
} from 'espalier/modules'
import type { ScriptRunner } from 'espalier/runtime'
import { enumeration } from './enumeration.ts'
import type { Grid } from './operators/index.ts'
import { arcPack } from './pack.ts'
import { gridCloseness, startProgram } from './program.ts'
import type { SearchResult } from './search/search.ts'

export interface SolveOptions {
  /** How long the search may take; results depend on the machine. */
  readonly seconds?: number | undefined
  /** How many terms the enumeration may try instead; results repeat exactly. */
  readonly candidates?: number | undefined
  /** How many generations of evolution follow where enumeration finds nothing. */
  readonly generations?: number | undefined
  readonly seed: number | string
  readonly runner: ScriptRunner
  readonly signal?: AbortSignal | undefined
}

/** A pair with what the winner gives for its input. */
export interface Answer {
  readonly input: Grid
  readonly expected: Grid
  readonly got: Grid
}

/** What came of a task. */
export interface Solved {
  readonly task: string
  /** Whether all test outputs are exactly right. */
  readonly isSolved: boolean
  /** Whether all training pairs are. */
  readonly isFitted: boolean
  /** The mean reward on the training pairs. */
  readonly reward: number
  /** What found the winner; null when nothing was better than the start. */
  readonly by: string | null
  /** The rule in one line. */
  readonly rule: string
  readonly script: string
  /** Terms tried by enumeration. */
  readonly candidates: number
  readonly seconds: number
  readonly train: readonly Answer[]
  readonly test: readonly Answer[]
}

/** A task: its name, and its pairs as samples from `{ input }` to `{ output }`. */
export interface GridTask {
  readonly name: string
  readonly train: readonly Sample[]
  readonly test: readonly Sample[]
}

/** The task of a file or of a name in a folder. */
export async function readTask(folder: string, name: string): Promise<GridTask> {
  const plain = ({ inputs: { input }, outputs }: ArcSample): Sample => ({ inputs: { input }, outputs })
  const pairs = async (ask: 'train' | 'test'): Promise<Sample[]> =>
    (await arcSamples(folder, { ask, tasks: [name] }).collect()).map(plain)
  return { name, train: await pairs('train'), test: await pairs('test') }
}

/** Searches the rule of a task, and says what came of it and the program that has it. */
export async function solve(
  task: GridTask,
  { seconds, candidates, generations = 0, seed, runner, signal }: SolveOptions,
): Promise<{ readonly solved: Solved; readonly program: Sequential }> {
  const started = performance.now()
  const common = { reward: gridCloseness(), seed, runner, ...(signal === undefined ? {} : { signal }) }
  let searched: SearchResult | undefined
  const first = await fit(startProgram(task.name), task.train, {
    ...common,
    optimizer: enumeration({
      ...(seconds === undefined ? {} : { ms: seconds * 1000 * (generations === 0 ? 1 : 0.8) }),
      ...(candidates === undefined ? {} : { candidates }),
      onSearched: result => {
        searched = result
      },
    }),
    budget: { generations: 2 },
  })
  let { program, best } = first
  if (best.reward < 1 && generations > 0) {
    const left =
      seconds === undefined ? undefined : Math.max(0, seconds - (performance.now() - started) / 1000)
    const second = await fit(program, task.train, {
      ...common,
      optimizer: grammarEvolution({ packs: [arcPack], populationSize: 100, maxSize: 20 }),
      budget: { generations, ...(left === undefined ? {} : { seconds: left }) },
    })
    if (second.best.reward > best.reward) ({ program, best } = second)
  }
  const took = (performance.now() - started) / 1000
  const test = await evaluate(program, task.test, { reward: exactMatch(), runner })
  const answers = async (samples: readonly Sample[]): Promise<Answer[]> => {
    const got: Answer[] = []
    for (const { inputs, outputs } of samples) {
      const output = await program.predict(inputs, { runner })
      got.push({
        input: (inputs as { readonly input: Grid }).input,
        expected: (outputs as { readonly output: Grid }).output,
        got: (output as { readonly output: Grid }).output,
      })
    }
    return got
  }
  const module = program.modules.at(0) as ScriptSynthesis
  return {
    solved: {
      task: task.name,
      isSolved: test.reward === 1,
      isFitted: best.reward === 1,
      reward: best.reward,
      by: best.id < 0 ? null : best.proposal.operator,
      rule: ruleText(module.script),
      script: module.script,
      candidates: searched?.candidates ?? 0,
      seconds: took,
      train: await answers(task.train),
      test: await answers(task.test),
    },
    program,
  }
}

/** What a script gives as its output, without the functions it carries. */
const ruleText = (script: string): string =>
  script.slice(script.lastIndexOf('result = { output: ') + 19, -2).replaceAll('inputs.', '')

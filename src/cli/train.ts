/**
 * Training one task: fit a program by grammar evolution, measure it on cases it never saw beside the program it started
 * from, save it, load it again, and measure the loaded one too.
 */

import { join } from 'node:path'
import {
  eachKey,
  evaluate,
  exactMatch,
  type FitEvent,
  fit,
  grammarEvolution,
  Rule,
  Sequential,
  type StopReason,
} from '../modules/index.ts'
import type { ScriptRunner } from '../runtime/index.ts'
import { load, save } from '../symbolic/index.ts'
import { scriptOf, seedProgram, type Task } from './task.ts'

export interface TrainOptions {
  readonly seed: number | string
  readonly generations: number
  readonly populationSize: number
  /** Folder for the saved program. */
  readonly folder: string
  readonly runner: ScriptRunner
  readonly signal?: AbortSignal | undefined
  readonly onEvent?: ((event: FitEvent) => void) | undefined
}

/** One path of the program that training changed. */
export interface Change {
  readonly path: string
  readonly before: string
  readonly after: string
}

/** What came of a task. All shares are from 0 to 1, on the unseen cases unless said otherwise. */
export interface TrainResult {
  readonly name: string
  readonly stopReason: StopReason
  /** Whether every unseen case is right. */
  readonly isSolved: boolean
  readonly baseline: number
  readonly trained: number
  /** The saved file, read again. */
  readonly loaded: number
  /** On the cases that chose the winner. */
  readonly validation: number
  readonly cases: number
  readonly generations: number
  readonly evaluations: number
  readonly script: string
  readonly changes: readonly Change[]
  readonly file: string
  readonly ms: number
}

export async function train(task: Task, options: TrainOptions): Promise<TrainResult> {
  const started = performance.now()
  const { seed, generations, populationSize, folder, runner, signal, onEvent } = options
  const program = seedProgram(task)
  // With several outputs, credit for each guides the search; the report counts cases that are right in all of them.
  const reward = eachKey()
  const exact = { reward: exactMatch(), runner }
  const result = await fit(program, task.train, {
    optimizer: grammarEvolution({ populationSize }),
    reward,
    budget: { generations },
    seed,
    validation: task.validation,
    runner,
    ...(signal === undefined ? {} : { signal }),
    ...(onEvent === undefined ? {} : { onEvent }),
  })
  const file = join(folder, `${task.name}.json`)
  await save(result.program, file)
  const baseline = await evaluate(program, task.test, exact)
  const trained = await evaluate(result.program, task.test, exact)
  const loaded = await evaluate(await load(file, Sequential), task.test, exact)
  return {
    name: task.name,
    stopReason: result.stopReason,
    isSolved: trained.reward === 1,
    baseline: baseline.reward,
    trained: trained.reward,
    loaded: loaded.reward,
    validation: result.best.reward,
    cases: task.test.length,
    generations: result.history.length,
    evaluations: result.evaluations,
    script: scriptOf(result.program).script,
    changes: result.best.proposal.updates.map(([path]) => ({
      path,
      before: shown(program.get(path, undefined)),
      after: shown(result.program.get(path, undefined)),
    })),
    file,
    ms: performance.now() - started,
  }
}

/** A value of a tree in one line. */
function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value instanceof Rule) return `a rule of ${value.size} nodes, of which the script is the rendering`
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return text.length <= 160 ? text : `${text.slice(0, 159)}…`
}

/** A task for `espalier train`: what to learn from, what it is measured on, and the program to start from. */

import { type JsonSchema, type Sample, ScriptSynthesis, Sequential } from '../modules/index.ts'
import type { Json } from '../runtime/index.ts'

/** A task, whether it comes from the benchmark or from a file of the user's own. */
export interface Task {
  /** Names the task in the report, and its file. */
  readonly name: string
  readonly description: string
  readonly inputSchema?: JsonSchema
  readonly outputSchema: JsonSchema
  /** The script to start from. */
  readonly seedScript: string
  readonly defaultReturnValue: { readonly [name: string]: Json }
  /** What candidates are scored on. */
  readonly train: readonly Sample[]
  /** What chooses the winner. */
  readonly validation: readonly Sample[]
  /** What only reports on it; never seen before the end. */
  readonly test: readonly Sample[]
}

/** The program that a task starts from: one script. */
export function seedProgram({
  name,
  description,
  inputSchema,
  outputSchema,
  seedScript,
  defaultReturnValue,
}: Task) {
  const rule = new ScriptSynthesis({
    name: 'rule',
    description,
    schema: outputSchema,
    inputSchema,
    script: seedScript,
    defaultReturnValue,
  })
  return new Sequential({ name, modules: [rule] })
}

/** The script module of such a program. */
export function scriptOf(program: Sequential): ScriptSynthesis {
  const [module] = program.modules
  if (!(module instanceof ScriptSynthesis))
    throw new TypeError(`'${program.name}' does not start with a script`)
  return module
}

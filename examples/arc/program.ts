/** The program of a task: one script from `{ input }` to `{ output }`, its rule, and what its outputs are worth. */

import {
  ARC_OUTPUT_SCHEMA,
  type JsonSchema,
  type Reward,
  ScriptSynthesis,
  Sequential,
} from 'espalier/modules'
import type { Grid } from './operators/index.ts'

/** Where in the program the rule and its script stand. */
export const RULE_PATH = 'modules[0].rule'
export const SCRIPT_PATH = 'modules[0].state.value.script'

const INPUT_SCHEMA: JsonSchema = {
  ...ARC_OUTPUT_SCHEMA,
  properties: { input: { $ref: '#/$defs/Grid' } },
  required: ['input'],
}

/** The program to start from: it gives back what it is given. */
export function startProgram(task: string): Sequential {
  const rule = new ScriptSynthesis({
    name: 'rule',
    schema: ARC_OUTPUT_SCHEMA,
    inputSchema: INPUT_SCHEMA,
    script: 'result = { output: inputs.input }',
    defaultReturnValue: { output: [[0]] },
    timeout: 2000,
  })
  return new Sequential({ name: task, modules: [rule] })
}

/**
 * The reward of a grid: 1 for the one expected and nothing else. A grid of the right size has at least 0.2 and at most
 * 0.9, by the share of its cells that are right; of the wrong size it has up to 0.1, by how near the size is.
 */
export const gridCloseness = (): Reward => (output, expected) => {
  const [given, wanted] = [output, expected].map(value => (value as { output: Grid }).output) as [Grid, Grid]
  const [height, width] = [wanted.length, wanted[0]!.length]
  if (given.length !== height || given.some(line => line.length !== width)) {
    const ratio = (a: number, b: number): number => Math.min(a, b) / Math.max(a, b)
    return 0.1 * ratio(given.length, height) * ratio(given[0]!.length, width)
  }
  const right = given.flatMap((line, row) =>
    line.filter((color, column) => color === wanted[row]![column]),
  ).length
  return right === height * width ? 1 : 0.2 + 0.7 * (right / (height * width))
}

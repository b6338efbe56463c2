/** A process that does runs: it is sent which, and sends back what came of them. */

import { Sandbox } from 'espalier/runtime'
import { findProblem } from './problems/index.ts'
import { type Conditions, type Run, solve } from './solve.ts'

/** What a worker is sent. */
export interface Work extends Conditions {
  readonly problem: string
  readonly seed: number
}

/** What it sends back. */
export type Report = { readonly run: Run } | { readonly failed: string }

const runner = new Sandbox({ size: 1 })
// Ctrl-C goes to the whole group of processes; when to stop is for the parent to say.
process.on('SIGINT', () => undefined)
process.on('disconnect', () => process.exit())

process.on('message', async ({ problem: name, seed, ...conditions }: Work) => {
  let report: Report
  try {
    const problem = findProblem(name)
    if (problem === undefined) throw new Error(`there is no problem '${name}'`)
    report = { run: await solve(problem, seed, { ...conditions, runner }) }
  } catch (error) {
    report = { failed: `${name}, seed ${seed}: ${error instanceof Error ? error.stack : error}` }
  }
  process.send?.(report)
})

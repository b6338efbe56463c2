/** A process that solves tasks: it is sent their names, and sends back what came of them. */

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Sandbox } from 'espalier/runtime'
import { save } from 'espalier/symbolic'
import { RULE_PATH } from './program.ts'
import { readTask, type Solved, type SolveOptions, solve } from './solve.ts'

/** What a worker is sent. */
export interface Work extends Omit<SolveOptions, 'runner' | 'signal'> {
  readonly folder: string
  readonly task: string
  /** Where the program of a task is saved that fits its training pairs. */
  readonly out: string | undefined
}

/** What it sends back. */
export type Report = { readonly solved: Solved } | { readonly failed: string; readonly task: string }

const runner = new Sandbox({ size: 1 })
// Ctrl-C goes to the whole group of processes; when to stop is for the parent to say.
process.on('SIGINT', () => undefined)
process.on('disconnect', () => process.exit())

process.on('message', async ({ folder, task, out, ...options }: Work) => {
  let report: Report
  try {
    const { solved, program } = await solve(await readTask(folder, task), { ...options, runner })
    if (out !== undefined && solved.isFitted) {
      mkdirSync(out, { recursive: true })
      // The script alone is a program that loads anywhere; its rule would need the pack.
      await save(program.rebind([[RULE_PATH, undefined]]), join(out, `${task}.json`))
    }
    report = { solved }
  } catch (error) {
    report = { task, failed: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
  process.send?.(report)
})

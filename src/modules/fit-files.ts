/** The files that a run leaves while it is under way, besides its ledger: the best program so far, and a table. */

import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { save } from '../symbolic/index.ts'
import type { Generation } from './fit-options.ts'
import type { Program } from './program.ts'

export interface FitFilesOptions {
  readonly checkpoint?: string | undefined
  readonly csv?: string | undefined
  /** The names of the metrics, which are columns. */
  readonly metrics: readonly string[]
}

export class FitFiles {
  readonly #options: FitFilesOptions

  /** Begins the table anew: a run that goes on tells of all its generations again. */
  constructor(options: FitFilesOptions) {
    this.#options = options
    const { csv, metrics } = options
    if (csv === undefined) return
    mkdirSync(dirname(csv), { recursive: true })
    writeFileSync(csv, lineOf([...COLUMNS, ...metrics]))
  }

  /** Writes the line of a generation. */
  addGeneration(entry: Generation): void {
    const { csv, metrics } = this.#options
    if (csv === undefined) return
    const figures = metrics.map(name => entry.metrics?.[name] ?? '')
    appendFileSync(csv, lineOf([...COLUMNS.map(name => entry[name]), ...figures]))
  }

  /** Writes the best program so far, whole or not at all; gives back the name of the file, if there is one. */
  async keep(program: Program): Promise<string | undefined> {
    const { checkpoint } = this.#options
    if (checkpoint !== undefined) await save(program, checkpoint)
    return checkpoint
  }
}

const COLUMNS = ['generation', 'best', 'mean', 'evaluations', 'ms'] as const

const lineOf = (cells: readonly (string | number)[]): string => `${cells.map(cellOf).join(',')}\n`

/** Quoted where RFC 4180 asks for it. */
const cellOf = (cell: string | number): string =>
  typeof cell === 'string' && /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : String(cell)

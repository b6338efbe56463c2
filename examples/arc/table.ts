/**
 * The table of a run: a file of one JSON line per finished task, so that a run that was stopped goes on where it was,
 * and the counts over all of them.
 */

import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Solved } from './solve.ts'

/** What decides a result: tasks done under other conditions do not count as done. */
export interface Conditions {
  readonly seconds: number | null
  readonly candidates: number | null
  readonly generations: number
  readonly seed: number | string
}

/** A table whose file does not belong to this run; its message is all there is to say. */
export class TableError extends Error {}

/** Finished tasks, in memory or in a file as well. */
export class Table {
  readonly #file: string | undefined
  readonly #solved = new Map<string, Solved>()

  /** Opens the file, if there is one to go on from. A last line that was cut off is dropped. Throws `TableError`. */
  constructor(file: string | undefined, conditions: Conditions) {
    this.#file = file
    if (file === undefined) return
    const head = JSON.stringify({ arc: 1, ...conditions })
    const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
    const [first = '', ...lines] = text
      .slice(0, text.lastIndexOf('\n') + 1)
      .trimEnd()
      .split('\n')
    if (first === '') {
      if (text.trim() !== '') throw new TableError(`${file} is no table of this command`)
      writeFileSync(file, `${head}\n`)
      return
    }
    if (first !== head)
      throw new TableError(`${file} is of another run: it starts with ${first}, this one with ${head}`)
    for (const line of lines) this.#keep(JSON.parse(line) as Solved)
    writeFileSync(file, `${[head, ...lines].join('\n')}\n`)
  }

  has(task: string): boolean {
    return this.#solved.has(task)
  }

  add(solved: Solved): void {
    this.#keep(solved)
    if (this.#file !== undefined) appendFileSync(this.#file, `${JSON.stringify(solved)}\n`)
  }

  /** All that is finished, by name. */
  get all(): readonly Solved[] {
    return [...this.#solved.values()].sort((a, b) => (a.task < b.task ? -1 : 1))
  }

  #keep(solved: Solved): void {
    this.#solved.set(solved.task, solved)
  }
}

/** `61 of 400 tasks solved, 9 more fit their training pairs, 1990 s of search`. */
export function tallyText(all: readonly Solved[]): string {
  const solved = all.filter(({ isSolved }) => isSolved).length
  const fitted = all.filter(({ isSolved, isFitted }) => isFitted && !isSolved).length
  const seconds = all.reduce((sum, each) => sum + each.seconds, 0)
  return `${solved} of ${all.length} tasks solved, ${fitted} more fit their training pairs and fail the test, ${seconds.toFixed(0)} s of search`
}

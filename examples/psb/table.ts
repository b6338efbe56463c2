/**
 * The table: finished runs in a file of one JSON line each, so that a table that was stopped goes on where it was, and
 * what is counted over them.
 */

import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { Conditions, Run } from './solve.ts'

/** A file that is not of this table; its message is all there is to say. */
export class TableError extends Error {}

/** Finished runs, in memory or in a file as well. */
export class Table {
  readonly #file: string | undefined
  readonly #runs = new Map<string, Run>()

  /** Opens the file, if there is one to go on from; a last line that was cut off is dropped. Throws `TableError`. */
  constructor(file: string | undefined, { seconds = null, generations = null, population }: Loose) {
    this.#file = file
    if (file === undefined) return
    const head = JSON.stringify({ psb: 1, seconds, generations, population })
    const text = existsSync(file) ? readFileSync(file, 'utf8') : ''
    const [first = '', ...lines] = text.split('\n').slice(0, -1)
    if (text !== '' && first !== head)
      throw new TableError(`${file} must start with ${head} to go on from, got ${first.slice(0, 100)}`)
    for (const line of lines) this.#keep(JSON.parse(line) as Run)
    writeFileSync(file, `${[head, ...lines].join('\n')}\n`)
  }

  has(problem: string, seed: number): boolean {
    return this.#runs.has(`${problem} ${seed}`)
  }

  add(run: Run): void {
    this.#keep(run)
    if (this.#file !== undefined) appendFileSync(this.#file, `${JSON.stringify(run)}\n`)
  }

  runsOf(problem: string, seeds: readonly number[]): Run[] {
    return seeds.flatMap(seed => this.#runs.get(`${problem} ${seed}`) ?? [])
  }

  #keep(run: Run): void {
    this.#runs.set(`${run.problem} ${run.seed}`, run)
  }
}

type Loose = Omit<Conditions, 'seconds' | 'generations'> & {
  readonly seconds?: number | null | undefined
  readonly generations?: number | null | undefined
}

const HEAD = [
  'problem',
  'solved',
  'fits training only',
  'median s',
  'median evaluations',
  'median s of the solved',
]

/** The table as Markdown: a line for each problem, and all of them together. */
export function tableText(table: Table, problems: readonly string[], seeds: readonly number[]): string {
  const rows = problems.map(problem => {
    const runs = table.runsOf(problem, seeds)
    const solved = runs.filter(run => run.isSolved)
    return [
      problem,
      `${solved.length}/${runs.length}`,
      String(runs.filter(run => run.isFitted && !run.isSolved).length),
      median(runs.map(run => run.seconds))?.toFixed(1) ?? '',
      median(runs.map(run => run.evaluations))?.toFixed(0) ?? '',
      median(solved.map(run => run.seconds))?.toFixed(1) ?? '',
    ]
  })
  const all = problems.flatMap(problem => table.runsOf(problem, seeds))
  const total = ['all', `${all.filter(run => run.isSolved).length}/${all.length}`, '', '', '', '']
  return [HEAD, HEAD.map((_, i) => (i === 0 ? '---' : '---:')), ...rows, total]
    .map(row => `| ${row.join(' | ')} |`)
    .join('\n')
}

function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b)
  const half = sorted.length >> 1
  if (sorted.length % 2 === 1) return sorted[half]
  return sorted.length === 0 ? undefined : ((sorted[half - 1] as number) + (sorted[half] as number)) / 2
}

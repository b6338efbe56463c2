// Solves tasks of the Abstraction and Reasoning Corpus by path: finds a program of grid operators for each, draws it, and
// counts. Run: node --conditions=espalier-source --import tsx examples/arc/main.ts --data <folder of task files>

import { type ChildProcess, fork } from 'node:child_process'
import { readdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { onInterrupt, StatusLine } from 'espalier/search'
import { depthOf, solvedText } from './draw-text.ts'
import { page } from './page.ts'
import { Table, TableError, tallyText } from './table.ts'
import type { Report, Work } from './worker.ts'

const HELP = `examples/arc/main.ts --data FOLDER [options]

Finds programs that turn the input grids of ARC tasks into the output grids, by the training pairs of each task. A task is
solved when its program, chosen by the training pairs alone, gives exactly the test outputs.

  --data FOLDER       the folder of task files, one JSON file each (arcprize.org, or fchollet/ARC-AGI)
  --task ID           only this task; may be given several times
  --limit N           only N tasks, evenly spread over the folder
  --seconds N         how long the search of a task may take (default 5); results depend on the machine
  --candidates N      how many terms a search may try instead, which repeats exactly
  --generations N     generations of grammar evolution for tasks that enumeration leaves open (default 0)
  --seed SEED         another evolution (default 1)
  --threads N         how many tasks at a time (default 1); with --seconds more than cores cost solutions
  --table FILE        a JSON line per finished task; the same command goes on where it was
  --out FOLDER        where programs that fit are saved
  --html FILE         all tasks as one page
  --quiet             no pictures
  --help              this text
`

/** Something wrong with how the command was called; its message is all there is to say. */
class UsageError extends Error {}

async function main(args: readonly string[]): Promise<number> {
  const values = parse(args)
  if (values.help) {
    process.stdout.write(HELP)
    return 0
  }
  if (values.data === undefined) throw new UsageError('--data must name the folder of task files')
  const folder = values.data
  const candidates = values.candidates === undefined ? undefined : count(values.candidates, '--candidates')
  const seconds =
    values.seconds === undefined
      ? candidates === undefined
        ? 5
        : undefined
      : positive(values.seconds, '--seconds')
  const generations = values.generations === '0' ? 0 : count(values.generations, '--generations')
  const seed = /^\d+$/.test(values.seed) ? Number(values.seed) : values.seed
  const threads = count(values.threads, '--threads')
  const tasks = values.task ?? spread(namesIn(folder), values.limit)
  const table = new Table(values.table, {
    seconds: seconds ?? null,
    candidates: candidates ?? null,
    generations,
    seed,
  })
  const queue = tasks.filter(task => !table.has(task))
  const out = values.out
  const works = queue.map((task): Work => ({ folder, task, out, seconds, candidates, generations, seed }))

  using interrupt = onInterrupt()
  const status = new StatusLine(process.stderr)
  const depth = depthOf(process.stdout)
  const started = performance.now()
  let failures = 0
  const shown = (): void => {
    const done = tasks.length - works.length
    const time = ((performance.now() - started) / 1000).toFixed(0)
    status.show(`${done}/${tasks.length} taken, ${tallyText(table.all)}, ${time} s`)
  }
  shown()
  await inProcesses(works, Math.min(threads, queue.length), interrupt.signal, report => {
    status.clear()
    if ('failed' in report) {
      failures++
      process.stderr.write(`${report.task}: ${report.failed}\n`)
    } else {
      table.add(report.solved)
      if (!values.quiet) process.stdout.write(`${solvedText(report.solved, depth)}\n`)
    }
    shown()
  })
  status.clear()
  const limit = candidates === undefined ? `${seconds} s` : `${candidates} candidates`
  process.stdout.write(`${tallyText(table.all)} (at most ${limit} per task)\n`)
  if (values.html !== undefined) {
    writeFileSync(values.html, page(table.all, `ARC: at most ${limit} per task`))
    process.stdout.write(`${values.html}\n`)
  }
  if (interrupt.signal.aborted)
    process.stdout.write('Stopped; with --table the same command goes on from here.\n')
  return interrupt.signal.aborted ? 130 : failures > 0 ? 1 : 0
}

/** Has so many processes take work from the queue until it is empty or the signal aborts. */
async function inProcesses(
  queue: Work[],
  count: number,
  signal: AbortSignal,
  onReport: (report: Report) => void,
): Promise<void> {
  const run = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const child: ChildProcess = fork(fileURLToPath(new URL('./worker.ts', import.meta.url)))
      const stop = (): void => void child.kill('SIGKILL')
      const next = (): void => {
        const work = signal.aborted ? undefined : queue.shift()
        if (work === undefined) child.disconnect()
        else child.send(work)
      }
      signal.addEventListener('abort', stop)
      child.on('message', (report: Report) => {
        onReport(report)
        next()
      })
      child.once('error', reject)
      child.once('exit', code => {
        signal.removeEventListener('abort', stop)
        if (code === 0 || signal.aborted) resolve()
        else reject(new Error(`a process that solves tasks ended with ${code}`))
      })
      next()
    })
  await Promise.all(Array.from({ length: count }, run))
}

function parse(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        data: { type: 'string' },
        task: { type: 'string', multiple: true },
        limit: { type: 'string' },
        seconds: { type: 'string' },
        candidates: { type: 'string' },
        generations: { type: 'string', default: '0' },
        seed: { type: 'string', default: '1' },
        threads: { type: 'string', default: '1' },
        table: { type: 'string' },
        out: { type: 'string' },
        html: { type: 'string' },
        quiet: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    return values
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause))
  }
}

function namesIn(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter(name => name.endsWith('.json'))
    if (names.length > 0) return names.map(name => name.slice(0, -5)).sort()
  } catch (cause) {
    throw new UsageError(`--data must be a folder that can be read: ${(cause as Error).message}`)
  }
  throw new UsageError(`--data must be a folder of task files, which end in .json, got '${folder}'`)
}

/** So many of the names, evenly spread. */
function spread(names: readonly string[], limit: string | undefined): string[] {
  const most = limit === undefined ? names.length : Math.min(names.length, count(limit, '--limit'))
  return Array.from({ length: most }, (_, i) => names[Math.floor((i * names.length) / most)] as string)
}

function count(text: string, option: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1) return value
  throw new UsageError(`${option} must be a whole number of at least 1, got '${text}'`)
}

function positive(text: string, option: string): number {
  const value = Number(text)
  if (Number.isFinite(value) && value > 0) return value
  throw new UsageError(`${option} must be a number above 0, got '${text}'`)
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  const isExpected = error instanceof UsageError || error instanceof TableError
  process.stderr.write(`arc: ${isExpected ? error.message : error instanceof Error ? error.stack : error}\n`)
  process.exitCode = error instanceof UsageError ? 2 : 1
}

// Solves problems of the General Program Synthesis Benchmark by grammar evolution, many seeds each, and prints a table.
// Run: node --conditions=espalier-source --import tsx examples/psb/main.ts --seeds 20 --seconds 60 --table psb.jsonl

import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { onInterrupt, StatusLine } from 'espalier/search'
import { findProblem, problemNames } from './problems/index.ts'
import { Table, TableError, tableText } from './table.ts'
import type { Report, Work } from './worker.ts'

const HELP = `examples/psb/main.ts [options]

Finds programs for problems of PSB1 (Helmuth and Spector 2015) and PSB2 (Helmuth and Kelly 2021) from their training
cases. A run is a success when its program, chosen by the training cases alone, is right in every case of an unseen test.

  --problems A,B      which: ${problemNames.join(', ').replace(/(.{60,80}),/g, '$1,\n                      ')}
  --seeds N           so many runs of each problem (default 20)
  --first N           the first seed (default 1): settings were tuned on seeds from 1001 on
  --seconds N         how long a run may take (default 60); results depend on the machine
  --generations N     how many generations it may take instead, which repeats exactly
  --population N      programs per generation (default 600)
  --processes N       how many runs at a time (default 2); with --seconds more than cores cost successes
  --table FILE        a JSON line per finished run; the same command goes on where it was
  --scripts           the programs that were found, too
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
  const names = values.problems?.split(',') ?? problemNames
  const unknown = names.find(name => findProblem(name) === undefined)
  if (unknown !== undefined)
    throw new UsageError(`there is no problem '${unknown}'; there are ${problemNames.join(', ')}`)
  const [first, population] = [count(values.first, '--first'), count(values.population, '--population')]
  const seeds = Array.from({ length: count(values.seeds, '--seeds') }, (_, i) => first + i)
  const generations = values.generations && count(values.generations, '--generations')
  const seconds = generations ? undefined : count(values.seconds, '--seconds')
  const conditions = { seconds, generations: generations || undefined, population }
  const table = new Table(values.table, conditions)
  // Seed by seed, so that a table that was stopped says something of every problem.
  const all = seeds.flatMap(seed => names.map((problem): Work => ({ problem, seed, ...conditions })))
  const works = all.filter(({ problem, seed }) => !table.has(problem, seed))

  using interrupt = onInterrupt()
  const status = new StatusLine(process.stderr)
  let failures = 0
  const shown = () => status.show(`${all.length - works.length}/${all.length} runs taken`)
  shown()
  const processes = Math.min(count(values.processes, '--processes'), works.length)
  await inProcesses(works, processes, interrupt.signal, report => {
    status.clear()
    if ('failed' in report) {
      failures++
      process.stderr.write(`${report.failed}\n`)
    } else {
      table.add(report.run)
      const { problem, seed, isSolved, isFitted, wrong, cases, seconds: took, script } = report.run
      const end = isSolved
        ? 'solved'
        : `${wrong} of ${cases} wrong${isFitted ? ', though training fits' : ''}`
      process.stderr.write(`${problem} ${seed}: ${end}, ${took.toFixed(1)} s\n`)
      if (values.scripts) process.stderr.write(`${script}\n`)
    }
    shown()
  })
  status.clear()
  const limit = seconds === undefined ? `${generations} generations` : `${seconds} s`
  process.stdout.write(`${tableText(table, names, seeds)}\n\n`)
  process.stdout.write(
    `Seeds ${seeds[0]} to ${seeds.at(-1)}; at most ${limit} a run, ${population} programs a generation.\n`,
  )
  if (interrupt.signal.aborted)
    process.stdout.write('Stopped; with --table the same command goes on from here.\n')
  return interrupt.signal.aborted ? 130 : failures > 0 ? 1 : 0
}

/** Has so many processes take work from the queue until it is empty or the signal aborts. */
async function inProcesses(
  queue: Work[],
  processes: number,
  signal: AbortSignal,
  onReport: (report: Report) => void,
): Promise<void> {
  const run = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const child = fork(fileURLToPath(new URL('./worker.ts', import.meta.url)))
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
        else reject(new Error(`a process that does runs ended with ${code}`))
      })
      next()
    })
  await Promise.all(Array.from({ length: processes }, run))
}

function parse(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        problems: { type: 'string' },
        seeds: { type: 'string', default: '20' },
        first: { type: 'string', default: '1' },
        seconds: { type: 'string', default: '60' },
        generations: { type: 'string' },
        population: { type: 'string', default: '600' },
        processes: { type: 'string', default: '2' },
        table: { type: 'string' },
        scripts: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    return values
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause))
  }
}

function count(text: string, option: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1) return value
  throw new UsageError(`${option} must be a whole number of at least 1, got '${text}'`)
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  const isExpected = error instanceof UsageError || error instanceof TableError
  process.stderr.write(`psb: ${isExpected ? error.message : error instanceof Error ? error.stack : error}\n`)
  process.exitCode = error instanceof UsageError ? 2 : 1
}

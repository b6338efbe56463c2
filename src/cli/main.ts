#!/usr/bin/env node
/** The command `espalier`: reads its arguments, trains what they name, and says what came of it. */

import { parseArgs } from 'node:util'
import { Sandbox } from '../runtime/index.ts'
import { SymError } from '../symbolic/index.ts'
import { ExamplesError, readExamplesFile } from './examples-file.ts'
import { findProblem, problemNames } from './problems.ts'
import { Progress } from './progress.ts'
import { summary, taskReport } from './report.ts'
import type { Task } from './task.ts'
import { type TrainResult, train } from './train.ts'

const HELP = `espalier train [problem ...] [options]

Trains programs to solve problems given by examples, starting from scripts that fail at them, without a language model.
Without a problem it takes all of: ${problemNames.join(', ')}
(from the General Program Synthesis Benchmark, Helmuth & Spector 2015).

  --examples FILE     a problem of your own: a JSON file of inputs and outputs (see docs/examples-file.md)
  --seed SEED         repeats a run exactly (default 1)
  --generations N     the most generations per problem (default 100)
  --population N      candidates per generation (default 500)
  --out FOLDER        where the trained programs are saved (default .espalier/trained)
  --json              one JSON object instead of the report
  --help              this text
`

/** Something wrong with how the command was called; its message is all there is to say. */
class UsageError extends Error {}

async function main(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args)
  const [command, ...names] = positionals
  if (values.help || command === undefined) {
    process.stdout.write(HELP)
    return values.help ? 0 : 2
  }
  if (command !== 'train') throw new UsageError(`there is no command '${command}'; try: espalier train`)
  const seed = /^\d+$/.test(values.seed) ? Number(values.seed) : values.seed
  const tasks =
    values.examples === undefined
      ? benchmarkTasks(names, seed)
      : [await readExamplesFile(values.examples, { seed })]
  const generations = count(values.generations, '--generations')
  const populationSize = count(values.population, '--population')
  const say = (text: string): void => void (values.json || process.stdout.write(text))
  const abort = new AbortController()
  process.once('SIGINT', () => abort.abort())

  await using runner = new Sandbox({ size: 2 })
  say(
    `Programs that learn from examples. Seed ${seed}; scripts run at isolation level '${runner.isolation}'.\n\n`,
  )
  const results: TrainResult[] = []
  for (const task of tasks) {
    if (abort.signal.aborted) break
    say(`${task.name}: ${task.description}\n  starts from  ${task.seedScript}\n`)
    const progress = values.json ? null : new Progress(process.stdout, generations)
    const result = await train(task, {
      seed,
      generations,
      populationSize,
      folder: values.out,
      runner,
      signal: abort.signal,
      onEvent: event => progress?.show(event),
    })
    progress?.clear()
    say(`${taskReport(result)}\n`)
    results.push(result)
  }
  if (values.json) process.stdout.write(`${JSON.stringify({ seed, results }, null, 2)}\n`)
  else say(summary(results, repeatCommand(args, seed)))
  return abort.signal.aborted ? 130 : 0
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        examples: { type: 'string' },
        seed: { type: 'string', default: '1' },
        generations: { type: 'string', default: '100' },
        population: { type: 'string', default: '500' },
        out: { type: 'string', default: '.espalier/trained' },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause))
  }
}

function benchmarkTasks(names: readonly string[], seed: number | string): Task[] {
  return (names.length === 0 ? problemNames : names).map(name => {
    const problem = findProblem(name)
    if (problem === undefined) {
      throw new UsageError(`there is no problem '${name}'; there are ${problemNames.join(', ')}`)
    }
    return { ...problem, ...problem.generate(seed) }
  })
}

function count(text: string, option: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1) return value
  throw new UsageError(`${option} must be a whole number of at least 1, got '${text}'`)
}

/** The command that gives this run again. */
function repeatCommand(args: readonly string[], seed: number | string): string {
  const rest = args.slice(1).join(' ')
  const given = /--seed/.test(rest) ? rest : `--seed ${seed}${rest === '' ? '' : ` ${rest}`}`
  return `npm start -- ${given}`
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  const isExpected =
    error instanceof UsageError || error instanceof ExamplesError || error instanceof SymError
  process.stderr.write(
    `espalier: ${isExpected ? error.message : error instanceof Error ? error.stack : error}\n`,
  )
  process.exitCode = error instanceof UsageError ? 2 : 1
}

#!/usr/bin/env node
/** `npm run packing`: evolves a rule for online bin packing, starting from best fit, and says what became of it. */

import { existsSync, mkdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { onInterrupt } from '../../search/index.ts'
import { SymError, save } from '../../symbolic/index.ts'
import { DEFINITIONS, KINDS, type Kind } from './instances.ts'
import { endingText, improvementText, openingText } from './report.ts'
import { openStudy, type SearchOptions, search, secondsUsed, winnerOf } from './search.ts'

const HELP = `npm run packing -- [options]

Evolves the rule by which an online bin packer chooses a bin, starting from best fit, without a language model.
Stopped by Ctrl-C or killed, the same command goes on where it was.

  --kind KIND         ${KINDS.join(' or ')} (default ${KINDS[0]}): how items are drawn
  --seconds N         how long in all (default 60)
  --evaluations N     ends after so many rules, which repeats a run exactly on any machine
  --seed SEED         another search on other instances (default 1)
  --threads N         how many evaluate (default: one for each core)
  --out FOLDER        where journal, rule and report are kept (default .espalier/packing)
  --data FOLDER       a folder with binpack/binpack.json, the published instances (default $ESPALIER_DATA)
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
  const options = optionsOf(values)
  const published = publishedFile(values.data ?? process.env.ESPALIER_DATA)
  mkdirSync(values.out, { recursive: true })
  const { kind, seed, file } = options
  const say = (text: string): void => void process.stdout.write(`${text}\n`)

  using interrupt = onInterrupt()
  await using study = openStudy(options)
  await study.ready
  say(openingText(options, study.history.length, secondsUsed(file)))
  const started = performance.now()
  const before = study.history.length
  await search(study, {
    ...options,
    signal: interrupt.signal,
    onImproved: improvement => say(improvementText(improvement, performance.now() - started)),
  })
  if (study.history.length === 0) return 130
  const winner = winnerOf(study, kind, seed)
  const name = join(values.out, `${kind}-${seed}`)
  await save(winner, `${name}.json`)
  await study.report(`${name}.html`, {
    title: `Packing ${DEFINITIONS[kind].published}`,
    objectives: ['waste %'],
  })
  const seconds = (performance.now() - started) / 1000
  const run = { evaluations: study.history.length, now: study.history.length - before, seconds }
  say(endingText(winner, { ...options, published, run, rule: `${name}.json`, report: `${name}.html` }))
  if (study.stopReason === 'aborted') say(`Stopped; the same command goes on from ${file}.`)
  return study.stopReason === 'aborted' ? 130 : 0
}

type Values = ReturnType<typeof parse>

function parse(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        kind: { type: 'string', default: 'weibull' },
        seconds: { type: 'string' },
        evaluations: { type: 'string' },
        seed: { type: 'string', default: '1' },
        threads: { type: 'string' },
        out: { type: 'string', default: '.espalier/packing' },
        data: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    })
    return values
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause))
  }
}

function optionsOf({ kind, seconds, evaluations, seed, threads, out }: Values): SearchOptions {
  if (!isKind(kind)) throw new UsageError(`--kind must be ${KINDS.join(' or ')}, got '${kind}'`)
  return {
    kind,
    seed: /^\d+$/.test(seed) ? Number(seed) : seed,
    file: join(out, `${kind}-${seed}.jsonl`),
    threads: threads === undefined ? availableParallelism() : count(threads, '--threads'),
    // So many evaluations take as long as they take, unless a time is given too.
    seconds: seconds !== undefined ? count(seconds, '--seconds') : evaluations === undefined ? 60 : 1e9,
    evaluations: evaluations === undefined ? undefined : count(evaluations, '--evaluations'),
  }
}

/** The file of the published instances, if one was asked for. */
function publishedFile(folder: string | undefined): string | undefined {
  if (folder === undefined) return undefined
  const file = join(folder, 'binpack', 'binpack.json')
  if (!existsSync(file)) throw new UsageError(`there is no ${file}`)
  return file
}

const isKind = (kind: string): kind is Kind => (KINDS as readonly string[]).includes(kind)

function count(text: string, option: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1) return value
  throw new UsageError(`${option} must be a whole number of at least 1, got '${text}'`)
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  const isExpected = error instanceof UsageError || error instanceof SymError
  process.stderr.write(
    `packing: ${isExpected ? error.message : error instanceof Error ? error.stack : error}\n`,
  )
  process.exitCode = error instanceof UsageError ? 2 : 1
}

/** How a run is told from others: the record that begins its ledger, and what is said when another stands there. */

import { createHash } from 'node:crypto'
import type { FitOptions } from '../fit-options.ts'
import { isJsonRecord, type Json, sameJson } from '../json.ts'
import { languageModelsOf } from '../language/language-models.ts'
import type { OptimizerContext } from '../optimizer.ts'
import type { Program } from '../program.ts'
import type { Sample } from '../samples.ts'
import { LedgerError } from './ledger-error.ts'
import type { LedgerRecord, StartRecord } from './records.ts'

/** The record that begins the ledger of a run. Rewards and runners are functions, which nobody can compare. */
export function startOf<State>(context: OptimizerContext, options: FitOptions<State>): StartRecord {
  const { optimizer, validation, test, seed = 0 } = options
  const { template, samples, targets } = context
  return {
    type: 'fit',
    version: 1,
    optimizer: optimizer.name,
    program: digestOfProgram(template),
    state: digest(optimizer.save(optimizer.init(context))),
    samples: digestOfSamples(samples),
    ...(validation === undefined ? {} : { validation: digestOfSamples(validation) }),
    ...(test === undefined ? {} : { test: digestOfSamples(test) }),
    targets,
    seed,
    options: relevantOptions(options),
  }
}

/** Throws `LedgerError` that names what is different, unless the first record of a ledger begins the same run. */
export function checkStart(name: string, first: LedgerRecord, start: StartRecord): void {
  if (first.type !== 'fit') {
    throw new LedgerError(`${name}:1`, `the first record is of type '${first.type}', not 'fit'`)
  }
  const differing = [
    ...differences(WORDS, partsOf(first), partsOf(start)),
    ...differences(name => `the option '${name}'`, first.options, start.options),
  ]
  if (differing.length === 0) return
  const others = differing.slice(0, 5).join('; ')
  throw new LedgerError(name, `is the ledger of another run: ${others}; give it another file, or its own run`)
}

function relevantOptions<State>(options: FitOptions<State>): { readonly [name: string]: Json } {
  const { target, patience, minDelta, batchSize, finalists, sampleTimeout, metrics, languageModel } = options
  const { budget } = options
  const models = Object.entries(languageModelsOf(languageModel) ?? {}).map(([name, { id }]) => [name, id])
  const known = {
    budget,
    target,
    patience,
    minDelta,
    batchSize,
    finalists,
    sampleTimeout,
    metrics: metrics === undefined ? undefined : Object.keys(metrics),
    languageModel: models.length === 0 ? undefined : Object.fromEntries(models),
  }
  return JSON.parse(JSON.stringify(known)) as { readonly [name: string]: Json }
}

const partsOf = ({ optimizer, program, state, samples, validation, test, targets, seed }: StartRecord) => ({
  optimizer,
  program,
  state,
  samples,
  validation,
  test,
  targets: targets as readonly string[] as Json,
  seed,
})

type Parts = ReturnType<typeof partsOf>

const WORDS = (name: string): string => NAMES[name as keyof Parts]

const NAMES: { readonly [Name in keyof Parts]: string } = {
  optimizer: 'the optimizer',
  program: 'the program',
  state: 'the state that the optimizer begins with',
  samples: 'the training samples',
  validation: 'the validation samples',
  test: 'the test samples',
  targets: 'what may be trained',
  seed: 'the seed',
}

function differences(
  named: (name: string) => string,
  then: { readonly [name: string]: Json | undefined },
  now: { readonly [name: string]: Json | undefined },
): string[] {
  const names = [...new Set([...Object.keys(then), ...Object.keys(now)])]
  return names
    .filter(name => !sameJson(own(then, name), own(now, name)))
    .map(name => `${named(name)} was ${shown(own(then, name))} and is ${shown(own(now, name))}`)
}

const own = (record: { readonly [name: string]: Json | undefined }, name: string): Json | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined

function shown(value: Json | undefined): string {
  const text = value === undefined ? 'not given' : JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

const digestOfSamples = (samples: readonly Sample[]): string =>
  digest(
    samples.map(({ inputs, outputs, group }) => [inputs, outputs, ...(group === undefined ? [] : [group])]),
  )

/** A program with something in it that no file can hold is known by its hash alone. */
function digestOfProgram(program: Program): string {
  let json: Json
  try {
    json = program.toJSON()
  } catch {
    return `hash ${program.hash()}`
  }
  return digest(json)
}

/** Equal JSON has equal digests, whatever the order of keys. */
const digest = (json: Json): string =>
  createHash('sha256')
    .update(JSON.stringify(inOrder(json)))
    .digest('hex')
    .slice(0, 32)

/** JSON with every record as a list of its entries, sorted by key, which cannot be taken for a list of its own. */
function inOrder(json: Json): Json {
  if (Array.isArray(json)) return ['list', ...json.map(inOrder)]
  if (!isJsonRecord(json)) return json
  const entries = Object.entries(json).sort(([a], [b]) => (a < b ? -1 : 1))
  return ['record', ...entries.map(([key, value]) => [key, inOrder(value)])]
}

/**
 * Tasks of the Abstraction and Reasoning Corpus (Chollet 2019), one JSON file each: pairs of coloured grids that show a
 * rule, and pairs to apply it to. A sample asks for one grid and has other pairs of its task as examples, never the one
 * that is asked for; all samples of a task are of one group, so a split keeps tasks whole.
 */

import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, extname, join } from 'node:path'
import { isJsonRecord, type Json, type JsonSchema } from '../json.ts'
import type { Sample } from '../samples.ts'
import { SampleSource } from './sample-source.ts'
import { SourceError } from './source-error.ts'

/** Rows of colours, each from 0 to 9; 1 to 30 rows and columns. */
export type ArcGrid = readonly (readonly number[])[]

export type ArcPair = { readonly input: ArcGrid; readonly output: ArcGrid }

export interface ArcTask {
  readonly name: string
  readonly train: readonly ArcPair[]
  readonly test: readonly ArcPair[]
}

export type ArcSample = Sample & {
  readonly inputs: { readonly examples: readonly ArcPair[]; readonly input: ArcGrid }
  readonly outputs: { readonly output: ArcGrid }
  readonly group: string
}

export interface ArcOptions {
  /**
   * Which grids are asked for: those of the test pairs, with all training pairs as examples; each training pair, with the
   * others as examples; or both. Default `test`.
   */
  readonly ask?: 'test' | 'train' | 'both'
  /** The names of the tasks; by default all in the folder, in the order of their names. */
  readonly tasks?: readonly string[]
}

const GRID: JsonSchema = {
  type: 'array',
  items: { type: 'array', items: { type: 'integer', minimum: 0, maximum: 9 }, minItems: 1, maxItems: 30 },
  minItems: 1,
  maxItems: 30,
}
const $defs = { Grid: GRID }
const grid: JsonSchema = { $ref: '#/$defs/Grid' }

/** The schema of what goes into a program for such tasks. */
export const ARC_INPUT_SCHEMA: JsonSchema = {
  type: 'object',
  properties: {
    examples: {
      type: 'array',
      items: { type: 'object', properties: { input: grid, output: grid }, required: ['input', 'output'] },
    },
    input: grid,
  },
  required: ['examples', 'input'],
  $defs,
}

/** The schema of what should come out. */
export const ARC_OUTPUT_SCHEMA: JsonSchema = {
  type: 'object',
  properties: { output: grid },
  required: ['output'],
  $defs,
}

/**
 * The samples of ARC tasks, by the path of a task file or of a folder of them.
 *
 *     arcSamples('data/training', { ask: 'both' }).split({ train: 8, test: 2 }, 1)
 */
export function arcSamples(path: string, { ask = 'test', tasks }: ArcOptions = {}): SampleSource<ArcSample> {
  return new SampleSource(async function* () {
    for (const file of await taskFiles(path, tasks)) yield* samplesOfTask(await readArcTask(file), ask)
  })
}

/** The task in a file. Throws `SourceError` naming the place of the first thing that is wrong with it. */
export async function readArcTask(file: string): Promise<ArcTask> {
  const text = await textOf(file)
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (cause) {
    const { message } = cause as Error
    throw new SourceError(file, lineIn(text, message), `must be JSON: ${message}`, cause)
  }
  const wrong = (place: string, must: string): never => {
    throw new SourceError(file, null, `${place} must ${must}`)
  }
  if (!isJsonRecord(data)) return wrong('a task', 'be a record with the keys train and test')
  for (const key of Object.keys(data)) {
    if (!['train', 'test', 'name'].includes(key))
      wrong(JSON.stringify(key.slice(0, 40)), 'be one of train, test, name')
  }
  const pairs = (key: 'train' | 'test'): ArcPair[] => {
    const list = data[key]
    if (!Array.isArray(list) || list.length === 0 || list.length > MAX_PAIRS) {
      return wrong(key, `be a list of 1 to ${MAX_PAIRS} pairs`)
    }
    return (list as Json[]).map((pair, i) => {
      const place = `${key}[${i}]`
      if (!isJsonRecord(pair)) return wrong(place, 'be a record with the keys input and output')
      const side = (name: 'input' | 'output'): ArcGrid =>
        gridAt(pair[name], must => wrong(`${place}.${name}`, must))
      return { input: side('input'), output: side('output') }
    })
  }
  return { name: basename(file, extname(file)), train: pairs('train'), test: pairs('test') }
}

const MAX_BYTES = 16 * 1024 * 1024
const MAX_PAIRS = 100

function* samplesOfTask({ name, train, test }: ArcTask, ask: ArcOptions['ask']): Generator<ArcSample> {
  const sample = ({ input, output }: ArcPair, examples: readonly ArcPair[]): ArcSample => ({
    inputs: { examples, input },
    outputs: { output },
    group: name,
  })
  if (ask !== 'test')
    for (const pair of train)
      yield sample(
        pair,
        train.filter(other => other !== pair),
      )
  if (ask !== 'train') for (const pair of test) yield sample(pair, train)
}

async function taskFiles(path: string, tasks: readonly string[] | undefined): Promise<string[]> {
  try {
    if (!(await stat(path)).isDirectory()) return [path]
    if (tasks !== undefined) return tasks.map(name => join(path, `${name}.json`))
    const names = (await readdir(path)).filter(name => name.endsWith('.json')).sort()
    if (names.length === 0) throw new SourceError(path, null, 'has no task files, which end in .json')
    return names.map(name => join(path, name))
  } catch (cause) {
    throw cause instanceof SourceError ? cause : unreadable(path, cause)
  }
}

async function textOf(file: string): Promise<string> {
  try {
    const { size } = await stat(file)
    if (size > MAX_BYTES)
      throw new SourceError(file, null, `must have at most ${MAX_BYTES} bytes, got ${size}`)
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw cause instanceof SourceError ? cause : unreadable(file, cause)
  }
}

const unreadable = (file: string, cause: unknown): SourceError =>
  new SourceError(file, null, `cannot be read: ${(cause as Error).message}`, cause)

function gridAt(rows: Json | undefined, wrong: (must: string) => never): ArcGrid {
  if (!Array.isArray(rows) || rows.length < 1 || rows.length > 30) return wrong('be a grid of 1 to 30 rows')
  const width = Array.isArray(rows[0]) ? rows[0].length : 0
  for (const [i, row] of (rows as Json[]).entries()) {
    if (!Array.isArray(row) || row.length < 1 || row.length > 30)
      return wrong(`have 1 to 30 cells in row ${i}`)
    if (row.length !== width) return wrong(`be a rectangle: row ${i} has ${row.length} cells, row 0 ${width}`)
    const at = row.findIndex(cell => !(Number.isInteger(cell) && 0 <= cell && cell <= 9))
    if (at >= 0)
      return wrong(
        `hold integers from 0 to 9: row ${i} has ${JSON.stringify(row[at])?.slice(0, 40)} in ${at}`,
      )
  }
  return rows as ArcGrid
}

/** The line that the message of a JSON error is about, where it says so. */
function lineIn(text: string, message: string): number | null {
  const position = /at position (\d+)/.exec(message)?.[1]
  if (position !== undefined) return text.slice(0, Number(position)).split('\n').length
  return message.includes('end of JSON') ? text.trimEnd().split('\n').length : null
}

/** Samples from files of rows, JSON Lines and CSV, read as they are asked for: a file may be larger than the memory. */

import { copyJson, isJsonRecord, type Json, setKey } from '../json.ts'
import type { Sample } from '../samples.ts'
import { type CsvOptions, csvRecords } from './csv.ts'
import { linesOf } from './pieces.ts'
import { cellReader, checkSide, groupOf, keysOfSide, pickSide, type Row, type Side } from './rows.ts'
import { SampleSource } from './sample-source.ts'
import { SourceError } from './source-error.ts'

export interface JsonlOptions {
  /**
   * What goes in and what should come out. By default rows are `{ inputs, outputs }`, which models check; with lists of
   * keys both sides are made of the keys of flat rows.
   */
  readonly inputs?: Side
  readonly outputs?: Side
  /** The key by which rows belong together; by default `group`, where rows have one. */
  readonly group?: string
  /** Longer lines are refused, in characters. Default a million. */
  readonly maxLength?: number
}

/**
 * The samples in a JSON Lines file, one a line. Empty lines are skipped.
 *
 *     jsonlSamples('data.jsonl')                                             // {"inputs":…,"outputs":…}
 *     jsonlSamples('data.jsonl', { inputs: ['question'], outputs: ['answer'] })
 */
export function jsonlSamples(file: string, options: JsonlOptions = {}): SampleSource {
  return new SampleSource(async function* () {
    for await (const { text, number: line } of linesOf(file, options.maxLength)) {
      yield jsonlSample({ values: recordIn(text, file, line), file, line }, options)
    }
  })
}

export interface CsvSampleOptions extends CsvOptions {
  /** The columns that go in, by name, or a model: then cells become what its schema asks for, and are checked. */
  readonly inputs: Side
  readonly outputs: Side
  /** The column by which rows belong together. */
  readonly group?: string
}

/**
 * The samples in a CSV file with a header. Cells are text, unless a model asks for something else.
 *
 *     csvSamples('prices.csv', { inputs: Features, outputs: ['price'] })
 */
export function csvSamples(file: string, options: CsvSampleOptions): SampleSource {
  return new SampleSource(async function* () {
    let toSample: ((cells: readonly string[], line: number) => Sample) | null = null
    for await (const { cells, line } of csvRecords(file, options)) {
      if (toSample === null) toSample = csvRows(checkHeader(cells, file, line, options), file, options)
      else yield toSample(cells, line)
    }
    if (toSample === null)
      throw new SourceError(file, null, 'has no header: the first line names the columns')
  })
}

function jsonlSample(row: Row, { inputs, outputs, group }: JsonlOptions): Sample {
  const { values, file, line } = row
  const isFlat = Array.isArray(inputs) || Array.isArray(outputs)
  if (isFlat) {
    if (inputs === undefined || outputs === undefined) {
      throw new TypeError('jsonlSamples needs the keys of both sides, inputs and outputs')
    }
    return { inputs: pickSide(inputs, row), outputs: pickSide(outputs, row), ...groupOf(group, row) }
  }
  const side = (name: 'inputs' | 'outputs', model: Side | undefined): Json => {
    if (Object.hasOwn(values, name)) return checkSide(model, values[name] as Json, row)
    throw new SourceError(file, line, `the row needs '${name}'; name its keys where rows are flat`)
  }
  const by = group ?? (Object.hasOwn(values, 'group') ? 'group' : undefined)
  return { inputs: side('inputs', inputs), outputs: side('outputs', outputs), ...groupOf(by, row) }
}

function recordIn(text: string, file: string, line: number): Row['values'] {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (cause) {
    throw new SourceError(file, line, `must be JSON: ${(cause as Error).message}`, cause)
  }
  if (!isJsonRecord(data))
    throw new SourceError(file, line, 'must be a record, like {"inputs": …, "outputs": …}')
  // JSON.parse takes any depth; everything after it takes only so much.
  const copied = copyJson(data)
  if (!copied.ok) throw new SourceError(file, line, 'must be JSON of less depth')
  return copied.json as Row['values']
}

function checkHeader(
  header: readonly string[],
  file: string,
  line: number,
  { inputs, outputs, group }: CsvSampleOptions,
): readonly string[] {
  const twice = header.find((name, i) => header.indexOf(name) !== i)
  if (twice !== undefined) throw new SourceError(file, line, `has two columns called '${twice}'`)
  // A column that a model has a default for may be missing; rows without it say so if it may not.
  const wanted = [inputs, outputs].flatMap(side => (Array.isArray(side) ? (side as string[]) : []))
  if (group !== undefined) wanted.push(group)
  const missing = wanted.find(name => !header.includes(name))
  if (missing === undefined) return header
  throw new SourceError(file, line, `has no column '${missing}', only ${header.slice(0, 20).join(', ')}`)
}

/** Makes samples of the rows below a header. */
function csvRows(
  header: readonly string[],
  file: string,
  { inputs, outputs, group }: CsvSampleOptions,
): (cells: readonly string[], line: number) => Sample {
  const sideOf = (side: Side): ((cells: readonly string[], line: number) => Json) => {
    const keys = new Set(keysOfSide(side))
    const columns = header.map((name, i) => ({ name, i })).filter(({ name }) => keys.has(name))
    const read = cellReader(side)
    return (cells, line) => {
      const values: Record<string, Json> = {}
      for (const { name, i } of columns) {
        const value = read(name, cells[i] as string)
        if (value !== undefined) setKey(values, name, value)
      }
      return pickSide(side, { values, file, line })
    }
  }
  const [inputsOf, outputsOf] = [sideOf(inputs), sideOf(outputs)]
  return (cells, line) => {
    if (cells.length !== header.length) {
      const counts = `must have ${header.length} cells, as the header has, got ${cells.length}`
      throw new SourceError(file, line, counts)
    }
    const sample = { inputs: inputsOf(cells, line), outputs: outputsOf(cells, line) }
    return group === undefined ? sample : { ...sample, group: cells[header.indexOf(group)] as string }
  }
}

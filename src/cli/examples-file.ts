/**
 * A problem of the user's own, read from a JSON file of input/output examples:
 *
 *     {
 *       "name": "double", "description": "Twice the number.",
 *       "inputs": { "x": { "type": "integer" } }, "outputs": { "y": { "type": "integer" } },
 *       "examples": [{ "inputs": { "x": 1 }, "outputs": { "y": 2 } }],
 *       "seedScript": "result = { y: inputs.x }"
 *     }
 *
 * Only `examples` is required. Everything wrong with a file is found before anything is said about it.
 */

import { readFile, stat } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { DataModel, type JsonSchema, type Sample } from '../modules/index.ts'
import type { Json } from '../runtime/index.ts'
import { Rng, type Seed } from '../search/index.ts'
import { KeyPath, SymError } from '../symbolic/index.ts'
import type { Task } from './task.ts'

/** How large a file and its parts may be. */
export const LIMITS = {
  bytes: 16 * 1024 * 1024,
  examples: 10_000,
  names: 50,
  nameLength: 100,
  listLength: 10_000,
  textLength: 10_000,
  scriptLength: 100_000,
} as const

/** With fewer different examples there is nothing to tell learning from remembering. */
export const MIN_EXAMPLES = 5

/** One thing wrong with a file. */
export interface ExamplesProblem {
  readonly path: string
  readonly value: unknown
  readonly expected: string
  readonly message: string
}

/** A file that cannot be used; all that is wrong with it is in `problems`. */
export class ExamplesError extends Error {
  override readonly name = 'ExamplesError'
  readonly problems: readonly ExamplesProblem[]

  constructor(file: string, problems: readonly ExamplesProblem[]) {
    const lines = problems
      .slice(0, 20)
      .map(({ path, message }) => (path === '' ? message : `${path} ${message}`))
    if (problems.length > lines.length) lines.push(`and ${problems.length - lines.length} more`)
    super(
      lines.length === 1
        ? `${file}: ${lines[0]}`
        : `${file}: ${problems.length} problems\n  ${lines.join('\n  ')}`,
    )
    this.problems = problems
  }
}

/** The task in a file of examples. Throws `ExamplesError` naming everything that is wrong with it. */
export async function readExamplesFile(file: string, { seed = 0 }: { seed?: Seed } = {}): Promise<Task> {
  let text: string
  try {
    const { size } = await stat(file)
    if (size > LIMITS.bytes) throw new ExamplesError(file, [flaw('', size, `at most ${LIMITS.bytes} bytes`)])
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (error instanceof ExamplesError) throw error
    const { message } = error as Error
    throw new ExamplesError(file, [
      flaw('', undefined, 'a file that can be read', `cannot be read: ${message}`),
    ])
  }
  return parseExamples(text, { file, seed })
}

/** The task in the text of such a file. */
export function parseExamples(text: string, { file, seed = 0 }: { file: string; seed?: Seed }): Task {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (error) {
    const message = `must be JSON: ${(error as Error).message}`
    throw new ExamplesError(file, [flaw('', text.slice(0, 60), 'JSON', message)])
  }
  const reader = new Reader()
  const task = reader.task(data, basename(file, extname(file)), seed)
  if (task === null || reader.problems.length > 0) throw new ExamplesError(file, reader.problems)
  return task
}

type JsonRecord = { readonly [key: string]: unknown }

const KNOWN_KEYS = ['name', 'description', 'inputs', 'outputs', 'examples', 'seedScript']
const HOSTILE_KEYS = ['__proto__', 'constructor', 'prototype']
const VALUES = 'a boolean, a number, a string or a list of numbers'
const KINDS = '{ "type": … } of boolean, integer, number, string, or array with items of integer or number'

/** Goes through a file and takes down what is wrong with it. */
class Reader {
  readonly problems: ExamplesProblem[] = []

  task(data: unknown, fallbackName: string, seed: Seed): Task | null {
    const file = this.record(KeyPath.root, data)
    if (file === null) return null
    for (const key of Object.keys(file)) {
      if (!KNOWN_KEYS.includes(key) && !HOSTILE_KEYS.includes(key)) {
        this.add(KeyPath.of(key), file[key], `one of the keys ${KNOWN_KEYS.join(', ')}`, 'is not a known key')
      }
    }
    const name = this.text(file, 'name', LIMITS.nameLength) ?? fallbackName
    const isFileName = /^[\w][\w .-]*$/.test(name)
    if (!isFileName && file.name !== undefined) {
      this.add(KeyPath.of('name'), name, 'letters, digits, spaces, dots and dashes, since it names a file')
    }
    const description = this.text(file, 'description', LIMITS.textLength) ?? 'A problem given by examples.'
    const examples = this.examples(file.examples)
    const inputs = this.schema('inputs', file.inputs, examples)
    const outputs = this.schema('outputs', file.outputs, examples)
    const seedScript = this.text(file, 'seedScript', LIMITS.scriptLength)
    if (this.problems.length === 0) this.count(examples)
    if (inputs === null || outputs === null) return null
    this.fit('inputs', inputs, examples)
    this.fit('outputs', outputs, examples)
    const distinct = this.distinct(examples)
    if (this.problems.length > 0) return null
    const blank = blankFor(outputs)
    return {
      name: isFileName ? name : 'examples',
      description,
      inputSchema: inputs,
      outputSchema: outputs,
      seedScript: seedScript ?? `result = ${JSON.stringify(blank)}`,
      defaultReturnValue: blank,
      ...parts(distinct, seed),
    }
  }

  /** The examples whose form is right. */
  private examples(data: unknown): Sample[] {
    const path = KeyPath.of('examples')
    if (!Array.isArray(data)) {
      this.add(path, data, 'a list of examples, each with inputs and outputs')
      return []
    }
    if (data.length > LIMITS.examples) {
      this.add(path, data.length, `at most ${LIMITS.examples} examples`)
      return []
    }
    const found: Sample[] = []
    for (const [i, one] of data.entries()) {
      const before = this.problems.length
      const example = this.record(path.child(i), one)
      if (example === null) continue
      for (const key of Object.keys(example)) {
        if (key === 'inputs' || key === 'outputs' || HOSTILE_KEYS.includes(key)) continue
        this.add(path.child(i).child(key), example[key], 'inputs or outputs', 'is not a known key')
      }
      const inputs = this.values(path.child(i).child('inputs'), example.inputs)
      const outputs = this.values(path.child(i).child('outputs'), example.outputs)
      if (this.problems.length === before) found.push({ inputs, outputs } as Sample)
    }
    return found
  }

  /** A record of values that the grammar has types for. */
  private values(path: KeyPath, data: unknown): JsonRecord | null {
    const record = this.record(path, data)
    if (record === null) return null
    const names = Object.keys(record)
    if (names.length === 0 || names.length > LIMITS.names) {
      this.add(path, names.length, `a record of 1 to ${LIMITS.names} values`)
    }
    for (const name of names) {
      if (HOSTILE_KEYS.includes(name)) continue
      if (name.length > LIMITS.nameLength || name === '') {
        this.add(path.child(name.slice(0, 20)), name.length, `named by 1 to ${LIMITS.nameLength} characters`)
        continue
      }
      this.value(path.child(name), record[name])
    }
    return record
  }

  private value(path: KeyPath, value: unknown): void {
    if (typeof value === 'string' && value.length > LIMITS.textLength) {
      this.add(path, value.length, `at most ${LIMITS.textLength} characters`)
    } else if (Array.isArray(value)) {
      if (value.length > LIMITS.listLength)
        return this.add(path, value.length, `at most ${LIMITS.listLength} elements`)
      const at = value.findIndex(element => !isNumber(element))
      if (at >= 0) this.add(path.child(at), value[at], 'a number')
    } else if (typeof value !== 'boolean' && typeof value !== 'string' && !isNumber(value))
      this.add(path, value, VALUES)
  }

  /** The schema of one side: what the file says, or what its examples show. */
  private schema(side: 'inputs' | 'outputs', given: unknown, examples: readonly Sample[]): JsonSchema | null {
    const path = KeyPath.of(side)
    if (given === undefined) return examples.length === 0 ? null : this.shown(side, examples)
    const record = this.record(path, given)
    if (record === null) return null
    const before = this.problems.length
    const names = Object.keys(record).filter(name => !HOSTILE_KEYS.includes(name))
    if (names.length === 0 || names.length > LIMITS.names) {
      this.add(path, names.length, `a record of 1 to ${LIMITS.names} schemas`)
    }
    for (const name of names)
      if (!isKnownSchema(record[name])) this.add(path.child(name), record[name], KINDS)
    if (this.problems.length > before) return null
    const schema = schemaOf(record as { readonly [name: string]: JsonSchema })
    try {
      DataModel.of(schema)
    } catch (error) {
      if (!(error instanceof SymError)) throw error
      this.add(path, given, 'JSON Schema', `cannot be used: ${error.message}`)
      return null
    }
    return schema
  }

  /** The narrowest schema that every example fits. */
  private shown(side: 'inputs' | 'outputs', examples: readonly Sample[]): JsonSchema {
    const properties: { [name: string]: JsonSchema } = Object.create(null)
    for (const [i, example] of examples.entries()) {
      for (const [name, value] of Object.entries(example[side] as JsonRecord)) {
        const known = properties[name]
        const joined = join(known, schemaOfValue(value))
        if (joined !== undefined) properties[name] = joined
        else {
          const path = KeyPath.of('examples', i, side, name)
          this.add(path, value, `of type ${JSON.stringify(known)}, as in the examples before`)
        }
      }
    }
    return schemaOf({ ...properties })
  }

  /** Takes down where examples do not fit a schema. */
  private fit(side: 'inputs' | 'outputs', schema: JsonSchema, examples: readonly Sample[]): void {
    if (this.problems.length > 0) return
    const model = DataModel.of(schema)
    for (const [i, example] of examples.entries()) {
      for (const { path, value, expected, message } of model.problems(example[side])) {
        const place = KeyPath.of('examples', i, side, ...KeyPath.parse(path).keys)
        this.problems.push({ path: place.toString(), value, expected, message })
      }
    }
  }

  /** The examples without repeats. Equal inputs with different outputs are a contradiction. */
  private distinct(examples: readonly Sample[]): Sample[] {
    const known = new Map<string, { readonly at: number; readonly outputs: string }>()
    const distinct: Sample[] = []
    for (const [i, example] of examples.entries()) {
      const inputs = sortedText(example.inputs)
      const outputs = sortedText(example.outputs)
      const first = known.get(inputs)
      if (first === undefined) {
        known.set(inputs, { at: i, outputs })
        distinct.push(example)
      } else if (first.outputs !== outputs) {
        const expected = `the outputs of examples[${first.at}], which has the same inputs`
        this.add(KeyPath.of('examples', i, 'outputs'), example.outputs, expected)
      }
    }
    if (this.problems.length === 0) this.count(distinct)
    return distinct
  }

  private count({ length }: readonly Sample[]): void {
    const isEnough = length >= MIN_EXAMPLES
    if (!isEnough) this.add(KeyPath.of('examples'), length, `at least ${MIN_EXAMPLES} different examples`)
  }

  private text(file: JsonRecord, key: string, most: number): string | undefined {
    const value = file[key]
    if (value === undefined) return undefined
    if (typeof value === 'string' && 0 < value.length && value.length <= most) return value
    const shown = typeof value === 'string' ? value.length : value
    this.add(KeyPath.of(key), shown, `text of 1 to ${most} characters`)
    return undefined
  }

  /** A record without keys that could reach a prototype. */
  private record(path: KeyPath, data: unknown): JsonRecord | null {
    if (typeof data !== 'object' || data === null || Array.isArray(data)) {
      this.add(path, data, 'a record')
      return null
    }
    for (const key of Object.keys(data)) {
      if (HOSTILE_KEYS.includes(key))
        this.add(path.child(key), key, 'another name', 'is not allowed as a key')
    }
    return data as JsonRecord
  }

  private add(path: KeyPath, value: unknown, expected: string, message?: string): void {
    this.problems.push(flaw(path.toString(), value, expected, message))
  }
}

function flaw(path: string, value: unknown, expected: string, message?: string): ExamplesProblem {
  return { path, value, expected, message: message ?? `must be ${expected}, got ${shown(value)}` }
}

function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`
}

/** Numbers whose magnitude a rule can calculate with. `JSON.parse` makes 1e999 infinite. */
const isNumber = (value: unknown): value is number => typeof value === 'number' && Math.abs(value) < 2 ** 64

const SCALARS = ['boolean', 'integer', 'number', 'string']

function isKnownSchema(schema: unknown): boolean {
  const { type, items } = (schema ?? {}) as JsonRecord
  if (SCALARS.includes(type as string)) return true
  const element = ((items ?? {}) as JsonRecord).type
  return type === 'array' && (element === 'integer' || element === 'number')
}

const schemaOf = (properties: { readonly [name: string]: JsonSchema }): JsonSchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
})

function schemaOfValue(value: unknown): JsonSchema {
  if (Array.isArray(value))
    return { type: 'array', items: { type: value.every(Number.isInteger) ? 'integer' : 'number' } }
  return { type: typeof value === 'number' ? (Number.isInteger(value) ? 'integer' : 'number') : typeof value }
}

/** The narrower schema that values of both fit, if there is one; an integer is a number. */
function join(a: JsonSchema | undefined, b: JsonSchema): JsonSchema | undefined {
  if (a === undefined) return b
  if (a.type === 'array' && b.type === 'array') {
    const [first, second] = [a.items as JsonSchema, b.items as JsonSchema]
    return { type: 'array', items: join(first, second) as JsonSchema }
  }
  if (a.type === b.type) return a
  const areNumbers = [a.type, b.type].every(type => type === 'integer' || type === 'number')
  return areNumbers ? { type: 'number' } : undefined
}

const BLANKS: { readonly [type: string]: Json } = { boolean: false, string: '', array: [] }

/** A value for every output: the answer of a script that knows nothing. */
function blankFor(schema: JsonSchema): { readonly [name: string]: Json } {
  const properties = schema.properties as { readonly [name: string]: JsonSchema }
  return Object.fromEntries(
    Object.entries(properties).map(([name, { type }]) => [name, BLANKS[type as string] ?? 0]),
  )
}

/** A fifth for validation, a fifth to be tested on, the rest to learn from; drawn by seed. */
function parts(examples: readonly Sample[], seed: Seed): Pick<Task, 'train' | 'validation' | 'test'> {
  const mixed = Rng.from(seed).split('examples').shuffle(examples)
  const share = Math.max(1, Math.floor(mixed.length / 5))
  return {
    test: mixed.slice(0, share),
    validation: mixed.slice(share, 2 * share),
    train: mixed.slice(2 * share),
  }
}

const sortedText = (record: unknown): string =>
  JSON.stringify(Object.entries(record as JsonRecord).sort(([a], [b]) => (a < b ? -1 : 1)))

/**
 * Trees in JSON Lines files, one a line, to which several programs may append. A line is appended in one write; what a
 * crash may leave behind is a last line without its line break, which is an error or skipped, as one likes.
 */

import { JsonError } from '../errors.ts'
import type { Symbolic } from '../symbolic.ts'
import { inFile, treeIn } from './file.ts'
import { able, type FileSystem, fileSystemOf } from './file-system.ts'
import { typeAndOptions } from './json.ts'
import type { WriteOptions } from './json-out.ts'
import type { ReadOptions } from './reading.ts'

/** What becomes of a last line that breaks off: an error, or as if it were not there. */
export interface TornLine {
  readonly torn?: 'error' | 'skip'
}

/** `maxSize`, `maxDepth` and `maxNodes` hold for each line. */
export interface JsonlReadOptions extends ReadOptions, TornLine {}

/**
 * With `torn: 'skip'`, a last line that breaks off is cut away before anything is appended. The file is written anew for
 * that, so no other program should append just then.
 */
export interface JsonlWriteOptions extends WriteOptions, TornLine {}

type Type<Instance> = abstract new (...args: never) => Instance

/** A JSON Lines file of trees, to read from and append to. */
export interface Jsonl<Tree extends Symbolic> extends AsyncIterable<Tree> {
  readonly file: string
  /** Adds trees to the end; those of one call stand together, and calls take effect in order. */
  append(...trees: readonly Tree[]): Promise<void>
}

/**
 * The trees in a JSON Lines file, one after the other; a long file is read in pieces. Empty lines are skipped. Errors
 * name the file and the line.
 *
 *     for await (const model of readJsonl('models.jsonl', Model)) …
 */
export function readJsonl(file: string, options?: JsonlReadOptions): AsyncGenerator<Symbolic, void, undefined>
export function readJsonl<Instance extends Symbolic>(
  file: string,
  type: Type<Instance>,
  options?: JsonlReadOptions,
): AsyncGenerator<Instance, void, undefined>
export async function* readJsonl(
  file: string,
  typeOrOptions?: Type<Symbolic> | JsonlReadOptions,
  options?: JsonlReadOptions,
): AsyncGenerator<Symbolic, void, undefined> {
  const [type, how] = typeAndOptions(typeOrOptions, options) as [Type<Symbolic> | undefined, JsonlReadOptions]
  for await (const { text, number, isLast } of linesOf(file, how?.maxSize ?? Infinity)) {
    let tree: Symbolic
    try {
      tree = treeIn(text, type, how)
    } catch (error) {
      if (isLast && !isJson(text)) {
        if (how?.torn === 'skip') return
        throw new JsonError('', `${file}:${number}: ${TORN}`, { cause: error })
      }
      throw inFile(error, `${file}:${number}`)
    }
    yield tree
  }
}

/**
 * Adds trees to the end of a JSON Lines file, which is made when there is none.
 *
 *     await appendJsonl('models.jsonl', [model])
 */
export async function appendJsonl(
  file: string,
  trees: readonly Symbolic[],
  { torn = 'error', ...how }: JsonlWriteOptions = {},
): Promise<void> {
  const text = trees.map(tree => `${tree.toJsonString(how)}\n`).join('')
  const before = queues.get(file) ?? Promise.resolve()
  const done = before.then(() => appendText(file, text, torn))
  // Who comes next waits for this one, however it ends.
  const settled = done.catch(() => {})
  queues.set(file, settled)
  try {
    await done
  } finally {
    if (queues.get(file) === settled) queues.delete(file)
  }
}

/** A JSON Lines file to read from and append to. The options hold for both. */
export function openJsonl(file: string, options?: JsonlReadOptions & JsonlWriteOptions): Jsonl<Symbolic>
export function openJsonl<Instance extends Symbolic>(
  file: string,
  type: Type<Instance>,
  options?: JsonlReadOptions & JsonlWriteOptions,
): Jsonl<Instance>
export function openJsonl(
  file: string,
  typeOrOptions?: Type<Symbolic> | (JsonlReadOptions & JsonlWriteOptions),
  options?: JsonlReadOptions & JsonlWriteOptions,
): Jsonl<Symbolic> {
  const [type, how] = typeAndOptions(typeOrOptions, options)
  return {
    file,
    append: (...trees) => appendJsonl(file, trees, how as JsonlWriteOptions),
    [Symbol.asyncIterator]: () => (type === undefined ? readJsonl(file, how) : readJsonl(file, type, how)),
  }
}

const TORN = "the last line breaks off, as a crash may leave it; read with { torn: 'skip' } to do without it"

/** The appends of this program that are under way, by file: each looks at the end of the file first. */
const queues = new Map<string, Promise<void>>()

async function appendText(file: string, text: string, torn: 'error' | 'skip'): Promise<void> {
  const files = fileSystemOf(file)
  const append = able(files, 'append', file)
  const tail = await (files.tail?.(file) ?? tailOfWhole(files, file))
  if (tail === '') return text === '' ? undefined : append(file, text)
  // A whole line may lack its break when somebody wrote it by hand.
  if (isJson(tail)) return append(file, `\n${text}`)
  if (torn === 'error') throw new JsonError('', `${file}: ${TORN.replace('read', 'append')}`)
  const whole = await files.read(file)
  await files.write(file, whole.slice(0, whole.lastIndexOf('\n') + 1) + text)
}

async function tailOfWhole(files: FileSystem, file: string): Promise<string> {
  const text = await files.read(file).catch(() => '')
  return text.slice(text.lastIndexOf('\n') + 1)
}

interface Line {
  readonly text: string
  readonly number: number
  /** Whether no line break follows. */
  readonly isLast: boolean
}

async function* linesOf(file: string, maxSize: number): AsyncGenerator<Line, void, undefined> {
  const files = fileSystemOf(file)
  const pieces = files.pieces?.(file) ?? [await files.read(file)]
  let rest = ''
  let number = 0
  for await (const piece of pieces) {
    const lines = piece.split('\n')
    lines[0] = rest + lines[0]
    rest = lines.pop() as string
    for (const text of lines) {
      number++
      if (text.trim() !== '') yield { text, number, isLast: false }
    }
    // A line without an end must not fill the memory before it is refused.
    if (rest.length > maxSize) {
      throw new JsonError('', `${file}:${number + 1}: the line has more bytes than maxSize ${maxSize} allows`)
    }
  }
  if (rest.trim() !== '') yield { text: rest, number: number + 1, isLast: true }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

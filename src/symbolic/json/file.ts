/** Trees in files, whole or not at all. What is loaded is checked like any JSON, and every error names its file. */

import type { Symbolic } from '../symbolic.ts'
import type { PartialOf } from '../values/partial.ts'
import { able, fileSystemOf } from './file-system.ts'
import { fromJsonString, typeAndOptions } from './json.ts'
import type { WriteOptions } from './json-out.ts'
import type { ReadOptions } from './reading.ts'

export interface SaveOptions extends WriteOptions {
  /** Spaces to indent by; 2 by default, 0 for one line. */
  readonly indent?: number
}

type Type<Instance> = abstract new (...args: never) => Instance

/**
 * Writes a tree as JSON. The file appears whole or not at all; an older file of that name stays until then.
 *
 *     await save(model, 'model.json')
 */
export async function save(tree: Symbolic, file: string, options?: SaveOptions): Promise<void> {
  await fileSystemOf(file).write(file, textOf(tree, options))
}

/** The same, done when it returns. */
export function saveSync(tree: Symbolic, file: string, options?: SaveOptions): void {
  able(fileSystemOf(file), 'writeSync', file)(file, textOf(tree, options))
}

/**
 * The tree in a JSON file. With a class, it must be an instance of it. Throws `JsonError` for what is not JSON or of an
 * unknown type, `FieldError` for values that do not fit.
 *
 *     const model = await load('model.json', Model)
 */
export async function load(file: string, options?: ReadOptions): Promise<Symbolic>
export async function load<Instance extends Symbolic>(
  file: string,
  type: Type<Instance>,
  options: ReadOptions & { readonly partial: true },
): Promise<Instance | PartialOf<Instance>>
export async function load<Instance extends Symbolic>(
  file: string,
  type: Type<Instance>,
  options?: ReadOptions,
): Promise<Instance>
export async function load(
  file: string,
  typeOrOptions?: Type<Symbolic> | ReadOptions,
  options?: ReadOptions,
): Promise<Symbolic> {
  const [type, how] = typeAndOptions(typeOrOptions, options)
  try {
    return treeIn(await fileSystemOf(file).read(file, how?.maxSize), type, how)
  } catch (error) {
    throw inFile(error, file)
  }
}

/** The same, at once. */
export function loadSync(file: string, options?: ReadOptions): Symbolic
export function loadSync<Instance extends Symbolic>(
  file: string,
  type: Type<Instance>,
  options: ReadOptions & { readonly partial: true },
): Instance | PartialOf<Instance>
export function loadSync<Instance extends Symbolic>(
  file: string,
  type: Type<Instance>,
  options?: ReadOptions,
): Instance
export function loadSync(
  file: string,
  typeOrOptions?: Type<Symbolic> | ReadOptions,
  options?: ReadOptions,
): Symbolic {
  const [type, how] = typeAndOptions(typeOrOptions, options)
  const readSync = able(fileSystemOf(file), 'readSync', file)
  try {
    return treeIn(readSync(file, how?.maxSize), type, how)
  } catch (error) {
    throw inFile(error, file)
  }
}

function textOf(tree: Symbolic, { indent = 2, ...how }: SaveOptions = {}): string {
  const text = tree.toJsonString(how)
  return indent === 0 ? text : `${JSON.stringify(JSON.parse(text), null, indent)}\n`
}

/** The tree in a text, with a class or without. */
export const treeIn = (
  text: string,
  type: Type<Symbolic> | undefined,
  options: ReadOptions | undefined,
): Symbolic => (type === undefined ? fromJsonString(text, options) : fromJsonString(text, type, options))

/** An error with the name of its file, and the line, before its message. Those of the system have it already. */
export function inFile(error: unknown, place: string): unknown {
  if (error instanceof Error && !('syscall' in error)) error.message = `${place}: ${error.message}`
  return error
}

/**
 * Trees in files. `save` writes beside the target, syncs and renames, so that a reader, a crash or a full disk never
 * meets half a file; `load` checks everything it reads.
 */

import { randomUUID } from 'node:crypto'
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fromJsonString } from './json.ts'
import type { Symbolic } from './symbolic.ts'

export interface SaveOptions {
  /** Spaces to indent by; 2 by default, 0 for one line. */
  readonly indent?: number
}

/**
 * Writes a tree as JSON. The file appears whole or not at all; an older file of that name stays until then.
 *
 *     await save(model, 'model.json')
 */
export async function save(tree: Symbolic, file: string, { indent = 2 }: SaveOptions = {}): Promise<void> {
  const text = tree.toJsonString()
  await writeAtomically(file, indent === 0 ? text : `${JSON.stringify(JSON.parse(text), null, indent)}\n`)
}

/**
 * The tree in a JSON file. With a class, it must be an instance of it. Throws `JsonError` for what is not JSON or of an
 * unknown type, `FieldError` for values that do not fit.
 *
 *     const model = await load('model.json', Model)
 */
export async function load(file: string): Promise<Symbolic>
export async function load<Instance extends Symbolic>(
  file: string,
  type: abstract new (...args: never) => Instance,
): Promise<Instance>
export async function load(
  file: string,
  type?: abstract new (...args: never) => Symbolic,
): Promise<Symbolic> {
  const text = await readFile(file, 'utf8')
  try {
    return type === undefined ? fromJsonString(text) : fromJsonString(text, type)
  } catch (error) {
    if (error instanceof Error) error.message = `${file}: ${error.message}`
    throw error
  }
}

/** Writes a file in full or not at all. */
export async function writeAtomically(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const draft = `${file}.${randomUUID()}.tmp`
  try {
    const handle = await open(draft, 'wx')
    try {
      await handle.writeFile(text, 'utf8')
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

/** Files for one test, in a folder that goes when it is over. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Gives a function that writes a file and gives back its path; to be called inside of a `describe`. */
export function temporaryFiles(): (name: string, content: string | Uint8Array) => string {
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'espalier-data-'))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))
  return (name, content) => {
    const file = join(folder, name)
    writeFileSync(file, content)
    return file
  }
}

/** What is thrown on the way through. */
export async function failureOf(items: AsyncIterable<unknown>): Promise<Error> {
  try {
    for await (const _ of items);
  } catch (error) {
    return error as Error
  }
  throw new Error('nothing was thrown')
}

/** Everything on the way through. */
export async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = []
  for await (const item of items) found.push(item)
  return found
}

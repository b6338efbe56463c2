/**
 * Where files live. Names that begin with a registered prefix (`'mem:'`, `'s3://bucket/'`) belong to the file system that
 * was registered for it; all others to the disk. A file is written whole or not at all, and lines are appended whole.
 */

import { SymError } from '../errors.ts'
import { disk } from './disk.ts'

/** What saving and loading ask of a place for files. */
export interface FileSystem {
  /** The text of a file; throws when there is none, or when it is longer than `maxSize` bytes. */
  read(file: string, maxSize?: number): Promise<string>
  /** Writes a file; a reader sees the old one or the new one, never a part. */
  write(file: string, text: string): Promise<void>
  /** Adds text to the end of a file, which is made when there is none; needed by `appendJsonl`. */
  append?(file: string, text: string): Promise<void>
  /** The text of a file piece by piece, for files that are too long to be read at once. */
  pieces?(file: string): AsyncIterable<string>
  /** What stands behind the last line break of a file; '' for none, and when there is no file. */
  tail?(file: string): Promise<string>
  /** The same at once, needed by `loadSync` and `saveSync`. */
  readSync?(file: string, maxSize?: number): string
  writeSync?(file: string, text: string): void
}

/**
 * Gives all files whose names begin with a prefix to a file system; the longest prefix decides. Gives back a function
 * that takes it away again.
 *
 *     const remove = addFileSystem('mem:', memoryFiles())
 *     await save(model, 'mem:model.json')
 */
export function addFileSystem(prefix: string, files: FileSystem): () => void {
  if (typeof prefix !== 'string' || prefix === '') {
    throw new SymError('', `a file system needs a prefix, like 'mem:', got '${prefix}'`)
  }
  const entry = { prefix, files }
  added.unshift(entry)
  added.sort((a, b) => b.prefix.length - a.prefix.length)
  return () => {
    const at = added.indexOf(entry)
    if (at >= 0) added.splice(at, 1)
  }
}

/** The longest prefix first, and of equal ones the one that was added last. */
const added: { readonly prefix: string; readonly files: FileSystem }[] = []

/** The file system that a file belongs to. */
export function fileSystemOf(file: string): FileSystem {
  return added.find(({ prefix }) => file.startsWith(prefix))?.files ?? disk
}

/** One of the optional abilities of a file system, or the error that it has none. */
export function able<Name extends keyof FileSystem>(
  files: FileSystem,
  name: Name,
  file: string,
): NonNullable<FileSystem[Name]> {
  const ability = files[name]
  if (typeof ability === 'function') return ability.bind(files) as NonNullable<FileSystem[Name]>
  throw new SymError('', `${file}: its file system cannot ${name}`)
}

/** Files in memory, by name: for tests, and for programs that keep nothing. */
export function memoryFiles(texts: Map<string, string> = new Map()): Required<FileSystem> {
  const readSync = (file: string): string => {
    const text = texts.get(file)
    if (text === undefined) throw new SymError('', 'there is no such file')
    return text
  }
  const writeSync = (file: string, text: string): void => void texts.set(file, text)
  return {
    readSync,
    writeSync,
    read: async file => readSync(file),
    write: async (file, text) => writeSync(file, text),
    append: async (file, text) => writeSync(file, (texts.get(file) ?? '') + text),
    tail: async file => tailOf(texts.get(file) ?? ''),
    async *pieces(file) {
      yield readSync(file)
    },
  }
}

/** What stands behind the last line break of a text. */
export const tailOf = (text: string): string => text.slice(text.lastIndexOf('\n') + 1)

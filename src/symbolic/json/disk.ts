/**
 * Files on disk. Writing goes to a draft beside the target, which is synced and renamed, so that a reader, a crash or a
 * full disk never meets half a file; appending is one write to a file opened for that, so lines of several programs
 * never mix.
 */

import { randomUUID } from 'node:crypto'
import {
  closeSync,
  createReadStream,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { tooLong } from './limits.ts'

/** Writes a file in full or not at all. */
export async function writeAtomically(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const draft = `${file}.${randomUUID()}.tmp`
  try {
    await withFile(draft, 'wx', async handle => {
      await handle.writeFile(text, 'utf8')
      await handle.sync()
    })
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

function writeAtomicallySync(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true })
  const draft = `${file}.${randomUUID()}.tmp`
  try {
    const handle = openSync(draft, 'wx')
    try {
      writeFileSync(handle, text, 'utf8')
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(draft, file)
  } catch (error) {
    rmSync(draft, { force: true })
    throw error
  }
}

const read = (file: string, maxSize = Infinity): Promise<string> =>
  withFile(file, 'r', async handle => {
    const { size } = await handle.stat()
    if (size > maxSize) throw tooLong(size, maxSize)
    return handle.readFile('utf8')
  })

function readSync(file: string, maxSize = Infinity): string {
  const handle = openSync(file, 'r')
  try {
    const { size } = fstatSync(handle)
    if (size > maxSize) throw tooLong(size, maxSize)
    return readFileSync(handle, 'utf8')
  } finally {
    closeSync(handle)
  }
}

async function append(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await withFile(file, 'a', async handle => {
    const bytes = Buffer.from(text, 'utf8')
    const { bytesWritten } = await handle.write(bytes)
    if (bytesWritten !== bytes.length) {
      throw new Error(`only ${bytesWritten} of ${bytes.length} bytes were written; is the disk full?`)
    }
    await handle.datasync()
  })
}

/** How much is read at once in search of the last line break. */
const TAIL_PIECE = 65536

async function tail(file: string): Promise<string> {
  let handle: FileHandle
  try {
    handle = await open(file, 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
  try {
    const { size } = await handle.stat()
    let bytes = Buffer.alloc(0)
    for (let start = size; start > 0 && !bytes.includes('\n'); ) {
      const length = Math.min(TAIL_PIECE, start)
      start -= length
      const piece = Buffer.alloc(length)
      await handle.read(piece, 0, length, start)
      bytes = Buffer.concat([piece, bytes])
    }
    return bytes.subarray(bytes.lastIndexOf('\n') + 1).toString('utf8')
  } finally {
    await handle.close()
  }
}

async function withFile<Result>(
  file: string,
  flags: string,
  body: (handle: FileHandle) => Promise<Result>,
): Promise<Result> {
  const handle = await open(file, flags)
  try {
    return await body(handle)
  } finally {
    await handle.close()
  }
}

/** The files of the machine. */
export const disk = {
  read,
  write: writeAtomically,
  append,
  tail,
  pieces: (file: string): AsyncIterable<string> => createReadStream(file, 'utf8'),
  readSync,
  writeSync: writeAtomicallySync,
}

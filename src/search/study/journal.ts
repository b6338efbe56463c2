/**
 * A study in a file: one line of JSON for each record, only ever appended to. Whatever moment a process is killed at, the
 * journal says all that was answered before, and the study goes on from it as if nothing had happened. There are no
 * snapshots: a hundred thousand trials are read in a second or two.
 */

import {
  closeSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { StudyError } from '../errors.ts'
import { isTornStart, nextLine, type Place, recordsIn, startOfJournal } from './journal-lines.ts'
import { lock } from './journal-lock.ts'
import type { StudyRecord } from './records.ts'
import type { StudyStorage } from './storage.ts'

export interface JournalOptions {
  /**
   * When records are made safe against the loss of power (a process that is killed loses nothing either way): each one,
   * all of a window of trials at once, or whenever the system gets to it.
   */
  readonly sync?: 'record' | 'window' | 'never'
}

/**
 * The records of one study in a file, which one study at a time may have open.
 *
 *     new Study(space, regularizedEvolution(), { storage: new JournalStorage('study.jsonl', { sync: 'record' }) })
 *     new Study(space, regularizedEvolution(), { storage: 'study.jsonl' })            // the same, synced by the window
 */
export class JournalStorage implements StudyStorage {
  readonly file: string
  readonly #sync: 'record' | 'window' | 'never'
  #fd: number | null = null
  #release: (() => void) | null = null
  /** Where the next line goes; null until the journal was read. */
  #place: Place | null = null
  /** Why a write has failed, if one has. */
  #failure: unknown = null
  #window = 1
  /** Trials asked since the last sync, and whether anything was written since. */
  #asked = 0
  #isDirty = false

  constructor(file: string, { sync = 'window' }: JournalOptions = {}) {
    if (typeof file !== 'string' || file === '') {
      throw new StudyError('', `a journal needs the name of a file, got ${JSON.stringify(file)}`)
    }
    if (sync !== 'record' && sync !== 'window' && sync !== 'never') {
      throw new StudyError('', `sync must be 'record', 'window' or 'never', got ${JSON.stringify(sync)}`)
    }
    this.file = file
    this.#sync = sync
  }

  /**
   * The records, read as they are asked for. Takes the lock. Throws `StudyError` for a file that is no journal, or was
   * damaged, and changes nothing then; a last line that breaks off is moved to a file with `.torn` at its name.
   */
  read(): Iterable<StudyRecord> {
    this.#open()
    const place = startOfJournal()
    if (this.#fd !== null) return this.#records(this.#fd, place)
    this.#place ??= place
    return []
  }

  append(record: StudyRecord): void {
    if (this.#place === null) for (const _ of this.read());
    if (this.#failure !== null || this.#place === null) {
      const cause = this.#failure
      throw new StudyError('', `${this.file} cannot be written to any more: ${String(cause)}`, { cause })
    }
    this.#fd ??= create(this.file)
    const [line, place] = nextLine(record, this.#place)
    this.#write(this.#fd, line, this.#place.bytes)
    this.#place = place
    this.#isDirty = true
    if (record.type === 'study') this.#window = record.window
    if (record.type === 'ask') this.#asked++
    if (this.#sync === 'record' || (this.#sync === 'window' && this.#asked >= this.#window)) this.flush()
  }

  /** Makes all records safe against the loss of power, unless that is left to the system. */
  flush(): void {
    if (!this.#isDirty || this.#fd === null || this.#sync === 'never') return
    try {
      fdatasyncSync(this.#fd)
    } catch (error) {
      // What the system could not write it may have forgotten, so asking once more proves nothing.
      this.#failure = error
      throw error
    }
    this.#asked = 0
    this.#isDirty = false
  }

  /** Closes the file and gives back the lock; reading opens it again. */
  close(): void {
    try {
      if (this.#failure === null) this.flush()
    } finally {
      if (this.#fd !== null) closeSync(this.#fd)
      this.#release?.()
      this.#fd = null
      this.#release = null
      this.#place = null
      this.#failure = null
    }
  }

  #open(): void {
    if (this.#release !== null) return
    this.#release = lock(this.file)
    try {
      this.#fd = openExisting(this.file, 'a+')
    } catch (error) {
      this.close()
      throw error
    }
  }

  *#records(fd: number, place: Place): Generator<StudyRecord> {
    const isFirst = this.#place === null
    try {
      const { size } = fstatSync(fd)
      for (const record of recordsIn(this.file, fd, size, place)) {
        if (record.type === 'study') this.#window = record.window
        yield record
      }
      if (!isFirst) return
      if (place.bytes < size) this.#cutTail(fd, place, size)
      this.#place = place
    } finally {
      // Whoever did not get to the end cannot write, so another may.
      if (this.#place === null) this.close()
    }
  }

  /** Moves what a crash has left of a last line to a file beside the journal. */
  #cutTail(fd: number, place: Place, size: number): void {
    const tail = tailOf(fd, place.bytes, size)
    if (place.number === 0) refuseForeign(this.file, tail)
    const torn = openSync(`${this.file}.torn`, 'a')
    try {
      writeSync(torn, Buffer.concat([tail, Buffer.from('\n')]))
      if (this.#sync !== 'never') fsyncSync(torn)
    } finally {
      closeSync(torn)
    }
    ftruncateSync(fd, place.bytes)
  }

  /** One write for the line and its break. When it fails half-way, the half is taken back. */
  #write(fd: number, line: Buffer, bytes: number): void {
    try {
      const written = writeSync(fd, line)
      if (written === line.length) return
      throw new StudyError(
        '',
        `${this.file}: only ${written} of ${line.length} bytes were written; is the disk full?`,
      )
    } catch (error) {
      this.#failure = error
      ftruncateSync(fd, bytes)
      throw error
    }
  }
}

/**
 * The records of a journal that another study may be writing just now: takes no lock, changes nothing, and leaves a last
 * line that breaks off alone.
 *
 *     for (const record of readJournal('study.jsonl')) …
 */
export function* readJournal(file: string): Generator<StudyRecord> {
  const fd = openExisting(file, 'r')
  if (fd === null) throw new StudyError('', `there is no journal ${file}`)
  try {
    const { size } = fstatSync(fd)
    const place = startOfJournal()
    yield* recordsIn(file, fd, size, place)
    if (place.number === 0) refuseForeign(file, tailOf(fd, place.bytes, size))
  } finally {
    closeSync(fd)
  }
}

/** A file that is there, opened; null when there is none. */
function openExisting(file: string, flags: 'a+' | 'r'): number | null {
  const stat = statSync(file, { throwIfNoEntry: false })
  if (stat === undefined) return null
  if (stat.isFile()) return openSync(file, flags)
  throw new StudyError('', `${file} is no file, so it cannot be the journal of a study`)
}

/** A new file, which also the folder knows of after a loss of power. */
function create(file: string): number {
  const fd = openSync(file, 'ax+')
  syncFolder(dirname(file))
  return fd
}

function syncFolder(folder: string): void {
  try {
    const fd = openSync(folder, 'r')
    fsyncSync(fd)
    closeSync(fd)
  } catch {
    // Windows has no such thing.
  }
}

function refuseForeign(file: string, tail: Buffer): void {
  if (isTornStart(tail)) return
  const text = JSON.stringify(tail.toString('utf8', 0, 60))
  throw new StudyError('', `${file}:1: the file is not the journal of a study: it says ${text}`)
}

function tailOf(fd: number, from: number, size: number): Buffer {
  const tail = Buffer.alloc(size - from)
  const count = readSync(fd, tail, 0, tail.length, from)
  return tail.subarray(0, count)
}

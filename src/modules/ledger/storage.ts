/**
 * Where the records of a run are kept: a place to append to and to read from. A file, a table or a stream will do; here
 * are the one in a file and the one in memory.
 */

import {
  appendFileSync,
  closeSync,
  existsSync,
  fdatasyncSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs'
import { dirname } from 'node:path'
import { JournalStorage } from '../../search/index.ts'
import { LedgerError } from './ledger-error.ts'
import { nextLine, type Place, readLines, START } from './lines.ts'
import type { LedgerRecord } from './records.ts'

/**
 * Where the records of one run are kept. One run at a time may write; reading happens once, before the first record is
 * appended. A record counts as kept when `append` returned, or when the promise it gave is fulfilled.
 */
export interface LedgerStorage {
  /** What it is called in errors. */
  readonly name: string
  /** All records so far, in the order they were appended. */
  read(): Iterable<LedgerRecord> | Promise<Iterable<LedgerRecord>>
  append(record: LedgerRecord): void | Promise<void>
  /** Makes all records safe against the loss of power; called after each generation. */
  flush?(): void | Promise<void>
  /** Gives back what it holds (files, locks); called when the run ends, however it ends. */
  close?(): void | Promise<void>
}

/** Records in memory, for runs that need not outlive the process, and for tests. */
export class MemoryLedger implements LedgerStorage {
  readonly name = 'the ledger'
  readonly #records: LedgerRecord[]

  constructor(records: Iterable<LedgerRecord> = []) {
    this.#records = [...records]
  }

  read(): readonly LedgerRecord[] {
    return [...this.#records]
  }

  append(record: LedgerRecord): void {
    this.#records.push(record)
  }
}

/**
 * Records in a file, a line of JSON each, only ever appended to. A process that is killed loses nothing that was
 * appended; a last line that breaks off is moved to a file with `.torn` at its name. One run at a time has the file.
 *
 *     await fit(program, samples, { ledger: new FileLedger('run.jsonl'), … })
 *     await fit(program, samples, { ledger: 'run.jsonl', … })                     // the same
 */
export class FileLedger implements LedgerStorage {
  readonly name: string
  readonly #lock: JournalStorage
  #fd: number | null = null
  #place: Place = START

  constructor(file: string) {
    this.name = file
    this.#lock = new JournalStorage(file)
  }

  read(): readonly LedgerRecord[] {
    // The lock is that of journals: whoever begins to read one has it until closing it, and no line was read yet.
    this.#lock.read()
    try {
      const isNew = !existsSync(this.name)
      const content = isNew ? Buffer.alloc(0) : readFileSync(this.name)
      const [records, place] = readLines(this.name, content)
      this.#fd = openSync(this.name, 'a')
      if (isNew) syncFolder(dirname(this.name))
      if (place.bytes < content.length) this.#cut(content.subarray(place.bytes), place.bytes)
      this.#place = place
      return records
    } catch (error) {
      this.close()
      throw error
    }
  }

  append(record: LedgerRecord): void {
    if (this.#fd === null)
      throw new LedgerError(this.name, 'is not open: it must be read before it is written')
    const [line, place] = nextLine(record, this.#place)
    try {
      const written = writeSync(this.#fd, line)
      if (written === line.length) {
        this.#place = place
        return
      }
      throw new LedgerError(
        this.name,
        `only ${written} of ${line.length} bytes were written; is the disk full?`,
      )
    } catch (error) {
      ftruncateSync(this.#fd, this.#place.bytes)
      throw error
    }
  }

  flush(): void {
    if (this.#fd !== null) fdatasyncSync(this.#fd)
  }

  close(): void {
    try {
      this.flush()
    } finally {
      if (this.#fd !== null) closeSync(this.#fd)
      this.#fd = null
      this.#lock.close()
    }
  }

  /** Moves what a crash has left of a last line to a file beside the ledger. */
  #cut(tail: Buffer, bytes: number): void {
    appendFileSync(`${this.name}.torn`, Buffer.concat([tail, Buffer.from('\n')]))
    ftruncateSync(this.#fd as number, bytes)
  }
}

/** A new file, which also the folder knows of after a loss of power. */
function syncFolder(folder: string): void {
  try {
    const fd = openSync(folder, 'r')
    fsyncSync(fd)
    closeSync(fd)
  } catch {
    // Windows has no such thing.
  }
}

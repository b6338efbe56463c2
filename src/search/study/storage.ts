/**
 * Where the records of a study are kept: a place to append to and to read from. A file, a table or a stream will do;
 * here is the one in memory.
 */

import { StudyError } from '../errors.ts'
import type { StudyRecord } from './records.ts'

/**
 * Where the records of one study are kept. One study at a time may write; reading happens once, before the first
 * record is appended. A record counts as kept when `append` returned, or when the promise it gave is fulfilled; records
 * are kept in the order of the calls.
 */
export interface StudyStorage {
  /** All records so far, in the order they were appended. */
  read(): Iterable<StudyRecord> | Promise<Iterable<StudyRecord>>
  append(record: StudyRecord): void | Promise<void>
  /** Makes all records safe against the loss of power; called at the end of each run. */
  flush?(): void | Promise<void>
  /** Gives back what it holds (files, locks); called by `study.close()`. */
  close?(): void | Promise<void>
}

/** Records in memory: for studies that need not outlive the process, and for tests. */
export class MemoryStorage implements StudyStorage {
  readonly #records: StudyRecord[]

  constructor(records: Iterable<StudyRecord> = []) {
    this.#records = [...records]
    const start = this.#records[0]
    if (start !== undefined && start.type !== 'study') {
      throw new StudyError('', `the first record of a study must be of type 'study', got '${start.type}'`)
    }
  }

  read(): readonly StudyRecord[] {
    return [...this.#records]
  }

  append(record: StudyRecord): void {
    this.#records.push(record)
  }
}

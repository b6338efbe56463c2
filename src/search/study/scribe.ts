/**
 * Writes what happens in a study to its storage, in the order in which it happens. A trial is waited for before it is
 * handed out; answers and reports are written at once, and waited for before the next trial.
 */

import { StudyError } from '../errors.ts'
import type { RecordTime, StartRecord, StudyRecord, TrialRecord } from './records.ts'
import type { StudyStorage } from './storage.ts'
import { checkStart } from './study-options.ts'
import { reasonOf } from './trial.ts'

export class Scribe {
  readonly #storage: StudyStorage
  readonly #start: StartRecord
  #isBegun = false
  #beginning: Promise<void> | null = null
  #isClosed = false
  /** Answers and reports on their way to the storage. */
  #writes: Promise<void>[] = []
  #broken: { readonly cause: unknown } | null = null

  constructor(storage: StudyStorage, start: StartRecord) {
    this.#storage = storage
    this.#start = start
  }

  /** Gives the records behind the first to a reader. Throws `StudyError` when they are of another study. */
  read(reader: (records: Iterable<StudyRecord>) => void): void | Promise<void> {
    const records = this.#storage.read()
    const take = (all: Iterable<StudyRecord>): void => reader(this.#checked(all))
    return records instanceof Promise ? records.then(take) : take(records)
  }

  /** Writes a record, and the one that begins the study when nothing is written yet; gives it back with its time. */
  async append<Written extends StudyRecord>(
    record: Written,
  ): Promise<Written & { readonly time: RecordTime }> {
    this.#needOpen()
    if (!this.#isBegun) await (this.#beginning ??= this.#begin())
    // From here to the storage without a pause: an answer that comes in between must not get ahead of it.
    const stamped = { ...record, time: { at: Date.now() } }
    await this.#storage.append(stamped)
    return stamped
  }

  /**
   * Writes a record of a trial that was handed out. When that goes wrong, now or later, nothing more is written, so that
   * it is not taken for a failure of the trial.
   */
  note(record: TrialRecord): void {
    this.#needOpen()
    let written: void | Promise<void>
    try {
      written = this.#storage.append(record)
    } catch (cause) {
      this.#broken = { cause }
      throw cause
    }
    if (!(written instanceof Promise)) return
    this.#writes.push(written)
    // Its error is thrown where the study next waits for its writes, not by the process.
    written.catch(() => {})
  }

  /** Waits for what is on its way to the storage. */
  async written(): Promise<void> {
    if (this.#writes.length > 0) {
      const writes = this.#writes
      this.#writes = []
      try {
        await Promise.all(writes)
      } catch (cause) {
        this.#broken = { cause }
      }
    }
    this.#needWhole()
  }

  /** Makes safe what is written. */
  async flush(): Promise<void> {
    await this.written()
    await this.#storage.flush?.()
  }

  async #begin(): Promise<void> {
    await this.#storage.append({ ...this.#start, time: { at: Date.now() } })
    this.#isBegun = true
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#isClosed = true
    await Promise.allSettled(this.#writes)
    await this.#storage.close?.()
  }

  *#checked(records: Iterable<StudyRecord>): Iterable<StudyRecord> {
    for (const record of records) {
      if (this.#isBegun) yield record
      else checkStart(record, this.#start)
      this.#isBegun = true
    }
  }

  #needOpen(): void {
    if (this.#isClosed) throw new StudyError('', 'the study is closed')
    this.#needWhole()
  }

  #needWhole(): void {
    if (this.#broken === null) return
    const { cause } = this.#broken
    throw new StudyError(
      '',
      `an answer could not be stored, and the study cannot go on: ${reasonOf(cause)}`,
      { cause },
    )
  }
}

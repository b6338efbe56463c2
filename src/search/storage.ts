/**
 * What a study remembers: a row of records, one for each trial asked and each answer given, and nothing else. The state
 * of the algorithm, the best trial and the reason to stop are folds over the records, so storage is a place to append
 * to and to read from; a file, a table or a stream will do.
 */

import type { Json } from '../symbolic/index.ts'
import { StudyError } from './errors.ts'
import type { Seed } from './rng.ts'

export type Direction = 'maximize' | 'minimize'

/** How a study was begun: all that must be the same when it goes on. Always the first record. */
export interface StartRecord {
  readonly type: 'study'
  readonly version: 1
  /** The hash of the template tree. */
  readonly space: number
  readonly algorithm: { readonly name: string; readonly settings: Json }
  readonly seed: Seed
  readonly direction: Direction
  readonly window: number
}

/** A trial handed out for the first time. Ids count from 1 without gaps. */
export interface AskRecord {
  readonly type: 'ask'
  readonly id: number
  readonly dna: Json
  readonly parents: readonly number[]
}

/** A trial handed out again, since the process that had it is gone, or gave up on it. */
export interface AgainRecord {
  readonly type: 'again'
  readonly id: number
}

/** A trial answered with a reward. */
export interface TellRecord {
  readonly type: 'tell'
  readonly id: number
  readonly reward: number
  readonly metrics?: Readonly<Record<string, number>>
}

/** A trial answered without one: `skip` says it cannot be evaluated, `fail` that evaluating it went wrong. */
export interface NoRewardRecord {
  readonly type: 'skip' | 'fail'
  readonly id: number
  readonly reason: string
}

export type AnswerRecord = TellRecord | NoRewardRecord
export type StudyRecord = StartRecord | AskRecord | AgainRecord | AnswerRecord

/**
 * Where the records of one study are kept. One study at a time may write; reading happens once, before the first
 * record is appended. A record counts as kept when `append` returned, or when the promise it gave is fulfilled.
 */
export interface StudyStorage {
  /** All records so far, in the order they were appended. */
  read(): readonly StudyRecord[] | Promise<readonly StudyRecord[]>
  append(record: StudyRecord): void | Promise<void>
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

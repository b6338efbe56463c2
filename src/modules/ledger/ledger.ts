/**
 * The ledger of one run. Everything in training follows from what runs and language models gave, so a run goes on by
 * going over all steps from the start and taking what they gave from the ledger as long as there is something in it.
 * There are no snapshots of any state. Whoever wants a result asks `taken` first, and writes it when there was none.
 */

import { type Json, sameJson } from '../json.ts'
import type { Spent } from '../spending.ts'
import { LedgerError } from './ledger-error.ts'
import {
  type AnswerRecord,
  asWritten,
  type LedgerRecord,
  type ScoredRecord,
  type StartRecord,
  type StepRecord,
  type Took,
} from './records.ts'
import { checkStart } from './start.ts'
import type { LedgerStorage } from './storage.ts'

/** A record that says what nobody can work out again. */
type ResultRecord = ScoredRecord | AnswerRecord

export class Ledger {
  readonly #storage: LedgerStorage
  readonly #signal: AbortSignal | undefined
  readonly #started = performance.now()
  #past: readonly LedgerRecord[] = []
  /** The place of the next record of the past. */
  #next = 0
  /** Milliseconds that the run had taken before. */
  #before = 0

  private constructor(storage: LedgerStorage, signal: AbortSignal | undefined) {
    this.#storage = storage
    this.#signal = signal
  }

  /**
   * The ledger in a storage, which begins with `start` if it is new. Throws `LedgerError` when the records there are of
   * another run, naming what differs. Nothing is written once the signal has aborted: what is cut short is no part of
   * the run, which goes on from there the next time.
   */
  static async open(
    storage: LedgerStorage,
    start: StartRecord,
    signal: AbortSignal | undefined,
  ): Promise<Ledger> {
    const ledger = new Ledger(storage, signal)
    ledger.#past = [...(await storage.read())]
    const first = ledger.#past[0]
    if (first === undefined) await ledger.#append(start)
    else checkStart(storage.name, first, start)
    ledger.#next = Math.min(1, ledger.#past.length)
    ledger.#before = ledger.#past.at(-1)?.took?.elapsed ?? 0
    return ledger
  }

  /** How many records there were. */
  get length(): number {
    return this.#past.length
  }

  /** The next record of the past; undefined when the run is where it was never before. */
  get upcoming(): LedgerRecord | undefined {
    return this.#isOff ? undefined : this.#past[this.#next]
  }

  /** Milliseconds that the run has taken, the times before among them. */
  get elapsed(): number {
    return this.#before + performance.now() - this.#started
  }

  /**
   * What was recorded at this point about a subject; undefined when the run did not get here. With a count, it must have
   * as many rewards.
   */
  taken<Kind extends ResultRecord['type']>(
    type: Kind,
    subject: object,
    count?: number,
  ): Extract<ResultRecord, { type: Kind }> | undefined {
    const record = this.upcoming
    if (record === undefined) return undefined
    const given = record as unknown as { readonly [key: string]: Json }
    const isIt =
      record.type === type &&
      Object.entries(asWritten(subject)).every(([key, value]) => sameJson(given[key], value as Json))
    if (!isIt) throw this.#doesNotRepeat(record, { type, ...subject })
    const { rewards } = record as Partial<ScoredRecord>
    if (rewards !== undefined && rewards.length !== count) {
      throw this.#error(`has ${rewards.length} rewards for ${count} samples`)
    }
    this.#next++
    return record as Extract<ResultRecord, { type: Kind }>
  }

  /**
   * Writes a result that was not there. What is given back went through JSON, so that nothing is different when it is
   * read back.
   */
  async write<Written extends ResultRecord>(record: Written, spent: Partial<Spent> = {}): Promise<Written> {
    if (this.#isOff) return record
    return this.#append(record, spent)
  }

  /** Writes a step, or checks that it is the one that was written; gives back the one with what it took. */
  async step<Written extends StepRecord>(
    record: Written,
    more: Partial<Took> = {},
  ): Promise<Written & { readonly took?: Took }> {
    const { upcoming } = this
    if (upcoming === undefined) return this.#isOff ? record : this.#append(record, more)
    const { took: _, ...bare } = upcoming
    if (!sameJson(bare as unknown as Json, asWritten(record) as unknown as Json)) {
      throw this.#doesNotRepeat(upcoming, record)
    }
    this.#next++
    return upcoming as Written
  }

  async flush(): Promise<void> {
    if (this.upcoming === undefined) await this.#storage.flush?.()
  }

  async #append<Written extends LedgerRecord>(record: Written, more: Partial<Took> = {}): Promise<Written> {
    const took = { at: Date.now(), elapsed: this.elapsed, ...more }
    const written = asWritten({ ...record, took })
    await this.#storage.append(written)
    return written
  }

  get #isOff(): boolean {
    return this.#signal?.aborted ?? false
  }

  #doesNotRepeat(record: LedgerRecord, now: object): LedgerError {
    const message =
      `the run does not repeat: it was ${inWords(record)} here, and is ${inWords(now)}; an optimizer, reward or ` +
      'program that has changed or draws from elsewhere than the seed cannot be gone on with'
    return this.#error(message)
  }

  /** An error about the next record of the past. */
  #error(message: string): LedgerError {
    return new LedgerError(`${this.#storage.name}:${this.#next + 1}`, message)
  }
}

/** A record in a few words. */
function inWords(record: object): string {
  const { type, phase, id, number, generation, proposal } = record as { readonly [key: string]: Json }
  const by = (proposal as { readonly operator?: Json } | undefined)?.operator
  const words = [phase ?? type, id ?? number ?? generation, by === undefined ? undefined : `'${by}'`]
  return words.filter(word => word !== undefined).join(' ')
}

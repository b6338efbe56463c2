/**
 * A `Study` hands out trials, takes their answers, and knows when to stop. It keeps the books (`ledger.ts`) in step with
 * the storage: a trial is written down before it is handed out, an answer before the next trial is.
 */

import type { Symbolic } from '../symbolic/index.ts'
import type { Algorithm } from './algorithm.ts'
import type { Dna } from './dna.ts'
import { StudyError } from './errors.ts'
import { type Evaluate, evaluated, type OptimizeOptions } from './evaluate.ts'
import { type Entry, Ledger } from './ledger.ts'
import { Space } from './space.ts'
import { type AnswerRecord, MemoryStorage, type StudyRecord, type StudyStorage } from './storage.ts'
import {
  type CheckedOptions,
  checkOptions,
  checkStart,
  type StudyOptions,
  startRecord,
} from './study-options.ts'
import { reasonOf, Trial, type TrialResult } from './trial.ts'

/** Why a study handed out no more trials. */
export type StopReason = 'target' | 'budget' | 'patience' | 'exhausted' | 'aborted'

/** The best trial so far. */
export interface BestTrial<Value> {
  readonly id: number
  readonly dna: Dna
  readonly reward: number
  readonly metrics: Readonly<Record<string, number>>
  /** The tree; made when asked for. */
  readonly value: Value
}

/** One call of `trials` or `optimize`. */
interface Run<Value> {
  readonly upTo: number
  /** The trials that are being evaluated. */
  readonly open: Set<Trial<Value>>
  isAborted: boolean
}

/**
 * A search through a space.
 *
 *     const study = new Study(space, regularizedEvolution(), { seed: 7 })
 *     for await (const trial of study.trials(200)) trial.tell(score(trial.value))
 *     study.best.value
 */
export class Study<Value> {
  readonly space: Space<Value>
  readonly #algorithm: Algorithm
  readonly #options: CheckedOptions
  readonly #storage: StudyStorage
  readonly #ledger: Ledger
  readonly #handed = new Map<number, Trial<Value>>()
  readonly #ready: Promise<void>
  #isReady = false
  #isBegun = false
  #startedAt: number | null = null
  #end: StopReason | undefined
  #turn: Promise<unknown> = Promise.resolve()
  /** Answers on their way to the storage. */
  #writes: Promise<void>[] = []
  #broken: { readonly cause: unknown } | null = null
  #wake: (() => void)[] = []

  /** Throws `StudyError` for options that make no sense, and when the storage holds another study. */
  constructor(space: Space<Value> | (Value & Symbolic), algorithm: Algorithm, options: StudyOptions = {}) {
    this.space = space instanceof Space ? space : (Space.of(space) as Space<Value>)
    this.#algorithm = algorithm
    this.#options = checkOptions(options)
    this.#storage = options.storage ?? new MemoryStorage()
    this.#ledger = new Ledger({ ...this.#options, spec: this.space.spec, algorithm })
    const records = this.#storage.read()
    if (records instanceof Promise) {
      this.#ready = records.then(read => this.#restore(read))
      this.#ready.catch(() => {})
    } else {
      this.#restore(records)
      this.#ready = Promise.resolve()
    }
  }

  /** Fulfilled when the storage has been read; at once for storage in memory. */
  get ready(): Promise<void> {
    return this.#ready
  }

  /** The best trial of the history. Throws `StudyError` when no trial has a reward yet. */
  get best(): BestTrial<Value> {
    this.#needReady()
    const { best, history } = this.#ledger
    if (best === null) throw noBest(history)
    const { space } = this
    const { id, dna, reward, metrics } = best
    return {
      id,
      dna,
      reward,
      metrics,
      get value() {
        return space.materialize(dna)
      },
    }
  }

  /**
   * The answered trials in the order they were asked, without gaps. What was evaluated beyond a trial that reached the
   * target or ended the patience is no part of it: the history is the same at any concurrency.
   */
  get history(): readonly TrialResult[] {
    this.#needReady()
    return this.#ledger.history
  }

  /** The trials that were handed out and not answered. */
  get pending(): readonly Trial<Value>[] {
    return [...this.#handed.values()]
  }

  /** Why the study has ended; undefined while it has not. */
  get stopReason(): StopReason | undefined {
    return this.#ledger.stop ?? (this.#handed.size === 0 ? this.#end : undefined)
  }

  /**
   * Trials to evaluate, until the study has so many in all. Each must be answered before the next is asked for: one
   * that is left without an answer is a `StudyError`, and is never handed out again behind your back.
   *
   *     for await (const trial of study.trials(200)) trial.tell(await score(trial.value))
   */
  trials(upTo = Number.POSITIVE_INFINITY): AsyncIterableIterator<Trial<Value>> {
    const run = this.#beginRun(upTo)
    let current: Trial<Value> | null = null
    const checkAnswer = (): void => {
      if (current?.state !== 'open') return
      current.state = 'abandoned'
      throw unanswered(current.id)
    }
    const iterator: AsyncIterableIterator<Trial<Value>> = {
      next: async () => {
        checkAnswer()
        current = await this.#next(run)
        return current === null ? { done: true, value: undefined } : { done: false, value: current }
      },
      return: async () => {
        checkAnswer()
        return { done: true, value: undefined }
      },
      [Symbol.asyncIterator]: () => iterator,
    }
    return iterator
  }

  /**
   * Evaluates trials until the study ends, several at once if asked to; the same seed gives the same history however
   * many. Gives back the reason why it ended.
   *
   *     await study.optimize(model => score(model), { concurrency: 4 })
   */
  async optimize(
    evaluate: Evaluate<Value>,
    { concurrency = 1, signal, onFailure = 'throw' }: OptimizeOptions = {},
  ): Promise<StopReason | undefined> {
    this.#checkConcurrency(concurrency)
    this.#needEnd(signal)
    const run = this.#beginRun(Number.POSITIVE_INFINITY)
    const abort = (): void => this.#abort(run)
    signal?.addEventListener('abort', abort)
    if (signal?.aborted) abort()
    const failures: unknown[] = []
    const worker = async (): Promise<void> => {
      for (let trial = await this.#next(run); trial !== null; trial = await this.#next(run)) {
        run.open.add(trial)
        // The run may have been aborted while the trial was on its way here.
        if (run.isAborted) abort()
        const failure = trial.state === 'open' ? await evaluated(trial, evaluate) : null
        run.open.delete(trial)
        if (failure === null || onFailure === 'continue') continue
        failures.push(failure)
        abort()
      }
    }
    try {
      await Promise.all(Array.from({ length: concurrency }, worker))
      await this.#written()
    } catch (error) {
      abort()
      throw error
    } finally {
      signal?.removeEventListener('abort', abort)
    }
    if (failures.length === 0) return this.stopReason
    this.#end = undefined
    throw failures[0]
  }

  /** The next trial to evaluate; null when the study, or this run of it, is at its end. */
  async #next(run: Run<Value>): Promise<Trial<Value> | null> {
    if (!this.#isReady) await this.#ready
    const turn = this.#turn.then(() => this.#nextInTurn(run))
    this.#turn = turn.catch(() => {})
    return turn
  }

  async #nextInTurn(run: Run<Value>): Promise<Trial<Value> | null> {
    for (;;) {
      await this.#written()
      const end = this.#endOf(run)
      if (end !== null) {
        this.#end = end
        return null
      }
      this.#refuseAbandoned()
      const again = this.#ledger.firstInterrupted()
      if (again !== null && again.id <= this.#limit(run)) {
        await this.#append({ type: 'again', id: again.id })
        this.#ledger.handAgain(again)
        return this.#hand(again)
      }
      if (this.#ledger.isWindowOpen) {
        const draft = this.#ledger.propose()
        if (draft === null) {
          this.#end = 'exhausted'
          return null
        }
        await this.#append(draft.record)
        return this.#hand(this.#ledger.enter(draft))
      }
      await new Promise<void>(resolve => this.#wake.push(resolve))
    }
  }

  /** Why this run gets no more trials, if it gets none. */
  #endOf(run: Run<Value>): StopReason | null {
    if (this.#ledger.stop !== null) return this.#ledger.stop
    if (run.isAborted) return 'aborted'
    const { seconds = Number.POSITIVE_INFINITY } = this.#options.budget
    if (this.#startedAt !== null && performance.now() - this.#startedAt >= seconds * 1000) return 'budget'
    const again = this.#ledger.firstInterrupted()
    const id = again === null ? this.#ledger.nextId : Math.min(again.id, this.#ledger.nextId)
    return id > this.#limit(run) ? 'budget' : null
  }

  #limit(run: Run<Value>): number {
    return Math.min(run.upTo, this.#options.budget.trials ?? Number.POSITIVE_INFINITY)
  }

  #hand({ id, dna, parents, attempts }: Entry): Trial<Value> {
    const trial = new Trial<Value>({ id, dna, parents }, attempts, {
      materialize: point => this.space.materialize(point),
      answer: (answered, answer) => this.#answer(answered, answer),
    })
    this.#handed.set(id, trial)
    return trial
  }

  #answer(trial: Trial<Value>, answer: AnswerRecord): void {
    // The study has ended with an earlier trial: what comes in now is wanted no more.
    if (trial.state === 'dropped' && this.#ledger.stop !== null) return
    if (this.#handed.get(trial.id) !== trial) {
      const why = trial.isAnswered
        ? 'has its answer already'
        : 'was given up by the study, which may hand it out again'
      throw new StudyError(`trial ${trial.id}`, `trial ${trial.id} ${why}`)
    }
    const written = this.#storage.append(answer)
    if (written instanceof Promise) {
      this.#writes.push(written)
      // Its error is thrown where the study next waits for its writes, not by the process.
      written.catch(() => {})
    }
    trial.state = 'answered'
    this.#handed.delete(trial.id)
    this.#ledger.answer(answer)
    if (this.#ledger.stop !== null)
      this.#drop([...this.#handed.values()].filter(open => open.id > this.#ledger.lastId))
    this.#notify()
  }

  /** Ends a run: what it has open is given up, and may be handed out again. */
  #abort(run: Run<Value>): void {
    run.isAborted = true
    this.#drop([...run.open])
    this.#notify()
  }

  #drop(trials: readonly Trial<Value>[]): void {
    for (const trial of trials) {
      if (this.#handed.get(trial.id) !== trial) continue
      this.#handed.delete(trial.id)
      this.#ledger.interrupt(trial.id)
      trial.drop()
    }
  }

  #notify(): void {
    const waiting = this.#wake
    this.#wake = []
    for (const resolve of waiting) resolve()
  }

  /** Waits for the answers that are on their way to the storage. */
  async #written(): Promise<void> {
    if (this.#writes.length > 0) {
      const writes = this.#writes
      this.#writes = []
      try {
        await Promise.all(writes)
      } catch (cause) {
        this.#broken = { cause }
      }
    }
    if (this.#broken === null) return
    const { cause } = this.#broken
    throw new StudyError(
      '',
      `an answer could not be stored, and the study cannot go on: ${reasonOf(cause)}`,
      { cause },
    )
  }

  async #append(record: StudyRecord): Promise<void> {
    if (!this.#isBegun) {
      await this.#storage.append(startRecord(this.#options, this.space, this.#algorithm))
      this.#isBegun = true
    }
    await this.#storage.append(record)
  }

  #restore(records: readonly StudyRecord[]): void {
    const [start, ...rest] = records
    if (start !== undefined) {
      checkStart(start, startRecord(this.#options, this.space, this.#algorithm))
      this.#isBegun = true
      this.#ledger.restore(rest)
    }
    this.#isReady = true
  }

  #beginRun(upTo: number): Run<Value> {
    if (Number.isNaN(upTo) || upTo < 0)
      throw new StudyError('', `trials(upTo) needs a number of trials, got ${upTo}`)
    this.#end = undefined
    this.#startedAt ??= performance.now()
    return { upTo, open: new Set(), isAborted: false }
  }

  #refuseAbandoned(): void {
    for (const trial of this.#handed.values()) if (trial.state === 'abandoned') throw unanswered(trial.id)
  }

  #needReady(): void {
    if (this.#isReady) return
    throw new StudyError('', 'the study is still reading its storage; write: await study.ready')
  }

  #checkConcurrency(concurrency: number): void {
    const { window } = this.#options
    if (!Number.isInteger(concurrency) || concurrency < 1) {
      throw new StudyError('', `concurrency must be an integer of at least 1, got ${concurrency}`)
    }
    if (concurrency <= window) return
    throw new StudyError(
      '',
      `concurrency ${concurrency} is more than the window of ${window} trials; write: new Study(…, { window: ${concurrency} })`,
    )
  }

  #needEnd(signal: AbortSignal | undefined): void {
    const { budget, target, patience } = this.#options
    const ends = [budget.trials, budget.seconds, target, patience, signal]
    if (ends.some(end => end !== undefined) || Number.isFinite(this.space.size)) return
    throw new StudyError('', 'nothing would end this study: give it a budget, a target, patience or a signal')
  }
}

const unanswered = (id: number): StudyError =>
  new StudyError(
    `trial ${id}`,
    `trial ${id} was left without an answer: call its tell(reward), skip(reason) or fail(error); study.pending has it`,
  )

function noBest(history: readonly TrialResult[]): StudyError {
  const [first] = history
  if (first === undefined) return new StudyError('', 'there is no best trial yet: none has been answered')
  const why = first.status === 'told' ? '' : `; trial ${first.id} was ${first.status}: ${first.reason}`
  return new StudyError(
    '',
    `there is no best trial: none of the ${history.length} answered has a reward${why}`,
  )
}

/**
 * A `Study`: a search through a space as its user sees it. What is asked and answered goes over its desk (`desk.ts`), what
 * follows from it stands in the books (`ledger.ts`).
 */

import { type Symbolic, writeAtomically } from '../../symbolic/index.ts'
import { type Algorithm, checkAlgorithm } from '../algorithms/algorithm.ts'
import { Dna } from '../dna/dna.ts'
import { StudyError } from '../errors.ts'
import { progress } from '../report/progress.ts'
import { type ReportOptions, reportHtml } from '../report/report.ts'
import { Space } from '../space/space.ts'
import { type Run, type StopReason, StudyDesk } from './desk.ts'
import { checkOptimize, type Evaluate, evaluated, failureOf, type OptimizeOptions } from './evaluate.ts'
import { JournalStorage } from './journal.ts'
import { Ledger } from './ledger.ts'
import type { TrialReport } from './pruner.ts'
import { Scribe } from './scribe.ts'
import { MemoryStorage } from './storage.ts'
import {
  type CheckedOptions,
  checkOptions,
  type StudyOptions,
  type StudySetup,
  setupOf,
  startRecord,
} from './study-options.ts'
import type { ToldResult, Trial, TrialResult } from './trial.ts'
import { Group, loopOver } from './trial-loop.ts'

/** The best trial so far, or one of the best. */
export interface BestTrial<Value> extends Omit<ToldResult, 'status'> {
  /** The tree; made when asked for. */
  readonly value: Value
}

/** How a trial went. */
export interface TrialCourse {
  readonly attempts: number
  readonly reports: readonly TrialReport[]
  /** When it was asked, in milliseconds since 1970. */
  readonly askedAt: number | undefined
  /** When its answer came, in milliseconds since 1970. */
  readonly answeredAt: number | undefined
  /** How long its last evaluation took. */
  readonly ms: number | undefined
  /** What it has cost, as its answer says. */
  readonly cost: number | undefined
}

export interface TrialsOptions {
  /** Loops of one group get the same trials; one of them answers each. */
  readonly group?: string
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
  /** How the study was set up, with everything filled in that has a default. */
  readonly setup: StudySetup
  readonly #options: CheckedOptions
  readonly #algorithm: Algorithm
  readonly #ledger: Ledger
  readonly #scribe: Scribe
  readonly #desk: StudyDesk<Value>
  readonly #groups = new Map<string, Group<Value>>()
  readonly #listeners = new Set<() => void>()
  readonly #ready: Promise<void>
  #isReady = false

  /** Throws `StudyError` for options that make no sense, and when the storage holds another study. */
  constructor(
    space: Space<Value> | (Value & Symbolic),
    algorithm: Algorithm,
    options: StudyOptions<NoInfer<Value>> = {},
  ) {
    this.space = space instanceof Space ? space : (Space.of(space) as Space<Value>)
    this.#options = checkOptions(options)
    const { directions, budget } = this.#options
    checkAlgorithm(algorithm, directions.length)
    this.setup = setupOf(this.#options, algorithm)
    this.#algorithm = algorithm
    this.#ledger = new Ledger({ ...this.#options, spec: this.space.spec, algorithm, cost: budget.cost })
    const { storage = new MemoryStorage(), constraint } = options
    const place = typeof storage === 'string' ? new JournalStorage(storage) : storage
    this.#scribe = new Scribe(place, startRecord(this.#options, this.space, algorithm))
    const parts = {
      space: this.space,
      options: this.#options,
      constraint,
      ledger: this.#ledger,
      scribe: this.#scribe,
    }
    this.#desk = new StudyDesk(parts, () => {
      for (const group of this.#groups.values()) group.settled()
      for (const listener of [...this.#listeners]) listenTo(listener)
    })
    this.#ready = this.#read()
  }

  /** Fulfilled when the storage has been read; at once for storage in memory and in a file. */
  get ready(): Promise<void> {
    return this.#ready
  }

  /** The best trial of the history. Throws `StudyError` when no trial has a reward yet. */
  get best(): BestTrial<Value> {
    const { directions } = this.#options
    if (directions.length > 1) {
      throw new StudyError(
        '',
        `a study of ${directions.length} objectives has no best trial, but a paretoFront`,
      )
    }
    const [best] = this.paretoFront
    if (best === undefined) throw noBest(this.#ledger.history)
    return best
  }

  /**
   * The trials of the history that none beats in every objective, in the order in which they came; with one objective the
   * best alone.
   */
  get paretoFront(): readonly BestTrial<Value>[] {
    this.#needReady()
    const { space } = this
    return this.#ledger.front.map(({ status: _, ...result }) => ({
      ...result,
      get value() {
        return space.materialize(result.dna)
      },
    }))
  }

  /**
   * The answered trials in the order in which the algorithm learns of them. In an ordered study that is the order in which
   * they were asked, without gaps: what was evaluated beyond the trial that ended the study is no part of it, and the
   * history is the same at any concurrency.
   */
  get history(): readonly TrialResult[] {
    this.#needReady()
    return this.#ledger.history
  }

  /** What the trials of the history have cost. */
  get cost(): number {
    this.#needReady()
    return this.#ledger.cost
  }

  /** The trials that were handed out and not answered. */
  get pending(): readonly Trial<Value>[] {
    return [...this.#desk.handed.values()]
  }

  /** Why the study has ended; undefined while it has not. */
  get stopReason(): StopReason | undefined {
    return this.#desk.stopReason
  }

  /** How a trial went, by its id: its reports, and its times, which are no part of the history. */
  courseOf(id: number): TrialCourse {
    this.#needReady()
    if (!this.#ledger.isAsked(id)) throw new StudyError('', `there is no trial ${id}: it was never asked`)
    const { attempts, reports, askedAt, answer } = this.#ledger.entry(id)
    const { at: answeredAt, ms } = answer?.time ?? {}
    return { attempts, reports, askedAt, answeredAt, ms, cost: answer?.cost }
  }

  /**
   * Calls a function whenever trials were answered or given up, until the function that it gives back is called. What it
   * throws disturbs no trial: it is an uncaught exception of the process, as with an `EventTarget`.
   */
  subscribe(listener: () => void): () => void {
    const own = (): void => listener()
    this.#listeners.add(own)
    return () => void this.#listeners.delete(own)
  }

  /**
   * Writes a page about the study that needs no network: history, lineage, parameters, failures and all trials. The file
   * is there in full or not at all.
   *
   *     await study.report('study.html')
   */
  async report(file: string, options?: ReportOptions): Promise<void> {
    await this.#ready
    await writeAtomically(file, reportHtml(this, options))
  }

  /**
   * Has a point tried before the algorithm proposes any: a tree of the space, or its DNA. One that the study has already
   * is not tried again, so a program may say this at every start.
   *
   *     await study.enqueue(model.rebind({ rate: 0.01 }))
   */
  async enqueue(point: Value | Dna): Promise<void> {
    await this.#ready
    const dna = point instanceof Dna ? this.space.validate(point) : this.space.encode(point)
    if (this.#ledger.has(dna)) return
    await this.#scribe.append({ type: 'enqueue', dna: dna.toJSON() })
    this.#ledger.enqueue(dna)
  }

  /**
   * Trials to evaluate, until the study has so many in all. Each must be answered before the next is asked for: one
   * that is left without an answer is a `StudyError`, and is never handed out again behind your back.
   *
   *     for await (const trial of study.trials(200)) trial.tell(await score(trial.value))
   */
  trials(
    upTo = Number.POSITIVE_INFINITY,
    { group }: TrialsOptions = {},
  ): AsyncIterableIterator<Trial<Value>> {
    const run = this.#desk.begin(upTo)
    const next = (): Promise<Trial<Value> | null> => this.#next(run)
    if (group === undefined) return loopOver(next)
    let shared = this.#groups.get(group)
    if (shared === undefined || shared.isEmpty) this.#groups.set(group, (shared = new Group(next)))
    return shared.loop()
  }

  /**
   * Evaluates trials until the study ends, several at once if asked to; the same seed gives the same history however
   * many. Gives back the reason why it ended.
   *
   *     await study.optimize(model => score(model), { concurrency: 4, timeout: 60_000 })
   */
  async optimize(evaluate: Evaluate<Value>, options: OptimizeOptions = {}): Promise<StopReason> {
    checkOptimize(options, this.#options.window)
    this.#needEnd(options.signal)
    const shown = options.progress === undefined ? null : progress(this, { stream: options.progress })
    try {
      return await this.#optimize(evaluate, options)
    } finally {
      shown?.stop()
    }
  }

  /** Gives up what is open, and gives back the files and locks of the storage. The history can still be read. */
  async close(): Promise<void> {
    this.#desk.drop(this.#desk.handed.values())
    await this.#scribe.close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  async #optimize(
    evaluate: Evaluate<Value>,
    { concurrency = 1, signal, timeout, retries = 0, onFailure = 'stop' }: OptimizeOptions,
  ): Promise<StopReason> {
    const run = this.#desk.begin(Number.POSITIVE_INFINITY)
    const abort = (): void => this.#desk.abort(run)
    signal?.addEventListener('abort', abort)
    if (signal?.aborted) abort()
    const failures: unknown[] = []
    const worker = async (): Promise<void> => {
      let trial = await this.#next(run)
      while (trial !== null) {
        run.open.add(trial)
        // The run may have been aborted while the trial was on its way here.
        if (run.isAborted) abort()
        const failure = trial.state === 'open' ? await evaluated(trial, evaluate, timeout) : null
        run.open.delete(trial)
        if (failure !== null) {
          if (trial.state === 'open' && this.#ledger.entry(trial.id).failures < retries) {
            trial = (await this.#desk.retry(trial, failure.error)) ?? (await this.#next(run))
            continue
          }
          if (trial.state === 'open') trial.fail(failure.error)
          if (onFailure === 'stop') {
            failures.push(failureOf(trial, failure.error))
            abort()
          }
        }
        trial = await this.#next(run)
      }
    }
    try {
      await Promise.all(Array.from({ length: concurrency }, worker))
      await this.#scribe.flush()
    } catch (error) {
      abort()
      throw error
    } finally {
      signal?.removeEventListener('abort', abort)
    }
    // The study itself may not be at its end: others may have trials of it open.
    if (failures.length === 0) return this.stopReason ?? (run.end as StopReason)
    this.#desk.forgetEnd()
    throw failures[0]
  }

  /** The next trial of a run; null at its end. */
  async #next(run: Run<Value>): Promise<Trial<Value> | null> {
    if (!this.#isReady) await this.#ready
    return this.#desk.next(run)
  }

  #read(): Promise<void> {
    const done = (): void => {
      this.#isReady = true
    }
    try {
      const read = this.#scribe.read(records => this.#ledger.restore(records))
      if (read instanceof Promise) {
        const ready = read.then(done)
        ready.catch(() => {})
        return ready
      }
    } catch (error) {
      void this.#scribe.close()
      throw error
    }
    done()
    return Promise.resolve()
  }

  #needReady(): void {
    if (this.#isReady) return
    throw new StudyError('', 'the study is still reading its storage; write: await study.ready')
  }

  #needEnd(signal: AbortSignal | undefined): void {
    const { budget, target, patience } = this.#options
    const ends = [budget.trials, budget.seconds, budget.cost, target, patience, signal]
    const runsOut = Number.isFinite(this.space.size) && this.#algorithm.repeats !== true
    if (runsOut || ends.some(end => end !== undefined)) return
    throw new StudyError('', 'nothing would end this study: give it a budget, a target, patience or a signal')
  }
}

function listenTo(listener: () => void): void {
  try {
    listener()
  } catch (error) {
    queueMicrotask(() => {
      throw error
    })
  }
}

function noBest(history: readonly TrialResult[]): StudyError {
  const [first] = history
  if (first === undefined) return new StudyError('', 'there is no best trial yet: none has been answered')
  const why = first.status === 'told' ? '' : `; trial ${first.id} was ${first.status}: ${first.reason}`
  return new StudyError(
    '',
    `there is no best trial: none of the ${history.length} answered has a reward${why}`,
  )
}

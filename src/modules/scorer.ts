/**
 * Scores candidates, each once on each sample: what equal programs do on a sample is known from then on. What was the
 * fault of the machinery is not kept, and may go another way the next time. Candidates run side by side; the answers
 * come in the order asked, and what is run depends on that order alone. Before anything runs, the ledger is asked.
 */

import type { ScriptRunner } from '../runtime/index.ts'
import type { Ledger } from './ledger/ledger.ts'
import type { LeftReason, ScoredBody, Subject } from './ledger/records.ts'
import { mapLimited } from './map-limited.ts'
import type { Observation } from './metric.ts'
import type { Trace } from './module.ts'
import type { SampleRecord } from './optimizer.ts'
import type { Program } from './program.ts'
import type { Reward } from './reward.ts'
import type { Sample } from './samples.ts'
import { isInfrastructure, judgedRun, type RunError, runSamples, type Score, summed } from './score.ts'
import { Kept, type Result, resultsFrom, resultsOf, type Task, Tasks } from './scorer-tasks.ts'
import type { Spending } from './spending.ts'

export interface ScorerOptions {
  readonly reward: Reward
  readonly runner: ScriptRunner
  readonly spending: Spending
  readonly concurrency: number
  readonly sampleTimeout?: number | undefined
  /** Whether observations are wanted, for metrics. */
  readonly isObserved?: boolean
  /** What a failure of the machinery does: counts as one of the program, or ends the run. Default `score`. */
  readonly onFailure?: 'score' | 'throw' | undefined
  readonly ledger?: Ledger | undefined
}

/** A program to be scored on samples. */
export interface Job {
  readonly program: Program
  readonly samples: readonly Sample[]
  /** Whether the records of what happened are wanted too. */
  readonly isRecorded?: boolean | undefined
  /** What the ledger says of it. */
  readonly subject?: (() => Subject) | undefined
}

export interface Scored extends Score {
  /** How many samples took longer than they may. */
  readonly timeouts: number
  readonly records?: readonly SampleRecord[]
  readonly observations?: readonly Observation[]
}

export interface ScoreOptions {
  /** Cuts off what is under way. */
  readonly signal?: AbortSignal | undefined
  /** Asked before each candidate; after a yes none is begun. */
  readonly isOver?: () => boolean
  /** How many samples may be run; jobs that would need more are left out. */
  readonly maxRuns?: number
}

export class Scorer {
  readonly #options: ScorerOptions
  readonly #kept = new Kept()
  #programs = 0
  #runs = 0
  #ranOut: LeftReason | undefined
  /** Ends when nothing is being scored; the ledger has one order. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(options: ScorerOptions) {
    this.#options = options
  }

  /** How often a program was run, on however many samples; the others were known. */
  get programs(): number {
    return this.#programs
  }

  /** How many samples were run. */
  get runs(): number {
    return this.#runs
  }

  /** Why something has no score, if so: what ran out. */
  get ranOut(): LeftReason | undefined {
    return this.#ranOut
  }

  /** The scores of jobs, in their order; undefined for those that were cut off, not begun, or left out. */
  async scoreAll(jobs: readonly Job[], options: ScoreOptions = {}): Promise<(Scored | undefined)[]> {
    const all = await this.#resultsOf(jobs, options)
    return all.map((results, i) => results && this.#scored(jobs[i] as Job, results))
  }

  /**
   * The score of the base program. Throws when it cannot be run at all: a missing runner is no bad program. What happens
   * is recorded, since optimizers begin by looking at it.
   */
  async scoreBase(program: Program, samples: readonly Sample[], subject?: () => Subject): Promise<Scored> {
    const [results] = await this.#resultsOf([{ program, samples, isRecorded: true, subject }], {})
    if (results === undefined) {
      throw new Error('the budget was used up before the base program was scored: there is nothing to go by')
    }
    const [first] = results
    const isBroken = results.every(({ error }) => error !== undefined && isOfMachinery(error))
    if (isBroken && first?.error !== undefined) {
      throw new Error(`the program cannot be run: ${first.error.message}`)
    }
    return this.#scored({ program, samples }, results)
  }

  /** The score of one program; undefined when the budget ran out. */
  async score(
    program: Program,
    samples: readonly Sample[],
    subject?: () => Subject,
  ): Promise<Scored | undefined> {
    const [score] = await this.scoreAll([{ program, samples, subject }])
    return score
  }

  #resultsOf(jobs: readonly Job[], options: ScoreOptions): Promise<(readonly Result[] | undefined)[]> {
    const turn = this.#turn.then(() => this.#resultsNow(jobs, options))
    this.#turn = turn.catch(() => {})
    return turn
  }

  async #resultsNow(
    jobs: readonly Job[],
    { signal, isOver = () => false, maxRuns = Number.POSITIVE_INFINITY }: ScoreOptions,
  ): Promise<(readonly Result[] | undefined)[]> {
    const tasks = new Tasks(this.#kept, maxRuns)
    const planned = jobs.map(job => tasks.plan(job))
    let written = this.#replay(jobs, planned)
    const open: Task[] = []
    for (const task of tasks.all) {
      if (task.left !== undefined) continue
      if (task.isOpen) open.push(task)
      else this.#count(task)
    }
    /** Writes of the jobs what can be written: all before the first that is still open. */
    const write = async (isEnd = false): Promise<void> => {
      for (; written < jobs.length; written++) {
        const task = planned[written]
        if (task?.isOpen && task.left === undefined) {
          if (!isEnd) return
        } else if (task !== undefined) await this.#write(jobs[written] as Job, task)
      }
    }
    let isSpent = tasks.all.some(task => task.left === 'over_budget')
    await mapLimited(
      open,
      this.#options.concurrency,
      async task => {
        if (signal?.aborted) return
        if (isSpent) task.left = 'over_budget'
        else if (isOver()) task.left = 'seconds'
        else await this.#run(task, signal)
        isSpent ||= task.left === 'over_budget'
      },
      async (_, i) => {
        const task = open[i] as Task
        if (!task.isOpen) this.#count(task)
        await write()
      },
    )
    await write(true)
    return planned.map((task, i) => {
      this.#ranOut ??= task?.left
      const results = jobs[i]?.samples.map(sample => task?.results.get(sample))
      return task?.left !== undefined || results?.includes(undefined) ? undefined : (results as Result[])
    })
  }

  /** Takes what the ledger has of jobs; gives back how many it has. */
  #replay(jobs: readonly Job[], planned: readonly (Task | undefined)[]): number {
    const { ledger, spending } = this.#options
    for (const [i, task] of planned.entries()) {
      if (task === undefined) continue
      const { samples, subject } = jobs[i] as Job
      const record = ledger && subject && ledger.taken('scored', subject(), samples.length)
      if (!record) return i
      spending.add(record.took ?? {})
      this.#fill(jobs[i] as Job, task, record)
    }
    return jobs.length
  }

  async #run(task: Task, signal: AbortSignal | undefined): Promise<void> {
    const { runner, spending, reward, sampleTimeout, concurrency, isObserved, onFailure } = this.#options
    const samples = task.missing
    const traces: Trace[] = []
    const onTrace = task.isRecorded ? (trace: Trace) => void traces.push(trace) : undefined
    const account = spending.open()
    const context = { runner, languageModels: account.models, signal }
    const limits = { sampleTimeout, concurrency }
    const run = await runSamples(task.program, samples, { ...context, onTrace }, limits)
    const judged = await judgedRun(run, samples, reward, context)
    task.spent = account.spent
    const errors = judged.map(({ error }) => error)
    if (signal?.aborted && hasKind(errors, 'cancelled')) return
    if (hasKind(errors, 'over_budget')) {
      task.left = 'over_budget'
      return
    }
    if (onFailure === 'throw') throwFailure(errors)
    const results = resultsOf(run, judged, task.isRecorded ? traces : undefined, isObserved)
    samples.forEach((sample, i) => {
      task.results.set(sample, results[i] as Result)
    })
  }

  /** Books a task that is done; none is counted that needed no run. */
  #count(task: Task): void {
    if (task.needed.size === 0) return
    this.#programs++
    this.#runs += task.needed.size
  }

  async #write(job: Job, task: Task): Promise<void> {
    const { ledger } = this.#options
    const subject = ledger === undefined ? undefined : job.subject?.()
    const body = bodyOf(task, job.samples)
    if (ledger === undefined || subject === undefined) {
      this.#keep(job, task)
      return
    }
    // The bill of a task is with the first of its jobs.
    const record = await ledger.write({ type: 'scored', ...subject, ...body }, task.spent)
    task.spent = undefined
    this.#fill(job, task, record)
  }

  /** Takes over what a record says; what went through a file and what did not is the same. */
  #fill(job: Job, task: Task, body: ScoredBody): void {
    if (body.left !== undefined) {
      task.left = body.left
      return
    }
    const results = resultsFrom(body)
    job.samples.forEach((sample, i) => {
      task.results.set(sample, results[i] as Result)
    })
    this.#keep(job, task)
  }

  #keep({ program, samples }: Job, { needed, results }: Task): void {
    for (const sample of samples) {
      const result = results.get(sample)
      const isNew = needed.has(sample) && result !== undefined
      if (isNew && (result.error === undefined || !isInfrastructure(result.error))) {
        this.#kept.set(program, sample, result)
      }
    }
  }

  #scored({ samples, isRecorded }: Job, results: readonly Result[]): Scored {
    const failures = results.filter(({ error }) => error !== undefined).length
    const score = summed(
      results.map(({ reward }) => reward),
      failures,
    )
    const timeouts = results.filter(({ error }) => error?.kind === 'timed_out').length
    return {
      ...score,
      timeouts,
      ...(isRecorded ? { records: results.map(({ record }) => record as SampleRecord) } : {}),
      ...(this.#options.isObserved ? { observations: observed(samples, results) } : {}),
    }
  }
}

function bodyOf({ left, results }: Task, samples: readonly Sample[]): ScoredBody {
  if (left !== undefined) return { left }
  const own = samples.map(sample => results.get(sample) as Result)
  const errors = own.flatMap(({ error }, place) => (error === undefined ? [] : [{ place, ...error }]))
  return {
    rewards: own.map(({ reward }) => reward),
    ...(errors.length === 0 ? {} : { errors }),
    ...(own.some(({ record }) => record !== undefined)
      ? { records: own.map(({ record = null }) => record) }
      : {}),
    ...(own.some(({ output }) => output !== undefined)
      ? { outputs: own.map(({ output = null }) => output) }
      : {}),
  }
}

const observed = (samples: readonly Sample[], results: readonly Result[]): Observation[] =>
  results.map(({ output = null, error }, i) => ({
    output,
    expected: (samples[i] as Sample).outputs,
    failed: error !== undefined,
  }))

function throwFailure(errors: readonly (RunError | undefined)[]): void {
  for (const [sample, error] of errors.entries()) {
    if (error === undefined || !isInfrastructure(error) || error.kind === 'timed_out') continue
    throw new Error(
      `a run failed on sample ${sample}, and not by the program's fault: ${error.kind}: ${error.message}`,
    )
  }
}

const isOfMachinery = (error: RunError): boolean => error.kind === 'threw' || isInfrastructure(error)

const hasKind = (errors: readonly (RunError | undefined)[], kind: RunError['kind']): boolean =>
  errors.some(error => error?.kind === kind)

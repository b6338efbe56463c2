/**
 * Scores candidates, each once on each sample: what equal programs do on a sample is known from then on. What was the
 * fault of the machinery is not kept, and may go another way the next time. Candidates run side by side; the answers
 * come in the order asked, and what is run depends on that order alone.
 */

import type { Json, ScriptRunner } from '../runtime/index.ts'
import type { LanguageModels } from './language/language-models.ts'
import { mapLimited } from './map-limited.ts'
import type { Trace } from './module.ts'
import type { RecordedTrace, SampleRecord } from './optimizer.ts'
import type { Program } from './program.ts'
import type { Reward } from './reward.ts'
import type { Sample } from './samples.ts'
import {
  isInfrastructure,
  type Run,
  type RunError,
  runSamples,
  type Score,
  scoreOf,
  summed,
} from './score.ts'

export interface ScorerOptions {
  readonly reward: Reward
  readonly runner: ScriptRunner
  readonly languageModels?: LanguageModels | undefined
  readonly concurrency: number
}

/** A program to be scored on samples. */
export interface Job {
  readonly program: Program
  readonly samples: readonly Sample[]
  /** Whether the records of what happened are wanted too. */
  readonly isRecorded?: boolean | undefined
}

export interface Scored extends Score {
  readonly records?: readonly SampleRecord[]
}

export interface ScoreOptions {
  /** Cuts off what is under way. */
  readonly signal?: AbortSignal | undefined
  /** Asked before each candidate; after a yes none is begun. */
  readonly isOver?: () => boolean
  /** How many samples may be run; jobs that would need more are left out. */
  readonly maxRuns?: number
}

/** So many results are kept; when there are more, all are forgotten and made anew. */
const KEPT = 1_000_000

export class Scorer {
  readonly #options: ScorerOptions
  readonly #kept = new Kept()
  #programs = 0
  #runs = 0

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

  /** The scores of jobs, in their order; undefined for those that were cut off, not begun, or left out. */
  async scoreAll(jobs: readonly Job[], options: ScoreOptions = {}): Promise<(Scored | undefined)[]> {
    const all = await this.#resultsOf(jobs, options)
    return all.map((results, i) => results && scored(results, jobs[i]?.isRecorded))
  }

  /**
   * The score of one program. Throws when it cannot be run at all: a missing runner is no bad program. What happens is
   * recorded, since optimizers begin by looking at it.
   */
  async scoreBase(program: Program, samples: readonly Sample[]): Promise<Score> {
    const [results = []] = await this.#resultsOf([{ program, samples, isRecorded: true }], {})
    const [first] = results
    const isBroken = results.every(({ error }) => error !== undefined && isOfMachinery(error))
    if (isBroken && first?.error !== undefined) {
      throw new Error(`the program cannot be run: ${first.error.message}`)
    }
    return scored(results, false)
  }

  /** The score of one program, whatever it takes. */
  async score(program: Program, samples: readonly Sample[]): Promise<Score> {
    const [score] = await this.scoreAll([{ program, samples }])
    return score as Score
  }

  async #resultsOf(
    jobs: readonly Job[],
    { signal, isOver = () => false, maxRuns = Number.POSITIVE_INFINITY }: ScoreOptions,
  ): Promise<(readonly Result[] | undefined)[]> {
    const tasks = new Tasks(this.#kept, maxRuns)
    const planned = jobs.map(job => tasks.plan(job))
    const open = tasks.all.filter(task => task.needed.size > 0)
    await mapLimited(open, this.#options.concurrency, async task => {
      if (!isOver() && !signal?.aborted) await this.#run(task, signal)
    })
    return planned.map((task, i) => {
      const results = jobs[i]?.samples.map(sample => task?.results.get(sample))
      return results?.includes(undefined) ? undefined : (results as Result[])
    })
  }

  async #run({ program, needed, results, isRecorded }: Task, signal: AbortSignal | undefined): Promise<void> {
    const { runner, languageModels, reward } = this.#options
    const samples = [...needed]
    const traces: Trace[] = []
    const onTrace = isRecorded ? (trace: Trace) => void traces.push(trace) : undefined
    this.#programs++
    this.#runs += samples.length
    const run = await runSamples(program, samples, { runner, languageModels, signal, onTrace })
    if (signal?.aborted && wasCutOff(run)) return
    const { rewards } = await scoreOf(run, samples, reward)
    samples.forEach((sample, i) => {
      const given = { reward: rewards[i] as number, error: run.errors.get(i) }
      const result = isRecorded
        ? { ...given, record: recordOf(given, run.outputs[i] as Json, traces, i) }
        : given
      results.set(sample, result)
      if (given.error === undefined || !isInfrastructure(given.error)) this.#kept.set(program, sample, result)
    })
  }
}

/** What became of a program on a sample. */
interface Result {
  readonly reward: number
  readonly error: RunError | undefined
  readonly record?: SampleRecord
}

function scored(results: readonly Result[], isRecorded = false): Scored {
  const failures = results.filter(({ error }) => error !== undefined).length
  const score = summed(
    results.map(({ reward }) => reward),
    failures,
  )
  return isRecorded ? { ...score, records: results.map(({ record }) => record as SampleRecord) } : score
}

/** Modules tell in no particular order; what one of them tells of a sample comes in the order it happened. */
function recordOf(
  { reward, error }: Result,
  output: Json,
  traces: readonly Trace[],
  position: number,
): SampleRecord {
  const own = traces.filter(({ sample }) => sample === position).map(recordedTrace)
  return {
    output,
    reward,
    ...(error === undefined ? {} : { error: { kind: error.kind, message: error.message } }),
    traces: own.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)),
  }
}

const recordedTrace = ({ sample: _, ms: __, calls: ___, ...trace }: Trace): RecordedTrace => trace

const isOfMachinery = (error: RunError): boolean => error.kind === 'threw' || isInfrastructure(error)

const wasCutOff = (run: Run): boolean => [...run.errors.values()].some(error => error.kind === 'cancelled')

/** A program with the samples that it has still to be run on. */
interface Task {
  readonly program: Program
  readonly results: Map<Sample, Result>
  readonly needed: Set<Sample>
  isRecorded: boolean
}

/** What is to be run for some jobs: equal programs are one task, and nothing known is run again. */
class Tasks {
  readonly all: Task[] = []
  readonly #kept: Kept
  readonly #byHash = new Map<number, Task[]>()
  #left: number

  constructor(kept: Kept, maxRuns: number) {
    this.#kept = kept
    this.#left = maxRuns
  }

  /** The task that a job is part of; undefined when its samples would be too many. */
  plan({ program, samples, isRecorded = false }: Job): Task | undefined {
    const task = this.#taskOf(program)
    const known = this.#kept.get(program)
    const missing = new Set<Sample>()
    for (const sample of samples) {
      if (task.needed.has(sample)) continue
      const result = known?.get(sample)
      if (result === undefined || (isRecorded && result.record === undefined)) missing.add(sample)
      else task.results.set(sample, result)
    }
    if (missing.size > this.#left) return undefined
    this.#left -= missing.size
    for (const sample of missing) task.needed.add(sample)
    task.isRecorded ||= isRecorded
    return task
  }

  #taskOf(program: Program): Task {
    const sameHash = this.#byHash.get(program.hash()) ?? []
    const found = sameHash.find(task => task.program.equals(program))
    if (found !== undefined) return found
    const task: Task = { program, results: new Map(), needed: new Set(), isRecorded: false }
    this.#byHash.set(program.hash(), [...sameHash, task])
    this.all.push(task)
    return task
  }
}

/** Results by content of the program: the hash finds the place, and equality decides. */
class Kept {
  readonly #byHash = new Map<number, (readonly [Program, Map<Sample, Result>])[]>()
  #size = 0

  get(program: Program): Map<Sample, Result> | undefined {
    return this.#byHash.get(program.hash())?.find(([known]) => known.equals(program))?.[1]
  }

  set(program: Program, sample: Sample, result: Result): void {
    if (++this.#size > KEPT) {
      this.#byHash.clear()
      this.#size = 1
    }
    const known = this.get(program)
    if (known !== undefined) {
      known.set(sample, result)
      return
    }
    const hash = program.hash()
    const results = new Map([[sample, result]])
    this.#byHash.set(hash, [...(this.#byHash.get(hash) ?? []), [program.detached(), results]])
  }
}

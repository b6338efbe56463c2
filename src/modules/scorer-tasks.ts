/**
 * What is to be run for some jobs, and what is known of it: equal programs are one task, and nothing known is run again.
 * A program is known by its content: its hash finds the place, and equality decides.
 */

import type { Json } from './json.ts'
import type { LeftReason, RewardedBody } from './ledger/records.ts'
import type { Trace } from './module.ts'
import type { RecordedTrace, SampleRecord } from './optimizer.ts'
import type { Program } from './program.ts'
import type { Sample } from './samples.ts'
import type { Judged, Run, RunError } from './score.ts'
import type { Job } from './scorer.ts'
import type { Spent } from './spending.ts'

/** What became of a program on a sample. */
export interface Result {
  readonly reward: number
  readonly error: RunError | undefined
  readonly record?: SampleRecord
  /** Where somebody wants to observe it. */
  readonly output?: Json
}

/** So many results are kept; when there are more, all are forgotten and made anew. */
const KEPT = 1_000_000

/** A program with the samples that it has to be run on. */
export class Task {
  readonly program: Program
  readonly results = new Map<Sample, Result>()
  /** The samples whose results were not known when it was planned. */
  readonly needed = new Set<Sample>()
  isRecorded = false
  /** Why it was not run to its end. */
  left: LeftReason | undefined
  /** What its run has cost, until that is written down. */
  spent: Spent | undefined

  constructor(program: Program) {
    this.program = program
  }

  /** The samples that it has still to be run on. */
  get missing(): readonly Sample[] {
    return [...this.needed].filter(sample => !this.results.has(sample))
  }

  get isOpen(): boolean {
    return this.missing.length > 0
  }
}

export class Tasks {
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
    for (const sample of missing) {
      task.needed.add(sample)
      task.results.delete(sample)
    }
    task.isRecorded ||= isRecorded
    return task
  }

  #taskOf(program: Program): Task {
    const sameHash = this.#byHash.get(program.hash()) ?? []
    const found = sameHash.find(task => task.program.equals(program))
    if (found !== undefined) return found
    const task = new Task(program)
    this.#byHash.set(program.hash(), [...sameHash, task])
    this.all.push(task)
    return task
  }
}

/** Results by content of the program. */
export class Kept {
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

/** The results of a run; with records when its traces are given, and with outputs when somebody wants to observe them. */
export function resultsOf(
  { outputs }: Run,
  judged: readonly Judged[],
  traces: readonly Trace[] | undefined,
  isObserved = false,
): Result[] {
  return judged.map((each, i) => {
    const { reward, error } = each
    const output = outputs[i] as Json
    return {
      reward,
      error,
      ...(traces === undefined ? {} : { record: recordOf(each, output, traces, i) }),
      ...(isObserved ? { output } : {}),
    }
  })
}

/** The results that a record tells of, in the order of its samples. */
export function resultsFrom({ rewards, errors = [], records, outputs }: RewardedBody): Result[] {
  const byPlace = new Map(errors.map(({ place, ...error }) => [place, error as RunError]))
  return rewards.map((reward, i) => {
    const record = records?.[i] ?? undefined
    return {
      reward,
      error: byPlace.get(i),
      ...(record === undefined ? {} : { record }),
      ...(outputs === undefined ? {} : { output: outputs[i] as Json }),
    }
  })
}

/** Modules tell in no particular order; what one of them tells of a sample comes in the order it happened. */
function recordOf(
  { reward, feedback, error }: Judged,
  output: Json,
  traces: readonly Trace[],
  position: number,
): SampleRecord {
  const own = traces.filter(({ sample }) => sample === position).map(recordedTrace)
  return {
    output,
    reward,
    ...(feedback === undefined ? {} : { feedback }),
    ...(error === undefined ? {} : { error: { kind: error.kind, message: error.message } }),
    traces: own.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)),
  }
}

const recordedTrace = ({ sample: _, ms: __, calls: ___, ...trace }: Trace): RecordedTrace => trace

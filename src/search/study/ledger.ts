/**
 * The books of a study: what was asked and answered, and what follows from it. In an ordered study the algorithm learns
 * in the order of the ids, and before proposal n knows exactly the answers up to n - window; so the trials depend on the
 * seed alone, however many are evaluated at once. In one that is asap it learns what has arrived. Either way the books are
 * a fold over the records, and can be made from them again.
 */

import type { Algorithm, Told } from '../algorithms/algorithm.ts'
import { Dna } from '../dna/dna.ts'
import type { SpaceSpec } from '../dna/space-spec.ts'
import { StudyError } from '../errors.ts'
import type { Seed } from '../rng.ts'
import { type Signs, signsOf, turned, withNewcomer } from './objectives.ts'
import type { Course, TrialReport } from './pruner.ts'
import type { AnswerRecord, AskRecord, Direction, ReportRecord, StudyOrder, StudyRecord } from './records.ts'
import type { ToldResult, TrialResult } from './trial.ts'

/** What the books are kept by. */
export interface Rules {
  readonly spec: SpaceSpec
  readonly algorithm: Algorithm
  readonly seed: Seed
  readonly directions: readonly Direction[]
  readonly order: StudyOrder
  readonly window: number
  readonly target: number | undefined
  readonly patience: number | undefined
  /** What the trials of the history may cost together. */
  readonly cost: number | undefined
}

/** A trial in the books. */
export interface Entry extends Course {
  readonly dna: Dna
  readonly parents: readonly number[]
  /** Its number among those that were feasible, which is what a budget counts; for others that of the one before. */
  readonly ordinal: number
  /** How often it was handed out, and how often an evaluation of it failed and was tried again. */
  attempts: number
  failures: number
  /** Whether the one it was handed to is gone, so that it may be handed out again. */
  isInterrupted: boolean
  isComplete: boolean
  reports: TrialReport[]
  /** Whether it broke the constraint, so that it was answered as soon as it was asked. */
  readonly isInfeasible: boolean
  answer: AnswerRecord | null
  readonly askedAt: number | undefined
}

/** A proposal that is not in the books yet, and the state of the algorithm if it comes in. */
export interface Draft {
  readonly record: AskRecord
  readonly dna: Dna
  readonly state: unknown
}

export type LedgerStop = 'target' | 'patience' | 'budget'

export class Ledger {
  readonly #rules: Rules
  readonly #signs: Signs
  readonly #entries: Entry[] = []
  /** The entries in the order in which the algorithm learns of them. */
  readonly #line: Entry[]
  readonly #history: TrialResult[] = []
  #shown: readonly TrialResult[] | null = null
  #front: readonly ToldResult[] = []
  /** How many of the history were feasible, all and up to the last that was among the best when it came. */
  #feasible = 0
  #progressAt = 0
  #cost = 0
  readonly #queue: Dna[] = []
  #state: unknown
  /** How many answers the algorithm has been told. */
  #told = 0
  #stop: LedgerStop | null = null
  #open = 0
  #interrupted = 0
  #infeasible = 0

  constructor(rules: Rules) {
    this.#rules = rules
    this.#signs = signsOf(rules.directions)
    this.#line = rules.order === 'ordered' ? this.#entries : []
    this.#state = rules.algorithm.init(rules.spec, rules.seed)
  }

  /**
   * The answered trials in the order in which the algorithm learns of them, up to the first without an answer or to the
   * one that ended the study. The same array until there is one more.
   */
  get history(): readonly TrialResult[] {
    this.#shown ??= [...this.#history]
    return this.#shown
  }

  /** Those of the history that no other beats in every objective; of equals the earliest. With one objective the best. */
  get front(): readonly ToldResult[] {
    return this.#front
  }

  /** What the history has cost. */
  get cost(): number {
    return this.#cost
  }

  /** Why the history is at its end, if it is. */
  get stop(): LedgerStop | null {
    return this.#stop
  }

  get nextId(): number {
    return this.#entries.length + 1
  }

  /** The number of the next trial among those that count. */
  get nextOrdinal(): number {
    return this.nextId - this.#infeasible
  }

  /** Whether the next proposal may be made: the answers it must know are in, or there is room for one more. */
  get isWindowOpen(): boolean {
    const { order, window } = this.#rules
    if (order === 'asap') return this.#open < window
    const known = this.nextId - window
    return known < 1 || this.entry(known).answer !== null
  }

  /** Whether there is a trial of this id. */
  isAsked(id: number): boolean {
    return this.#entries[id - 1] !== undefined
  }

  entry(id: number): Entry {
    const entry = this.#entries[id - 1]
    if (entry === undefined)
      throw new StudyError('', `the storage speaks of trial ${id}, which was never asked`)
    return entry
  }

  /** The first trial that may be handed out again. */
  firstInterrupted(): Entry | null {
    if (this.#interrupted === 0) return null
    return this.#entries.find(entry => entry.isInterrupted) ?? null
  }

  /** The trials that a pruner may look at beside one. */
  pastOf(entry: Entry): readonly Course[] {
    const { order, window } = this.#rules
    if (order === 'ordered') return this.#entries.slice(0, Math.max(0, entry.id - window))
    return this.#entries.filter(other => other !== entry)
  }

  /** What comes next, enqueued or proposed; null when there is nothing left. Changes nothing until `enter`. */
  propose(isEnqueued = this.#queue.length > 0): Draft | null {
    const { algorithm, spec, order, window } = this.#rules
    const id = this.nextId
    const known = order === 'ordered' ? id - window : this.#line.length
    while (this.#told < known) {
      this.#state = algorithm.tell(this.#state, this.#toldOf(this.#line[this.#told] as Entry), spec)
      this.#told++
    }
    if (isEnqueued) {
      const [dna] = this.#queue
      if (dna === undefined) return null
      const record = { type: 'ask', id, dna: dna.toJSON(), parents: [], enqueued: true } as const
      return { record, dna, state: this.#state }
    }
    const [proposal, state] = algorithm.ask(this.#state, spec)
    if (proposal === null) return null
    const { dna, parents } = proposal
    return { record: { type: 'ask', id, dna: dna.toJSON(), parents }, dna, state }
  }

  enter({ record, dna, state }: Draft): Entry {
    const { id, parents, infeasible } = record
    if (record.enqueued) this.#queue.shift()
    if (infeasible !== undefined) this.#infeasible++
    const entry: Entry = {
      id,
      dna,
      parents,
      ordinal: id - this.#infeasible,
      attempts: 1,
      failures: 0,
      isInterrupted: false,
      isComplete: false,
      isInfeasible: infeasible !== undefined,
      reports: NO_REPORTS,
      answer: null,
      askedAt: record.time?.at,
    }
    this.#entries.push(entry)
    this.#state = state
    this.#open++
    if (infeasible !== undefined) this.answer({ type: 'skip', id, reason: infeasible })
    return entry
  }

  enqueue(dna: Dna): void {
    this.#queue.push(dna)
  }

  /** Whether a point was asked already, or will be. */
  has(dna: Dna): boolean {
    return (
      this.#queue.some(queued => queued.equals(dna)) || this.#entries.some(entry => entry.dna.equals(dna))
    )
  }

  /** Marks a trial as one that may be handed out again. */
  interrupt(id: number): void {
    const entry = this.entry(id)
    if (entry.answer !== null || entry.isInterrupted) return
    entry.isInterrupted = true
    this.#interrupted++
  }

  handAgain(entry: Entry, isFailure = false): void {
    entry.attempts++
    if (isFailure) entry.failures++
    entry.reports = NO_REPORTS
    if (entry.isInterrupted) this.#interrupted--
    entry.isInterrupted = false
  }

  report({ id, step, values }: ReportRecord): void {
    const entry = this.entry(id)
    const report = { step, values }
    if (entry.reports.length > 0) entry.reports.push(report)
    else entry.reports = [report]
  }

  answer(record: AnswerRecord): void {
    const entry = this.entry(record.id)
    if (entry.answer !== null) throw new StudyError('', `the storage has two answers to trial ${record.id}`)
    if (entry.isInterrupted) this.#interrupted--
    entry.isInterrupted = false
    entry.isComplete = record.type === 'tell'
    entry.answer = record
    this.#open--
    if (this.#line !== this.#entries) this.#line.push(entry)
    this.#settle()
  }

  /** Makes the books from records; every trial in them without an answer may be handed out again. */
  restore(records: Iterable<StudyRecord>): void {
    for (const record of records) this.#fold(record)
    for (const { id, answer } of this.#entries) if (answer === null) this.interrupt(id)
  }

  #fold(record: StudyRecord): void {
    switch (record.type) {
      case 'study':
        throw new StudyError('', 'the storage has the records of a second study')
      case 'enqueue':
        return this.enqueue(Dna.fromJson(record.dna, this.#rules.spec))
      case 'ask':
        return this.#askAgain(record)
      case 'again':
        return this.handAgain(this.entry(record.id), record.reason !== undefined)
      case 'report':
        return this.report(record)
      default:
        return this.answer(record)
    }
  }

  /** The algorithm proposes as it did when the record was written, or the records are not its own. */
  #askAgain(record: AskRecord): void {
    const asked = `the storage has trial ${record.id} with the DNA ${JSON.stringify(record.dna)}`
    if (record.id !== this.nextId) {
      throw new StudyError(
        '',
        `${asked} where trial ${this.nextId} was to come; its records are not those of one study`,
      )
    }
    if (!this.isWindowOpen) throw new StudyError('', `${asked} before the answers that it must know`)
    const draft = this.propose(record.enqueued === true)
    if (draft === null || !draft.dna.equals(Dna.fromJson(record.dna, this.#rules.spec))) {
      const now = draft === null ? 'nothing' : JSON.stringify(draft.record.dna)
      throw new StudyError(
        '',
        `${asked}, but the algorithm now proposes ${now}; it is not the one that wrote it`,
      )
    }
    this.enter({ ...draft, record: { ...record, parents: draft.record.parents } })
  }

  /** Takes into the history what has become answered without a gap, until a trial ends the study. */
  #settle(): void {
    while (this.#stop === null) {
      const entry = this.#line[this.#history.length]
      if (entry === undefined || entry.answer === null) return
      const result = resultOf(entry, entry.answer)
      this.#history.push(result)
      this.#shown = null
      this.#cost += entry.answer.cost ?? 0
      if (!entry.isInfeasible) this.#feasible++
      this.#stop = this.#judge(result)
    }
  }

  /** Takes a result into the front, and says whether the study ends with it. */
  #judge(result: TrialResult): LedgerStop | null {
    const { target, patience, cost } = this.#rules
    if (result.status === 'told') {
      const front = withNewcomer(this.#front, result, this.#signs)
      if (front !== this.#front) this.#progressAt = this.#feasible
      this.#front = front
      if (target !== undefined && (this.#signs[0] as number) * (result.reward - target) >= 0) return 'target'
    }
    if (patience !== undefined && this.#feasible - this.#progressAt >= patience) return 'patience'
    return cost !== undefined && this.#cost >= cost ? 'budget' : null
  }

  #toldOf({ id, dna, answer, reports }: Entry): Told {
    if (answer?.type !== 'tell') {
      return answer?.type === 'prune' ? { id, dna, reward: null, reports } : { id, dna, reward: null }
    }
    const values = turned(valuesOf(answer.reward), this.#signs)
    return { id, dna, reward: values[0] as number, values }
  }
}

/** Never written to: the first report makes an array of its own. */
const NO_REPORTS: TrialReport[] = []

const STATUS = { skip: 'skipped', fail: 'failed', prune: 'pruned' } as const

const valuesOf = (reward: number | readonly number[]): readonly number[] =>
  typeof reward === 'number' ? [reward] : reward

function resultOf({ id, dna, parents, isInfeasible }: Entry, answer: AnswerRecord): TrialResult {
  const asked = { id, dna, parents }
  if (answer.type === 'tell') {
    const values = valuesOf(answer.reward)
    return { ...asked, status: 'told', reward: values[0] as number, values, metrics: answer.metrics ?? {} }
  }
  return { ...asked, status: isInfeasible ? 'infeasible' : STATUS[answer.type], reason: answer.reason }
}

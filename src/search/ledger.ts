/**
 * The books of a study: what was asked and answered, and what follows from it. The algorithm always learns in the
 * order of the ids, and before proposal n exactly the answers up to n - window. So the trials depend on the seed alone,
 * however many are evaluated at once and in whatever order they end; and the books can be made again from the records.
 */

import type { Algorithm, Told } from './algorithm.ts'
import { Dna } from './dna.ts'
import { StudyError } from './errors.ts'
import type { Seed } from './rng.ts'
import type { SpaceSpec } from './space-spec.ts'
import type { AnswerRecord, AskRecord, Direction, StudyRecord } from './storage.ts'
import type { ToldResult, TrialResult } from './trial.ts'

/** What the books are kept by. */
export interface Rules {
  readonly spec: SpaceSpec
  readonly algorithm: Algorithm
  readonly seed: Seed
  readonly direction: Direction
  readonly window: number
  readonly target: number | undefined
  readonly patience: number | undefined
}

/** A trial in the books. */
export interface Entry {
  readonly id: number
  readonly dna: Dna
  readonly parents: readonly number[]
  /** How often it was handed out. */
  attempts: number
  /** Whether the one it was handed to is gone, so that it may be handed out again. */
  isInterrupted: boolean
  answer: AnswerRecord | null
}

/** A proposal that is not in the books yet, and the state of the algorithm if it comes in. */
export interface Draft {
  readonly record: AskRecord
  readonly dna: Dna
  readonly state: unknown
}

export class Ledger {
  readonly #rules: Rules
  readonly #entries: Entry[] = []
  readonly #history: TrialResult[] = []
  #shown: readonly TrialResult[] | null = null
  #best: ToldResult | null = null
  #state: unknown
  /** How many answers the algorithm has been told. */
  #told = 0
  #stop: 'target' | 'patience' | null = null
  #interrupted = 0

  constructor(rules: Rules) {
    this.#rules = rules
    this.#state = rules.algorithm.init(rules.spec, rules.seed)
  }

  /**
   * The answered trials in order, up to the first without an answer or to the one that ended the study. The same array
   * until there is one more.
   */
  get history(): readonly TrialResult[] {
    this.#shown ??= [...this.#history]
    return this.#shown
  }

  /** The id of the last trial of the history; 0 when it is empty. */
  get lastId(): number {
    return this.#history.length
  }

  /** The best of the history, the earliest of equals. */
  get best(): ToldResult | null {
    return this.#best
  }

  /** Why the history is at its end, if it is. */
  get stop(): 'target' | 'patience' | null {
    return this.#stop
  }

  get nextId(): number {
    return this.#entries.length + 1
  }

  /** Whether the next proposal may be made: the answers it must know are in. */
  get isWindowOpen(): boolean {
    const known = this.nextId - this.#rules.window
    return known < 1 || this.#entry(known).answer !== null
  }

  /** The first trial that may be handed out again. */
  firstInterrupted(): Entry | null {
    if (this.#interrupted === 0) return null
    return this.#entries.find(entry => entry.isInterrupted) ?? null
  }

  /** What the algorithm proposes next; null when it has nothing left. Changes nothing until `enter`. */
  propose(): Draft | null {
    const { algorithm, spec, window } = this.#rules
    const id = this.nextId
    while (this.#told < id - window) {
      this.#state = algorithm.tell(this.#state, this.#toldOf(this.#entry(this.#told + 1)), spec)
      this.#told++
    }
    const [proposal, state] = algorithm.ask(this.#state, spec)
    if (proposal === null) return null
    const { dna, parents } = proposal
    return { record: { type: 'ask', id, dna: dna.toJSON(), parents }, dna, state }
  }

  enter({ record, dna, state }: Draft): Entry {
    const { id, parents } = record
    const entry: Entry = { id, dna, parents, attempts: 1, isInterrupted: false, answer: null }
    this.#entries.push(entry)
    this.#state = state
    return entry
  }

  /** Marks a trial as one that may be handed out again. */
  interrupt(id: number): void {
    const entry = this.#entry(id)
    if (entry.answer !== null || entry.isInterrupted) return
    entry.isInterrupted = true
    this.#interrupted++
  }

  handAgain(entry: Entry): void {
    entry.attempts++
    entry.isInterrupted = false
    this.#interrupted--
  }

  answer(record: AnswerRecord): void {
    const entry = this.#entry(record.id)
    if (entry.isInterrupted) this.#interrupted--
    entry.isInterrupted = false
    entry.answer = record
    this.#settle()
  }

  /** Makes the books from records; every trial in them without an answer may be handed out again. */
  restore(records: readonly StudyRecord[]): void {
    const answers = new Map<number, AnswerRecord>()
    for (const record of records) {
      if (record.type !== 'study' && record.type !== 'ask' && record.type !== 'again')
        answers.set(record.id, record)
    }
    for (const record of records) {
      if (record.type === 'ask') this.#askAgain(record, answers.get(record.id) ?? null)
      else if (record.type === 'again') this.#entry(record.id).attempts++
    }
    for (const id of answers.keys()) this.#entry(id)
    this.#settle()
    for (const { id, answer } of this.#entries) if (answer === null) this.interrupt(id)
  }

  /** The algorithm proposes as it did when the record was written, or the records are not its own. */
  #askAgain(record: AskRecord, answer: AnswerRecord | null): void {
    const asked = `the storage has trial ${record.id} with the DNA ${JSON.stringify(record.dna)}`
    if (record.id !== this.nextId) {
      throw new StudyError(
        '',
        `${asked} where trial ${this.nextId} was to come; its records are not those of one study`,
      )
    }
    if (!this.isWindowOpen) throw new StudyError('', `${asked} before the answers that it must know`)
    const draft = this.propose()
    if (draft === null || !draft.dna.equals(Dna.fromJson(record.dna, this.#rules.spec))) {
      const now = draft === null ? 'nothing' : JSON.stringify(draft.record.dna)
      throw new StudyError(
        '',
        `${asked}, but the algorithm now proposes ${now}; it is not the one that wrote it`,
      )
    }
    this.enter(draft).answer = answer
  }

  /** Takes into the history what has become answered without a gap, until a trial ends the study. */
  #settle(): void {
    const { target, patience, direction } = this.#rules
    const sign = direction === 'maximize' ? 1 : -1
    while (this.#stop === null) {
      const entry = this.#entries[this.#history.length]
      if (entry === undefined || entry.answer === null) return
      const result = resultOf(entry, entry.answer)
      this.#history.push(result)
      this.#shown = null
      if (result.status === 'told') {
        const gain = this.#best === null ? 1 : sign * (result.reward - this.#best.reward)
        if (gain > 0) this.#best = result
        if (target !== undefined && sign * (result.reward - target) >= 0) this.#stop = 'target'
      }
      const since = result.id - (this.#best?.id ?? 0)
      if (this.#stop === null && patience !== undefined && since >= patience) this.#stop = 'patience'
    }
  }

  #toldOf({ id, dna, answer }: Entry): Told {
    if (answer?.type !== 'tell') return { id, dna, reward: null }
    return { id, dna, reward: this.#rules.direction === 'maximize' ? answer.reward : -answer.reward }
  }

  #entry(id: number): Entry {
    const entry = this.#entries[id - 1]
    if (entry === undefined)
      throw new StudyError('', `the storage has an answer to trial ${id}, which was never asked`)
    return entry
  }
}

function resultOf({ id, dna, parents }: Entry, answer: AnswerRecord): TrialResult {
  if (answer.type === 'tell') {
    return { id, dna, parents, status: 'told', reward: answer.reward, metrics: answer.metrics ?? {} }
  }
  return { id, dna, parents, status: answer.type === 'skip' ? 'skipped' : 'failed', reason: answer.reason }
}

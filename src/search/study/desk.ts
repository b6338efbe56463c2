/**
 * The desk of a study: it hands out trials one after the other, takes their answers, and knows when there are no more.
 * It keeps the books (`ledger.ts`) in step with the storage (`scribe.ts`): a trial is written down before it is handed
 * out, an answer before the next trial is.
 */

import type { Dna } from '../dna/dna.ts'
import { StudyError } from '../errors.ts'
import type { Space } from '../space/space.ts'
import type { Entry, Ledger } from './ledger.ts'
import type { AnswerRecord, ReportRecord } from './records.ts'
import type { Scribe } from './scribe.ts'
import type { CheckedOptions, StudyOptions } from './study-options.ts'
import { type Desk, reasonOf, Trial } from './trial.ts'
import { refuseUnanswered } from './trial-loop.ts'

/** Why a study handed out no more trials. `infeasible`: a thousand proposals in a row broke the constraint. */
export type StopReason = 'target' | 'budget' | 'patience' | 'exhausted' | 'infeasible' | 'aborted'

/** One call of `trials` or `optimize`. */
export interface Run<Value> {
  readonly upTo: number
  /** The trials that are being evaluated. */
  readonly open: Set<Trial<Value>>
  /** How many proposals in a row broke the constraint. */
  refused: number
  isAborted: boolean
  /** Why it gets no more trials; undefined while it may. */
  end: StopReason | undefined
}

/** What a desk works with. */
export interface DeskParts<Value> {
  readonly space: Space<Value>
  readonly options: CheckedOptions
  readonly constraint: StudyOptions<Value>['constraint']
  readonly ledger: Ledger
  readonly scribe: Scribe
}

/** How many proposals in a row may break the constraint. */
const MAX_REFUSED = 1000

export class StudyDesk<Value> implements Desk<Value> {
  readonly objectives: number
  /** The trials that were handed out and not answered, by id. */
  readonly handed = new Map<number, Trial<Value>>()
  readonly #parts: DeskParts<Value>
  readonly #onChange: () => void
  #startedAt: number | null = null
  #end: StopReason | undefined
  #turn: Promise<unknown> = Promise.resolve()
  #wake: (() => void)[] = []

  /** `onChange` is called when trials were answered or given up. */
  constructor(parts: DeskParts<Value>, onChange: () => void) {
    this.#parts = parts
    this.#onChange = onChange
    this.objectives = parts.options.directions.length
  }

  /** Why there are no more trials; undefined while there may be. */
  get stopReason(): StopReason | undefined {
    return this.#parts.ledger.stop ?? (this.handed.size === 0 ? this.#end : undefined)
  }

  begin(upTo: number): Run<Value> {
    if (Number.isNaN(upTo) || upTo < 0)
      throw new StudyError('', `trials(upTo) needs a number of trials, got ${upTo}`)
    this.#end = undefined
    this.#startedAt ??= performance.now()
    return { upTo, open: new Set(), refused: 0, isAborted: false, end: undefined }
  }

  /** The next trial to evaluate; null when the study, or this run of it, is at its end. Whoever asks first gets first. */
  next(run: Run<Value>): Promise<Trial<Value> | null> {
    const turn = this.#turn.then(() => this.#nextInTurn(run))
    this.#turn = turn.catch(() => {})
    return turn
  }

  /** Hands a trial out once more whose evaluation failed; null when it was given up meanwhile. */
  async retry(trial: Trial<Value>, error: unknown): Promise<Trial<Value> | null> {
    const { ledger, scribe } = this.#parts
    await scribe.append({ type: 'again', id: trial.id, reason: reasonOf(error) })
    if (this.handed.get(trial.id) !== trial) return null
    const entry = ledger.entry(trial.id)
    trial.drop()
    ledger.handAgain(entry, true)
    return this.#hand(entry)
  }

  /** Ends a run: what it has open is given up, and may be handed out again. */
  abort(run: Run<Value>): void {
    run.isAborted = true
    this.drop(run.open)
  }

  /** Gives trials up; they may be handed out again. */
  drop(trials: Iterable<Trial<Value>>): void {
    for (const trial of [...trials]) {
      if (this.handed.get(trial.id) !== trial) continue
      this.handed.delete(trial.id)
      this.#parts.ledger.interrupt(trial.id)
      trial.drop()
    }
    this.#notify()
  }

  /** Ends a run that failed, which is no end of the study. */
  forgetEnd(): void {
    this.#end = undefined
  }

  materialize(dna: Dna): Value {
    return this.#parts.space.materialize(dna)
  }

  answer(trial: Trial<Value>, answer: AnswerRecord): void {
    const { ledger, scribe } = this.#parts
    // The study has ended with an earlier trial: what comes in now is wanted no more.
    if (trial.state === 'dropped' && ledger.stop !== null) return
    this.#needHanded(trial)
    scribe.note(answer)
    trial.state = 'answered'
    this.handed.delete(trial.id)
    ledger.answer(answer)
    if (ledger.stop !== null) this.drop(this.handed.values())
    this.#notify()
  }

  report(trial: Trial<Value>, report: ReportRecord): void {
    if (trial.state === 'dropped') return
    this.#needHanded(trial)
    this.#parts.scribe.note({ ...report, time: { at: Date.now() } })
    this.#parts.ledger.report(report)
  }

  shouldPrune({ id }: Trial<Value>): boolean {
    const { ledger, options } = this.#parts
    const { pruner, directions } = options
    const trial = ledger.entry(id)
    if (pruner === null || trial.reports.length === 0) return false
    return pruner.shouldPrune({ trial, past: ledger.pastOf(trial), directions })
  }

  async #nextInTurn(run: Run<Value>): Promise<Trial<Value> | null> {
    const { ledger, scribe } = this.#parts
    for (;;) {
      await scribe.written()
      const end = this.#endOf(run)
      if (end !== null) return this.#endWith(run, end)
      for (const trial of this.handed.values()) if (trial.state === 'abandoned') refuseUnanswered(trial)
      const again = ledger.firstInterrupted()
      if (again !== null && again.ordinal <= this.#limit(run)) {
        await scribe.append({ type: 'again', id: again.id })
        ledger.handAgain(again)
        return this.#hand(again)
      }
      if (!ledger.isWindowOpen) {
        await new Promise<void>(resolve => this.#wake.push(resolve))
        continue
      }
      const proposed = await this.#propose(run)
      if (proposed !== 'infeasible') return proposed
    }
  }

  /** The trial of the next proposal; null when there is none, and `infeasible` when it breaks the constraint. */
  async #propose(run: Run<Value>): Promise<Trial<Value> | null | 'infeasible'> {
    const { ledger, scribe, constraint } = this.#parts
    const draft = ledger.propose()
    if (draft === null) return this.#endWith(run, 'exhausted')
    if (constraint === undefined) {
      const record = await scribe.append(draft.record)
      return this.#hand(ledger.enter({ ...draft, record }))
    }
    const value = { made: this.materialize(draft.dna) }
    const verdict = constraint(value.made)
    const isFeasible = verdict === true
    const record = await scribe.append(
      isFeasible ? draft.record : { ...draft.record, infeasible: String(verdict) },
    )
    const entry = ledger.enter({ ...draft, record })
    run.refused = isFeasible ? 0 : run.refused + 1
    return isFeasible ? this.#hand(entry, value) : 'infeasible'
  }

  async #endWith(run: Run<Value>, reason: StopReason): Promise<null> {
    run.end = reason
    this.#end = reason
    await this.#parts.scribe.flush()
    return null
  }

  /** Why this run gets no more trials, if it gets none. */
  #endOf(run: Run<Value>): StopReason | null {
    const { ledger, options } = this.#parts
    if (ledger.stop !== null) return ledger.stop
    if (run.isAborted) return 'aborted'
    if (run.refused >= MAX_REFUSED) return 'infeasible'
    const { seconds = Number.POSITIVE_INFINITY } = options.budget
    if (this.#startedAt !== null && performance.now() - this.#startedAt >= seconds * 1000) return 'budget'
    const { nextOrdinal } = ledger
    const next = Math.min(ledger.firstInterrupted()?.ordinal ?? nextOrdinal, nextOrdinal)
    return next > this.#limit(run) ? 'budget' : null
  }

  #limit(run: Run<Value>): number {
    return Math.min(run.upTo, this.#parts.options.budget.trials ?? Number.POSITIVE_INFINITY)
  }

  #hand(entry: Entry, value?: { readonly made: Value }): Trial<Value> {
    const trial = new Trial<Value>(entry, entry.attempts, this, value)
    this.handed.set(entry.id, trial)
    return trial
  }

  #needHanded(trial: Trial<Value>): void {
    if (this.handed.get(trial.id) === trial) return
    const why = trial.isAnswered
      ? 'has its answer already'
      : 'was given up by the study, which may hand it out again'
    throw new StudyError(`trial ${trial.id}`, `trial ${trial.id} ${why}`)
  }

  #notify(): void {
    const waiting = this.#wake
    this.#wake = []
    for (const resolve of waiting) resolve()
    this.#onChange()
  }
}

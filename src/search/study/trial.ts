/**
 * A trial: a point of the space handed out for evaluation, waiting for its one answer. And a result: what is known of
 * it once it has been answered.
 */

import type { Dna } from '../dna/dna.ts'
import { StudyError } from '../errors.ts'
import type { AnswerRecord, NoRewardRecord, ReportRecord, TrialRecord } from './records.ts'

/** What every result says. */
interface Asked {
  /** From 1, in the order in which the algorithm was asked. */
  readonly id: number
  readonly dna: Dna
  /** The ids of the trials that it was made from. */
  readonly parents: readonly number[]
}

/** A trial with a reward. */
export interface ToldResult extends Asked {
  readonly status: 'told'
  /** The reward; with several objectives the first of the values. */
  readonly reward: number
  /** One for each objective. */
  readonly values: readonly number[]
  readonly metrics: Readonly<Record<string, number>>
}

/**
 * A trial that could not be evaluated (`skipped`), whose evaluation went wrong (`failed`) or was ended early (`pruned`),
 * or that broke the constraint and was never handed out (`infeasible`).
 */
export interface NoRewardResult extends Asked {
  readonly status: 'skipped' | 'failed' | 'pruned' | 'infeasible'
  readonly reason: string
}

export type TrialResult = ToldResult | NoRewardResult

export interface AnswerOptions {
  /** What the trial has cost, in the unit of `budget.cost`. */
  readonly cost?: number
}

export interface TellOptions extends AnswerOptions {
  /** Further numbers to keep with the reward; the algorithm does not see them. */
  readonly metrics?: Readonly<Record<string, number>>
}

/** What a trial needs of its study. */
export interface Desk<Value> {
  /** How many numbers an answer has. */
  readonly objectives: number
  materialize(dna: Dna): Value
  answer(trial: Trial<Value>, answer: AnswerRecord): void
  report(trial: Trial<Value>, report: ReportRecord): void
  shouldPrune(trial: Trial<Value>): boolean
}

/** What happens to a trial: it waits for its answer, has it, was left without one, or is wanted no more. */
export type TrialState = 'open' | 'answered' | 'abandoned' | 'dropped'

/** A trial to evaluate; made by a study. Answer it once, with `tell`, `skip`, `fail` or `prune`. */
export class Trial<Value> {
  readonly id: number
  readonly dna: Dna
  /** The ids of the trials that it was made from. */
  readonly parents: readonly number[]
  /** 1, or more when it was handed out before, and the process that had it ended or its evaluation failed. */
  readonly attempt: number
  /** @internal */
  state: TrialState = 'open'
  /** @internal Called when the answer is waited for no more. */
  onDrop: (() => void) | null = null
  readonly #desk: Desk<Value>
  readonly #handedAt = performance.now()
  #value: { readonly made: Value } | null = null
  #controller: AbortController | null = null
  #expired: unknown
  #lastStep = -1

  /** @internal */
  constructor(
    { id, dna, parents }: Asked,
    attempt: number,
    desk: Desk<Value>,
    value?: { readonly made: Value },
  ) {
    this.id = id
    this.dna = dna
    this.parents = parents
    this.attempt = attempt
    this.#desk = desk
    this.#value = value ?? null
  }

  /** The tree of this point; made when first asked for. */
  get value(): Value {
    this.#value ??= { made: this.#desk.materialize(this.dna) }
    return this.#value.made
  }

  get isAnswered(): boolean {
    return this.state === 'answered'
  }

  /** Aborts when the answer is waited for no more: the study was aborted or ended, or the time for the trial is up. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    if (this.state === 'dropped' || this.#expired !== undefined) this.#controller.abort(this.#expired)
    return this.#controller.signal
  }

  /**
   * Answers with a reward, a finite number, or with one number for each objective when the study has several. Throws
   * `StudyError` for any other, and when there is an answer already.
   */
  tell(reward: number | readonly number[], { metrics, cost }: TellOptions = {}): void {
    const problem =
      rewardProblem(this.id, reward, this.#desk.objectives) ?? numbersProblem(this.id, 'metric', metrics)
    if (problem !== null) throw problem
    this.#answer({
      type: 'tell',
      id: this.id,
      reward: typeof reward === 'number' ? reward : [...reward],
      ...(metrics === undefined ? {} : { metrics: { ...metrics } }),
      ...this.#costOf(cost),
    })
  }

  /** Answers that this point cannot be evaluated; it counts as a trial, and the algorithm learns that it has no reward. */
  skip(reason = '', { cost }: AnswerOptions = {}): void {
    this.#answerWithout('skip', reason, cost)
  }

  /** Answers that evaluating went wrong; it counts as a trial, and the algorithm learns that it has no reward. */
  fail(error: unknown, { cost }: AnswerOptions = {}): void {
    this.#answerWithout('fail', reasonOf(error), cost)
  }

  /**
   * Says how far the evaluation is, and what it is worth so far: a number, or numbers by name. Steps only grow.
   *
   *     trial.report(epoch, accuracy)
   *     if (trial.shouldPrune()) return trial.prune()
   */
  report(step: number, value: number | Readonly<Record<string, number>>): void {
    const values = typeof value === 'number' ? { reward: value } : { ...value }
    const problem = this.#stepProblem(step) ?? numbersProblem(this.id, 'report', values)
    if (problem !== null) throw problem
    this.#desk.report(this, { type: 'report', id: this.id, step, values })
    this.#lastStep = step
  }

  /** What the pruner of the study says to the last report; false when there is none. */
  shouldPrune(): boolean {
    return this.state === 'open' && this.#desk.shouldPrune(this)
  }

  /** Answers that going on is not worth it; it counts as a trial, and the algorithm learns that it has no reward. */
  prune(reason = this.#lastStep < 0 ? '' : `at step ${this.#lastStep}`, { cost }: AnswerOptions = {}): void {
    this.#answerWithout('prune', reason, cost)
  }

  /** @internal The answer is wanted no more. */
  drop(): void {
    this.state = 'dropped'
    this.#controller?.abort()
    this.onDrop?.()
  }

  /** @internal The time for the trial is up; it may still be answered, there and then. */
  expire(error: unknown): void {
    this.#expired = error
    this.#controller?.abort(error)
  }

  #answerWithout(type: NoRewardRecord['type'], reason: string, cost: number | undefined): void {
    this.#answer({ type, id: this.id, reason: String(reason), ...this.#costOf(cost) })
  }

  #answer(answer: AnswerRecord): void {
    this.#desk.answer(this, { ...answer, time: this.#time() })
  }

  #time(): NonNullable<TrialRecord['time']> {
    return { at: Date.now(), ms: Math.round((performance.now() - this.#handedAt) * 1000) / 1000 }
  }

  #costOf(cost: number | undefined): { cost?: number } {
    if (cost === undefined) return {}
    if (Number.isFinite(cost) && cost >= 0) return { cost }
    throw new StudyError(
      `trial ${this.id}`,
      `the cost of trial ${this.id} must be a number of at least 0, got ${cost}`,
    )
  }

  #stepProblem(step: number): StudyError | null {
    if (Number.isSafeInteger(step) && step > this.#lastStep) return null
    const least = this.#lastStep < 0 ? 'at least 0' : `more than ${this.#lastStep}`
    return new StudyError(
      `trial ${this.id}`,
      `the step of a report of trial ${this.id} must be an integer of ${least}, got ${step}`,
    )
  }
}

/** Why a reward is refused; null when it is right. */
export function rewardProblem(id: number, reward: unknown, objectives = 1): StudyError | null {
  const isRight =
    objectives === 1
      ? Number.isFinite(reward)
      : Array.isArray(reward) && reward.length === objectives && reward.every(Number.isFinite)
  if (isRight) return null
  const wanted = objectives === 1 ? 'a finite number' : `a list of ${objectives} finite numbers`
  const got = typeof reward === 'number' ? String(reward) : (JSON.stringify(reward) ?? typeof reward)
  return new StudyError(
    `trial ${id}`,
    `the reward of trial ${id} must be ${wanted}, got ${got}; what cannot be scored is answered by trial.skip(reason)`,
  )
}

function numbersProblem(
  id: number,
  what: string,
  numbers: Readonly<Record<string, number>> | undefined,
): StudyError | null {
  for (const [name, value] of Object.entries(numbers ?? {})) {
    if (Number.isFinite(value)) continue
    return new StudyError(
      `trial ${id}`,
      `the ${what} '${name}' of trial ${id} must be a finite number, got ${value}`,
    )
  }
  return null
}

export const reasonOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error)

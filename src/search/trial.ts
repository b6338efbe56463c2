/**
 * A trial: a point of the space handed out for evaluation, waiting for its one answer. And a result: what is known of
 * it once it has been answered.
 */

import type { Dna } from './dna.ts'
import { StudyError } from './errors.ts'
import type { AnswerRecord } from './storage.ts'

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
  readonly reward: number
  readonly metrics: Readonly<Record<string, number>>
}

/** A trial that could not be evaluated (`skipped`), or whose evaluation went wrong (`failed`). */
export interface NoRewardResult extends Asked {
  readonly status: 'skipped' | 'failed'
  readonly reason: string
}

export type TrialResult = ToldResult | NoRewardResult

export interface TellOptions {
  /** Further numbers to keep with the reward; the algorithm does not see them. */
  readonly metrics?: Readonly<Record<string, number>>
}

/** What a trial needs of its study. */
export interface Desk<Value> {
  materialize(dna: Dna): Value
  answer(trial: Trial<Value>, answer: AnswerRecord): void
}

/** What happens to a trial: it waits for its answer, has it, was left without one, or is wanted no more. */
export type TrialState = 'open' | 'answered' | 'abandoned' | 'dropped'

/** A trial to evaluate; made by a study. Answer it once, with `tell`, `skip` or `fail`. */
export class Trial<Value> {
  readonly id: number
  readonly dna: Dna
  /** The ids of the trials that it was made from. */
  readonly parents: readonly number[]
  /** 1, or more when the process that had the trial before ended without answering it. */
  readonly attempt: number
  /** @internal */
  state: TrialState = 'open'
  /** @internal Called when the trial is dropped. */
  onDrop: (() => void) | null = null
  readonly #desk: Desk<Value>
  #value: { readonly made: Value } | null = null
  #controller: AbortController | null = null

  /** @internal */
  constructor({ id, dna, parents }: Asked, attempt: number, desk: Desk<Value>) {
    this.id = id
    this.dna = dna
    this.parents = parents
    this.attempt = attempt
    this.#desk = desk
  }

  /** The tree of this point; made when first asked for. */
  get value(): Value {
    this.#value ??= { made: this.#desk.materialize(this.dna) }
    return this.#value.made
  }

  get isAnswered(): boolean {
    return this.state === 'answered'
  }

  /** Aborts when the study no longer wants the answer: it was aborted, or ended with an earlier trial. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController()
    if (this.state === 'dropped') this.#controller.abort()
    return this.#controller.signal
  }

  /** Answers with a reward, a finite number. Throws `StudyError` for any other, and when there is an answer already. */
  tell(reward: number, { metrics }: TellOptions = {}): void {
    const problem = rewardProblem(this.id, reward) ?? metricsProblem(this.id, metrics)
    if (problem !== null) throw problem
    const told = { type: 'tell', id: this.id, reward } as const
    this.#desk.answer(this, metrics === undefined ? told : { ...told, metrics: { ...metrics } })
  }

  /** Answers that this point cannot be evaluated; it counts as a trial, and the algorithm learns nothing from it. */
  skip(reason = ''): void {
    this.#desk.answer(this, { type: 'skip', id: this.id, reason })
  }

  /** Answers that evaluating went wrong; it counts as a trial, and the algorithm learns nothing from it. */
  fail(error: unknown): void {
    this.#desk.answer(this, { type: 'fail', id: this.id, reason: reasonOf(error) })
  }

  /** @internal The answer is wanted no more. */
  drop(): void {
    this.state = 'dropped'
    this.#controller?.abort()
    this.onDrop?.()
  }
}

/** Why a reward is refused; null when it is right. */
export function rewardProblem(id: number, reward: unknown): StudyError | null {
  if (typeof reward === 'number' && Number.isFinite(reward)) return null
  const got = typeof reward === 'number' ? String(reward) : (JSON.stringify(reward) ?? typeof reward)
  return new StudyError(
    `trial ${id}`,
    `the reward of trial ${id} must be a finite number, got ${got}; what cannot be scored is answered by trial.skip(reason)`,
  )
}

function metricsProblem(id: number, metrics: TellOptions['metrics']): StudyError | null {
  for (const [name, value] of Object.entries(metrics ?? {})) {
    if (Number.isFinite(value)) continue
    return new StudyError(
      `trial ${id}`,
      `the metric '${name}' of trial ${id} must be a finite number, got ${value}`,
    )
  }
  return null
}

export const reasonOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error)

/** When a search ends, and why: the limits of its budget, the time, patience, and the signal. */

import type { StopReason } from '../search/index.ts'
import type { FitOptions, Limit } from './fit-options.ts'
import type { Ledger } from './ledger/ledger.ts'
import type { LeftReason } from './ledger/records.ts'
import type { Spending } from './spending.ts'

/** Why a search ended. */
export interface End {
  readonly stopReason: StopReason
  /** Which limit of the budget was reached, if one was. */
  readonly limit?: Limit
}

/** How far a search has come. */
export interface Standing {
  readonly generations: number
  readonly evaluations: number
  readonly runs: number
}

export type StoppingOptions = Pick<FitOptions, 'budget' | 'patience' | 'minDelta' | 'signal'> & {
  readonly ledger: Ledger | undefined
  readonly spending: Spending
}

export class Stopping {
  readonly #options: StoppingOptions
  readonly #started = performance.now()
  /** The limit for which something had to be left out. */
  #spent: Limit | undefined
  /** Generations since the last progress, and the reward that was progress. */
  #stale = 0
  #reference = Number.NEGATIVE_INFINITY

  constructor(options: StoppingOptions) {
    this.#options = options
  }

  /** Whether something had to be left out for want of budget. */
  get isSpent(): boolean {
    return this.#spent !== undefined
  }

  /** Whether the time is over. While a run is replayed, that is so exactly where it was. */
  get isLate(): boolean {
    const { budget, ledger } = this.#options
    const { seconds = Number.POSITIVE_INFINITY } = budget
    const upcoming = ledger?.upcoming
    if (upcoming !== undefined) return upcoming.type === 'searched' && upcoming.limit === 'seconds'
    const elapsed = ledger?.elapsed ?? performance.now() - this.#started
    return elapsed >= seconds * 1000
  }

  /** The reward that candidates must be better than, where it is known before the first. */
  start(reward: number | undefined): void {
    if (reward !== undefined && this.#reference === Number.NEGATIVE_INFINITY) this.#reference = reward
  }

  /** Books a generation, with the reward of its best candidate if it had any that count. */
  addGeneration(best: number | undefined): void {
    const { minDelta = 0 } = this.#options
    this.#stale++
    if (best === undefined || !(best > this.#reference + minDelta)) return
    this.#reference = best
    this.#stale = 0
  }

  /** Something had to be left out for this limit. */
  spend(limit: Limit | LeftReason): void {
    this.#spent ??= limit === 'over_budget' ? (this.#options.spending.limit ?? limit) : limit
  }

  /** Why the search ends here; undefined when it goes on. */
  endAt({ generations, evaluations, runs }: Standing): End | undefined {
    const { budget, patience = Number.POSITIVE_INFINITY, signal, spending } = this.#options
    if (signal?.aborted) return { stopReason: 'aborted' }
    const reached = (most: number | undefined, count: number): boolean => most !== undefined && count >= most
    const limits: readonly (Limit | false | undefined)[] = [
      this.#spent,
      reached(budget.generations, generations) && 'generations',
      reached(budget.evaluations, evaluations) && 'evaluations',
      reached(budget.runs, runs) && 'runs',
      spending.limit,
      this.isLate && 'seconds',
    ]
    const limit = limits.find(each => each !== undefined && each !== false)
    if (limit) return { stopReason: 'budget', limit }
    return this.#stale >= patience ? { stopReason: 'patience' } : undefined
  }
}

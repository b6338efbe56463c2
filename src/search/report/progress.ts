/**
 * What is seen of a study while it runs: on a terminal one line that is written over, elsewhere a line per improvement, so
 * that logs stay short; and a summary at the end. It only reads the study, and writes where it is told to.
 */

import { signsOf, withNewcomer } from '../study/objectives.ts'
import type { Study } from '../study/study.ts'
import type { StudySetup } from '../study/study-options.ts'
import type { ToldResult, TrialResult } from '../study/trial.ts'
import { countText, durationText, numberText } from './numbers.ts'
import { type Output, StatusLine } from './status-line.ts'

export interface ProgressOptions {
  /** Where it is shown; `process.stderr` unless something else is said. */
  readonly stream?: Output
}

/** A study that is being shown. */
export interface Progress {
  /** Ends showing, with a summary. */
  stop(): void
  [Symbol.dispose](): void
}

/**
 * Shows a study until it is stopped. `study.optimize(evaluate, { progress: process.stderr })` does both by itself.
 *
 *     using shown = progress(study)
 *     for await (const trial of study.trials(200)) trial.tell(await score(trial.value))
 */
export function progress<Value>(
  study: Study<Value>,
  { stream = process.stderr }: ProgressOptions = {},
): Progress {
  const line = new StatusLine(stream)
  const tally = new Tally(study.setup)
  const startedAt = performance.now()
  let base: Pace | null = null
  let shownAt = Number.NEGATIVE_INFINITY
  let timer: NodeJS.Timeout | undefined

  const pace = (): Pace => ({ trials: tally.feasible, cost: study.cost, ms: performance.now() - startedAt })
  const update = (): void => {
    if (base === null) return
    clearTimeout(timer)
    for (const improved of tally.take(study.history)) {
      if (!line.isLive) line.say(improvementText(tally, improved, performance.now() - startedAt))
    }
    shownAt = performance.now()
    line.show(statusText(tally, study.setup, base, pace()))
    if (line.isLive) timer = setTimeout(update, IDLE_MS).unref()
  }
  const changed = (): void => {
    if (performance.now() - shownAt >= BUSY_MS) return update()
    clearTimeout(timer)
    timer = setTimeout(update, BUSY_MS).unref()
  }
  // What the storage holds already is no news.
  study.ready.then(
    () => {
      tally.take(study.history)
      base = { ...pace(), ms: 0 }
    },
    () => {},
  )
  let unsubscribe: (() => void) | null = study.subscribe(changed)
  const stop = (): void => {
    if (unsubscribe === null) return
    unsubscribe()
    unsubscribe = null
    update()
    clearTimeout(timer)
    if (base !== null) line.say(summaryText(tally, study.stopReason, base, pace()))
  }
  return { stop, [Symbol.dispose]: stop }
}

/** The least and the greatest time between two updates. */
const BUSY_MS = 100
const IDLE_MS = 1000

/** How far a study is: trials and cost in all, and how long it has been shown. */
export interface Pace {
  readonly trials: number
  readonly cost: number
  readonly ms: number
}

/** Counts and the best so far, kept up to date by what is new in the history. */
export class Tally {
  readonly counts = { told: 0, failed: 0, pruned: 0, skipped: 0, infeasible: 0 }
  /** Those that none beats; the best alone with one objective. */
  front: readonly ToldResult[] = []
  readonly #signs: ReturnType<typeof signsOf>
  #taken = 0

  constructor({ directions }: Pick<StudySetup, 'directions'>) {
    this.#signs = signsOf(directions)
  }

  /** Those that count for a budget. */
  get feasible(): number {
    return this.#taken - this.counts.infeasible
  }

  get isSingle(): boolean {
    return this.#signs.length === 1
  }

  /** Takes what is new, and gives back the trials that were the best, or on the front, when they came. */
  take(history: readonly TrialResult[]): ToldResult[] {
    const improved: ToldResult[] = []
    for (; this.#taken < history.length; this.#taken++) {
      const result = history[this.#taken] as TrialResult
      this.counts[result.status]++
      if (result.status !== 'told') continue
      const front = withNewcomer(this.front, result, this.#signs)
      if (front !== this.front) improved.push(result)
      this.front = front
    }
    return improved
  }
}

/** `120/400 trials  12.5/s  best 0.9487 (trial 97)  3 failed  12.0 s, 25.1 s to go`. */
export function statusText(
  tally: Tally,
  { budget }: Pick<StudySetup, 'budget'>,
  base: Pace,
  now: Pace,
): string {
  const of = budget.trials === undefined ? '' : `/${numberText(budget.trials)}`
  const left = millisecondsLeft(budget, base, now)
  return [
    `${numberText(now.trials)}${of} trials`,
    now.trials > base.trials && `${numberText(rateOf(base, now), 3)}/s`,
    bestText(tally),
    tally.counts.failed > 0 && `${numberText(tally.counts.failed)} failed`,
    `${durationText(now.ms)}${left === null ? '' : `, ${durationText(left)} to go`}`,
  ]
    .filter(part => part !== false && part !== '')
    .join('  ')
}

/** Milliseconds until the first budget is used up at the pace so far; null where nothing is known. */
export function millisecondsLeft(budget: StudySetup['budget'], base: Pace, now: Pace): number | null {
  const until = (limit: number | undefined, from: number, to: number): number =>
    limit === undefined || to <= from ? Number.POSITIVE_INFINITY : ((limit - to) / (to - from)) * now.ms
  const left = Math.min(
    until(budget.trials, base.trials, now.trials),
    until(budget.cost, base.cost, now.cost),
    budget.seconds === undefined ? Number.POSITIVE_INFINITY : budget.seconds * 1000 - now.ms,
  )
  return Number.isFinite(left) ? Math.max(0, left) : null
}

function improvementText(tally: Tally, { id, values }: ToldResult, ms: number): string {
  const what = tally.isSingle ? 'best' : 'on the front with'
  return `trial ${id}: ${what} ${values.map(valueText).join(', ')} after ${durationText(ms)}`
}

/** `400 trials in 41.0 s (9.76/s), ended by budget; best 0.9487 (trial 97); 14 failed, 7 skipped`. */
export function summaryText(tally: Tally, reason: string | undefined, base: Pace, now: Pace): string {
  const fresh = now.trials - base.trials
  const without = (['failed', 'pruned', 'skipped', 'infeasible'] as const).filter(
    status => tally.counts[status] > 0,
  )
  const end = reason === undefined ? 'not ended' : reason === 'aborted' ? 'aborted' : `ended by ${reason}`
  return [
    `${countText(now.trials, 'trial')}${base.trials > 0 ? `, ${numberText(fresh)} of them now,` : ''} in ${durationText(now.ms)} (${numberText(rateOf(base, now), 3)}/s), ${end}`,
    bestText(tally) || 'no trial has a reward',
    without.map(status => `${numberText(tally.counts[status])} ${status}`).join(', '),
    now.cost > 0 && `cost ${numberText(now.cost)}`,
  ]
    .filter(part => part !== false && part !== '')
    .join('; ')
}

function bestText({ front, isSingle }: Tally): string {
  const [best] = front
  if (best === undefined) return ''
  return isSingle
    ? `best ${valueText(best.reward)} (trial ${best.id})`
    : `${countText(front.length, 'trial')} on the front`
}

const rateOf = (base: Pace, now: Pace): number => ((now.trials - base.trials) / Math.max(1, now.ms)) * 1000

/** With the sign that other programs read. */
const valueText = (value: number): string => numberText(value, 6).replaceAll('−', '-')

/** When trials were evaluated: how long they took, how many at once, and how much of the time nothing was. */

import { quantile } from './numbers.ts'
import type { ReportData } from './report-data.ts'

/** How many trials were evaluated from a moment on. */
export interface Load {
  readonly at: number
  readonly count: number
}

export interface Timing {
  /** How many trials it is about: those whose answer has a time. */
  readonly trials: number
  readonly from: number
  readonly to: number
  /** Milliseconds of all evaluations together, and of the time in which there was at least one. */
  readonly total: number
  readonly busy: number
  /** How many were evaluated at once, on average while any was, and at most. */
  readonly mean: number
  readonly most: number
  readonly median: number
  readonly p90: number
  readonly longest: number
  readonly loads: readonly Load[]
}

/** Null when no trial has a time. */
export function timingOf({ trials }: ReportData): Timing | null {
  const spans = trials.flatMap(({ course: { answeredAt, ms } }) =>
    answeredAt === undefined || ms === undefined ? [] : [{ from: answeredAt - ms, to: answeredAt, ms }],
  )
  if (spans.length === 0) return null
  const loads = loadsOf(spans)
  let busy = 0
  loads.forEach(({ at, count }, i) => {
    if (count > 0) busy += (loads[i + 1]?.at ?? at) - at
  })
  // Answers come at whole milliseconds: with beginnings rounded up, no trial seems to overlap with the one it followed.
  const whole = loadsOf(spans.map(({ from, to }) => ({ from: Math.ceil(from), to })))
  const most = whole.reduce((greatest, { count }) => Math.max(greatest, count), 1)
  const times = Float64Array.from(spans, ({ ms }) => ms).sort()
  const total = times.reduce((sum, ms) => sum + ms, 0)
  return {
    trials: spans.length,
    from: (loads[0] as Load).at,
    to: (loads.at(-1) as Load).at,
    total,
    busy,
    mean: busy > 0 ? Math.min(most, total / busy) : 1,
    most,
    median: quantile(times, 0.5),
    p90: quantile(times, 0.9),
    longest: quantile(times, 1),
    loads,
  }
}

/** How many of some spans there are at once, from each moment at which that changes. */
function loadsOf(spans: readonly { readonly from: number; readonly to: number }[]): Load[] {
  const events = spans.flatMap(({ from, to }) => [
    { at: from, by: 1 },
    { at: to, by: -1 },
  ])
  events.sort((a, b) => a.at - b.at)
  const loads: Load[] = []
  let count = 0
  for (const { at, by } of events) {
    count += by
    if (loads.at(-1)?.at === at) loads.pop()
    loads.push({ at, count })
  }
  return loads
}

/** Time: how many trials were evaluated at once, how long they took, and how much of the time was used. */

import {
  areaOf,
  note,
  openTable,
  picture,
  type Section,
  sectionOf,
  wholeText,
  xAxis,
  yAxis,
} from './chart.ts'
import { html, type Markup } from './markup.ts'
import { countText, durationText, momentText, numberText, percentText } from './numbers.ts'
import { place } from './scale.ts'
import type { Timing } from './timing.ts'

const HEIGHT = 170
const BUCKETS = 300

export function timingSection(timing: Timing | null): Section | null {
  if (timing === null) return null
  const { trials, from, to, total, busy, mean, most, median, p90, longest } = timing
  const span = to - from
  const rows = [
    ['first begun', momentText(from)],
    ['last answered', momentText(to)],
    ['from first to last', durationText(span)],
    ['evaluating', `${durationText(busy)}${span > 0 ? ` (${percentText(busy / span)} of it)` : ''}`],
    ['all evaluations together', durationText(total)],
    ['at once', `${numberText(mean, 3)} on average while evaluating, ${numberText(most)} at most`],
    [
      'an evaluation',
      `${durationText(median)} in the middle, nine in ten within ${durationText(p90)}, ${durationText(longest)} at most`,
    ],
  ]
  return sectionOf(
    'timing',
    'Time',
    span > 0 && loadChart(timing),
    note(
      `Of the ${countText(trials, 'trial')} whose answers say when they came. Time without evaluations is the study’s own, or that of pauses between runs.`,
    ),
    openTable('Time', ['', ''], rows),
  )
}

/** The average number of trials evaluated at once, over stretches of the time. */
function loadChart({ loads, from, to, most }: Timing): Markup {
  const area = areaOf(HEIGHT)
  const width = (to - from) / BUCKETS
  const sums = new Float64Array(BUCKETS)
  loads.forEach(({ at, count }, i) => {
    const end = loads[i + 1]?.at ?? to
    for (let bucket = Math.floor((at - from) / width); count > 0 && bucket < BUCKETS; bucket++) {
      const [start, stop] = [from + bucket * width, from + (bucket + 1) * width]
      if (start >= end) break
      sums[bucket] = (sums[bucket] as number) + count * (Math.min(end, stop) - Math.max(at, start))
    }
  })
  const range = { min: 0, max: most }
  const y = (count: number): number => place(count, range, area.bottom, area.top)
  const x = (bucket: number): number => place(bucket, { min: 0, max: BUCKETS }, area.left, area.right)
  const steps = Array.from(sums, (sum, i) => `V${y(sum / width)}H${x(i + 1)}`).join('')
  return picture(
    HEIGHT,
    `Trials evaluated at once, over ${durationText(to - from)}`,
    xAxis(
      area,
      { min: 0, max: (to - from) / unitOf(to - from).ms },
      `${unitOf(to - from).name} since the first trial was begun`,
    ),
    yAxis(area, range, 'at once', wholeText),
    html`<path class="load" d="M${area.left} ${area.bottom}${steps}V${area.bottom}Z"/>`,
  )
}

const UNITS = [
  { name: 'days', ms: 86_400_000 },
  { name: 'hours', ms: 3_600_000 },
  { name: 'minutes', ms: 60_000 },
  { name: 'seconds', ms: 1000 },
  { name: 'milliseconds', ms: 1 },
] as const

const unitOf = (span: number): (typeof UNITS)[number] =>
  UNITS.find(({ ms }) => span >= 2 * ms) ?? (UNITS.at(-1) as (typeof UNITS)[number])

/** The history of a study: every reward in its turn, the best so far, and where the middle half of the trials lay. */

import {
  areaOf,
  dot,
  legend,
  note,
  picture,
  type Section,
  sectionOf,
  tableOf,
  trialLink,
  wholeText,
  xAxis,
  yAxis,
} from './chart.ts'
import { html, type Markup } from './markup.ts'
import { countText, numberText, quantile } from './numbers.ts'
import type { Objective, ReportData, ReportTrial } from './report-data.ts'
import { sampled } from './sample.ts'
import { place, type Range, sturdyRange } from './scale.ts'

const HEIGHT = 320
const MAX_DOTS = 2000
const MAX_FAILURES = 400
const MAX_ROWS = 200

export function historySection(data: ReportData): Section {
  const { trials, objectives } = data
  if (trials.length === 0) return sectionOf('history', 'History', note('No trial has been answered yet.'))
  return sectionOf(
    'history',
    'History',
    data.told.length === 0 && note('No trial has a reward yet.'),
    data.told.length > 0 && objectives.map((objective, i) => historyChart(data, objective, i)),
  )
}

/** The trials that were better than all before them. */
export function improvements(told: readonly ReportTrial[], { sign }: Objective, at: number): ReportTrial[] {
  let best = Number.NEGATIVE_INFINITY
  return told.filter(({ values }) => {
    const worth = (values[at] as number) * sign
    const isBetter = worth > best
    if (isBetter) best = worth
    return isBetter
  })
}

function historyChart({ trials, told, objectives }: ReportData, objective: Objective, at: number): Markup {
  const area = areaOf(HEIGHT)
  const { label, direction, sign } = objective
  const rewardOf = ({ values }: ReportTrial): number => values[at] as number
  const steps = improvements(told, objective, at)
  const best = new Set(steps)
  const ids: Range = { min: 1, max: trials.reduce((most, { id }) => Math.max(most, id), 2) }
  const range = sturdyRange(told.map(rewardOf), sign)
  const x = (id: number): number => place(id, ids, area.left, area.right)
  const y = (value: number): number => place(value, range, area.bottom, area.top)
  const dots = sampled(told, MAX_DOTS, trial => best.has(trial))
  const failed = trials.filter(({ status }) => status !== 'told')
  const line = steps.map(
    (trial, i) => `${i === 0 ? 'M' : 'H'}${x(trial.id)}${i === 0 ? ' ' : 'V'}${y(rewardOf(trial))}`,
  )
  const isOff = (trial: ReportTrial): boolean =>
    rewardOf(trial) * sign < Math.min(range.min * sign, range.max * sign)
  const off = told.filter(isOff).length
  const band = bandOf(told, rewardOf, x, y)
  const said = [
    off > 0 && `${countText(off, 'trial')} with a far worse value at the edge.`,
    dots.length < told.length &&
      `A sample of ${numberText(dots.length)} of ${countText(told.length, 'trial')}.`,
  ].filter(text => text !== false)
  const name = `${label} (${direction})`
  return html`${objectives.length > 1 && html`<h3>${name}</h3>`}
${picture(
  HEIGHT,
  `${name} of ${countText(told.length, 'trial')}; the best is ${numberText(rewardOf(steps.at(-1) as ReportTrial))}`,
  xAxis(area, ids, 'trial', wholeText),
  yAxis(area, range, label),
  band !== null && html`<path class="band" d="${band}"/>`,
  dots.map(trial => dot(trial, x(trial.id), y(rewardOf(trial)), best.has(trial) ? 'better' : 'told')),
  sampled(failed, MAX_FAILURES).map(
    ({ id, status }) =>
      html`<rect class="tick ${status}" x="${x(id) - 1}" y="${area.bottom - 7}" width="2" height="7" data-t="${id}"/>`,
  ),
  html`<path class="best" d="${line.join('')}H${area.right}"/>`,
)}
${legend(
  ['told', 'a trial'],
  ['best', 'best so far'],
  band !== null && ['band', 'the middle half of the trials around'],
  ...statusKeys(failed),
)}
${said.length > 0 && note(said.join(' '))}
${tableOf(
  `The ${countText(steps.length, 'improvement')} as a table`,
  ['trial', label, 'gain'],
  steps
    .map((trial, i) => [
      trialLink(trial),
      numberText(rewardOf(trial), 8),
      i === 0 ? '' : numberText(rewardOf(trial) - rewardOf(steps[i - 1] as ReportTrial)),
    ])
    .slice(-MAX_ROWS),
)}`
}

const STATUS_WORDS = [
  ['failed', 'failed'],
  ['pruned', 'pruned'],
  ['skipped', 'skipped'],
  ['infeasible', 'infeasible'],
] as const

const statusKeys = (failed: readonly ReportTrial[]): (readonly [string, string])[] =>
  STATUS_WORDS.filter(([status]) => failed.some(trial => trial.status === status)).map(
    ([status, words]) => [`tick ${status}`, words] as const,
  )

const LEAST_FOR_BAND = 80
const BUCKETS = 32

/** The outline of the middle half, over stretches with as many trials each; null for few. */
function bandOf(
  told: readonly ReportTrial[],
  rewardOf: (trial: ReportTrial) => number,
  x: (id: number) => number,
  y: (value: number) => number,
): string | null {
  if (told.length < LEAST_FOR_BAND) return null
  const size = Math.max(20, Math.ceil(told.length / BUCKETS))
  const upper: string[] = []
  const lower: string[] = []
  for (let start = 0; start + size <= told.length; start += size) {
    const bucket = told.slice(start, start + size)
    const values = bucket.map(rewardOf).sort((a, b) => a - b)
    const at = x((bucket[size >> 1] as ReportTrial).id)
    upper.push(`${at} ${y(quantile(values, 0.75))}`)
    lower.unshift(`${at} ${y(quantile(values, 0.25))}`)
  }
  return `M${[...upper, ...lower].join('L')}Z`
}

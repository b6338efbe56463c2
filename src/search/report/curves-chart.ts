/** What trials reported on their way, a curve each: those that were pruned before those that came to their end. */

import {
  areaOf,
  legend,
  note,
  picture,
  type Section,
  sectionOf,
  tableOf,
  trialLink,
  xAxis,
  yAxis,
} from './chart.ts'
import { html, type Markup } from './markup.ts'
import { countText, numberText, quantile } from './numbers.ts'
import type { ReportData, ReportTrial } from './report-data.ts'
import { sampled } from './sample.ts'
import { place, type Range, rangeOf } from './scale.ts'

const HEIGHT = 300
const MAX_METRICS = 4
const MAX_CURVES = 150
const MAX_POINTS = 100
const MAX_ROWS = 100

/** Null when no trial has reported anything. */
export function curvesSection({ trials }: ReportData): Section | null {
  const reporting = trials.filter(({ course }) => course.reports.length > 0)
  if (reporting.length === 0) return null
  const counts = new Map<string, number>()
  for (const { course } of reporting) {
    for (const metric of Object.keys(course.reports[0]?.values ?? {})) {
      counts.set(metric, (counts.get(metric) ?? 0) + 1)
    }
  }
  const metrics = [...counts].sort((a, b) => b[1] - a[1]).map(([metric]) => metric)
  const pruned = reporting.filter(({ status }) => status === 'pruned')
  const said = [
    `${countText(reporting.length, 'trial')} reported on ${reporting.length === 1 ? 'its' : 'their'} way; ${numberText(pruned.length)} of them ${pruned.length === 1 ? 'was' : 'were'} pruned.`,
    metrics.length > MAX_METRICS && `The first ${MAX_METRICS} of ${metrics.length} metrics are drawn.`,
  ].filter(text => text !== false)
  return sectionOf(
    'curves',
    'Pruned trials and their curves',
    note(said.join(' ')),
    metrics.slice(0, MAX_METRICS).map(metric => curvesChart(reporting, metric)),
    legend(['curve', 'came to its end'], pruned.length > 0 && ['curve pruned', 'pruned']),
    pruned.length > 0 &&
      tableOf(
        `The ${countText(pruned.length, 'pruned trial')} as a table`,
        ['trial', 'last step', 'last values', 'reason'],
        pruned.slice(0, MAX_ROWS).map(trial => {
          const last = trial.course.reports.at(-1)
          const values = Object.entries(last?.values ?? {}).map(
            ([name, value]) => `${name} ${numberText(value)}`,
          )
          return [trialLink(trial), numberText(last?.step ?? 0), values.join(', '), trial.reason]
        }),
      ),
  )
}

type Point = readonly [step: number, value: number]

function curvesChart(reporting: readonly ReportTrial[], metric: string): Markup {
  const curves = reporting.flatMap(trial => {
    const points = trial.course.reports.flatMap(({ step, values }): Point[] => {
      const value = Object.hasOwn(values, metric) ? values[metric] : undefined
      return value === undefined ? [] : [[step, value]]
    })
    return points.length === 0 ? [] : [{ trial, points }]
  })
  const shown = sampled(curves, MAX_CURVES)
  const area = areaOf(HEIGHT)
  const steps = rangeOf(
    curves.flatMap(({ points }) => points.map(([step]) => step)),
    0,
  )
  const range = middleRange(curves.flatMap(({ points }) => points.map(([, value]) => value)))
  const lineOf = (points: readonly Point[]): string =>
    sampled(points, MAX_POINTS, point => point === points.at(-1))
      .map(
        ([step, value]) =>
          `${place(step, steps, area.left, area.right)} ${place(value, range, area.bottom, area.top)}`,
      )
      .join('L')
  const drawn = [...shown].sort((a, b) => Number(isPruned(a.trial)) - Number(isPruned(b.trial)))
  return html`${picture(
    HEIGHT,
    `${metric} by step of ${countText(curves.length, 'trial')}`,
    xAxis(area, steps, 'step'),
    yAxis(area, range, metric),
    drawn.map(({ trial, points }) => {
      const className = isPruned(trial) ? 'curve pruned' : 'curve'
      const [step, value] = points.at(-1) as Point
      const [x, y] = [place(step, steps, area.left, area.right), place(value, range, area.bottom, area.top)]
      return html`<path class="${className}" d="M${lineOf(points)}" data-t="${trial.id}"/>${(isPruned(trial) || points.length === 1) && html`<circle class="${className} end" cx="${x}" cy="${y}" r="2.5" data-t="${trial.id}"/>`}`
    }),
  )}
${shown.length < curves.length && note(`A sample of ${numberText(shown.length)} of ${countText(curves.length, 'curve')}.`)}`
}

const isPruned = ({ status }: ReportTrial): boolean => status === 'pruned'

/** A range without what is far off on either side: the first steps of a loss may be anything. */
function middleRange(values: readonly number[]): Range {
  const sorted = Float64Array.from(values).sort()
  const [low, high] = [quantile(sorted, 0.05), quantile(sorted, 0.95)]
  const room = 1.5 * (high - low) || Number.POSITIVE_INFINITY
  return rangeOf(values.filter(value => low - room <= value && value <= high + room))
}

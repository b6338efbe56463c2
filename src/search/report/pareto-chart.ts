/** The Pareto front: every pair of objectives against each other, with the trials that none beats brought out. */

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
  xAxis,
  yAxis,
} from './chart.ts'
import { html, type Markup } from './markup.ts'
import { countText, numberText } from './numbers.ts'
import type { Objective, ReportData, ReportTrial } from './report-data.ts'
import { sampled } from './sample.ts'
import { place, sturdyRange } from './scale.ts'

const HEIGHT = 380
const MAX_DOTS = 1500
const MAX_FRONT = 1000
const MAX_PAIRS = 6
const MAX_ROWS = 100

/** Null with one objective. */
export function paretoSection(data: ReportData): Section | null {
  const { objectives, told, front } = data
  if (objectives.length === 1 || told.length === 0) return null
  const pairs = objectives.flatMap((_, x) =>
    objectives.map((_, y) => [x, y] as const).filter(([, y]) => x < y),
  )
  const dots = sampled(told, MAX_DOTS)
  const said = [
    `${countText(front.length, 'trial')} of ${numberText(told.length)} ${front.length === 1 ? 'is' : 'are'} beaten by none in every objective.`,
    (dots.length < told.length || front.length > MAX_FRONT) && `A sample of them is drawn.`,
    pairs.length > MAX_PAIRS && `The first ${MAX_PAIRS} of ${pairs.length} pairs of objectives are drawn.`,
  ].filter(text => text !== false)
  return sectionOf(
    'pareto',
    'Pareto front',
    note(said.join(' ')),
    pairs.slice(0, MAX_PAIRS).map(([x, y]) => pairChart(data, dots, x, y)),
    legend(
      ['told', 'a trial'],
      ['front', 'on the front'],
      objectives.length === 2 && ['stairs', 'the bound of what was reached'],
    ),
    tableOf(
      front.length > MAX_ROWS ? `The first ${MAX_ROWS} trials on the front` : 'The trials on the front',
      ['trial', ...objectives.map(({ label, direction }) => `${label} (${direction})`)],
      front
        .slice(0, MAX_ROWS)
        .map(trial => [trialLink(trial), ...trial.values.map(value => numberText(value, 6))]),
    ),
  )
}

function pairChart(
  { objectives, told, front: whole }: ReportData,
  dots: readonly ReportTrial[],
  i: number,
  j: number,
): Markup {
  const area = areaOf(HEIGHT)
  const [across, up] = [objectives[i] as Objective, objectives[j] as Objective]
  const xs = sturdyRange(
    told.map(({ values }) => values[i] as number),
    across.sign,
  )
  const ys = sturdyRange(
    told.map(({ values }) => values[j] as number),
    up.sign,
  )
  const x = ({ values }: ReportTrial): number => place(values[i] as number, xs, area.left, area.right)
  const y = ({ values }: ReportTrial): number => place(values[j] as number, ys, area.bottom, area.top)
  const front = sampled(whole, MAX_FRONT)
  const isOnFront = new Set(whole)
  const stairs = objectives.length === 2 && stairsOf(front, x, y)
  return picture(
    HEIGHT,
    `${up.label} against ${across.label}: ${countText(whole.length, 'trial')} on the front`,
    xAxis(area, xs, `${across.label} (${across.direction})`),
    yAxis(area, ys, `${up.label} (${up.direction})`),
    dots.filter(trial => !isOnFront.has(trial)).map(trial => dot(trial, x(trial), y(trial), 'told')),
    stairs && html`<path class="stairs" d="${stairs}"/>`,
    front.map(trial => dot(trial, x(trial), y(trial), 'front', 4.5)),
  )
}

/**
 * From one trial on the front to the next, which is worse in the first objective and better in the second: over the corner
 * that both reach.
 */
function stairsOf(
  front: readonly ReportTrial[],
  x: (trial: ReportTrial) => number,
  y: (trial: ReportTrial) => number,
): string {
  return front.map((trial, i) => (i === 0 ? `M${x(trial)} ${y(trial)}` : `H${x(trial)}V${y(trial)}`)).join('')
}

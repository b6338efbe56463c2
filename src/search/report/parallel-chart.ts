/**
 * Parallel coordinates: an axis for each open parameter of a branch and one for each objective, a line for each trial. A
 * conditional space has a chart per branch, so every line has a value on every axis.
 */

import { geneAt, isNumberPoint, partOf } from '../algorithms/unit-scale.ts'
import { Choices } from '../dna/choices.ts'
import type { Gene } from '../dna/dna-spec.ts'
import { IntSpec } from '../dna/number-specs.ts'
import { type Branch, branchesOf } from './branches.ts'
import { legend, note, picture, type Section, sectionOf, tableOf, trialLink, WIDTH } from './chart.ts'
import type { Importance } from './importance.ts'
import { html, type Markup, shortened } from './markup.ts'
import { countText, numberText } from './numbers.ts'
import { geneText, type Parameter, type ReportData, type ReportTrial } from './report-data.ts'
import { sampled } from './sample.ts'
import { place, sturdyRange, ticks } from './scale.ts'

const HEIGHT = 340
const TOP = 46
const BOTTOM = HEIGHT - 18
const MAX_BRANCHES = 6
const MAX_AXES = 10
const MAX_LINES = 400
const MAX_FRONT = 200
const MAX_ROWS = 20

export function parallelSection(data: ReportData, ranked: readonly Importance[]): Section | null {
  if (data.told.length === 0) return null
  const branches = branchesOf(data).filter(({ trials }) => (trials[0] as ReportTrial).values.length > 0)
  const shown = branches.slice(0, MAX_BRANCHES)
  const left = branches.slice(MAX_BRANCHES)
  const leftTrials = left.reduce((sum, { trials }) => sum + trials.length, 0)
  return sectionOf(
    'parameters',
    'Parameters',
    branches.length > 1 &&
      note('Trials with the same open parameters are one branch. The branch of the best trial comes first.'),
    shown.map((branch, i) => branchChart(data, branch, ranked, i === 0)),
    left.length > 0 &&
      note(`${numberText(left.length)} more branches with ${countText(leftTrials, 'trial')} are not drawn.`),
  )
}

/** An axis: what is written on it, and the height at which a trial crosses it. */
interface Axis {
  readonly label: string
  readonly marks: readonly (readonly [y: number, text: string])[]
  at(trial: ReportTrial): number
}

function branchChart(
  data: ReportData,
  { label, parameters, trials }: Branch,
  ranked: readonly Importance[],
  isOpen: boolean,
): Markup {
  const told = trials.filter(({ values }) => values.length > 0)
  const drawable = ranked
    .map(({ parameter }) => parameter)
    .filter(({ index }) => parameters.some(each => each.index === index))
  const chosen = new Set(drawable.slice(0, MAX_AXES))
  const axes = [
    ...parameters.filter(parameter => chosen.has(parameter)).map(parameterAxis),
    ...data.objectives.map((_, i) => objectiveAxis(data, i, told)),
  ]
  const front = new Set(sampled(data.front, MAX_FRONT))
  const isSingle = data.objectives.length === 1
  const some = sampled(told, MAX_LINES, trial => front.has(trial))
  // The last one drawn is on top.
  const lines = [...some.filter(trial => front.has(trial)), ...some.filter(trial => !front.has(trial))]
  const x = (i: number): number => place(i, { min: 0, max: axes.length - 1 }, 50, WIDTH - 90)
  const gap = (WIDTH - 140) / Math.max(1, axes.length - 1)
  const classOf = (trial: ReportTrial, rank: number): string => {
    if (front.has(trial)) return 'line top'
    return `line q${isSingle ? 4 - Math.floor((rank * 5) / lines.length) : 1}`
  }
  const paths = lines.map((trial, rank) => {
    const points = axes.map((axis, i) => `${x(i)} ${axis.at(trial)}`)
    return html`<path class="${classOf(trial, rank)}" d="M${points.join('L')}" data-t="${trial.id}"/>`
  })
  const hidden = parameters.length - chosen.size
  const said = [
    lines.length < told.length &&
      `A sample of ${numberText(lines.length)} of ${countText(told.length, 'trial')}.`,
    hidden > 0 && `${countText(hidden, 'parameter')} of less importance, or without an order, left out.`,
  ].filter(text => text !== false)
  const title = `${label === '' ? 'All trials' : label}: ${countText(told.length, 'trial')} with a reward`
  return html`<details class="branch"${isOpen && html` open`}><summary>${title}</summary>
${picture(
  HEIGHT,
  `Parallel coordinates of ${axes.map(axis => axis.label).join(', ')}; ${title}`,
  paths.reverse(),
  axes.map((axis, i) => axisMarks(axis, x(i), gap)),
)}
${isSingle ? legend(['line q0', 'worst fifth'], ['line q2', ''], ['line q4', 'best fifth'], ['line top', 'best trial']) : legend(['line q1', 'a trial'], ['line top', 'on the Pareto front'])}
${said.length > 0 && note(said.join(' '))}
${tableOf(
  `The best ${numberText(Math.min(MAX_ROWS, told.length))} as a table`,
  ['trial', ...data.objectives.map(each => each.label), ...parameters.map(each => shortened(each.label, 60))],
  told
    .slice(0, MAX_ROWS)
    .map(trial => [
      trialLink(trial),
      ...trial.values.map(value => numberText(value, 6)),
      ...parameters.map(each => geneText(each, trial.genes.get(each.index) as Gene)),
    ]),
)}
</details>`
}

/** The label gets two lines by turns, so that long ones stay apart. */
function axisMarks({ label, marks }: Axis, x: number, gap: number): Markup {
  const tail = tailOf(label, Math.max(6, Math.floor(gap / 6.6)))
  return html`<path class="axis" d="M${x} ${TOP}V${BOTTOM}"/><text class="name" x="${x}" y="${TOP - 14}" text-anchor="middle">${tail}${tail !== label && html`<title>${label}</title>`}</text>
${marks.map(([y, text]) => html`<text class="halo" x="${x + 5}" y="${y + 4}">${shortened(text, Math.max(5, Math.floor(gap / 7)))}</text>`)}`
}

function parameterAxis(parameter: Parameter): Axis {
  const { label, point } = parameter
  if (isNumberPoint(point)) {
    const y = (part: number): number => place(part, { min: 0, max: 1 }, BOTTOM, TOP)
    const values = new Set(
      [0, 0.25, 0.5, 0.75, 1].map(part => geneAt(point, point instanceof IntSpec ? part * 0.9999 : part)),
    )
    return {
      label,
      marks: Array.from(values, value => [y(partOf(point, value)), numberText(value, 3)] as const),
      at: ({ genes }) => y(partOf(point, genes.get(parameter.index) as number)),
    }
  }
  const count = point instanceof Choices ? point.candidates.length : 1
  const y = (gene: number): number => place(gene, { min: -0.5, max: count - 0.5 }, BOTTOM, TOP)
  const every = Math.ceil(count / 16)
  const named = Array.from({ length: Math.ceil(count / every) }, (_, i) => i * every)
  return {
    label,
    marks: named.map(gene => [y(gene), geneText(parameter, gene, 30)] as const),
    at: ({ genes }) => y(genes.get(parameter.index) as number),
  }
}

function objectiveAxis({ objectives }: ReportData, at: number, told: readonly ReportTrial[]): Axis {
  const { label, sign } = objectives[at] as ReportData['objectives'][number]
  const range = sturdyRange(
    told.map(({ values }) => values[at] as number),
    sign,
  )
  const y = (value: number): number => place(value, range, BOTTOM, TOP)
  return {
    label,
    marks: ticks(range, 5).map(tick => [y(tick), numberText(tick)] as const),
    at: ({ values }) => y(values[at] as number),
  }
}

/** The end of a path says more than its beginning. */
const tailOf = (label: string, length: number): string =>
  label.length <= length ? label : `…${label.slice(1 - length)}`

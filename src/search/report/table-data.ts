/**
 * The trials as JSON for the table of the page, whose script makes rows of them as they are looked at. Numbers have the
 * digits that tell them apart, and of very many trials there is a sample, so the page stays a few megabytes.
 */

import { Choices } from '../dna/choices.ts'
import { shortened } from './markup.ts'
import { geneText, type Parameter, type ReportData, type ReportTrial } from './report-data.ts'
import { sampled } from './sample.ts'

/** A column: its name, and the names of the values where they are choices. */
export type Column = readonly [name: string, values: readonly string[] | null]

export type Cell = number | string | null

/** A trial: id, status, parents, milliseconds, cost, values, genes as pairs of column and gene, metrics, reason. */
export type Row = readonly [
  id: number,
  status: string,
  parents: readonly number[],
  ms: number | null,
  cost: number | null,
  values: readonly number[],
  genes: readonly Cell[],
  metrics: readonly Cell[],
  reason: string,
]

export interface TableData {
  readonly objectives: readonly string[]
  readonly parameters: readonly Column[]
  readonly metrics: readonly string[]
  readonly front: readonly number[]
  readonly rows: readonly Row[]
}

/** How many numbers the table may hold; it decides how many trials. */
const MAX_CELLS = 300_000
const MAX_METRICS = 20
const MAX_TEXT = 200

/** `maxTrials` beyond what fits into the page anyway are left out, evenly; those that `isNeeded` are there. */
export function tableData(
  data: ReportData,
  maxTrials: number,
  isNeeded: (trial: ReportTrial) => boolean,
): TableData {
  const { trials, parameters, objectives, front } = data
  const metrics = metricsOf(trials)
  const sizes = sampled(trials, 100).map(({ genes, values }) => genes.size + values.length + 4)
  const size = metrics.length + sizes.reduce((sum, each) => sum + each, 0) / Math.max(1, sizes.length)
  const limit = Math.min(maxTrials, Math.max(500, Math.floor(MAX_CELLS / size)))
  return {
    objectives: objectives.map(({ label }) => label),
    parameters: parameters.map(columnOf),
    metrics,
    front: front.map(({ id }) => id),
    rows: sampled(trials, limit, isNeeded).map(trial => rowOf(trial, parameters, metrics)),
  }
}

function metricsOf(trials: readonly ReportTrial[]): string[] {
  const names = new Set<string>()
  for (const { metrics } of trials) {
    for (const name in metrics) if (names.size < MAX_METRICS) names.add(name)
  }
  return [...names]
}

function columnOf(parameter: Parameter): Column {
  const { label, point } = parameter
  const values = point instanceof Choices ? point.candidates.map((_, i) => geneText(parameter, i, 60)) : null
  return [shortened(label, MAX_TEXT), values]
}

function rowOf(trial: ReportTrial, parameters: readonly Parameter[], metrics: readonly string[]): Row {
  const { id, status, parents, values, genes, course, reason } = trial
  const pairs: Cell[] = []
  for (const [index, gene] of genes) {
    const isExact = typeof gene === 'number' && parameters[index]?.point.kind !== 'float'
    pairs.push(index, isExact ? gene : typeof gene === 'number' ? brief(gene, 6) : shortened(gene, MAX_TEXT))
  }
  return [
    id,
    status,
    parents.slice(0, 20),
    course.ms === undefined ? null : brief(course.ms, 4),
    course.cost ?? null,
    values.map(value => brief(value, 8)),
    pairs,
    metrics.map(name =>
      Object.hasOwn(trial.metrics, name) ? brief(trial.metrics[name] as number, 6) : null,
    ),
    shortened(reason, MAX_TEXT),
  ]
}

const brief = (value: number, digits: number): number => Number(value.toPrecision(digits))

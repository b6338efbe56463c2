/**
 * A study as a page: one HTML file that needs no network, no server and no other file. Charts are drawn here and stand in
 * the page as SVG; its script is needed for the table of trials alone. What users wrote is escaped wherever it goes in, and
 * a policy in the head allows the page its own script and style and nothing else.
 */

import { createHash } from 'node:crypto'
import { needInteger } from '../checks.ts'
import { StudyError } from '../errors.ts'
import type { Study } from '../study/study.ts'
import { note, type Section, sectionOf } from './chart.ts'
import { curvesSection } from './curves-chart.ts'
import { failuresSection } from './failures-table.ts'
import { historySection, improvements } from './history-chart.ts'
import { importances } from './importance.ts'
import { importanceSection } from './importance-chart.ts'
import { lineageOf } from './lineage.ts'
import { lineageSection } from './lineage-chart.ts'
import { escapeJson, html, type Markup, trusted } from './markup.ts'
import { countText, numberText } from './numbers.ts'
import { parallelSection } from './parallel-chart.ts'
import { paretoSection } from './pareto-chart.ts'
import { type ReportData, reportData } from './report-data.ts'
import { sampled } from './sample.ts'
import { SCRIPT } from './script.ts'
import { STYLE } from './style.ts'
import { headSection, setupSection } from './summary.ts'
import { type TableData, tableData } from './table-data.ts'
import { timingOf } from './timing.ts'
import { timingSection } from './timing-chart.ts'

export interface ReportOptions {
  /** The title of the page. */
  readonly title?: string
  /** What the objectives are called: `['accuracy', 'size']`. */
  readonly objectives?: readonly string[]
  /** The trial whose lineage is shown; by default the best, with several objectives the one best in the first. */
  readonly lineageOf?: number
  /** How many trials the table holds at most; of more there is a sample, with all that were the best once. */
  readonly maxTrials?: number
}

/**
 * The report of a study as the text of a page. Throws `StudyError` while the study reads its storage, and for options that
 * make no sense.
 */
export function reportHtml<Value>(study: Study<Value>, options: ReportOptions = {}): string {
  const { title = 'Study', objectives, maxTrials = 10_000 } = options
  const count = study.setup.directions.length
  if (objectives !== undefined && objectives.length !== count) {
    throw new StudyError(
      '',
      `the report needs ${countText(count, 'name')} of objectives, got ${objectives.length}`,
    )
  }
  needInteger('maxTrials', maxTrials, 1, StudyError)
  const data = reportData(study, objectives)
  const trial = options.lineageOf === undefined ? data.front[0] : data.byId.get(options.lineageOf)
  if (trial === undefined && options.lineageOf !== undefined) {
    throw new StudyError('', `lineageOf must be the id of a trial of the history, got ${options.lineageOf}`)
  }
  const lineage = trial === undefined ? null : lineageOf(data, trial, study.space)
  const ranked = importances(data)
  const needed = new Set([
    ...sampled(data.front, MAX_FRONT),
    ...(lineage?.line ?? []),
    ...data.objectives.flatMap((objective, i) => improvements(data.told, objective, i)),
  ])
  const table = tableData(data, maxTrials, each => needed.has(each))
  const timing = timingOf(data)
  const sections = [
    historySection(data),
    paretoSection(data),
    lineageSection(data, lineage, study.setup.algorithm.name),
    parallelSection(data, ranked),
    importanceSection(data, ranked),
    curvesSection(data),
    failuresSection(data),
    timingSection(timing),
    tableSection(data, table),
    setupSection(study),
  ]
  const shown = ranked.slice(0, MAX_COLUMNS).map(({ parameter }) => parameter.index)
  const json = JSON.stringify({ ...table, shown, signs: data.signs })
  return page(title, headSection(study, data, timing, title), sections, json)
}

/** How many trials on the front are in the table in any case. */
const MAX_FRONT = 1000

/** The parameters that have columns in the table; all of them are told of a trial that is chosen. */
const MAX_COLUMNS = 10

function tableSection({ trials }: ReportData, { rows, parameters }: TableData): Section {
  const states = [...new Set(trials.map(({ status }) => status))].sort()
  const said = [
    'Each word of the filter must stand somewhere in the row, or compare a column: reward>0.5, status=failed.',
    rows.length < trials.length &&
      `A sample of ${numberText(rows.length)} of ${countText(trials.length, 'trial')}, with all that were the best once.`,
    parameters.length > MAX_COLUMNS &&
      `Columns for the ${MAX_COLUMNS} most important parameters; choose a trial to see all of them.`,
  ].filter(text => text !== false)
  return sectionOf(
    'all-trials',
    'Trials',
    note(said.join(' ')),
    html`<div class="bar-row"><input type="search" id="filter" placeholder="Filter" aria-label="Filter trials" autocomplete="off" spellcheck="false">
<select id="status" aria-label="Status"><option value="">all</option><option value="best">best</option>${states.map(state => html`<option value="${state}">${state}</option>`)}</select>
<span id="count" role="status"></span></div>
<div class="scroll" tabindex="0" role="region" aria-label="Trials"><table id="trials"><thead><tr id="heads"></tr></thead><tbody id="rows"></tbody></table></div>
<div class="bar-row"><button type="button" id="more" hidden>Show more</button></div>
<noscript><p class="none">This table is made by the script of the page, which this reader does not run.</p></noscript>`,
  )
}

function page(title: string, head: Markup, sections: readonly (Section | null)[], json: string): string {
  const shown = sections.filter(section => section !== null)
  return `<!doctype html>
${html`<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
${head}
<main>
<nav aria-label="Sections">${shown.map(({ id, title }) => html`<a href="#${id}">${title}</a>`)}</nav>
${shown.map(({ text }) => trusted(text))}
</main>
<aside id="about" aria-label="The chosen trial" hidden></aside>
<div id="tip" role="tooltip" hidden></div>
<script type="application/json" id="data">${trusted(escapeJson(json))}</script>
<script>${trusted(SCRIPT)}</script>
</body>
</html>
`}`
}

/** What the page may do: run its own script, use its own style, and nothing else. */
function policy(): string {
  const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  return `default-src 'none'; script-src ${hashOf(SCRIPT)}; style-src ${hashOf(STYLE)}; base-uri 'none'; form-action 'none'`
}

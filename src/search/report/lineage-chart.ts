/** Where the best trial came from: its family over time, and step by step what changed from parent to child. */

import {
  areaOf,
  dot,
  legend,
  note,
  picture,
  type Section,
  sectionOf,
  trialLink,
  wholeText,
  xAxis,
  yAxis,
} from './chart.ts'
import { type Change, type Descent, type Lineage, MAX_STEPS, parentsOf, type Step } from './lineage.ts'
import { html, type Markup } from './markup.ts'
import { countText, numberText } from './numbers.ts'
import type { ReportData, ReportTrial } from './report-data.ts'
import { place, rangeOf, sturdyRange } from './scale.ts'

const HEIGHT = 260
/** How many steps are shown at once; those before are shown when asked for. */
const OPEN_STEPS = 12

export function lineageSection(data: ReportData, lineage: Lineage | null, algorithm: string): Section | null {
  if (lineage === null) return null
  const { line, steps, family } = lineage
  const [trial] = line as [ReportTrial]
  const whose = data.objectives.length === 1 ? 'the best trial' : `trial ${trial.id}`
  if (line.length === 1) {
    return sectionOf(
      'lineage',
      'Lineage',
      note(
        `Trial ${trial.id} was made from no other: it was enqueued, drawn at random, or ${algorithm} has no parents.`,
      ),
    )
  }
  const cut = line.length - steps.length
  return sectionOf(
    'lineage',
    'Lineage',
    note(
      `How ${whose} came about: ${countText(family.length - 1, 'ancestor')} over ${countText(line.length - 1, 'generation')}, and what each child has different from its parents.`,
    ),
    familyChart(data, lineage),
    legend(['line-dot', 'the line of the best parents'], ['told', 'other ancestors']),
    stepList(data, steps.slice(0, OPEN_STEPS)),
    steps.length > OPEN_STEPS &&
      html`<details><summary>${countText(steps.length - OPEN_STEPS, 'earlier step')}</summary>${stepList(data, steps.slice(OPEN_STEPS))}</details>`,
    cut > 0 && note(`${countText(cut, 'step')} before these ${MAX_STEPS} not shown.`),
  )
}

function familyChart(data: ReportData, { line, family }: Lineage): Markup {
  const area = areaOf(HEIGHT)
  const told = family.filter(({ values }) => values.length > 0)
  const range = sturdyRange(
    told.map(({ values }) => values[0] as number),
    data.signs[0] as 1 | -1,
  )
  const ids = rangeOf(family.map(({ id }) => id))
  const x = ({ id }: ReportTrial): number => place(id, ids, area.left, area.right)
  const y = ({ values }: ReportTrial): number => place(values[0] ?? range.min, range, area.bottom, area.top)
  const isInLine = new Set(line)
  const isInFamily = new Set(family)
  const edges = family.flatMap(child =>
    parentsOf(data, child)
      .filter(parent => isInFamily.has(parent))
      .map((parent, i) => {
        const isMain = i === 0 && isInLine.has(child)
        return html`<path class="${isMain ? 'edge main' : 'edge'}" d="M${x(parent)} ${y(parent)}L${x(child)} ${y(child)}"/>`
      }),
  )
  const label = data.objectives[0]?.label ?? 'reward'
  return picture(
    HEIGHT,
    `Ancestors of trial ${line[0]?.id} by trial and ${label}`,
    xAxis(area, ids, 'trial', wholeText),
    yAxis(area, range, label),
    edges,
    family.map(trial => dot(trial, x(trial), y(trial), isInLine.has(trial) ? 'line-dot' : 'told', 3.5)),
  )
}

const stepList = (data: ReportData, steps: readonly Step[]): Markup =>
  html`<ol class="steps">${steps.map(step => stepItem(data, step))}</ol>`

function stepItem({ objectives }: ReportData, { trial, from }: Step): Markup {
  const label = objectives.map(objective => objective.label).join(', ')
  return html`<li><p><b>Trial ${trialLink(trial)}</b> <span class="worth">${label} ${worth(trial)}</span></p>
${from.length === 0 && html`<p class="none">made from no other trial</p>`}
${from.map(
  descent => html`<div class="descent"><p>from ${trialLink(descent.parent)} ${worth(descent.parent)}</p>
${changesTable(descent)}</div>`,
)}</li>\n`
}

const worth = ({ values }: ReportTrial): string =>
  values.length === 0 ? 'no reward' : values.map(value => numberText(value, 5)).join(', ')

function changesTable({ changes, left }: Descent): Markup {
  if (changes.length === 0) return html`<p class="none">the same tree</p>`
  return html`<table class="diff"><thead class="unseen"><tr><th>path</th><th>before</th><th>after</th></tr></thead><tbody>${changes.map(changeRow)}</tbody></table>${left > 0 && note(`and ${countText(left, 'more change')}`)}`
}

const changeRow = ({ path, before, after }: Change): Markup =>
  html`<tr><th scope="row">${path === '' ? 'the whole' : path}</th><td class="before">${before !== '' && html`<del>${before}</del>`}</td><td class="after">${after !== '' && html`<ins>${after}</ins>`}</td></tr>`

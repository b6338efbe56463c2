/**
 * What the charts of a report are made of: SVG of a fixed width that scales with the page, axes with round numbers, and
 * under each chart a table that says the same. Colors are classes, so they follow the reader's light or dark.
 */

import { type Content, html, type Markup } from './markup.ts'
import { numberText } from './numbers.ts'
import type { ReportTrial } from './report-data.ts'
import { place, type Range, ticks } from './scale.ts'

/** All charts are this wide, in units of their own. */
export const WIDTH = 960

/** Where the marks of a chart go. */
export interface Area {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

export const areaOf = (height: number): Area => ({
  left: 76,
  right: WIDTH - 20,
  top: 16,
  bottom: height - 44,
})

/** A picture with words for those who do not see it. */
export const picture = (height: number, label: string, ...content: Content[]): Markup =>
  html`<div class="chart"><svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${label}">${content}</svg></div>`

export function xAxis(
  { left, right, top, bottom }: Area,
  range: Range,
  label: string,
  text = numberText,
): Markup {
  const marks = ticks(range, 8).map(tick => {
    const x = place(tick, range, left, right)
    return html`<path class="grid" d="M${x} ${top}V${bottom}"/><text x="${x}" y="${bottom + 16}" text-anchor="middle">${text(tick)}</text>`
  })
  return html`${marks}<text class="name" x="${(left + right) / 2}" y="${bottom + 36}" text-anchor="middle">${label}</text>`
}

export function yAxis(
  { left, right, top, bottom }: Area,
  range: Range,
  label: string,
  text = numberText,
): Markup {
  const marks = ticks(range, 5).map(tick => {
    const y = place(tick, range, bottom, top)
    return html`<path class="grid" d="M${left} ${y}H${right}"/><text x="${left - 8}" y="${y + 4}" text-anchor="end">${text(tick)}</text>`
  })
  const middle = (top + bottom) / 2
  return html`${marks}<text class="name" transform="translate(14 ${middle}) rotate(-90)" text-anchor="middle">${label}</text>`
}

/** A mark that stands for a trial: the script of the page tells about it when it is pointed at. */
export const dot = (trial: ReportTrial, x: number, y: number, className: string, radius = 2.5): Markup =>
  html`<circle class="${className}" cx="${x}" cy="${y}" r="${radius}" data-t="${trial.id}"/>`

/** A trial in running text, to click on. */
export const trialLink = ({ id }: { readonly id: number }): Markup =>
  html`<button type="button" class="trial" data-t="${id}">${id}</button>`

/** What the marks of a chart mean, by their classes. */
export const legend = (
  ...entries: readonly (readonly [className: string, words: string] | false)[]
): Markup =>
  html`<p class="legend">${entries.map(entry => entry && html`<span><i class="key ${entry[0]}"></i>${entry[1]}</span>`)}</p>`

/** The table that stands for a chart, closed until it is asked for. */
export const tableOf = (
  caption: string,
  heads: readonly Content[],
  rows: readonly (readonly Content[])[],
): Markup => html`<details><summary>${caption}</summary>${openTable(caption, heads, rows)}</details>`

export const openTable = (
  caption: string,
  heads: readonly Content[],
  rows: readonly (readonly Content[])[],
): Markup =>
  html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table><thead><tr>${heads.map(head => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map(row => html`<tr>${row.map(cell => html`<td>${cell}</td>`)}</tr>\n`)}</tbody></table></div>`

/** A part of the page that can be gone to. */
export interface Section {
  readonly id: string
  readonly title: string
  /** Markup, its title included. */
  readonly text: string
}

export function sectionOf(id: string, title: string, ...content: Content[]): Section {
  const { text } = html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${content}
</section>
`
  return { id, title, text }
}

/** A remark under a title. */
export const note = (...content: Content[]): Markup => html`<p class="note">${content}</p>`

/** What is written at the ticks of an axis of whole numbers. */
export const wholeText = (tick: number): string => (Number.isInteger(tick) ? numberText(tick) : '')

/** The parameters with how much each matters, what it may be, and what it is in the best trial. */

import { isNumberPoint } from '../algorithms/unit-scale.ts'
import { Choices } from '../dna/choices.ts'
import type { Gene } from '../dna/dna-spec.ts'
import { FloatSpec } from '../dna/number-specs.ts'
import { note, openTable, type Section, sectionOf } from './chart.ts'
import type { Importance } from './importance.ts'
import { html, type Markup, shortened } from './markup.ts'
import { countText, numberText, percentText } from './numbers.ts'
import { geneText, type Parameter, type ReportData } from './report-data.ts'

const MAX_ROWS = 60

export function importanceSection(data: ReportData, ranked: readonly Importance[]): Section | null {
  const { objectives, told, front } = data
  if (told.length === 0 || ranked.length === 0) return null
  const [best] = front
  const rows = ranked.slice(0, MAX_ROWS).map(({ parameter, shares, trials }) => {
    const gene = best?.genes.get(parameter.index)
    return [
      shortened(parameter.label, 80),
      domainText(parameter),
      ...shares.map(bar),
      numberText(trials),
      gene === undefined ? html`<span class="none">not open</span>` : geneText(parameter, gene as Gene),
    ]
  })
  const custom = data.parameters.length - ranked.length
  const said = [
    `How much of the variance of the rewards’ ranks each parameter explains by itself, corrected for chance (ε² of Kruskal and Wallis), on the ${countText(told.length, 'trial')} with a reward, of which each row says how many had the parameter open.`,
    'What parameters do only together is not in it, and the trials of a search are no random sample: it is a hint, not a proof.',
    custom > 0 && `${countText(custom, 'custom parameter')} left out: they have no order.`,
    ranked.length > MAX_ROWS && `The first ${MAX_ROWS} of ${numberText(ranked.length)}.`,
  ].filter(text => text !== false)
  const share = (label: string): string => (objectives.length === 1 ? 'importance' : `for ${label}`)
  return sectionOf(
    'importance',
    'Importance',
    note(said.join(' ')),
    openTable(
      'Importance of parameters',
      [
        'parameter',
        'values',
        ...objectives.map(({ label }) => share(label)),
        'trials',
        objectives.length === 1 ? 'best trial' : `trial ${best?.id}`,
      ],
      rows,
    ),
  )
}

function bar(share: number | null): Markup {
  if (share === null) return html`<span class="none">not known</span>`
  return html`<span class="share"><svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="rail" width="100" height="10"/><rect class="bar" width="${Math.round(share * 1000) / 10}" height="10"/></svg> ${percentText(share)}</span>`
}

/** What a parameter may be. */
function domainText({ point }: Parameter): string {
  if (point instanceof Choices) return `one of ${numberText(point.candidates.length)}`
  if (!isNumberPoint(point)) return point.kind
  const scale = point instanceof FloatSpec && point.scale !== 'linear' ? `, ${point.scale}` : ''
  return `${numberText(point.min)} to ${numberText(point.max)}${scale}`
}

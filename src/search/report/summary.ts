/** The head of a report, with what a reader wants to know first, and its end: how the study was set up, and how to repeat it. */

import { isSymbolic } from '../../symbolic/index.ts'
import type { Study } from '../study/study.ts'
import { VERSION } from '../study/version.ts'
import { type Section, sectionOf } from './chart.ts'
import { valueText } from './lineage.ts'
import { type Content, html, type Markup, shortened } from './markup.ts'
import { countText, durationText, momentText, numberText } from './numbers.ts'
import type { ReportData, ReportTrial } from './report-data.ts'
import type { Timing } from './timing.ts'

export function headSection<Value>(
  study: Study<Value>,
  data: ReportData,
  timing: Timing | null,
  title: string,
): Markup {
  const { trials, told, front, objectives } = data
  const [best] = front
  const without = (['failed', 'pruned', 'skipped', 'infeasible'] as const)
    .map(status => [status, trials.filter(trial => trial.status === status).length] as const)
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${numberText(count)} ${status}`)
  const facts: (readonly [string, Content, Content])[] = [
    bestFact(data, best),
    [
      'trials',
      numberText(trials.length),
      [`${numberText(told.length)} with a reward`, ...without].join(', '),
    ],
    ['ended by', study.stopReason ?? 'not ended', stopWords(study, data)],
    ['seed', String(study.setup.seed), study.setup.algorithm.name],
  ]
  if (timing !== null) {
    const { total, mean, from, to } = timing
    facts.push([
      'time',
      durationText(to - from),
      `${durationText(total)} of evaluations, ${numberText(mean, 2)} at once`,
    ])
  }
  if (study.cost > 0) facts.push(['cost', numberText(study.cost, 6), 'as the trials say it'])
  const goal = objectives.map(({ label, direction }) => `${direction} ${label}`).join(', ')
  return html`<header>
<h1>${title}</h1>
<p class="note">${goal}, over ${sizeText(study.space.size)}${timing !== null && `; last answer ${momentText(timing.to)}`}</p>
<dl class="facts">${facts.map(
    ([name, value, small], i) =>
      html`<div${i === 0 && html` class="first"`}><dt>${name}</dt><dd>${value}<small>${small}</small></dd></div>`,
  )}</dl>
</header>`
}

function bestFact(
  { objectives, front }: ReportData,
  best: ReportTrial | undefined,
): readonly [string, Content, Content] {
  if (best === undefined) return ['best', 'none', 'no trial has a reward']
  if (objectives.length > 1)
    return ['Pareto front', countText(front.length, 'trial'), 'that none beats in every objective']
  return [`best ${objectives[0]?.label}`, numberText(best.values[0] as number, 6), html`trial ${best.id}`]
}

const sizeText = (size: number): string =>
  size === Number.POSITIVE_INFINITY ? 'an infinite space' : `a space of ${countText(size, 'point')}`

/** What was used of what the study had. */
function stopWords<Value>(study: Study<Value>, { trials }: ReportData): string {
  const { budget, target, patience } = study.setup
  const feasible = trials.filter(({ status }) => status !== 'infeasible').length
  const words = [
    budget.trials !== undefined && `${numberText(feasible)} of ${countText(budget.trials, 'trial')}`,
    budget.seconds !== undefined && `${durationText(budget.seconds * 1000)} a run`,
    budget.cost !== undefined && `cost ${numberText(study.cost)} of ${numberText(budget.cost)}`,
    target !== undefined && `target ${numberText(target)}`,
    patience !== undefined && `patience ${numberText(patience)}`,
  ].filter(text => text !== false)
  return words.length > 0 ? words.join(', ') : 'no budget was set'
}

const MAX_TREE = 20_000

/** How to get the same again, and the best tree itself. */
export function setupSection<Value>(study: Study<Value>): Section {
  const { algorithm, pruner, seed, directions, window, order } = study.setup
  const [best] = study.paretoFront
  const rows: (readonly [string, string])[] = [
    ['algorithm', `${algorithm.name} ${JSON.stringify(algorithm.settings)}`],
    ...(pruner === null ? [] : [['pruner', `${pruner.name} ${JSON.stringify(pruner.settings)}`] as const]),
    ['seed', JSON.stringify(seed)],
    ['directions', directions.join(', ')],
    ['window', String(window)],
    ['order', order],
    ['hash of the space', String(study.space.hash())],
    ['espalier', VERSION],
  ]
  const again =
    order === 'ordered'
      ? 'The same space, algorithm, seed, directions, window, pruner and enqueued points give the same trials at any concurrency, as long as the evaluation gives the same rewards.'
      : 'In the order asap the trials depend on which answers came first: only taking the study up from its records repeats it exactly.'
  return sectionOf(
    'setup',
    'How to repeat it',
    html`<dl class="setup">${rows.map(([name, value]) => html`<dt>${name}</dt><dd><code>${shortened(value, 2000)}</code></dd>`)}</dl>`,
    html`<p class="note">${again}</p>`,
    best !== undefined &&
      html`<h3>The tree of trial ${best.id}</h3>
<p class="note"><code>space.materialize(Dna.fromJson(${shortened(JSON.stringify(best.dna), 2000)}, space.spec))</code></p>
<pre tabindex="0">${treeText(best.value)}</pre>`,
  )
}

const treeText = (value: unknown): string =>
  shortened(isSymbolic(value) ? value.format({ compact: false }) : valueText(value), MAX_TREE)

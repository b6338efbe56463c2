/** What packing says: how it begins, a line for each improvement, and at the end the rule beside those it has to beat. */

import { programs } from '../../search/index.ts'
import { DEFINITIONS, drawInstances, type Instance, type Kind, readPublished } from './instances.ts'
import { bestFit } from './rules.ts'
import type { Improvement, SearchOptions } from './search.ts'
import { waste, wasteOfFirstFit } from './simulate.ts'

/** The first lines. */
export function openingText(
  { kind, seed, file }: SearchOptions,
  evaluations: number,
  seconds: number,
): string {
  const { published, capacity } = DEFINITIONS[kind]
  const lines = [
    `Evolving a rule for online bin packing: items as in ${published}, bins of ${capacity}, seed ${seed}.`,
    'Waste is the bins used beyond the bound (the sum of the items over the capacity), in percent.',
    'It begins with best fit:',
    indented(programs.toJavaScript(bestFit, 'priority')),
  ]
  if (evaluations > 0) {
    lines.push(`Goes on from ${file}: ${number(evaluations)} evaluations in ${seconds.toFixed(0)} s so far.`)
  }
  return `${lines.join('\n')}\n`
}

/** One improvement: when, how good, how fast, and which part stands where which part stood in the parent. */
export function improvementText({ trial, waste, rule, parent, pace }: Improvement, ms: number): string {
  const change = parent === null ? null : programs.changedPart(parent, rule)
  const what =
    change === null
      ? short(programs.expressionText(rule.result), 80)
      : `${short(programs.expressionText(change.before), 45)}  →  ${short(programs.expressionText(change.after), 60)}`
  const when = `${(ms / 1000).toFixed(1).padStart(6)} s`
  return `${when}  rule ${number(trial).padStart(7)}  waste ${waste.toFixed(2)} %  ${pace.toFixed(0).padStart(4)}/s  ${what}`
}

export interface Ending {
  readonly kind: Kind
  readonly seed: number | string
  /** A file of the published instances, if there is one. */
  readonly published?: string | undefined
  readonly run: { readonly evaluations: number; readonly now: number; readonly seconds: number }
  readonly rule: string
  readonly report: string
}

/** The last lines. */
export function endingText(winner: programs.Program, ending: Ending): string {
  const { kind, seed, published, run } = ending
  const name = DEFINITIONS[kind].published
  const lines = [
    '',
    `After ${number(run.evaluations)} rules (${number(run.now)} of them now, in ${run.seconds.toFixed(1)} s), the winner:`,
    indented(programs.toJavaScript(winner, 'priority')),
    '',
    ...tableLines(`${name}, drawn anew`, drawInstances(kind, `test ${seed}`), winner, null),
  ]
  if (published !== undefined) {
    const { funSearch } = DEFINITIONS[kind]
    lines.push(
      '',
      ...tableLines(`${name}, the published instances`, readPublished(published, kind), winner, funSearch),
    )
  }
  lines.push('', ...CAVEAT, '', `rule: ${ending.rule}    report: ${ending.report}`)
  return lines.join('\n')
}

function tableLines(
  title: string,
  instances: readonly Instance[],
  winner: programs.Program,
  funSearch: number | null,
): string[] {
  const row = (name: string, percent: number): string =>
    `  ${name.padEnd(34)}${percent.toFixed(2).padStart(6)} %`
  return [
    `${title} (${instances.length} of ${number(instances[0]?.items.length ?? 0)} items): waste`,
    row('first fit', wasteOfFirstFit(instances)),
    row('best fit', waste(bestFit, instances)),
    ...(funSearch === null ? [] : [row('FunSearch (as published, 2023)', funSearch)]),
    row('this rule', waste(winner, instances)),
  ]
}

const CAVEAT = [
  'What differs from FunSearch: this rule sees the item and the room of one bin, FunSearch’s the whole row of bins. That',
  'makes bins with equal room one, and an evaluation a matter of milliseconds, which is what makes a minute enough; but',
  'such rules carry over less far to instances much longer than those they grew up on. No language model is asked, and',
  'the instances it learns from are drawn from the definition; the published ones are looked at once, here.',
]

const number = (value: number): string => value.toLocaleString('en-US')

const indented = (text: string): string =>
  text
    .split('\n')
    .map(line => `  ${line}`)
    .join('\n')

const short = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1)}…`

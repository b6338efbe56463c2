/** The trials without a reward as a table: what went wrong, how often, and with which. */

import { note, openTable, type Section, sectionOf, trialLink } from './chart.ts'
import { failureGroups } from './failures.ts'
import { html, shortened } from './markup.ts'
import { countText, numberText } from './numbers.ts'
import type { ReportData } from './report-data.ts'

const MAX_ROWS = 50
const MAX_TRIALS = 12
const MAX_REASON = 500

/** Null when all trials have a reward. */
export function failuresSection(data: ReportData): Section | null {
  const groups = failureGroups(data)
  if (groups.length === 0) return null
  const count = data.trials.length - data.told.length
  const rows = groups
    .slice(0, MAX_ROWS)
    .map(({ status, reason, trials }) => [
      html`<span class="status ${status}">${status}</span>`,
      reason === ''
        ? html`<span class="none">no reason given</span>`
        : html`<span class="reason">${shortened(reason, MAX_REASON)}</span>`,
      numberText(trials.length),
      html`${trials.slice(0, MAX_TRIALS).map(trialLink)}${trials.length > MAX_TRIALS && ' …'}`,
    ])
  return sectionOf(
    'failures',
    'Trials without a reward',
    note(
      `${countText(count, 'trial')} of ${numberText(data.trials.length)}, by reason; reasons that differ only in numbers are together.`,
      groups.length > MAX_ROWS && ` The first ${MAX_ROWS} of ${numberText(groups.length)} groups.`,
    ),
    openTable('Trials without a reward', ['status', 'reason', 'trials', 'which'], rows),
  )
}

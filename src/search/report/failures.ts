/**
 * The trials without a reward, grouped by what went wrong. Reasons that differ only in numbers are one group: "no memory
 * for 512 units" and "no memory for 768 units" are the same trouble.
 */

import type { ReportData, ReportTrial } from './report-data.ts'

export interface FailureGroup {
  readonly status: ReportTrial['status']
  /** That of the first trial. */
  readonly reason: string
  /** In the order of the history. */
  readonly trials: readonly ReportTrial[]
}

/** The largest group first. */
export function failureGroups({ trials }: ReportData): FailureGroup[] {
  const groups = new Map<string, ReportTrial[]>()
  for (const trial of trials) {
    if (trial.status === 'told') continue
    const key = `${trial.status} ${trial.reason.replace(NUMBERS, '#')}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [trial])
    else group.push(trial)
  }
  const found = Array.from(groups.values(), (group): FailureGroup => {
    const { status, reason } = group[0] as ReportTrial
    return { status, reason, trials: group }
  })
  return found.sort((a, b) => b.trials.length - a.trials.length)
}

const NUMBERS = /\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi

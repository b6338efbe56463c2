/**
 * The branches of a conditional space: trials with the same open decisions. Only those can be drawn side by side, and
 * compared parameter by parameter.
 */

import { Choices } from '../dna/choices.ts'
import { betterFirst, geneText, type Parameter, type ReportData, type ReportTrial } from './report-data.ts'

export interface Branch {
  /** What was chosen to get here: `model = Forest`; '' where nothing opens anything. */
  readonly label: string
  readonly parameters: readonly Parameter[]
  /** The best first, those without a reward last. */
  readonly trials: readonly ReportTrial[]
}

/** The branches, that of the best trial first. */
export function branchesOf({ trials, parameters, signs }: ReportData): Branch[] {
  const groups = new Map<string, ReportTrial[]>()
  for (const trial of trials) {
    const key = [...trial.genes.keys()].sort((a, b) => a - b).join()
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [trial])
    else group.push(trial)
  }
  const branches = [...groups.values()].map((group): Branch => {
    group.sort((a, b) => betterFirst(a, b, signs))
    const open = parameters.filter(({ index }) => group[0]?.genes.has(index))
    return { label: labelOf(open, group), parameters: open, trials: group }
  })
  return branches.sort((a, b) => betterFirst(a.trials[0] as ReportTrial, b.trials[0] as ReportTrial, signs))
}

/** Whether what is chosen decides what else is open. */
export const isOpening = ({ point }: Parameter): boolean =>
  point instanceof Choices && point.candidates.some(candidate => candidate.elements.length > 0)

/** How many candidates that lead to the same branch are named. */
const MAX_NAMED = 3

function labelOf(open: readonly Parameter[], group: readonly ReportTrial[]): string {
  const parts = open.filter(isOpening).map(parameter => {
    const genes = new Set(group.map(({ genes }) => genes.get(parameter.index) as number))
    const names = Array.from(genes, gene => geneText(parameter, gene, 24))
    const named = names.slice(0, MAX_NAMED).join(' or ')
    return `${parameter.label} = ${named}${names.length > MAX_NAMED ? ' or …' : ''}`
  })
  return parts.join(', ')
}

/** Studies for the tests of reports: an algorithm that proposes what it is told to, and answers to match. */

import {
  type Algorithm,
  Dna,
  type Gene,
  Space,
  Study,
  type StudyOptions,
  type Trial,
} from '../../../src/search/index.ts'
import { type ReportData, reportData } from '../../../src/search/report/report-data.ts'

/** A proposal: its genes, and the trials it was made from. */
export type Proposal = readonly [genes: readonly Gene[], ...parents: number[]]

const scripted = (proposals: readonly Proposal[]): Algorithm<number> => ({
  name: 'scripted',
  settings: {},
  objectives: 'any',
  init: () => 0,
  ask: (n, spec) => {
    const proposal = proposals[n]
    if (proposal === undefined) return [null, n]
    const [genes, ...parents] = proposal
    return [{ dna: Dna.fromNumbers(genes, spec), parents }, n + 1]
  },
  tell: n => n,
})

/** A study that went through the proposals. */
export async function studyOf(
  template: unknown,
  proposals: readonly Proposal[],
  answer: (trial: Trial<unknown>, n: number) => void,
  options: StudyOptions = {},
): Promise<Study<unknown>> {
  const study = new Study(Space.of<unknown>(template), scripted(proposals), options)
  let n = 0
  for await (const trial of study.trials()) answer(trial, n++)
  return study
}

/** What a report knows of such a study. */
export const dataOf = async (...args: Parameters<typeof studyOf>): Promise<ReportData> =>
  reportData(await studyOf(...args))

/** Rewards in turn. */
export const rewards =
  (...values: readonly (number | readonly number[])[]) =>
  (trial: Trial<unknown>, n: number): void =>
    trial.tell(values[n] as number)

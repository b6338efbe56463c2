/** The words in which `espalier train` says what came of a task, and of all of them. */

import { percent } from './progress.ts'
import type { TrainResult } from './train.ts'

/** What is said of one task when it is done. */
export function taskReport(result: TrainResult): string {
  const { baseline, trained, loaded, cases, generations, evaluations, script, changes, file, ms } = result
  const count = evaluations.toLocaleString('en-US')
  const verdict = result.isSolved
    ? `solved after ${generations} generations`
    : `NOT solved (stopped by ${result.stopReason} after ${generations} generations)`
  const unseen = `${cases.toLocaleString('en-US')} unseen cases`
  const same = loaded === trained ? 'the same' : 'NOT the same'
  return [
    `  ${verdict}, ${count} candidates, ${(ms / 1000).toFixed(1)} s`,
    `  baseline ${percent(baseline)}   trained ${percent(trained)}   on ${unseen}`,
    '  script',
    ...script.split('\n').map(line => `    ${line}`),
    '  diff from the seed program',
    ...changes.flatMap(({ path, before, after }) => [`    ${path}`, `      - ${before}`, `      + ${after}`]),
    `  saved ${file}; loaded again it scores ${percent(loaded).trim()}: ${same}`,
    '',
  ].join('\n')
}

/** The table at the end, and how to get it again. */
export function summary(results: readonly TrainResult[], command: string): string {
  const width = Math.max(...results.map(result => result.name.length), 'problem'.length)
  const rows = results.map(
    ({ name, baseline, trained, generations, isSolved }) =>
      `  ${name.padEnd(width)}  ${percent(baseline)}   ${percent(trained)}  ${String(generations).padStart(11)}  ${isSolved ? 'yes' : 'no'}`,
  )
  const solved = results.filter(result => result.isSolved).length
  return [
    `  ${'problem'.padEnd(width)}  baseline   trained  generations  solved`,
    ...rows,
    '',
    `${solved} of ${results.length} solved. The same again: ${command}`,
    '',
  ].join('\n')
}

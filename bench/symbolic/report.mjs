// The table of workloads, printed row by row as they finish, and the gates below it.

import { ratio, short } from '../harness/table.mjs'

const PEERS = ['literal', 'immer', 'mutative']
const WIDTHS = [20, 12, 12, 10, 10, 10, 10, 10, 9]

export function header() {
  const names = ['workload', 'espalier/s', 'hand/s', 'espalier', ...PEERS, 'goal', 'reached']
  return `${line(names)}\n${line(WIDTHS.map(width => '-'.repeat(width)))}`
}

/** Operations per second of `espalier` and `hand`, then ratios to `hand`: 0.5 is twice as fast. */
export function rowLine({ id, figures, goal, reached }) {
  const amount = figure => short(figure?.bytes ?? figure?.perSecond)
  return line([
    id,
    amount(figures.espalier),
    amount(figures.hand),
    ratio(figures.espalier?.ratio),
    ...PEERS.map(peer => ratio(figures[peer]?.ratio)),
    goal ?? '',
    verdict(reached),
  ])
}

export function gateLine({ name, value, limit, reached, detail }) {
  const rest = detail === undefined ? '' : `  (${detail})`
  return `${verdict(reached).padEnd(4)} ${name}: ${value}, ${limit}${rest}`
}

/** How many goals are reached, and the rows that are furthest from theirs. */
export function summary(rows) {
  const judged = rows.filter(({ reached }) => reached !== undefined)
  const missed = judged.filter(({ reached }) => !reached).sort((a, b) => b.overGoal - a.overGoal)
  const count = `${judged.length - missed.length} of ${judged.length} goals reached`
  if (missed.length === 0) return count
  const lines = missed.map(({ id, overGoal }) => `  ${id.padEnd(20)} ${overGoal.toFixed(2)} times its goal`)
  return `${count}; missed, worst first:\n${lines.join('\n')}`
}

function verdict(reached) {
  if (reached === undefined) return ''
  return reached ? 'yes' : 'NO'
}

function line(cells) {
  const padded = cells.map((cell, at) => (at === 0 ? cell.padEnd(WIDTHS[at]) : cell.padStart(WIDTHS[at])))
  return padded.join(' ').trimEnd()
}

// Runs the rows: all subjects of a row are built, compared, and timed in turns; then the row is let go before
// the next begins.

import { heapHeld, measure } from '../harness/measure.mjs'
import { goalOf } from './goals.mjs'
import { verifyChecks, verifyRow } from './verify.mjs'

/** A result per row: `{ id, unit, figures: { subject: { ns, low, high, perSecond, ratio } }, goal, overGoal, reached }`. */
export function runRows(subjects, { wants, pace }, onRow) {
  for (const { subject } of subjects) verifyChecks(subject)
  const { rows } = subjects.find(({ subject }) => subject.name === 'hand')
  const ids = [...rows.keys()].sort(
    (a, b) => Number.parseInt(a.slice(1), 10) - Number.parseInt(b.slice(1), 10),
  )
  const results = []
  for (const id of ids) {
    if (!wants(id)) continue
    for (const result of runRow(id, subjects, pace)) {
      onRow(result, results.length)
      results.push(result)
    }
  }
  return results
}

function runRow(id, subjects, pace) {
  const running = subjects.filter(({ rows }) => rows.has(id))
  const contestants = running.map(({ subject, rows }) => ({ name: subject.name, task: rows.get(id).make() }))
  const { check, collect = 'once' } = running[0].rows.get(id)
  verifyRow(id, contestants, check)
  const times = measure(contestants, { ...pace, collect })
  const hand = times.get('hand').ns
  const figures = {}
  for (const [name, time] of times) {
    figures[name] = { ...time, perSecond: 1e9 / time.ns, ratio: time.ns / hand }
  }
  const results = [judged({ id, unit: 'ops/s', figures })]
  if (contestants[0].task.hold !== undefined) results.push(bytesOf('W10.bytes', id, running))
  return results
}

/** Bytes per candidate held, from a fresh start of each subject; the first time also allocates code. */
function bytesOf(id, rowId, running) {
  const figures = {}
  for (const { subject, rows } of running) {
    const task = rows.get(rowId).make()
    heapHeld(task.hold)
    figures[subject.name] = { bytes: heapHeld(task.hold).bytes / 1000 }
  }
  for (const figure of Object.values(figures)) figure.ratio = figure.bytes / figures.hand.bytes
  return judged({ id, unit: 'bytes', figures })
}

function judged(result) {
  const goal = goalOf(result.id)
  const { espalier } = result.figures
  if (goal === undefined || espalier === undefined) return { ...result, goal: goal?.text }
  const overGoal = goal.over(espalier)
  return { ...result, goal: goal.text, overGoal, reached: overGoal <= 1 }
}

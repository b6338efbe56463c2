// The gates beside the table: what must hold however fast `hand` is on this Node. The ratios to the record
// literal and to the peers are read from the rows; memory and the cost of many classes are measured here.

import { heapHeld, measure } from '../harness/measure.mjs'
import { BRANCH, places } from './data.mjs'
import { OVER_PEERS, TO_LITERAL } from './goals.mjs'

/** Rows that many classes could slow down, and by how much they may. */
const MANY_CLASSES = {
  'W1.leaf.1k': 1.5,
  'W2.batch.1k': 1.5,
  'W3.rule.1k': 1.5,
  'W6.get.1k': 3,
  'W6.getPath.1k': 1.5,
  'W6.sum.1k': 1.5,
  'W6.fresh.1k': 1.5,
  'W7.equal.1k': 1.5,
  'W7.hash.1k': 1.5,
  'W8.toJSON.1k': 1.5,
  'W8.fromJSON.1k': 1.5,
  'W9.diff.shared.1k': 1.5,
  'W10.evolve.1k': 1.5,
  'W11.construct.1k': 1.5,
}

/** A gate is `{ name, value, limit, reached }`; `results` are those of the rows that ran. */
export function runGates({ subject, rows }, results, pace, onGate) {
  const gates = []
  const add = gate => {
    gates.push(gate)
    onGate(gate)
  }
  for (const gate of literalGates(results)) add(gate)
  for (const gate of peerGates(results)) add(gate)
  add(detachedGate(subject))
  add(flatHeapGate(rows.get('W1.leaf.1k').make(), pace.updates))
  for (const gate of manyClassesGates(subject, rows, pace)) add(gate)
  return gates
}

function literalGates(results) {
  return Object.entries(TO_LITERAL).flatMap(([id, most]) => {
    const figures = results.find(result => result.id === id)?.figures
    if (figures === undefined) return []
    const times = figures.espalier.ns / figures.literal.ns
    const name = `${id} against the record literal`
    return [
      { name, value: `${times.toFixed(2)} times its time`, limit: `at most ${most}`, reached: times <= most },
    ]
  })
}

function peerGates(results) {
  return OVER_PEERS.flatMap(({ row, peer, times }) => {
    const figures = results.find(({ id }) => id === row)?.figures
    if (figures === undefined) return []
    const faster = figures[peer].ns / figures.espalier.ns
    const name = `${row} validated, against ${peer}`
    return [
      {
        name,
        value: `${faster.toFixed(1)} times as fast`,
        limit: `at least ${times}`,
        reached: faster >= times,
      },
    ]
  })
}

/** A detached child of each of many versions that share nothing: what one keeps alive. */
function detachedGate(subject) {
  const [place] = places(11, 1, BRANCH['1k'])
  const perVersion = (versions, pick) => {
    let state = subject.tree(BRANCH['1k'])
    const grow = () =>
      Array.from({ length: versions }, () => {
        state = subject.transform(state, (_path, value) => (Number.isInteger(value) ? value + 1 : value))
        return pick(state, place)
      })
    heapHeld(grow)
    return heapHeld(grow).bytes / versions
  }
  const detached = perVersion(1000, subject.detachedItem)
  const attached = perVersion(50, subject.readItem)
  return {
    name: 'a detached child of an old version retains',
    value: `${Math.round(detached)} bytes`,
    limit: 'under 1024',
    detail: `a child that is not detached: ${Math.round(attached)}`,
    reached: detached < 1024,
  }
}

/** The heap after a long chain of updates is where it was after a short one. */
function flatHeapGate(task, updates) {
  task.run(20_000)
  const { bytes } = heapHeld(() => {
    task.run(updates)
  })
  return {
    name: `the heap after ${updates.toLocaleString('en')} chained updates`,
    value: `${bytes < 0 ? '' : '+'}${Math.round(bytes / 1024)} KB`,
    limit: 'at most 256 KB',
    reached: bytes <= 256 * 1024,
  }
}

/** The same rows before and after 20 other classes have run through the library. */
function manyClassesGates(subject, rows, pace) {
  const ids = Object.keys(MANY_CLASSES)
  const alone = id => {
    const task = rows.get(id).make()
    // The fastest sample: before and after are minutes apart, and other load may come and go.
    return measure([{ name: id, task }], { ...pace, collect: 'once' }).get(id).low
  }
  const before = ids.map(alone)
  subject.exerciseOtherClasses(20)
  const after = ids.map(alone)
  return ids.map((id, at) => {
    const times = after[at] / before[at]
    const most = MANY_CLASSES[id]
    const name = `${id} with 20 other classes`
    return {
      name,
      value: `${times.toFixed(2)} times its time`,
      limit: `at most ${most}`,
      reached: times <= most,
    }
  })
}

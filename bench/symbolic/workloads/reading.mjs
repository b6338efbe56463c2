// W6 reading: by accessors and by text path from a tree read before, every leaf of a tree, and the first reads
// of a version just made, which is what a handle made on first use has to pay for. Totals are kept in locals:
// a double in a variable of a closure is allocated anew at each addition.

import { BRANCH, NUM_MAX, pathText, places } from '../data.mjs'

const DRAFTS = ['immer', 'mutative']

export function rows(subject) {
  return [
    { id: 'W6.get.1k', needs: ['readLeaf'], skip: DRAFTS, check: 1000, make: () => get(subject) },
    { id: 'W6.getPath.1k', needs: ['readPath'], skip: DRAFTS, check: 1000, make: () => getPath(subject) },
    { id: 'W6.sum.1k', needs: ['sum'], skip: DRAFTS, check: 2, make: () => sum(subject) },
    { id: 'W6.fresh.1k', needs: ['setLeaf', 'readLeaf'], check: 500, make: () => fresh(subject) },
  ]
}

/** One operation is one leaf. */
function get(subject) {
  const root = subject.tree(BRANCH['1k'])
  const spots = places(11, 1000, BRANCH['1k'])
  let turn = 0
  let total = 0
  return {
    run(count) {
      let sum = 0
      for (let n = 0, at = turn; n < count; n++, at = at === 999 ? 0 : at + 1)
        sum += subject.readLeaf(root, spots[at])
      turn = (turn + count) % 1000
      return (total += sum)
    },
    result: () => total,
  }
}

function getPath(subject) {
  const root = subject.tree(BRANCH['1k'])
  const paths = places(11, 1000, BRANCH['1k']).map(pathText)
  let turn = 0
  let total = 0
  return {
    run(count) {
      let sum = 0
      for (let n = 0, at = turn; n < count; n++, at = at === 999 ? 0 : at + 1)
        sum += subject.readPath(root, paths[at])
      turn = (turn + count) % 1000
      return (total += sum)
    },
    result: () => total,
  }
}

/** Numbers by value, texts by length. */
function sum(subject) {
  const root = subject.tree(BRANCH['1k'])
  let total = 0
  return {
    run(count) {
      for (let n = 0; n < count; n++) total += subject.sum(root)
      return total
    },
    result: () => Math.round(total),
  }
}

/** One operation is one update and ten reads of the new version. */
function fresh(subject) {
  const spots = places(11, 1000, BRANCH['1k'])
  const paths = spots.map(subject.path)
  let state = subject.tree(BRANCH['1k'])
  let turn = 0
  let total = 0
  return {
    run(count) {
      let sum = 0
      for (let n = 0; n < count; n++) {
        state = subject.setLeaf(state, paths[turn % 1000], turn % NUM_MAX)
        for (let read = 0; read < 10; read++) sum += subject.readLeaf(state, spots[(turn + read) % 1000])
        turn++
      }
      return (total += sum)
    },
    result: () => total,
  }
}

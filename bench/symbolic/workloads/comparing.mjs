// W7 equality and hash, W9 difference and patch, on trees of 1,111 items. Pairs and versions rotate; a tree that
// is to be hashed for the first time is built, untimed, for each operation.

import { BRANCH, NUM_MAX, places } from '../data.mjs'

const SIZE = BRANCH['1k']

export function rows(subject) {
  return [
    { id: 'W7.equal.1k', needs: ['equals'], check: 4, make: () => equal(subject) },
    { id: 'W7.differ.1k', needs: ['equals'], check: 16, make: () => differ(subject) },
    { id: 'W7.hash.1k', needs: ['hash'], check: 4, make: () => hash(subject) },
    { id: 'W7.rehash.1k', needs: ['hash'], check: 4, make: () => rehash(subject) },
    { id: 'W9.diff.shared.1k', needs: ['diff'], check: 8, make: () => diff(subject, versions(subject)) },
    { id: 'W9.diff.unshared.1k', needs: ['diff'], check: 8, make: () => diff(subject, rebuilt(subject)) },
    { id: 'W9.patch.1k', needs: ['applyPatch'], check: 8, make: () => patch(subject) },
  ]
}

/** Trees built separately. */
function equal(subject) {
  const a = Array.from({ length: 4 }, () => subject.tree(SIZE))
  const b = Array.from({ length: 4 }, () => subject.tree(SIZE))
  let turn = 0
  let same = 0
  return {
    run(count) {
      for (let n = 0; n < count; n++, turn++) if (subject.equals(a[turn & 3], b[(turn >> 2) & 3])) same++
      return same
    },
    result: () => same,
  }
}

/** A tree, and versions of it with one leaf changed. */
function differ(subject) {
  const base = subject.tree(SIZE)
  const changed = places(11, 64, SIZE).map(place => subject.setLeaf(base, subject.path(place), NUM_MAX))
  let turn = 0
  let different = 0
  return {
    run(count) {
      for (let n = 0; n < count; n++) if (!subject.equals(base, changed[turn++ & 63])) different++
      return different
    },
    result: () => different,
  }
}

function hash(subject) {
  let fresh = []
  let last = []
  return {
    batch: 8,
    prepare(count) {
      fresh = Array.from({ length: count }, () => subject.tree(SIZE))
    },
    run(count) {
      last = []
      for (let n = 0; n < count; n++) last.push(subject.hash(fresh[n]))
      return last[0]
    },
    /** The numbers are each subject's own; equal trees must agree, others must not. */
    result() {
      const other = subject.hash(subject.setLeaf(fresh[0], subject.path({ i: 0, j: 0, k: 0 }), NUM_MAX))
      return [new Set(last).size, last.includes(other), Number.isInteger(other), 0 <= other]
    },
  }
}

/** A leaf set and the new version hashed, chained. */
function rehash(subject) {
  const paths = places(11, 1000, SIZE).map(subject.path)
  let state = subject.tree(SIZE)
  let turn = 0
  let total = subject.hash(state) & 1
  return {
    run(count) {
      for (let n = 0; n < count; n++) {
        state = subject.setLeaf(state, paths[turn % 1000], turn % NUM_MAX)
        total += subject.hash(state) & 1
        turn++
      }
      return total
    },
    result: () => subject.toPlain(state),
  }
}

/** Pairs of a tree and a version with ten leaves changed. */
function versions(subject) {
  const base = subject.tree(SIZE)
  const spots = places(14, 80, SIZE, { distinct: true })
  return Array.from({ length: 8 }, (_, version) => {
    let changed = base
    for (const [at, place] of spots.slice(version * 10, version * 10 + 10).entries()) {
      changed = subject.setLeaf(changed, subject.path(place), 500_000 + at)
    }
    return [base, changed]
  })
}

/** The same pairs, without a shared part. */
function rebuilt(subject) {
  return versions(subject).map(([base, changed]) => [
    subject.construct(subject.toPlain(base)),
    subject.construct(subject.toPlain(changed)),
  ])
}

function diff(subject, pairs) {
  let turn = 0
  let operations = 0
  return {
    run(count) {
      for (let n = 0; n < count; n++) {
        const [before, after] = pairs[turn++ & 7]
        operations += subject.diff(before, after).length
      }
      return operations
    },
    result: () => [operations, pairs.map(([before, after]) => sorted(subject.diff(before, after)))],
  }
}

function sorted(operations) {
  return operations.map(({ op, path, value }) => `${op} ${path} ${value}`).sort()
}

function patch(subject) {
  const base = subject.tree(SIZE)
  const spots = places(14, 80, SIZE, { distinct: true })
  const patches = Array.from({ length: 8 }, (_, version) => {
    const operations = spots.slice(version * 10, version * 10 + 10).map(({ i, j, k }, at) => ({
      op: 'replace',
      path: `/children/${i}/children/${j}/children/${k}/num`,
      value: 500_000 + at,
    }))
    return subject.patch?.(operations) ?? operations
  })
  let last = base
  let turn = 0
  return {
    run(count) {
      for (let n = 0; n < count; n++) last = subject.applyPatch(base, patches[turn++ & 7])
      return turn
    },
    result: () => subject.toPlain(last),
  }
}

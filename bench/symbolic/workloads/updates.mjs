// W1 one leaf, W2 a batch, W3 a rule over the whole tree, W10 candidates of an evolution: all chained, so no
// base is met twice. Values always differ from what is there, so no update can be skipped as a change of nothing.

import { BRANCH, generator, NUM_MAX, places } from '../data.mjs'

export function rows(subject) {
  return [
    { id: 'W1.leaf.1k', needs: ['setLeaf'], check: 2000, make: () => leaf(subject, '1k') },
    { id: 'W1.leaf.100k', needs: ['setLeaf'], check: 200, make: () => leaf(subject, '100k') },
    { id: 'W2.batch.1k', needs: ['setMany'], check: 40, make: () => batch(subject, '1k', 100) },
    { id: 'W2.batch.100k', needs: ['setMany'], check: 4, make: () => batch(subject, '100k', 1000) },
    { id: 'W3.rule.1k', needs: ['transform'], check: 3, make: () => rule(subject) },
    { id: 'W10.evolve.1k', needs: ['setThree'], check: 300, make: () => evolve(subject) },
  ]
}

/** One leaf by its path, `num` checked to be an integer in bounds by those who check. */
function leaf(subject, size) {
  const paths = places(11, 1000, BRANCH[size]).map(subject.path)
  let state = subject.tree(BRANCH[size])
  let turn = 0
  return {
    run(count) {
      for (let n = 0; n < count; n++) {
        state = subject.setLeaf(state, paths[turn % 1000], turn % NUM_MAX)
        turn++
      }
      return turn
    },
    result: () => subject.toPlain(state),
  }
}

/** All paths in one call. The updates are prepared: what is timed is applying them. */
function batch(subject, size, width) {
  const spots = places(12, width, BRANCH[size], { distinct: true })
  const prepared = Array.from({ length: 16 }, (_, at) =>
    subject.updates(
      spots,
      spots.map((_, spot) => at * 1000 + spot),
    ),
  )
  let state = subject.tree(BRANCH[size])
  let turn = 0
  return {
    run(count) {
      for (let n = 0; n < count; n++) state = subject.setMany(state, prepared[turn++ % 16])
      return turn
    },
    result: () => subject.toPlain(state),
  }
}

const increment = (_path, value) => (Number.isInteger(value) ? value + 1 : value)

/** The rule is called on every node and leaf, pre-order; every integer grows by one. */
function rule(subject) {
  let state = subject.tree(BRANCH['1k'])
  return {
    run(count) {
      for (let n = 0; n < count; n++) state = subject.transform(state, increment)
      return count
    },
    result: () => subject.toPlain(state),
  }
}

/** One operation is one candidate: one of the last 100 with three leaves changed in one call; 1,000 are kept. */
function evolve(subject) {
  const pool = places(16, 500, BRANCH['1k'], { distinct: true }).map(subject.path)
  const base = subject.tree(BRANCH['1k'])
  const next = generator(15)
  let kept = [base]
  return {
    run(count) {
      for (let n = 0; n < count; n++) {
        if (kept.length > 1000) kept = [base]
        kept.push(candidate(subject, kept, pool, next))
      }
      return kept.length
    },
    result: () => kept.slice(-20).map(subject.toPlain),
    /** 1,000 candidates from a fresh start, to count their bytes. */
    hold() {
      const again = generator(15)
      const held = [base]
      while (held.length <= 1000) held.push(candidate(subject, held, pool, again))
      return held
    },
  }
}

function candidate(subject, kept, pool, next) {
  const parent = kept[kept.length - 1 - (next() % Math.min(100, kept.length))]
  const value = next() % 900_000
  const first = next() % 500
  const second = (first + 1 + (next() % 249)) % 500
  const third = (second + 1 + (next() % 249)) % 500
  return subject.setThree(parent, pool[first], value, pool[second], value + 1, pool[third], value + 2)
}

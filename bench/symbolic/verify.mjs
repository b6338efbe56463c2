// Before anything is timed, every subject must compute the same: each row runs a few operations on all its
// subjects, and their results are compared as plain data. Subjects that check values must refuse bad ones.

import { BRANCH, checksum, NUM_MAX, places } from './data.mjs'

/** Throws when the contestants of a row, `[{ name, task }]`, come to different results after `count` operations. */
export function verifyRow(id, contestants, count) {
  const sums = contestants.map(({ name, task }) => {
    task.prepare?.(count)
    task.run(count)
    return { name, sum: checksum(task.result()) }
  })
  const odd = sums.filter(({ sum }) => sum !== sums.at(-1).sum)
  if (odd.length === 0) return
  const all = sums.map(({ name, sum }) => `${name} ${sum}`).join(', ')
  throw new Error(`${id}: the subjects compute different results: ${all}`)
}

/** Throws when a subject that says it checks lets a bad value in, or half of a batch. */
export function verifyChecks(subject) {
  if (!subject.checks) return
  const root = subject.tree(BRANCH['1k'])
  const before = checksum(subject.toPlain(root))
  const spots = places(12, 3, BRANCH['1k'], { distinct: true })
  for (const bad of [-1, NUM_MAX + 1, 1.5, '1', null]) {
    refuses(subject, `num ${bad}`, () => subject.setLeaf(root, subject.path(spots[0]), bad))
    refuses(subject, `a batch with ${bad}`, () => subject.setMany(root, subject.updates(spots, [1, 2, bad])))
  }
  if (subject.construct !== undefined) {
    refuses(subject, 'a bad rate', () => subject.construct({ ...subject.toPlain(root), rate: 2 }))
    refuses(subject, 'a bad kind', () => subject.construct({ ...subject.toPlain(root), kind: 'omega' }))
    refuses(subject, 'a bad name', () => subject.construct({ ...subject.toPlain(root), name: '' }))
    refuses(subject, 'bad attrs', () => subject.construct({ ...subject.toPlain(root), attrs: { k0: 0.5 } }))
  }
  if (checksum(subject.toPlain(root)) !== before)
    throw new Error(`${subject.name} changed the tree it was given`)
}

function refuses(subject, what, action) {
  try {
    action()
  } catch {
    return
  }
  throw new Error(`${subject.name} says it checks values, and let ${what} in`)
}

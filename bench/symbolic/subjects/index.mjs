// The subjects in the order of the table. A subject is a record of operations (`hand` has them all); a workload
// runs for every subject that has what it needs. Each subject gets workload modules of its own, imported under
// its name as query: one loop shared by all would be megamorphic, and measure the loop.

import { hand } from './hand.mjs'
import { immer } from './immer.mjs'
import { literal } from './literal.mjs'
import { mutative } from './mutative.mjs'

const WORKLOADS = ['updates', 'collections', 'reading', 'comparing', 'building']

/** `[{ subject, rows }]`, and why `espalier` is missing if it is. */
export async function loadSubjects() {
  const { espalier, missing } = await loadEspalier()
  const subjects = [espalier, hand, literal, immer, mutative].filter(subject => subject !== undefined)
  const loaded = await Promise.all(subjects.map(async subject => ({ subject, rows: await rowsOf(subject) })))
  return { subjects: loaded, espalier, missing }
}

/** The rows of a subject by id, without those it has no operations for. */
async function rowsOf(subject) {
  const rows = new Map()
  for (const file of WORKLOADS) {
    const workload = await import(`../workloads/${file}.mjs?subject=${subject.name}`)
    for (const row of workload.rows(subject)) {
      const runs = row.needs.every(need => subject[need] !== undefined) && !row.skip?.includes(subject.name)
      if (runs) rows.set(row.id, row)
    }
  }
  return rows
}

async function loadEspalier() {
  try {
    return { espalier: (await import('./espalier.mjs')).espalier, missing: undefined }
  } catch (error) {
    return { espalier: undefined, missing: error }
  }
}

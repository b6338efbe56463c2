/**
 * Where a trial came from: its ancestors, and the line of the best parents, with what changed in the tree from each parent
 * to its child, by key path.
 */

import { changes, isSymbolic, MISSING, type Symbolic } from '../../symbolic/index.ts'
import type { Space } from '../space/space.ts'
import { shortened } from './markup.ts'
import { numberText } from './numbers.ts'
import { betterFirst, type ReportData, type ReportTrial } from './report-data.ts'

export interface Change {
  readonly path: string
  readonly before: string
  readonly after: string
}

/** A parent and what its child has different. */
export interface Descent {
  readonly parent: ReportTrial
  readonly changes: readonly Change[]
  /** How many more there are. */
  readonly left: number
}

export interface Step {
  readonly trial: ReportTrial
  /** The best parent first. */
  readonly from: readonly Descent[]
}

export interface Lineage {
  /** The trial, its best parent, that one's best parent and so on. */
  readonly line: readonly ReportTrial[]
  /** The last steps of the line, the latest first. */
  readonly steps: readonly Step[]
  /** The trial and all that it descends from, as far as they are followed. */
  readonly family: readonly ReportTrial[]
}

export const MAX_STEPS = 40
const MAX_FAMILY = 1500
const MAX_CHANGES = 20
const MAX_TEXT = 300

export function lineageOf<Value>(data: ReportData, trial: ReportTrial, space: Space<Value>): Lineage {
  const line = [trial]
  for (let at = parentsOf(data, trial)[0]; at !== undefined; at = parentsOf(data, at)[0]) line.push(at)
  const steps = line.slice(0, MAX_STEPS).map((child): Step => {
    const value = space.materialize(child.dna)
    return {
      trial: child,
      from: parentsOf(data, child).map(parent => descent(parent, space.materialize(parent.dna), value)),
    }
  })
  return { line, steps, family: familyOf(data, trial) }
}

/** The parents that are known, the best first; whatever an algorithm says, nobody is older than its parents. */
export function parentsOf({ byId, signs }: ReportData, { id, parents }: ReportTrial): ReportTrial[] {
  const known = [...new Set(parents)].flatMap(parent => (parent < id && byId.get(parent)) || [])
  return known.sort((a, b) => betterFirst(a, b, signs))
}

function familyOf(data: ReportData, trial: ReportTrial): ReportTrial[] {
  const family = new Set([trial])
  for (const member of family) {
    if (family.size >= MAX_FAMILY) break
    for (const parent of parentsOf(data, member)) family.add(parent)
  }
  return [...family]
}

function descent(parent: ReportTrial, before: unknown, after: unknown): Descent {
  const all =
    isSymbolic(before) && isSymbolic(after)
      ? changesOf(before, after)
      : [{ path: '', ...bothTexts(before, after) }]
  return { parent, changes: all.slice(0, MAX_CHANGES), left: Math.max(0, all.length - MAX_CHANGES) }
}

const changesOf = (before: Symbolic, after: Symbolic): Change[] =>
  changes(before, after).map(change => ({
    path: change.path.toString(),
    ...bothTexts(change.before, change.after),
  }))

/** Numbers with as many digits as tell them apart. */
function bothTexts(before: unknown, after: unknown): { before: string; after: string } {
  if (typeof before === 'number' && typeof after === 'number') {
    const [left, right] = [numberText(before, 6), numberText(after, 6)]
    if (left !== right) return { before: left, after: right }
  }
  return { before: valueText(before), after: valueText(after) }
}

/** A value as it stands in a tree; '' for none. */
export function valueText(value: unknown): string {
  if (value === MISSING) return ''
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return shortened(text, MAX_TEXT)
}

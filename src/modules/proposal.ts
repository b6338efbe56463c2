/** From a proposal to a candidate: what it may change, and what became of it. */

import { KeyPath, SymError } from '../symbolic/index.ts'
import type { Json } from './json.ts'
import type { Proposal } from './optimizer.ts'
import type { Program } from './program.ts'

/** The proposal that changes nothing. */
export const BASE_PROPOSAL: Proposal = { updates: [], parents: [], operator: 'base' }

/** A candidate program, or the sentence that says why its values do not fit. */
export type Candidate<Trained extends Program> = { readonly program: Trained } | { readonly refusal: string }

/**
 * The base program with the proposal's updates made. Values that do not fit are the proposal's failure; a place that
 * is none of the targets is the optimizer's, and throws.
 */
export function applyProposal<Trained extends Program>(
  base: Trained,
  { updates, operator }: Proposal,
  targets: readonly string[],
): Candidate<Trained> {
  for (const [path] of updates) {
    const place = KeyPath.from(path)
    if (targets.some(target => place.startsWith(target))) continue
    const known = targets.map(target => `'${target}'`).join(', ') || 'nothing'
    throw new Error(
      `the proposal '${operator}' changes '${place}', which is not to be trained; what is: ${known}`,
    )
  }
  try {
    return { program: base.rebind([...updates]) }
  } catch (error) {
    if (error instanceof SymError) return { refusal: error.message }
    throw error
  }
}

/** A proposal as JSON, for people and files: trees in it as theirs, and what no JSON has as text. */
export function proposalJson(proposal: Proposal): Json {
  const text = JSON.stringify(proposal, (_, value: unknown) =>
    typeof value === 'bigint' || typeof value === 'symbol' || typeof value === 'function'
      ? String(value)
      : value,
  )
  return JSON.parse(text) as Json
}

/** The positions of the samples that a proposal is scored on: its own, or those of its generation. */
export function samplesOf(
  { samples, operator }: Proposal,
  batch: readonly number[],
  count: number,
): readonly number[] {
  if (samples === undefined) return batch
  const wrong = samples.find(at => !(Number.isInteger(at) && 0 <= at && at < count))
  if (wrong !== undefined || samples.length === 0) {
    const got = wrong === undefined ? 'none' : wrong
    throw new RangeError(`the proposal '${operator}' names samples from 0 to ${count - 1}, got ${got}`)
  }
  return samples
}

/**
 * Making DNAs with programs in them: founders near the user's program or at random, and children of parents. A child that
 * does the same as its parent and is smaller takes the parent's place for the next tries, so what a program does not need
 * is lost on the way, without an evaluation.
 */

import type { DnaProposal } from '../algorithms/algorithm.ts'
import { Dna } from '../dna/dna.ts'
import type { SpaceSpec } from '../dna/space-spec.ts'
import type { Rng } from '../rng.ts'
import { foldProgram } from './fold.ts'
import { programsIn, sizeOf, withGene } from './genes.ts'
import type { Language } from './language.ts'
import type { Individual } from './parents.ts'
import { cross, mutate, randomProgram } from './vary.ts'

/** What breeding needs to know. */
export interface Breeding {
  readonly spec: SpaceSpec
  readonly language: Language
  readonly rng: Rng
  readonly crossoverRate: number
  /** Draws a parent; null while there is none. */
  readonly parent: () => Individual | null
  /** What a DNA does. */
  readonly behaviorOf: (dna: Dna) => number
  /** Whether a DNA was proposed before, or one that does the same. */
  readonly isSeen: (dna: Dna) => boolean
  readonly isDone: (does: number) => boolean
}

/** A proposal, and what it does. */
export interface Bred extends DnaProposal {
  readonly does: number
}

/** A founder that is new; null when none was found. */
export function founder(breeding: Breeding): Bred | null {
  for (let attempt = 0; attempt < LITTERS; attempt++) {
    const bred = judged({ dna: randomDna(breeding), parents: [] }, breeding)
    if (bred !== null && !breeding.isDone(bred.does)) return bred
  }
  return null
}

/** A child that is new, after some tries with each of some parents; null when none was found. */
export function child(breeding: Breeding): Bred | null {
  for (let litter = 0; litter < LITTERS; litter++) {
    const parent = breeding.parent()
    if (parent === null) return null
    let form = new Dna(breeding.spec, parent.genes)
    for (let attempt = 0; attempt < CHILDREN; attempt++) {
      const bred = judged(childOf(form, parent, breeding), breeding)
      if (bred === null) continue
      if (!breeding.isDone(bred.does)) return bred
      if (bred.does === parent.does && sizeOf(bred.dna) < sizeOf(form)) form = bred.dna
    }
  }
  return null
}

/** A DNA with every program in it as the space draws it, which is near the user's own, or with random ones. */
function randomDna({ spec, language, rng }: Breeding): Dna {
  let dna = spec.randomDna(rng)
  if (rng.float() < 0.5) return dna
  for (const { at, program } of programsIn(dna)) {
    dna = withGene(dna, at, foldProgram(randomProgram(program, language, rng)))
  }
  return dna
}

/** From how many parents, and how often from each, a child that is new is tried for. */
const LITTERS = 20
const CHILDREN = 10
/** How likely a child is changed once more. */
const AGAIN = 0.3

/** With what it does; null for a tree that was proposed before. */
function judged(proposal: DnaProposal, { isSeen, behaviorOf }: Breeding): Bred | null {
  return isSeen(proposal.dna) ? null : { ...proposal, does: behaviorOf(proposal.dna) }
}

function childOf(dna: Dna, { id }: Individual, breeding: Breeding): DnaProposal {
  const { rng, spec } = breeding
  const other = rng.float() < breeding.crossoverRate ? breeding.parent() : null
  if (other !== null && other.id !== id) {
    const crossed = crossedDna(dna, new Dna(spec, other.genes), breeding)
    return { dna: rng.float() < AGAIN ? mutated(crossed, breeding) : crossed, parents: [id, other.id] }
  }
  let changed = mutated(dna, breeding)
  while (rng.float() < AGAIN) changed = mutated(changed, breeding)
  return { dna: changed, parents: [id] }
}

/** One of the programs, or another decision, changed. */
function mutated(dna: Dna, { language, rng }: Breeding): Dna {
  const places: number[] = []
  dna.spec.eachOpen(dna.genes, 0, (point, at) => {
    if (point.isMutable) places.push(at)
  })
  const at = rng.pick(places)
  const found = programsIn(dna).find(each => each.at === at)
  if (found === undefined) return dna.spec.redrawDna(dna, at, rng)
  return withGene(dna, at, foldProgram(mutate(found.program, language, rng)))
}

/** With a part of the other's program in one of the programs that both have. */
function crossedDna(dna: Dna, other: Dna, { language, rng }: Breeding): Dna {
  const programs = programsIn(dna)
  if (programs.length === 0) return dna
  const { at, point, program } = rng.pick(programs)
  const donor = programsIn(other).find(each => each.point === point)
  if (donor === undefined) return dna
  return withGene(dna, at, foldProgram(cross(program, donor.program, language, rng)))
}

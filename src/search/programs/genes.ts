/**
 * Programs in DNAs, where they are texts. Reading a text takes longer than most of what evolution does with a program,
 * so the latest are remembered; a program is a value, and the same for whoever asks.
 */

import { CustomSpec } from '../dna/custom-spec.ts'
import { Dna } from '../dna/dna.ts'
import type { DecisionPoint } from '../dna/dna-spec.ts'
import { type Mutation, registerMutation } from '../hyper/evolve.ts'
import type { Language } from './language.ts'
import { Program } from './program.ts'
import { mutate } from './vary.ts'

/** A program of a DNA. */
export interface ProgramGene {
  /** Which gene it is. */
  readonly at: number
  readonly point: DecisionPoint
  readonly program: Program
}

/** The programs that are open in a DNA. */
export function programsIn(dna: Dna): ProgramGene[] {
  const found: ProgramGene[] = []
  dna.spec.eachOpen(dna.genes, 0, (point, at) => {
    if (!(point instanceof CustomSpec)) return
    const program = programOf(point, dna.genes[at] as string)
    if (program !== null) found.push({ at, point, program })
  })
  return found
}

/** The number of nodes of all programs that are open in a DNA. */
export const sizeOf = (dna: Dna): number =>
  programsIn(dna).reduce((size, { program }) => size + program.size, 0)

/** A DNA with another program at a gene. */
export function withGene(dna: Dna, at: number, program: Program): Dna {
  const text = program.toJsonString()
  remember(text, program)
  return new Dna(dna.spec, dna.genes.with(at, text))
}

/**
 * The mutation of programs in a language, for `evolve`; registered under a name for good.
 *
 *     Space.of({ rule: evolve(bestFit, programMutation('demo.rules', language)) })
 */
export const programMutation = (name: string, language: Language): Mutation<Program> =>
  registerMutation(name, (program: Program, rng) => mutate(program, language, rng))

function programOf(point: CustomSpec, text: string): Program | null {
  const known = memory.get(text)
  if (known !== undefined) return known
  const value = point.decode(text)
  const program = value instanceof Program ? value : null
  remember(text, program)
  return program
}

/** Null for trees of another kind. */
const memory = new Map<string, Program | null>()
const MOST = 5000

function remember(text: string, program: Program | null): void {
  memory.set(text, program)
  if (memory.size > MOST) memory.delete(memory.keys().next().value as string)
}

/**
 * Which children are worth a score: not those that were proposed before, and not those that do the same as a parent on
 * the inputs of the samples, unless what they do is already right. That a rule was proposed is known by its hash, so
 * that once in many thousands a new rule is passed over; nothing else depends on it.
 */

import type { Sample } from '../samples.ts'
import type { Grammar } from './grammar.ts'
import { isOfType, PackError } from './pack.ts'
import { Probes } from './probes.ts'
import type { Rule } from './rule.ts'
import type { Value } from './types.ts'

/** Behavior is looked at on so many samples, and on fewer where they hold long lists: at least 8. */
const MOST_PROBES = 24
const LEAST_PROBES = 8
const MOST_ELEMENTS = 300

type Values = { readonly [name: string]: Value }

export class Novelty {
  readonly #probes: Probes
  /** What the samples ask for; rules that give it may be alike, since a smaller one is wanted still. */
  readonly #expected: readonly (readonly Value[])[]
  readonly #canFail: boolean

  constructor(samples: readonly Sample[], { inputTypes, outputTypes, packs }: Grammar) {
    this.#canFail = packs.length > 0
    const usable = samples.filter(
      ({ inputs, outputs }) => isOf(inputs, inputTypes) && isOf(outputs, outputTypes),
    )
    // The small ones come first: they cost least and tell most rules apart already.
    const chosen = spreadOver(usable, probeCount(usable)).sort((a, b) => weightOf(a) - weightOf(b))
    const keys = Object.keys(outputTypes)
    this.#probes = new Probes(
      chosen.map(sample => sample.inputs as Values),
      keys,
    )
    this.#expected = chosen.map(({ outputs }) => keys.map(key => (outputs as Values)[key] as Value))
  }

  /** Whether a rule is worth a score; enters it in what is known. */
  take(known: Set<number>, rule: Rule, parents: readonly Rule[]): boolean {
    const hash = rule.hash()
    if (known.has(hash)) return false
    known.add(hash)
    if (this.#probes.count === 0) return true
    try {
      return this.#isWorthIt(rule, parents)
    } catch (error) {
      // What an operator of a pack cannot do here it cannot do in the sandbox.
      if (error instanceof PackError) return false
      throw error
    }
  }

  #isWorthIt(rule: Rule, parents: readonly Rule[]): boolean {
    if (this.#canFail && !this.#probes.isDefined(rule)) return false
    if (parents.length === 0) return true
    const isLikeParent = parents.some(parent => this.#probes.areAlike(rule, parent))
    return !isLikeParent || this.#probes.isRight(rule, this.#expected)
  }
}

/** Whether data are a record with a value of the type under each name. */
function isOf(data: unknown, types: Grammar['inputTypes']): boolean {
  if (typeof data !== 'object' || data === null) return false
  return Object.entries(types).every(([name, wanted]) => isOfType((data as Values)[name], wanted))
}

function probeCount(samples: readonly Sample[]): number {
  const mean = samples.reduce((sum, sample) => sum + weightOf(sample), 0) / Math.max(1, samples.length)
  return Math.max(LEAST_PROBES, Math.min(MOST_PROBES, Math.floor(MOST_ELEMENTS / mean)))
}

/** The number of elements and characters in the inputs of a sample. */
function weightOf({ inputs }: Sample): number {
  return Object.values(inputs as Values).reduce((sum: number, value) => sum + sizeOf(value), 0)
}

function sizeOf(value: Value): number {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null) return 1
  return Object.values(value).reduce((sum: number, part: Value) => sum + sizeOf(part), 0)
}

/** So many of the elements, evenly from first to last. */
function spreadOver<Element>(list: readonly Element[], count: number): Element[] {
  if (list.length <= count) return [...list]
  return Array.from({ length: count }, (_, i) => list[Math.floor((i * list.length) / count)] as Element)
}

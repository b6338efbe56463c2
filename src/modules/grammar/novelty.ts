/**
 * Which children are worth a score: not those that were proposed before, and not those that do the same as a parent on
 * the inputs of the samples, unless what they do is already right. That a rule was proposed is known by its hash, so
 * that once in many thousands a new rule is passed over; nothing else depends on it.
 */

import type { Sample } from '../samples.ts'
import type { Grammar } from './grammar.ts'
import { Probes } from './probes.ts'
import type { Rule } from './rule.ts'
import { fits, typeOfValue, type Value } from './types.ts'

/** Behavior is looked at on so many samples. */
const PROBES = 24

type Values = { readonly [name: string]: Value }

export class Novelty {
  readonly #probes: Probes
  /** The fingerprint of what the samples ask for; such rules may be alike, and the smaller ones are wanted. */
  readonly #right: number

  constructor(samples: readonly Sample[], { inputTypes, outputTypes }: Grammar) {
    const usable = samples.filter(
      ({ inputs, outputs }) => isOf(inputs, inputTypes) && isOf(outputs, outputTypes),
    )
    const chosen = spreadOver(usable, PROBES)
    this.#probes = new Probes(chosen.map(sample => sample.inputs as Values))
    this.#right = this.#probes.fingerprintOf(
      Object.keys(outputTypes).map(key => chosen.map(sample => (sample.outputs as Values)[key] as Value)),
    )
  }

  /** Whether a rule is worth a score; enters it in what is known. */
  take(known: Set<number>, rule: Rule, parents: readonly Rule[]): boolean {
    const hash = rule.hash()
    if (known.has(hash)) return false
    known.add(hash)
    if (parents.length === 0 || this.#probes.inputs.length === 0) return true
    const fingerprint = this.#probes.fingerprint(rule)
    return (
      fingerprint === this.#right || parents.every(parent => this.#probes.fingerprint(parent) !== fingerprint)
    )
  }
}

/** Whether data are a record with a value of the type under each name. */
function isOf(data: unknown, types: Grammar['inputTypes']): boolean {
  if (typeof data !== 'object' || data === null) return false
  return Object.entries(types).every(([name, wanted]) => {
    const type = typeOfValue((data as Values)[name])
    return type !== undefined && fits(type, wanted)
  })
}

/** So many of the elements, evenly from first to last. */
function spreadOver<Element>(list: readonly Element[], count: number): Element[] {
  if (list.length <= count) return [...list]
  return Array.from({ length: count }, (_, i) => list[Math.floor((i * list.length) / count)] as Element)
}

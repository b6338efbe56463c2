/**
 * A DNA: one point of a space, as a flat row of numbers and the spec that gives them meaning. Everything else (the
 * compact JSON, dicts, order) is worked out from the two when asked for.
 */

import type { Json } from '../symbolic/index.ts'
import { type DictOptions, fromDict, toDict } from './dna-dict.ts'
import { type DecisionPoint, type Gene, TUPLE } from './dna-spec.ts'
import { SpaceError } from './errors.ts'
import type { SpaceSpec } from './space-spec.ts'

/** An open decision of a DNA: what is decided, and the number it has. */
export interface Decision {
  readonly point: DecisionPoint
  readonly number: number
}

/**
 * One point of a space. Immutable; made by a space or from one of its forms.
 *
 *     Dna.fromNumbers([0, 0, 2], spec)
 *     Dna.fromJson([0, [0, 2], ['__tuple__', 0, 0.5]], spec)
 */
export class Dna {
  readonly spec: SpaceSpec
  /** @internal Not to be written to. */
  readonly genes: readonly Gene[]

  /** @internal The genes are trusted; the `from` methods check. */
  constructor(spec: SpaceSpec, genes: readonly Gene[]) {
    this.spec = spec
    this.genes = genes
  }

  /** The DNA of a flat row of numbers, depth first. Throws `SpaceError` about the first that does not fit. */
  static fromNumbers(numbers: readonly number[], spec: SpaceSpec): Dna {
    const genes = numbers.map(number => (number === 0 ? 0 : number))
    spec.checkAll(genes)
    return new Dna(spec, genes)
  }

  /** The DNA of a compact JSON form, bare or as PyGlove wraps it (`{ format: 'compact', value }`). */
  static fromJson(json: unknown, spec: SpaceSpec): Dna {
    const genes: Gene[] = []
    spec.fromJson(unwrapped(json), genes)
    spec.checkAll(genes)
    return new Dna(spec, genes)
  }

  /** The DNA of a function that is asked about each open decision, depth first. */
  static fromDecisions(decide: (point: DecisionPoint) => number, spec: SpaceSpec): Dna {
    const genes: Gene[] = []
    spec.decide(point => decide(point) + 0, genes)
    return new Dna(spec, genes)
  }

  /** The DNA of a dict from ids or names to values; every open decision must be in it, and nothing else. */
  static fromDict(dict: Readonly<Record<string, unknown>>, spec: SpaceSpec, options?: DictOptions): Dna {
    return new Dna(spec, fromDict(dict, spec, options))
  }

  /** The numbers, depth first, in an array of the caller's own. */
  toNumbers(): number[] {
    return [...this.genes]
  }

  /** The compact form that PyGlove writes, tuples as `['__tuple__', …]`. */
  toJSON(): Json {
    return this.spec.toJson(this.genes, 0)
  }

  /** The values of the open decisions by id, or by name where they have one. */
  toDict(options?: DictOptions): Record<string, number | string | boolean | null> {
    return toDict(this, options)
  }

  /** The open decisions, depth first. */
  decisions(): Decision[] {
    const decisions: Decision[] = []
    this.spec.eachOpen(this.genes, 0, (point, at) => {
      decisions.push({ point, number: this.genes[at] as number })
    })
    return decisions
  }

  /** The number of the decision with an id or a name; undefined when it is not open. */
  find(idOrName: string): number | undefined {
    return this.decisions().find(({ point }) => point.id === idOrName || point.name === idOrName)?.number
  }

  /** Whether the other DNA has the same form and numbers. */
  equals(other: unknown): boolean {
    return other instanceof Dna && compareDna(this, other) === 0
  }

  /** An integer of 31 bits, the same for equal DNAs on every run and machine. */
  hash(): number {
    return hashGenes(this.genes, 0x2545f491) >>> 1
  }

  /** Negative, zero or positive, in the order in which a space is enumerated; never throws. */
  compare(other: Dna): number {
    return compareDna(this, other)
  }

  /**
   * A number that tells the DNAs of one space apart: the position in the order where that is exact, else a hash of 52
   * bits (a million DNAs then share one with a chance of 1 in 10,000).
   */
  get key(): number {
    if (this.spec.isRanked) return this.spec.rank(this.genes, 0)
    return hashGenes(this.genes, 0x2545f491) * 0x100000 + (hashGenes(this.genes, 0x9e3779b9) >>> 12)
  }

  /** As PyGlove shows it: `[0, [0, 2], (0, 0.5)]`. */
  toString(): string {
    return textOf(this.toJSON())
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `Dna(${this})`
  }
}

function textOf(json: Json): string {
  if (!Array.isArray(json)) return String(json)
  const isTuple = json[0] === TUPLE
  const items = (isTuple ? json.slice(1) : json).map(textOf).join(', ')
  return isTuple ? `(${items})` : `[${items}]`
}

/** By the numbers; rows that agree in them are told apart by their form, which equal specs give alike. */
function compareDna(a: Dna, b: Dna): number {
  const { length } = a.genes
  for (let i = 0; i < length && i < b.genes.length; i++) {
    const difference = (a.genes[i] as number) - (b.genes[i] as number)
    if (difference !== 0) return difference
  }
  if (length !== b.genes.length) return length - b.genes.length
  if (a.spec === b.spec) return 0
  const [left, right] = [a.toString(), b.toString()]
  return left < right ? -1 : left > right ? 1 : 0
}

const double = new Float64Array(1)
const words = new Uint32Array(double.buffer)

/** An unsigned integer of 32 bits, by the rounds of MurmurHash3. */
function hashGenes(genes: readonly Gene[], seed: number): number {
  let hash = seed ^ genes.length
  for (const gene of genes) {
    double[0] = gene
    hash = round(hash, words[0] as number)
    hash = round(hash, words[1] as number)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}

function round(hash: number, word: number): number {
  const k = Math.imul(word, 0xcc9e2d51)
  hash ^= Math.imul((k << 15) | (k >>> 17), 0x1b873593)
  return (Math.imul((hash << 13) | (hash >>> 19), 5) + 0xe6546b64) | 0
}

function unwrapped(json: unknown): Json {
  const isWrapped = typeof json === 'object' && json !== null && 'format' in json
  if (!isWrapped) return json as Json
  if (json.format === 'compact' && 'value' in json) return json.value as Json
  throw new SpaceError(
    '',
    `only the compact form of a DNA can be read, got the format ${JSON.stringify(json.format)}`,
  )
}

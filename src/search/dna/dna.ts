/**
 * A DNA: one point of a space, as a flat row of genes and the spec that gives them meaning. Everything else (the
 * compact JSON, dicts, order) is worked out from the two when asked for.
 */

import type { Json } from '../../symbolic/index.ts'
import { SpaceError } from '../errors.ts'
import { type DictOptions, type DictValue, fromDict, toDict } from './dna-dict.ts'
import { type Decide, type DecisionPoint, type Gene, TUPLE } from './dna-spec.ts'
import type { SpaceSpec } from './space-spec.ts'

/** An open decision of a DNA: what is decided, and the gene it has. */
export interface DnaDecision {
  readonly point: DecisionPoint
  readonly gene: Gene
}

/** What is noted about a DNA beside what it is: JSON that goes with it, and plays no part when DNAs are compared. */
export type DnaMetadata = { readonly [key: string]: Json }

export interface DecideOptions {
  /** Whether choices that may not stand side by side give way to the next that may, instead of being an error. */
  readonly repair?: boolean
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
  readonly metadata: DnaMetadata

  /** @internal The genes are trusted; the `from` methods check. */
  constructor(spec: SpaceSpec, genes: readonly Gene[], metadata: DnaMetadata = NO_METADATA) {
    this.spec = spec
    this.genes = genes
    this.metadata = metadata
  }

  /**
   * The DNA of a flat row of numbers (and texts, for custom decisions), depth first. Throws `SpaceError` about the first
   * that does not fit.
   */
  static fromNumbers(numbers: readonly Gene[], spec: SpaceSpec): Dna {
    const genes = numbers.map(withoutSign)
    spec.checkAll(genes)
    return new Dna(spec, genes)
  }

  /** The DNA of a compact JSON form, bare or wrapped as PyGlove does it (`{ format: 'compact', value, metadata }`). */
  static fromJson(json: unknown, spec: SpaceSpec): Dna {
    const genes: Gene[] = []
    const { value, metadata } = unwrapped(json)
    spec.fromJson(value, genes)
    spec.checkAll(genes)
    return new Dna(spec, genes, metadata)
  }

  /** The DNA of a function that is asked about each open decision, depth first. */
  static fromDecisions(decide: Decide, spec: SpaceSpec, { repair = false }: DecideOptions = {}): Dna {
    const genes: Gene[] = []
    spec.decide((point, allowed) => withoutSign(decide(point, allowed)), genes, repair)
    return new Dna(spec, genes)
  }

  /** The DNA of a dict from ids or names to values; every open decision must be in it, and nothing else. */
  static fromDict(dict: Readonly<Record<string, unknown>>, spec: SpaceSpec, options?: DictOptions): Dna {
    return new Dna(spec, fromDict(dict, spec, options))
  }

  /** The numbers (and texts, for custom decisions), depth first, in an array of the caller's own. */
  toNumbers(): Gene[] {
    return [...this.genes]
  }

  /** The compact form that PyGlove writes, tuples as `['__tuple__', …]`; wrapped when there is metadata. */
  toJSON(): Json {
    const value = this.spec.toJson(this.genes, 0)
    return Object.keys(this.metadata).length === 0
      ? value
      : { format: 'compact', value, metadata: this.metadata }
  }

  /** The values of the open decisions by id, or by name where they have one. */
  toDict(options?: DictOptions): Record<string, DictValue> {
    return toDict(this.decisions(), this.spec, options)
  }

  /** The same DNA with more noted about it; what was noted under the same keys is replaced. */
  withMetadata(metadata: DnaMetadata): Dna {
    return new Dna(this.spec, this.genes, copied({ ...this.metadata, ...metadata }))
  }

  /** The open decisions, depth first. */
  decisions(): DnaDecision[] {
    const decisions: DnaDecision[] = []
    this.spec.eachOpen(this.genes, 0, (point, at) => {
      decisions.push({ point, gene: this.genes[at] as Gene })
    })
    return decisions
  }

  /** The gene of the decision with an id or a name; undefined when it is not open. */
  find(idOrName: string): Gene | undefined {
    return this.decisions().find(({ point }) => point.id === idOrName || point.name === idOrName)?.gene
  }

  /** Whether the other DNA has the same form and genes; metadata does not count. */
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
    return textOf(this.spec.toJson(this.genes, 0))
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return `Dna(${this})`
  }
}

function textOf(json: Json): string {
  if (!Array.isArray(json)) return JSON.stringify(json)
  const isTuple = json[0] === TUPLE
  const items = (isTuple ? json.slice(1) : json).map(textOf).join(', ')
  return isTuple ? `(${items})` : `[${items}]`
}

/** By the genes, numbers before texts; rows that agree are told apart by their form, which equal specs give alike. */
function compareDna(a: Dna, b: Dna): number {
  const { length } = a.genes
  for (let i = 0; i < length && i < b.genes.length; i++) {
    const order = compareGenes(a.genes[i] as Gene, b.genes[i] as Gene)
    if (order !== 0) return order
  }
  if (length !== b.genes.length) return length - b.genes.length
  if (a.spec === b.spec) return 0
  const [left, right] = [a.toString(), b.toString()]
  return left < right ? -1 : left > right ? 1 : 0
}

function compareGenes(a: Gene, b: Gene): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  if (typeof a !== typeof b) return typeof a === 'number' ? -1 : 1
  return a < b ? -1 : a > b ? 1 : 0
}

const NO_METADATA: DnaMetadata = Object.freeze({})

/** A copy that nobody else can write to. */
const copied = (metadata: DnaMetadata): DnaMetadata => JSON.parse(JSON.stringify(metadata))

/** A gene with one form of zero. */
const withoutSign = (gene: Gene): Gene => (gene === 0 ? 0 : gene)

const double = new Float64Array(1)
const words = new Uint32Array(double.buffer)

/** An unsigned integer of 32 bits, by the rounds of MurmurHash3. */
function hashGenes(genes: readonly Gene[], seed: number): number {
  let hash = seed ^ genes.length
  for (const gene of genes) {
    if (typeof gene === 'string') {
      hash = round(hash, gene.length)
      for (let i = 0; i < gene.length; i++) hash = round(hash, gene.charCodeAt(i))
      continue
    }
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

/** Tells what is noted from what is decided. Anything else than an object of JSON as metadata is an error. */
function unwrapped(json: unknown): { value: Json; metadata: DnaMetadata } {
  const isWrapped = typeof json === 'object' && json !== null && 'format' in json
  if (!isWrapped) return { value: json as Json, metadata: NO_METADATA }
  if (json.format !== 'compact' || !('value' in json)) {
    throw new SpaceError(
      '',
      `only the compact form of a DNA can be read, got the format ${JSON.stringify(json.format)}`,
    )
  }
  const { metadata = NO_METADATA } = json as { metadata?: unknown }
  const isRecord = typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata)
  if (!isRecord)
    throw new SpaceError('', `the metadata of a DNA must be an object, got ${JSON.stringify(metadata)}`)
  return { value: json.value as Json, metadata: copied(metadata as DnaMetadata) }
}

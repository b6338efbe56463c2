/**
 * What a DNA may be, as data: a tree of specs beside the tree of values. A DNA itself is a flat row of numbers, one for
 * each decision that is open, depth first; every spec knows how to write, read, check and advance its stretch of the
 * row, starting at an index and giving back the index behind it. New kinds of decision are new subclasses.
 */

import type { Json } from '../symbolic/index.ts'
import { SpaceError } from './errors.ts'
import type { Rng } from './rng.ts'

/** One number of a DNA: the index of a chosen candidate, an integer, or a float. */
export type Gene = number

/** What a value of a decision is in dicts: a primitive as it is, a tree by its text. */
export type Literal = number | string | boolean | null

/** A part of the shape of a DNA; `SpaceSpec` is the whole, and what users hold. */
export abstract class DnaSpec {
  abstract readonly kind: 'space' | 'choices' | 'int' | 'float'
  /** The path of what is decided; inside a candidate like `z[=0/2].p`, as in PyGlove. */
  readonly id: string
  /** How many different DNAs there are; `Infinity` when a float is among them. */
  abstract readonly size: number

  /** The decisions in it, also those that are open only with some candidate, depth first. */
  abstract readonly points: readonly DecisionPoint[]

  constructor(id: string) {
    this.id = id
  }

  /** @internal Writes the first DNA in order. */
  abstract first(genes: Gene[]): void

  /** @internal Writes a random one, each decision by itself evenly. */
  abstract random(genes: Gene[], rng: Rng): void

  /** @internal Writes the genes that a function gives, asked about each decision that is open. */
  abstract decide(ask: (point: DecisionPoint) => Gene, genes: Gene[]): void

  /** @internal Writes what comes after the genes at an index; false, and nothing written, when they are the last. */
  abstract next(genes: readonly Gene[], at: number, out: Gene[]): boolean

  /** @internal The index behind the genes of this spec. */
  abstract end(genes: readonly Gene[], at: number): number

  /** @internal The index behind, or a `SpaceError` about the first gene that does not fit. */
  abstract check(genes: readonly Gene[], at: number): number

  /** @internal The position in the order, from 0; only where the size is a safe integer. */
  abstract rank(genes: readonly Gene[], at: number): number

  /** @internal Writes the one at a position in the order. */
  abstract atRank(rank: number, out: Gene[]): void

  /** @internal Visits each open decision with the index of its gene, and gives back the index behind. */
  abstract eachOpen(
    genes: readonly Gene[],
    at: number,
    visit: (point: DecisionPoint, at: number) => void,
  ): number

  /** @internal The compact form that PyGlove writes. */
  abstract toJson(genes: readonly Gene[], at: number): Json

  /** @internal Writes the genes of a compact form, or throws a `SpaceError`. */
  abstract fromJson(json: Json, out: Gene[]): void
}

/** A spec with a gene of its own. */
export abstract class DecisionPoint extends DnaSpec {
  abstract override readonly kind: 'choices' | 'int' | 'float'
  /** What the decision is called, if it has a name; no two of a space have the same. */
  readonly name: string | undefined

  constructor(id: string, name: string | undefined) {
    super(id)
    this.name = name
  }

  /** Name and id, for messages. */
  get label(): string {
    const place = this.id === '' ? 'the root' : `'${this.id}'`
    return this.name === undefined ? place : `${place} (${this.name})`
  }

  /** @internal Writes a random gene, and what it opens, other than the one at an index, where there is another. */
  abstract redraw(genes: readonly Gene[], at: number, out: Gene[], rng: Rng): void

  /** Whether there is anything to decide: more than one value. */
  abstract readonly isMutable: boolean

  /** @internal What a gene stands for: a primitive as it is, a tree by its text. */
  abstract literalOf(gene: Gene): Literal

  /** @internal The gene that stands for a literal; undefined when there is none. */
  abstract geneOf(literal: unknown): Gene | undefined
}

/** The word that PyGlove starts the JSON of a tuple with. */
export const TUPLE = '__tuple__'

/** @internal The error for a row that ends too early. */
export const tooShort = (point: DecisionPoint): SpaceError =>
  new SpaceError(point.id, `the DNA ends before ${point.label}: it has too few numbers`)

/** @internal A value in a message. */
export const show = (value: unknown): string =>
  typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value))

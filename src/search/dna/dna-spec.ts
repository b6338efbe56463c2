/**
 * What a DNA may be, as data: a tree of specs beside the tree of values. A DNA itself is a flat row of genes, one for
 * each decision that is open, depth first; every spec knows how to write, read, check and advance its stretch of the
 * row, starting at an index and giving back the index behind it. New kinds of decision are new subclasses.
 */

import type { Json } from '../../symbolic/index.ts'
import { SpaceError } from '../errors.ts'
import type { Rng } from '../rng.ts'

/** One entry of a DNA: the index of a chosen candidate, an integer, a float, or the text of a custom decision. */
export type Gene = number | string

/**
 * Decides: gives a gene for a decision that is open. `allowed` are the candidates that may be chosen beside those chosen
 * before, where not all may (in a row of choices that must differ or ascend); null where all may.
 */
export type Decide = (point: DecisionPoint, allowed: readonly number[] | null) => Gene

/** What a value of a decision is in dicts: a primitive as it is, a tree by its text. */
export type Literal = number | string | boolean | null

/** A part of the shape of a DNA; `SpaceSpec` is the whole, and what users hold. */
export abstract class DnaSpec {
  abstract readonly kind: 'space' | 'many' | 'choices' | 'int' | 'float' | 'custom'
  /** The path of what is decided; inside a candidate like `z[=0/2].p`, as in PyGlove. */
  readonly id: string
  /** How many different DNAs there are; `Infinity` when a float or a custom decision is among them. */
  abstract readonly size: number

  /** The decisions in it, also those that are open only with some candidate, depth first. */
  abstract readonly points: readonly DecisionPoint[]

  constructor(id: string) {
    this.id = id
  }

  /** @internal Writes the first DNA in order. */
  abstract first(genes: Gene[]): void

  /** @internal Writes a random one, each decision by itself evenly, and every combination of choices in a row. */
  abstract random(genes: Gene[], rng: Rng): void

  /**
   * @internal Writes the genes that a function gives, asked about each decision that is open. Choices that may not stand
   * side by side are an error, or are replaced by some that may.
   */
  abstract decide(ask: Decide, genes: Gene[], repair: boolean): void

  /**
   * @internal Writes the genes at an index with the one at the index `target` varied, and all that it opens drawn anew;
   * gives back the index behind.
   */
  abstract redraw(genes: readonly Gene[], at: number, target: number, out: Gene[], rng: Rng): number

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
  abstract override readonly kind: 'choices' | 'int' | 'float' | 'custom'
  /** What the decision is called, if it has a name; no two that are open together have the same. */
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

  /** A random gene, whatever stands elsewhere. */
  abstract draw(rng: Rng): Gene

  /** Another gene than the given one, where there is another, whatever stands elsewhere. */
  abstract vary(gene: Gene, rng: Rng): Gene

  /** Whether there is anything to decide: more than one value. */
  abstract readonly isMutable: boolean

  /** Whether one value comes after the other, so that what the space holds can be gone through. */
  abstract readonly isCountable: boolean

  /** @internal What a gene stands for: a primitive as it is, a tree by its text. */
  abstract literalOf(gene: Gene): Literal

  /** @internal The gene that stands for a literal; undefined when there is none. */
  abstract geneOf(literal: unknown): Gene | undefined
}

/** The word that PyGlove starts the JSON of a tuple with. */
export const TUPLE = '__tuple__'

/** @internal A decision of one gene, and nothing open behind it. */
export abstract class LeafPoint extends DecisionPoint {
  override get points(): readonly DecisionPoint[] {
    return [this]
  }

  /** The value that a gene becomes in the tree. */
  abstract decode(gene: Gene): unknown

  /** @internal The gene of a value, not checked yet. */
  abstract encode(value: unknown): Gene

  random(genes: Gene[], rng: Rng): void {
    genes.push(this.draw(rng))
  }

  decide(ask: Decide, genes: Gene[]): void {
    genes.push(ask(this, null))
    this.check(genes, genes.length - 1)
  }

  redraw(genes: readonly Gene[], at: number, _target: number, out: Gene[], rng: Rng): number {
    out.push(this.vary(genes[at] as Gene, rng))
    return at + 1
  }

  end(_genes: readonly Gene[], at: number): number {
    return at + 1
  }

  eachOpen(_genes: readonly Gene[], at: number, visit: (point: DecisionPoint, at: number) => void): number {
    visit(this, at)
    return at + 1
  }

  toJson(genes: readonly Gene[], at: number): Json {
    return genes[at] as Gene
  }

  literalOf(gene: Gene): Literal {
    return gene
  }
}

/** @internal The error for a row that ends too early. */
export const tooShort = (point: DecisionPoint): SpaceError =>
  new SpaceError(point.id, `the DNA ends before ${point.label}: it has too few numbers`)

/** @internal The error for asking what comes next where nothing does. */
export const notCountable = (point: DecisionPoint): SpaceError => {
  const what = point.kind === 'float' ? 'the float' : 'the custom decision'
  return new SpaceError(
    point.id,
    `${what} at ${point.label} has no next value: only spaces of countable decisions can be enumerated`,
  )
}

/** @internal A value in a message. */
export const show = (value: unknown): string =>
  typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value))

/** `Choices`: the decision for one of several candidates, each with a space of its own. */

import type { Json } from '../../symbolic/index.ts'
import { SpaceError } from '../errors.ts'
import type { Rng } from '../rng.ts'
import { type Decide, DecisionPoint, type Gene, type Literal, show, TUPLE, tooShort } from './dna-spec.ts'
import type { ManyChoices } from './many-choices.ts'
import type { SpaceSpec } from './space-spec.ts'

/** The place of a choice in a row of several. */
export interface RowPlace {
  readonly of: ManyChoices
  readonly index: number
}

/** One of several candidates. Its gene is the index; the genes that the candidate opens follow. */
export class Choices extends DecisionPoint {
  readonly kind = 'choices'
  /** What is open when a candidate is chosen; an empty space for one without decisions. */
  readonly candidates: readonly SpaceSpec[]
  readonly size: number
  /** The row that it is one of, where what may be chosen also depends on the others; null for a choice by itself. */
  readonly row: RowPlace | null
  /** How many DNAs come before those of a candidate. */
  readonly #offsets: readonly number[]
  readonly #literalsOf: () => readonly Literal[]
  #literals: readonly Literal[] | null = null

  constructor(
    id: string,
    name: string | undefined,
    candidates: readonly SpaceSpec[],
    literalsOf: () => readonly Literal[],
    row: RowPlace | null = null,
  ) {
    super(id, name)
    this.row = row
    this.candidates = candidates
    this.#literalsOf = literalsOf
    let size = 0
    this.#offsets = candidates.map(candidate => {
      const offset = size
      size += candidate.size
      return offset
    })
    this.size = size
  }

  /** The candidates in dicts: primitives as they are, trees by their text. */
  get literals(): readonly Literal[] {
    this.#literals ??= this.#literalsOf()
    return this.#literals
  }

  get points(): readonly DecisionPoint[] {
    return [this, ...this.candidates.flatMap(candidate => candidate.points)]
  }

  get isMutable(): boolean {
    return this.row?.of.isMutable ?? this.candidates.length > 1
  }

  get isCountable(): boolean {
    return true
  }

  draw(rng: Rng): number {
    return rng.int(this.candidates.length)
  }

  vary(gene: Gene, rng: Rng): Gene {
    const others = this.candidates.length - 1
    if (others === 0) return gene
    const drawn = rng.int(others)
    return drawn >= (gene as number) ? drawn + 1 : drawn
  }

  first(genes: Gene[]): void {
    this.firstOf(0, genes)
  }

  random(genes: Gene[], rng: Rng): void {
    this.openAt(this.draw(rng), genes, rng)
  }

  decide(ask: Decide, genes: Gene[], repair: boolean): void {
    const gene = ask(this, null)
    genes.push(gene)
    this.candidateOf(gene).decide(ask, genes, repair)
  }

  redraw(genes: readonly Gene[], at: number, target: number, out: Gene[], rng: Rng): number {
    const gene = genes[at] as number
    if (target !== at) {
      out.push(gene)
      return this.#candidate(gene).redraw(genes, at + 1, target, out, rng)
    }
    this.openAt(this.vary(gene, rng) as number, out, rng)
    return this.end(genes, at)
  }

  next(genes: readonly Gene[], at: number, out: Gene[]): boolean {
    const gene = genes[at] as number
    const length = out.length
    out.push(gene)
    if (this.#candidate(gene).next(genes, at + 1, out)) return true
    out.length = length
    if (gene + 1 === this.candidates.length) return false
    this.firstOf(gene + 1, out)
    return true
  }

  end(genes: readonly Gene[], at: number): number {
    return this.#candidate(genes[at] as number).end(genes, at + 1)
  }

  check(genes: readonly Gene[], at: number): number {
    const gene = genes[at]
    if (gene === undefined) throw tooShort(this)
    return this.candidateOf(gene).check(genes, at + 1)
  }

  rank(genes: readonly Gene[], at: number): number {
    const gene = genes[at] as number
    return (this.#offsets[gene] as number) + this.#candidate(gene).rank(genes, at + 1)
  }

  atRank(rank: number, out: Gene[]): void {
    let gene = this.candidates.length - 1
    while ((this.#offsets[gene] as number) > rank) gene--
    out.push(gene)
    this.#candidate(gene).atRank(rank - (this.#offsets[gene] as number), out)
  }

  eachOpen(genes: readonly Gene[], at: number, visit: (point: DecisionPoint, at: number) => void): number {
    visit(this, at)
    return this.#candidate(genes[at] as number).eachOpen(genes, at + 1, visit)
  }

  toJson(genes: readonly Gene[], at: number): Json {
    const gene = genes[at] as number
    const candidate = this.#candidate(gene)
    if (candidate.elements.length === 0) return gene
    const inside = candidate.toJson(genes, at + 1)
    // A chain of single choices is one tuple, (0, 1, 2), as PyGlove has it.
    return Array.isArray(inside) && inside[0] === TUPLE
      ? [TUPLE, gene, ...inside.slice(1)]
      : [TUPLE, gene, inside]
  }

  fromJson(json: Json, out: Gene[]): void {
    const isTuple = Array.isArray(json) && json[0] === TUPLE
    const gene = (isTuple ? json[1] : json) as Gene
    const candidate = this.candidateOf(gene)
    out.push((gene as number) + 0)
    const rest = isTuple ? json.slice(2) : []
    if (candidate.elements.length === 0 && rest.length === 0) return
    if (candidate.elements.length === 0) {
      throw new SpaceError(
        this.id,
        `candidate ${gene} at ${this.label} is constant, got ${show(json)} for it`,
      )
    }
    if (rest.length === 0) {
      throw new SpaceError(
        this.id,
        `candidate ${gene} at ${this.label} has open decisions, got ${show(json)} for it`,
      )
    }
    candidate.fromJson(rest.length === 1 ? (rest[0] as Json) : [TUPLE, ...rest], out)
  }

  literalOf(gene: Gene): Literal {
    return this.literals[gene as number] as Literal
  }

  geneOf(literal: unknown): Gene | undefined {
    const gene = this.literals.indexOf(literal as Literal)
    return gene < 0 ? undefined : gene
  }

  /** @internal The candidate of a gene; throws a `SpaceError` for what is no index. */
  candidateOf(gene: unknown): SpaceSpec {
    const candidate = typeof gene === 'number' ? this.candidates[gene] : undefined
    if (candidate !== undefined) return candidate
    const last = this.candidates.length - 1
    throw new SpaceError(
      this.id,
      `the choice at ${this.label} must be an index from 0 to ${last}, got ${show(gene)}`,
    )
  }

  /** @internal Writes an index, and the first of what it opens. */
  firstOf(index: number, genes: Gene[]): void {
    genes.push(index)
    this.#candidate(index).first(genes)
  }

  /** @internal Writes an index, and what it opens at random. */
  openAt(index: number, genes: Gene[], rng: Rng): void {
    genes.push(index)
    this.#candidate(index).random(genes, rng)
  }

  #candidate(gene: number): SpaceSpec {
    return this.candidates[gene] as SpaceSpec
  }
}

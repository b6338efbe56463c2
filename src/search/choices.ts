/** `Choices`: the decision for one of several candidates, each with a space of its own. */

import type { Json } from '../symbolic/index.ts'
import { DecisionPoint, type Gene, type Literal, show, TUPLE, tooShort } from './dna-spec.ts'
import { SpaceError } from './errors.ts'
import type { Rng } from './rng.ts'
import type { SpaceSpec } from './space-spec.ts'

/** One of several candidates. Its gene is the index; the genes that the candidate opens follow. */
export class Choices extends DecisionPoint {
  readonly kind = 'choices'
  /** What is open when a candidate is chosen; an empty space for one without decisions. */
  readonly candidates: readonly SpaceSpec[]
  readonly size: number
  /** How many DNAs come before those of a candidate. */
  readonly #offsets: readonly number[]
  readonly #literalsOf: () => readonly Literal[]
  #literals: readonly Literal[] | null = null

  constructor(
    id: string,
    name: string | undefined,
    candidates: readonly SpaceSpec[],
    literalsOf: () => readonly Literal[],
  ) {
    super(id, name)
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
    return this.candidates.length > 1
  }

  first(genes: Gene[]): void {
    genes.push(0)
    this.#candidate(0).first(genes)
  }

  random(genes: Gene[], rng: Rng): void {
    this.#open(rng.int(this.candidates.length), genes, rng)
  }

  decide(ask: (point: DecisionPoint) => Gene, genes: Gene[]): void {
    const gene = ask(this)
    genes.push(gene)
    this.#checked(gene).decide(ask, genes)
  }

  redraw(genes: readonly Gene[], at: number, out: Gene[], rng: Rng): void {
    const gene = genes[at] as number
    const others = this.candidates.length - 1
    const drawn = others === 0 ? gene : rng.int(others)
    this.#open(others > 0 && drawn >= gene ? drawn + 1 : drawn, out, rng)
  }

  next(genes: readonly Gene[], at: number, out: Gene[]): boolean {
    const gene = genes[at] as number
    const length = out.length
    out.push(gene)
    if (this.#candidate(gene).next(genes, at + 1, out)) return true
    out.length = length
    if (gene + 1 === this.candidates.length) return false
    out.push(gene + 1)
    this.#candidate(gene + 1).first(out)
    return true
  }

  end(genes: readonly Gene[], at: number): number {
    return this.#candidate(genes[at] as number).end(genes, at + 1)
  }

  check(genes: readonly Gene[], at: number): number {
    const gene = genes[at]
    if (gene === undefined) throw tooShort(this)
    return this.#checked(gene).check(genes, at + 1)
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
    const candidate = this.#checked(gene)
    out.push(gene + 0)
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
    return this.literals[gene] as Literal
  }

  geneOf(literal: unknown): Gene | undefined {
    const gene = this.literals.indexOf(literal as Literal)
    return gene < 0 ? undefined : gene
  }

  #candidate(gene: number): SpaceSpec {
    return this.candidates[gene] as SpaceSpec
  }

  #checked(gene: number): SpaceSpec {
    const candidate = typeof gene === 'number' ? this.candidates[gene] : undefined
    if (candidate !== undefined) return candidate
    const last = this.candidates.length - 1
    throw new SpaceError(
      this.id,
      `the choice at ${this.label} must be an index from 0 to ${last}, got ${show(gene)}`,
    )
  }

  #open(gene: number, genes: Gene[], rng: Rng): void {
    genes.push(gene)
    this.#candidate(gene).random(genes, rng)
  }
}

/** `CustomSpec`: a decision whose gene is a text that only its own genome understands. */

import type { Json } from '../../symbolic/index.ts'
import { SpaceError } from '../errors.ts'
import type { Rng } from '../rng.ts'
import { type Gene, LeafPoint, notCountable, show, tooShort } from './dna-spec.ts'

/** What a custom decision needs to know of its texts. Each value has one text. */
export interface TextGenome {
  first(): string
  random(rng: Rng): string
  vary(text: string, rng: Rng): string
  /** What comes after a text, null after the last; null itself where nothing is known of an order. */
  readonly next: ((text: string) => string | null) | null
  /** Why a text is none of this genome, in words that go behind 'must be'; null when it is one. */
  problem(text: string): string | null
  decode(text: string): unknown
  /** The text of a value; throws a `SpaceError` where there is none. */
  encode(value: unknown): string
}

/** A decision for a text. */
export class CustomSpec extends LeafPoint {
  readonly kind = 'custom'
  readonly #genome: TextGenome

  constructor(id: string, name: string | undefined, genome: TextGenome) {
    super(id, name)
    this.#genome = genome
  }

  get size(): number {
    return Number.POSITIVE_INFINITY
  }

  get isMutable(): boolean {
    return true
  }

  get isCountable(): boolean {
    return this.#genome.next !== null
  }

  draw(rng: Rng): string {
    return this.#genome.random(rng)
  }

  vary(gene: Gene, rng: Rng): string {
    let text = gene as string
    for (let attempt = 0; attempt < ATTEMPTS && text === gene; attempt++) {
      text = this.#genome.vary(text, rng)
    }
    return text
  }

  first(genes: Gene[]): void {
    genes.push(this.#genome.first())
  }

  next(genes: readonly Gene[], at: number, out: Gene[]): boolean {
    const { next } = this.#genome
    if (next === null) throw notCountable(this)
    const text = next(genes[at] as string)
    if (text !== null) out.push(text)
    return text !== null
  }

  check(genes: readonly Gene[], at: number): number {
    const gene = genes[at]
    if (gene === undefined) throw tooShort(this)
    const problem = typeof gene === 'string' ? this.#genome.problem(gene) : 'a text'
    if (problem === null) return at + 1
    throw new SpaceError(this.id, `the value at ${this.label} must be ${problem}, got ${brief(gene)}`)
  }

  decode(gene: Gene): unknown {
    return this.#genome.decode(gene as string)
  }

  encode(value: unknown): Gene {
    return this.#genome.encode(value)
  }

  rank(): never {
    throw new SpaceError(this.id, `the values at ${this.label} have no positions`)
  }

  atRank(): never {
    return this.rank()
  }

  fromJson(json: Json, out: Gene[]): void {
    out.push(json as Gene)
    this.check(out, out.length - 1)
  }

  geneOf(literal: unknown): Gene | undefined {
    return typeof literal === 'string' ? literal : undefined
  }
}

/** How often a mutation that changes nothing is tried again. */
const ATTEMPTS = 8

function brief(gene: Gene): string {
  const text = show(gene)
  return text.length > 80 ? `${text.slice(0, 77)}...` : text
}

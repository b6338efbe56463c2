/** A `SpaceSpec` is a row of decisions side by side: all that is open in a tree, or in one candidate of a choice. */

import type { Json } from '../../symbolic/index.ts'
import { SpaceError } from '../errors.ts'
import type { Rng } from '../rng.ts'
import { Dna } from './dna.ts'
import { type Decide, type DecisionPoint, DnaSpec, type Gene, notCountable, TUPLE } from './dna-spec.ts'

/** The shape of the DNAs of a space. */
export class SpaceSpec extends DnaSpec {
  readonly kind = 'space'
  readonly elements: readonly DnaSpec[]
  readonly size: number
  #points: readonly DecisionPoint[] | null = null
  #uncountable: DecisionPoint | null | undefined

  constructor(id: string, elements: readonly DnaSpec[]) {
    super(id)
    this.elements = elements
    this.size = elements.reduce((size, element) => size * element.size, 1)
  }

  get points(): readonly DecisionPoint[] {
    this.#points ??= this.elements.flatMap(element => element.points)
    return this.#points
  }

  /** Whether positions in the order can be told apart: the size is a number that integers are exact up to. */
  get isRanked(): boolean {
    return this.size <= Number.MAX_SAFE_INTEGER
  }

  /** The DNA in which everything is at its first value. */
  firstDna(): Dna {
    const genes: Gene[] = []
    this.first(genes)
    return new Dna(this, genes)
  }

  /** What follows a DNA in the order, the last decision changing fastest; null after the last. */
  nextDna(dna: Dna): Dna | null {
    this.#uncountable ??= this.points.find(point => !point.isCountable) ?? null
    if (this.#uncountable !== null) throw notCountable(this.#uncountable)
    const genes: Gene[] = []
    return this.next(this.genesOf(dna), 0, genes) ? new Dna(this, genes) : null
  }

  /** All DNAs in order, from the first or from behind a given one. */
  *iterate(after?: Dna): IterableIterator<Dna> {
    for (
      let dna = after === undefined ? this.firstDna() : this.nextDna(after);
      dna !== null;
      dna = this.nextDna(dna)
    ) {
      yield dna
    }
  }

  /**
   * A random DNA; every decision is drawn by itself, evenly (a float: on its scale), and of the choices in a row every
   * combination is equally likely.
   */
  randomDna(rng: Rng): Dna {
    const genes: Gene[] = []
    this.random(genes, rng)
    return new Dna(this, genes)
  }

  /** The DNA with the decision at an index of its genes varied, and all that it opens drawn anew. */
  redrawDna(dna: Dna, target: number, rng: Rng): Dna {
    const genes: Gene[] = []
    this.redraw(this.genesOf(dna), 0, target, genes, rng)
    return new Dna(this, genes)
  }

  /** The position of a DNA in the order, from 0; only for spaces that are ranked. */
  rankOf(dna: Dna): number {
    this.#needRanks()
    return this.rank(this.genesOf(dna), 0)
  }

  /** The DNA at a position in the order. */
  dnaAt(rank: number): Dna {
    this.#needRanks()
    if (!Number.isInteger(rank) || rank < 0 || rank >= this.size) {
      throw new SpaceError('', `the space has positions from 0 to ${this.size - 1}, got ${rank}`)
    }
    const genes: Gene[] = []
    this.atRank(rank, genes)
    return new Dna(this, genes)
  }

  /** The same DNA, checked to be of this space. Throws `SpaceError` about the first number that does not fit. */
  validate(dna: Dna): Dna {
    this.checkAll(dna.genes)
    return dna
  }

  /** @internal The genes of a DNA, which is checked when it was made for another spec. */
  genesOf(dna: Dna): readonly Gene[] {
    if (dna.spec !== this) this.checkAll(dna.genes)
    return dna.genes
  }

  /** @internal */
  checkAll(genes: readonly Gene[]): void {
    const end = this.check(genes, 0)
    if (end === genes.length) return
    throw new SpaceError(
      '',
      `the DNA has ${genes.length} numbers, and only ${end} are decisions of the space`,
    )
  }

  /** @internal */
  first(genes: Gene[]): void {
    for (const element of this.elements) element.first(genes)
  }

  /** @internal */
  random(genes: Gene[], rng: Rng): void {
    for (const element of this.elements) element.random(genes, rng)
  }

  /** @internal */
  decide(ask: Decide, genes: Gene[], repair: boolean): void {
    for (const element of this.elements) element.decide(ask, genes, repair)
  }

  /** @internal */
  redraw(genes: readonly Gene[], at: number, target: number, out: Gene[], rng: Rng): number {
    for (const element of this.elements) {
      const end = element.end(genes, at)
      if (at <= target && target < end) element.redraw(genes, at, target, out, rng)
      else for (let i = at; i < end; i++) out.push(genes[i] as Gene)
      at = end
    }
    return at
  }

  /** @internal */
  next(genes: readonly Gene[], at: number, out: Gene[]): boolean {
    const starts: number[] = []
    for (const element of this.elements) {
      starts.push(at)
      at = element.end(genes, at)
    }
    const length = out.length
    for (let i = this.elements.length - 1; i >= 0; i--) {
      out.length = length
      for (let j = starts[0] as number; j < (starts[i] as number); j++) out.push(genes[j] as Gene)
      if (!this.#element(i).next(genes, starts[i] as number, out)) continue
      for (let j = i + 1; j < this.elements.length; j++) this.#element(j).first(out)
      return true
    }
    out.length = length
    return false
  }

  /** @internal */
  end(genes: readonly Gene[], at: number): number {
    for (const element of this.elements) at = element.end(genes, at)
    return at
  }

  /** @internal */
  check(genes: readonly Gene[], at: number): number {
    for (const element of this.elements) at = element.check(genes, at)
    return at
  }

  /** @internal */
  rank(genes: readonly Gene[], at: number): number {
    let rank = 0
    for (const element of this.elements) {
      rank = rank * element.size + element.rank(genes, at)
      at = element.end(genes, at)
    }
    return rank
  }

  /** @internal */
  atRank(rank: number, out: Gene[]): void {
    const digits: number[] = []
    for (let i = this.elements.length - 1; i >= 0; i--) {
      const { size } = this.#element(i)
      digits[i] = rank % size
      rank = Math.floor(rank / size)
    }
    this.elements.forEach((element, i) => {
      element.atRank(digits[i] as number, out)
    })
  }

  /** @internal */
  eachOpen(genes: readonly Gene[], at: number, visit: (point: DecisionPoint, at: number) => void): number {
    for (const element of this.elements) at = element.eachOpen(genes, at, visit)
    return at
  }

  /** @internal A single decision stands for itself, several are a list. */
  toJson(genes: readonly Gene[], at: number): Json {
    if (this.elements.length === 1) return this.#element(0).toJson(genes, at)
    const list: Json[] = []
    for (const element of this.elements) {
      list.push(element.toJson(genes, at))
      at = element.end(genes, at)
    }
    return list
  }

  /** @internal */
  fromJson(json: Json, out: Gene[]): void {
    const isList = Array.isArray(json) && json[0] !== TUPLE
    const count = this.elements.length
    if (count === 1) {
      // PyGlove reads [0] as 0, so this does too.
      this.#element(0).fromJson(isList && json.length === 1 ? (json[0] as Json) : json, out)
      return
    }
    const where = this.id === '' ? 'the DNA' : `the DNA at '${this.id}'`
    if (!isList || json.length !== count) {
      throw new SpaceError(
        this.id,
        `${where} must be a list of ${count} decisions, got ${JSON.stringify(json)}`,
      )
    }
    json.forEach((item, i) => {
      this.#element(i).fromJson(item, out)
    })
  }

  #element(i: number): DnaSpec {
    return this.elements[i] as DnaSpec
  }

  #needRanks(): void {
    if (!this.isRanked) throw new SpaceError('', `a space of ${this.size} points has no exact positions`)
  }
}

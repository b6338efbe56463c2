/** The decisions for a number of a range: `IntSpec` and `FloatSpec`. Their gene is the number itself. */

import type { Json } from '../symbolic/index.ts'
import { DecisionPoint, type Gene, type Literal, show, tooShort } from './dna-spec.ts'
import { SpaceError } from './errors.ts'
import type { Scale } from './hyper.ts'
import type { Rng } from './rng.ts'

/** What the two kinds of numbers have in common: a gene that is the value itself, and nothing open behind it. */
abstract class NumberSpec extends DecisionPoint {
  readonly min: number
  readonly max: number

  constructor(id: string, name: string | undefined, min: number, max: number) {
    super(id, name)
    this.min = min
    this.max = max
  }

  get points(): readonly DecisionPoint[] {
    return [this]
  }

  get isMutable(): boolean {
    return this.min < this.max
  }

  first(genes: Gene[]): void {
    genes.push(this.min)
  }

  decide(ask: (point: DecisionPoint) => Gene, genes: Gene[]): void {
    genes.push(ask(this))
    this.check(genes, genes.length - 1)
  }

  end(_genes: readonly Gene[], at: number): number {
    return at + 1
  }

  eachOpen(_genes: readonly Gene[], at: number, visit: (point: DecisionPoint, at: number) => void): number {
    visit(this, at)
    return at + 1
  }

  toJson(genes: readonly Gene[], at: number): Json {
    return genes[at] as number
  }

  fromJson(json: Json, out: Gene[]): void {
    // Adding 0 turns -0 into 0: a DNA has one form.
    out.push(typeof json === 'number' ? json + 0 : (json as never))
    this.check(out, out.length - 1)
  }

  literalOf(gene: Gene): Literal {
    return gene
  }

  geneOf(literal: unknown): Gene | undefined {
    return typeof literal === 'number' ? literal : undefined
  }

  check(genes: readonly Gene[], at: number): number {
    const gene = genes[at]
    if (gene === undefined) throw tooShort(this)
    const fits = typeof gene === 'number' && this.min <= gene && gene <= this.max && this.isOfKind(gene)
    if (fits) return at + 1
    const what = `${this.kind === 'int' ? 'an integer' : 'a number'} from ${this.min} to ${this.max}`
    throw new SpaceError(this.id, `the value at ${this.label} must be ${what}, got ${show(gene)}`)
  }

  protected abstract isOfKind(gene: number): boolean
}

/** An integer from a range; its gene is the integer. */
export class IntSpec extends NumberSpec {
  readonly kind = 'int'

  get size(): number {
    return this.max - this.min + 1
  }

  random(genes: Gene[], rng: Rng): void {
    genes.push(this.min + rng.int(this.size))
  }

  redraw(genes: readonly Gene[], at: number, out: Gene[], rng: Rng): void {
    const gene = genes[at] as number
    if (!this.isMutable) return void out.push(gene)
    const drawn = this.min + rng.int(this.size - 1)
    out.push(drawn >= gene ? drawn + 1 : drawn)
  }

  next(genes: readonly Gene[], at: number, out: Gene[]): boolean {
    const gene = genes[at] as number
    if (gene < this.max) out.push(gene + 1)
    return gene < this.max
  }

  rank(genes: readonly Gene[], at: number): number {
    return (genes[at] as number) - this.min
  }

  atRank(rank: number, out: Gene[]): void {
    out.push(this.min + rank)
  }

  protected isOfKind(gene: number): boolean {
    return Number.isInteger(gene)
  }
}

/** A number from a range; its gene is the number itself, whatever the scale. */
export class FloatSpec extends NumberSpec {
  readonly kind = 'float'
  readonly scale: Scale

  constructor(id: string, name: string | undefined, min: number, max: number, scale: Scale) {
    super(id, name, min, max)
    this.scale = scale
  }

  get size(): number {
    return this.isMutable ? Number.POSITIVE_INFINITY : 1
  }

  random(genes: Gene[], rng: Rng): void {
    genes.push(this.at(rng.float()))
  }

  redraw(_genes: readonly Gene[], _at: number, out: Gene[], rng: Rng): void {
    this.random(out, rng)
  }

  /** The number at a part of the way, from 0 to 1, on the scale. */
  at(part: number): number {
    const { min, max, scale } = this
    const along = scale === 'rlog' ? 1 - part : part
    // Weighted ends, since max - min may be too big for a number.
    const value =
      scale === 'linear'
        ? min * (1 - part) + max * part
        : Math.exp(Math.log(min) * (1 - along) + Math.log(max) * along)
    const number = scale === 'rlog' ? min + max - value : value
    return Math.min(max, Math.max(min, number)) + 0
  }

  next(): boolean {
    if (this.isMutable) throw notCountable(this)
    return false
  }

  rank(): number {
    return 0
  }

  atRank(_rank: number, out: Gene[]): void {
    out.push(this.min)
  }

  protected isOfKind(gene: number): boolean {
    return !Object.is(gene, -0)
  }
}

/** The error for asking a space with a float in it for what comes next. */
export const notCountable = (point: DecisionPoint): SpaceError =>
  new SpaceError(
    point.id,
    `the float at ${point.label} has no next value: only spaces without floats can be enumerated`,
  )

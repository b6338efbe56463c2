/** The decisions for a number of a range: `IntSpec` and `FloatSpec`. Their gene is the number itself. */

import type { Json } from '../../symbolic/index.ts'
import { SpaceError } from '../errors.ts'
import type { Scale } from '../hyper/number-hyper.ts'
import type { Rng } from '../rng.ts'
import { type Gene, LeafPoint, notCountable, show, tooShort } from './dna-spec.ts'

/** What the two kinds of numbers have in common: a gene that is the value itself, and nothing open behind it. */
abstract class NumberSpec extends LeafPoint {
  readonly min: number
  readonly max: number

  constructor(id: string, name: string | undefined, min: number, max: number) {
    super(id, name)
    this.min = min
    this.max = max
  }

  get isMutable(): boolean {
    return this.min < this.max
  }

  first(genes: Gene[]): void {
    genes.push(this.min)
  }

  fromJson(json: Json, out: Gene[]): void {
    // Adding 0 turns -0 into 0: a DNA has one form.
    out.push(typeof json === 'number' ? json + 0 : (json as never))
    this.check(out, out.length - 1)
  }

  decode(gene: Gene): number {
    return gene as number
  }

  encode(value: unknown): Gene {
    return (value === 0 ? 0 : value) as Gene
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

  get isCountable(): boolean {
    return true
  }

  draw(rng: Rng): number {
    return this.min + rng.int(this.size)
  }

  vary(gene: Gene, rng: Rng): Gene {
    if (!this.isMutable) return gene
    const drawn = this.min + rng.int(this.size - 1)
    return drawn >= (gene as number) ? drawn + 1 : drawn
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

  get isCountable(): boolean {
    return !this.isMutable
  }

  draw(rng: Rng): number {
    return this.at(rng.float())
  }

  vary(_gene: Gene, rng: Rng): number {
    return this.draw(rng)
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

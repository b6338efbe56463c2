/**
 * Random numbers from a seed: Chris Doty-Humphrey's sfc32, which passes PractRand and takes a few nanoseconds a draw.
 * A generator also keeps the key it was made from, and `split(name)` depends on that key alone: a draw added in one
 * place leaves all the others as they were.
 */

import { SpaceError } from './errors.ts'

/** What a generator is made from; equal seeds give equal numbers on every machine. */
export type Seed = number | string

/** A generator as JSON: the four words of its key, then the four of its place in the sequence. */
export type RngState = readonly number[]

type Words = readonly [number, number, number, number]

/** A seeded generator. Not safe for secrets. */
export class Rng {
  private readonly key: Words
  private a: number
  private b: number
  private c: number
  private d: number

  private constructor(key: Words, [a, b, c, d]: Words) {
    this.key = key
    this.a = a | 0
    this.b = b | 0
    this.c = c | 0
    this.d = d | 0
  }

  /** The generator of a seed. Throws `SpaceError` for numbers that are not finite. */
  static from(seed: Seed): Rng {
    const isSeed = typeof seed === 'string' || Number.isFinite(seed)
    if (!isSeed) throw new SpaceError('', `a seed is a finite number or a string, got ${String(seed)}`)
    return Rng.ofKey(absorb(START, typeof seed === 'number' ? `#${seed}` : `"${seed}`))
  }

  /** The generator that gave this state, at the same place in its sequence. */
  static fromState(state: RngState): Rng {
    if (state.length !== 8 || !state.every(Number.isSafeInteger)) {
      throw new SpaceError('', `the state of a generator is 8 integers, got ${JSON.stringify(state)}`)
    }
    return new Rng(state.slice(0, 4) as unknown as Words, state.slice(4) as unknown as Words)
  }

  /** sfc32 is sure to have mixed its state after 12 rounds. */
  private static ofKey(key: Words): Rng {
    const rng = new Rng(key, [key[0], key[1], key[2], 1])
    for (let round = 0; round < 12; round++) rng.word()
    return rng
  }

  /** A generator of its own for a name, whatever was drawn from this one. */
  split(name: string | number): Rng {
    return Rng.ofKey(absorb(this.key, String(name)))
  }

  /** An integer from 0 to 2^32 - 1. */
  word(): number {
    const sum = (this.a + this.b + this.d) | 0
    this.d = (this.d + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0
    return sum >>> 0
  }

  /** A number from 0 up to, not including, 1, with all 53 bits drawn. */
  float(): number {
    const high = this.word() >>> 5
    return (high * 0x4000000 + (this.word() >>> 6)) / 0x20000000000000
  }

  /** An integer from 0 up to, not including, n; every one equally likely. */
  int(n: number): number {
    if (!Number.isSafeInteger(n) || n < 1)
      throw new SpaceError('', `int(n) needs a positive integer, got ${n}`)
    if (n > 0x100000000) return Math.min(n - 1, Math.floor(this.float() * n))
    const fair = 0x100000000 - (0x100000000 % n)
    let word = this.word()
    while (word >= fair) word = this.word()
    return word % n
  }

  /** One of the items. */
  pick<Item>(items: readonly Item[]): Item {
    if (items.length === 0) throw new SpaceError('', 'there is nothing to pick from an empty list')
    return items[this.int(items.length)] as Item
  }

  /** The items in a random order, in a new array. */
  shuffle<Item>(items: readonly Item[]): Item[] {
    const shuffled = [...items]
    for (let i = shuffled.length - 1; i > 0; i--) {
      const j = this.int(i + 1)
      const item = shuffled[i] as Item
      shuffled[i] = shuffled[j] as Item
      shuffled[j] = item
    }
    return shuffled
  }

  /** A normally distributed number, by Box and Muller; nothing is kept between calls. */
  normal(mean = 0, deviation = 1): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.float()))
    return mean + deviation * radius * Math.cos(2 * Math.PI * this.float())
  }

  /** The state, from which `Rng.fromState` goes on. */
  toJSON(): RngState {
    return [...this.key, this.a >>> 0, this.b >>> 0, this.c >>> 0, this.d >>> 0]
  }
}

const START: Words = [0x6b79f1c3, 0x2c9277b5, 0xac564b05, 0x5851f42d]

/** A key that depends on every bit of another key and of a text: four lanes of multiply and shift over its units. */
function absorb(key: Words, text: string): Words {
  let [a, b, c, d] = key
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    a = b ^ Math.imul(a ^ unit, 0x239b961b)
    b = c ^ Math.imul(b ^ unit, 0xab0e9789)
    c = d ^ Math.imul(c ^ unit, 0x38b34ae5)
    d = a ^ Math.imul(d ^ unit, 0xa1e38b93)
  }
  a = Math.imul(c ^ (a >>> 18), 0x239b961b)
  b = Math.imul(d ^ (b >>> 22), 0xab0e9789)
  c = Math.imul(a ^ (c >>> 17), 0x38b34ae5)
  d = Math.imul(b ^ (d >>> 19), 0xa1e38b93)
  return [(a ^ b ^ c ^ d) >>> 0, (b ^ a) >>> 0, (c ^ a) >>> 0, (d ^ a) >>> 0]
}

/**
 * Telling programs apart by what they do and not by what they look like. Most mutations of a program change its text and
 * nothing else (`x * 1`, a branch that is never taken); asking a few rows of inputs costs microseconds, where the
 * evaluation that is spared may cost a second.
 */

import { SpaceError } from '../errors.ts'
import { compile } from './compile.ts'
import type { Program } from './program.ts'

/** What a program does, as a text or number that is equal for programs that do the same. */
export interface Behavior {
  /** By which a study knows it. */
  readonly name: string
  of(program: Program): string | number
}

/**
 * What all programs of a tree do together, in the order in which they stand: where one writes what another reads, what
 * each does by itself says little.
 */
export interface JointBehavior {
  /** By which a study knows it. */
  readonly name: string
  ofAll(programs: readonly Program[]): string | number
}

/**
 * What a program gives for some rows of inputs, to nine digits.
 *
 *     programEvolution({ language, behavior: onProbes([[1, 10], [5, 10], [5, 100]]) })
 */
export function onProbes(rows: readonly (readonly number[])[]): Behavior {
  const [first] = rows
  if (first === undefined) throw new SpaceError('', 'onProbes needs at least one row of inputs')
  const columns = first.map((_, input) => Float64Array.from(rows, row => row[input] as number))
  const results = new Float64Array(rows.length)
  return {
    name: `probes ${hashText(JSON.stringify(rows)).toString(36)}`,
    of(program) {
      compile(program).runColumns(columns, results)
      return Array.from(results, result => String(Number(result.toPrecision(9)))).join()
    },
  }
}

/** An integer of 52 bits from numbers, bit for bit. */
export function hashNumbers(numbers: Float64Array): number {
  const words = new Uint32Array(numbers.buffer, numbers.byteOffset, 2 * numbers.length)
  let [high, low] = [0x2545f491, 0x9e3779b9]
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    high = Math.imul(high ^ word, 0x85ebca6b)
    high ^= high >>> 13
    low = Math.imul(low ^ word, 0xc2b2ae35)
    low ^= low >>> 16
  }
  return (high >>> 0) * 0x100000 + (low >>> 12)
}

/** An integer of 52 bits from a text, by two rounds of Knuth's multiplicative hashing; equal on every machine. */
export function hashText(text: string): number {
  let [high, low] = [0x2545f491, 0x9e3779b9]
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    high = Math.imul(high ^ unit, 0x85ebca6b)
    high ^= high >>> 13
    low = Math.imul(low ^ unit, 0xc2b2ae35)
    low ^= low >>> 16
  }
  return (high >>> 0) * 0x100000 + (low >>> 12)
}

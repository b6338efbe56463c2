/**
 * Bottom-up enumeration of terms, from the cheap to the dear. A term is kept for what it does with the training inputs:
 * of several that do the same, the cheapest stands for all (observational equivalence; Udupa and others, PLDI 2013).
 */

import {
  type Grid,
  type GridOperator,
  type GridType,
  type GridValue,
  gridOperators,
} from '../operators/index.ts'
import { call, constant, INPUT, type Term } from './term.ts'

/** A term, what it gives for each input, and what it costs. */
export interface Entry {
  readonly term: Term
  readonly type: GridType
  readonly values: readonly GridValue[]
  readonly cost: number
}

export interface BankOptions {
  readonly inputs: readonly Grid[]
  /** Colours to try as constants, with what each costs. */
  readonly colors: ReadonlyMap<number, number>
  /** Counts to try as constants. */
  readonly counts: readonly number[]
}

/** So many cells are kept; later terms are told but not built upon. */
const MAX_CELLS = 12_000_000
const MAX_COST = 20

/** The entries that were found, by type and cost. */
export class Bank {
  /** How many terms were tried so far, those that do what others do among them. */
  tried = 0
  /** The cost that is being tried. */
  cost = 0
  readonly #options: BankOptions
  readonly #byCost = new Map<GridType, Entry[][]>()
  readonly #seen = new Set<number>()
  #cells = 0

  constructor(options: BankOptions) {
    this.#options = options
  }

  /** All terms that do something new, cheapest first, null for one that does not. It ends when everything was tried. */
  *entries(): Generator<Entry | null> {
    for (this.cost = 1; this.cost <= MAX_COST; this.cost++) {
      yield* this.#leaves()
      for (const operator of tried) yield* this.#calls(operator)
    }
  }

  *#leaves(): Generator<Entry | null> {
    const { inputs, colors, counts } = this.#options
    if (this.cost === 1) {
      yield this.#add(INPUT, 'grid', inputs)
      for (const count of counts)
        yield this.#add(
          constant('count', count),
          'count',
          inputs.map(() => count),
        )
    }
    for (const [color, cost] of colors) {
      if (cost === this.cost)
        yield this.#add(
          constant('color', color),
          'color',
          inputs.map(() => color),
        )
    }
  }

  *#calls(operator: GridOperator): Generator<Entry | null> {
    const rest = this.cost - (operator.cost as number)
    const { args } = operator
    if (args.length === 1) {
      for (const a of this.#at(args[0]!, rest)) yield this.#call(operator, [a])
    } else if (args.length === 2) {
      for (let cost = 1; cost < rest; cost++) {
        for (const a of this.#at(args[0]!, cost)) {
          for (const b of this.#at(args[1]!, rest - cost)) yield this.#call(operator, [a, b])
        }
      }
    } else {
      for (let cost = 1; cost < rest; cost++) {
        for (const a of this.#at(args[0]!, cost)) {
          for (let second = 1; second < rest - cost; second++) {
            for (const b of this.#at(args[1]!, second)) {
              for (const c of this.#at(args[2]!, rest - cost - second)) yield this.#call(operator, [a, b, c])
            }
          }
        }
      }
    }
  }

  #at(type: GridType, cost: number): readonly Entry[] {
    return this.#byCost.get(type)?.[cost] ?? NONE
  }

  #call({ name, run, result }: GridOperator, args: readonly Entry[]): Entry | null {
    const values: GridValue[] = []
    const count = this.#options.inputs.length
    for (let i = 0; i < count; i++) values.push(run(...(args.map(arg => arg.values[i]) as never[])))
    return this.#add(call(name, ...args.map(arg => arg.term)), result, values)
  }

  #add(term: Term, type: GridType, values: readonly GridValue[]): Entry | null {
    this.tried++
    const hash = hashOf(type, values)
    if (this.#seen.has(hash)) return null
    this.#seen.add(hash)
    const entry: Entry = { term, type, values, cost: this.cost }
    if (this.#cells < MAX_CELLS) {
      let byCost = this.#byCost.get(type)
      if (byCost === undefined) this.#byCost.set(type, (byCost = []))
      ;(byCost[this.cost] ??= []).push(entry)
      for (const value of values) this.#cells += cellsOf(value)
    }
    return entry
  }
}

const NONE: readonly Entry[] = []

const tried = gridOperators
  .filter(({ cost }) => cost !== null)
  .toSorted((a, b) => (a.cost as number) - (b.cost as number))

const cellsOf = (value: GridValue): number =>
  typeof value === 'number' ? 1 : value.reduce<number>((sum, each) => sum + cellsOf(each), 1)

/** 53 bits of what the values are. */
export function hashOf(type: GridType, values: readonly GridValue[]): number {
  hash.a = 0x2545f491 ^ type.length
  hash.b = type.charCodeAt(4)
  for (const value of values) mix(value)
  return (hash.a >>> 0) * 0x200000 + ((hash.b ^ (hash.b >>> 11)) & 0x1fffff)
}

const hash = { a: 0, b: 0 }

function mix(value: GridValue): void {
  if (typeof value === 'number') return mixNumber(value + 1)
  mixNumber(100 + value.length)
  for (let i = 0; i < value.length; i++) {
    const part = value[i]!
    if (typeof part === 'number') mixNumber(part + 1)
    else mix(part)
  }
}

function mixNumber(value: number): void {
  hash.a = Math.imul(hash.a ^ value, 0x01000193) ^ (hash.a >>> 15)
  hash.b = Math.imul(hash.b + value, 0x5bd1e995) ^ (hash.b >>> 13)
}

/**
 * A language to search programs in: which primitives and constants they may be made of, and how large they may grow. It
 * draws random expressions for a place, by the type that the place wants and the variables that can be read there, so
 * that no program is ever made to be thrown away for its types.
 */

import type { Json } from '../../symbolic/index.ts'
import { SpaceError } from '../errors.ts'
import type { Rng } from '../rng.ts'
import { Call, Constant, type Expression, Variable } from './expression.ts'
import { type Primitive, primitiveOf, type SlotType, type Type } from './primitives.ts'
import type { Scope } from './program.ts'

export interface LanguageOptions {
  /** The names of the primitives. */
  readonly primitives: readonly string[]
  /** Where new constants come from: a range, a list, or nowhere. Those that stand in a program may always be changed. */
  readonly constants?: { readonly min: number; readonly max: number } | readonly number[]
  /** The most nodes of a program. */
  readonly maxSize?: number
  /** The most nodes on a way down. */
  readonly maxDepth?: number
  /** Whether mutations may also add, remove and move statements; or which kinds of them they may add. */
  readonly statements?: boolean | readonly StatementKind[]
}

const STATEMENTS = ['assign', 'if', 'repeat'] as const
export type StatementKind = (typeof STATEMENTS)[number]

/** Primitives, constants and limits. */
export class Language {
  readonly constants: { readonly min: number; readonly max: number } | readonly number[]
  readonly maxSize: number
  readonly maxDepth: number
  /** The kinds of statements that may be added; none where statements are left alone. */
  readonly statements: readonly StatementKind[]
  readonly #primitives: readonly Primitive[]
  readonly #byResult: Readonly<Record<Type, readonly Primitive[]>>

  constructor({
    primitives,
    constants = { min: -10, max: 10 },
    maxSize = 40,
    maxDepth = 12,
    statements = false,
  }: LanguageOptions) {
    for (const [name, value] of Object.entries({ maxSize, maxDepth })) {
      if (!Number.isInteger(value) || value < 2) {
        throw new SpaceError('', `${name} must be an integer of at least 2, got ${value}`)
      }
    }
    const isRange = 'min' in constants
    if (isRange && !(Number.isFinite(constants.max - constants.min) && constants.min <= constants.max)) {
      throw new SpaceError(
        '',
        `constants must be a range of finite numbers, got ${JSON.stringify(constants)}`,
      )
    }
    if (!isRange && !constants.every(Number.isFinite)) {
      throw new SpaceError('', `constants must be finite numbers, got ${constants.join(', ')}`)
    }
    this.constants = constants
    this.maxSize = maxSize
    this.maxDepth = maxDepth
    const kinds = typeof statements === 'boolean' ? (statements ? STATEMENTS : []) : statements
    const unknown = kinds.find(kind => !STATEMENTS.includes(kind))
    if (unknown !== undefined) {
      throw new SpaceError('', `statements must be of ${STATEMENTS.join(', ')}, got '${unknown}'`)
    }
    this.#primitives = primitives.map(primitiveOf)
    const giving = (type: Type): Primitive[] =>
      this.#primitives.filter(({ result }) => result === type || result === 'any')
    this.#byResult = { number: giving('number'), boolean: giving('boolean') }
    // A branch needs something to decide by.
    const hasTests = this.#primitives.some(({ result }) => result === 'boolean')
    this.statements = kinds.filter(kind => kind !== 'if' || hasTests)
  }

  /** What a study has to know to tell one language from another. */
  get settings(): Json {
    const { constants, maxSize, maxDepth, statements } = this
    const range = 'min' in constants ? [constants.min, constants.max] : [...constants]
    const primitives = this.#primitives.map(({ name }) => name).join(' ')
    return { primitives, constants: range, maxSize, maxDepth, statements: [...statements] }
  }

  /** A random expression of a type, no deeper than `depth`; where it is full, nothing ends before it has to. */
  grow(rng: Rng, type: Type, scope: Scope, depth: number, isFull = false): Expression {
    const primitives = this.#byResult[type]
    const ends = depth <= 1 || primitives.length === 0 || (!isFull && rng.float() < 0.2)
    if (ends) {
      const leaf = this.leaf(rng, type, scope)
      if (leaf !== null) return leaf
    }
    if (primitives.length === 0 || depth < -4) {
      throw new SpaceError(
        '',
        `nothing in the language gives a ${type} where only ${namesIn(scope)} can be read`,
      )
    }
    // There may be nothing that ends a boolean but a comparison: one level more, and then it does.
    const primitive = rng.pick(ends && depth <= 1 ? shallowest(primitives) : primitives)
    return this.fill(primitive, type, wanted => this.grow(rng, wanted, scope, depth - 1, isFull))
  }

  /** A variable or a number; null when there is none. A boolean that is always the same decides nothing. */
  leaf(rng: Rng, type: Type, scope: Scope): Expression | null {
    const names = [...scope].filter(([, known]) => known === type).map(([name]) => name)
    const constant = type === 'boolean' ? null : this.constant(rng)
    if (names.length === 0 || (constant !== null && rng.float() < 0.4)) return constant
    return new Variable({ name: rng.pick(names), type })
  }

  /** A new number; null when constants come from nowhere. Of a range that spans 0, half are drawn more densely there. */
  constant(rng: Rng): Constant | null {
    const { constants } = this
    if (!('min' in constants))
      return constants.length === 0 ? null : new Constant({ value: rng.pick(constants) })
    const { min, max } = constants
    const part = rng.float()
    const isDense = min < 0 && 0 < max && rng.float() < 0.5
    const value = isDense ? (2 * part - 1) ** 3 * (part < 0.5 ? -min : max) : min + (max - min) * part
    const isWhole = rng.float() < 0.5 && Math.ceil(min) <= Math.floor(max)
    if (isWhole) return new Constant({ value: wholeIn(value, constants) })
    const short = rounded(value)
    return new Constant({ value: min <= short && short <= max ? short : value })
  }

  /** A call of a primitive that gives a type, with arguments from a function. */
  fill(primitive: Primitive, type: Type, arg: (wanted: Type, at: number) => Expression): Call {
    return new Call({ op: primitive.name, args: primitive.args.map((slot, i) => arg(typeIn(slot, type), i)) })
  }

  /** The primitives that take and give the same types as another, itself not among them. */
  alike(primitive: Primitive): Primitive[] {
    const key = signature(primitive)
    return this.#primitives.filter(other => other !== primitive && signature(other) === key)
  }

  /** The primitives that give a type and may take it. */
  around(type: Type): Primitive[] {
    return this.#byResult[type].filter(({ args }) => args.some(slot => typeIn(slot, type) === type))
  }
}

/** A number as short as a reader likes it. */
export const rounded = (value: number): number => Number(value.toPrecision(4))

/** What a slot takes in a call that gives a type. */
export const typeIn = (slot: SlotType, result: Type): Type => (slot === 'any' ? result : slot)

const wholeIn = (value: number, { min, max }: { min: number; max: number }): number =>
  Math.min(Math.floor(max), Math.max(Math.ceil(min), Math.round(value))) + 0

const namesIn = (scope: Scope): string => [...scope.keys()].join(', ') || 'nothing'

const signature = ({ args, result }: Primitive): string => `${args.join()} ${result}`

/** Those that need the fewest levels below: without arguments of the type that there is no leaf of. */
const shallowest = (primitives: readonly Primitive[]): readonly Primitive[] => {
  const flat = primitives.filter(({ args, result }) => !args.includes(result) && !args.includes('any'))
  return flat.length > 0 ? flat : primitives
}

/**
 * A `Space` is a tree in which some values are open, compiled once. It turns DNAs into trees and back, and knows how
 * many there are and how to go through them.
 */

import { hash, isSymbolic, type Symbolic, SymDict, SymList, type UpdatesFor } from '../../symbolic/index.ts'
import { Dna } from '../dna/dna.ts'
import type { DecisionPoint } from '../dna/dna-spec.ts'
import type { SpaceSpec } from '../dna/space-spec.ts'
import { SpaceError } from '../errors.ts'
import type { Rng } from '../rng.ts'
import { type Compiled, compile } from './compile.ts'
import { encodeValue, isMismatch } from './encode.ts'
import { materialize } from './materialize.ts'
import type { Where } from './template.ts'

export interface SpaceOptions {
  /** Which hyper values are opened; all of them unless said otherwise. */
  readonly where?: Where
}

/** What a template becomes: itself, or the list or dict for plain data. */
export type Materialized<Tree> = Tree extends { readonly '~symbolic': true }
  ? Tree
  : Tree extends readonly (infer Element)[]
    ? ReturnType<typeof SymList.from<Element>>
    : Tree extends { readonly [key: string]: unknown }
      ? ReturnType<typeof SymDict.from<Tree[keyof Tree]>>
      : Tree

/**
 * All the trees that a template with hyper values can become.
 *
 *     const space = Space.of(new Dense({ units: oneOf([32, 64]) }))
 *     space.size                                    // 2
 *     space.materialize(space.first()).units        // 32
 */
export class Space<Value> {
  /** The tree with the hyper values in it. */
  readonly template: Symbolic
  /** The shape of the DNAs. */
  readonly spec: SpaceSpec
  readonly #compiled: Compiled
  /** Carries the static type; nothing stands here at run time. */
  declare readonly '~value': Value

  private constructor(template: Symbolic, where?: Where) {
    this.template = template
    this.#compiled = compile(template, where)
    this.spec = this.#compiled.spec
  }

  /**
   * The space of a tree, or of plain arrays and records. With `where` only some hyper values are opened; the others stay
   * in the trees, to be opened in a space of their own. Throws `SpaceError` when nothing is open.
   */
  static of<Tree>(tree: Tree, { where }: SpaceOptions = {}): Space<Materialized<Tree>> {
    const root = stored(tree)
    if (!isSymbolic(root)) {
      throw new SpaceError(
        '',
        `a space is made of a tree, got ${typeof root === 'object' ? 'null or a foreign object' : typeof root}`,
      )
    }
    const space = new Space<Materialized<Tree>>(root, where)
    if (space.spec.elements.length > 0) return space
    const name = 'typeName' in root ? String(root.typeName) : 'the tree'
    throw new SpaceError(
      '',
      `nothing is open in ${name}: a space needs at least one hyper value, such as oneOf or floatV, in it`,
    )
  }

  /** How many points there are; `Infinity` when a float or a custom decision is among them. */
  get size(): number {
    return this.spec.size
  }

  /** All decisions, also those that are open only with some candidate, depth first. */
  get decisions(): readonly DecisionPoint[] {
    return this.spec.points
  }

  /** An integer of 31 bits, the same on every run and machine for spaces of equal templates with the same places open. */
  hash(): number {
    const whole = this.template.hash()
    return this.#compiled.hasLeft ? hash([whole, ...this.decisions.map(point => point.id)]) : whole
  }

  /**
   * The tree of a DNA: one batch rebind of the template, with which it shares everything that is not decided. Some
   * 300,000 a second with 6 decisions.
   */
  materialize(dna: Dna): Value {
    return materialize(this.#compiled, this.spec.genesOf(dna)) as Value
  }

  /** The first DNA in order that gives a tree. Throws `SpaceError` when the tree is not in the space. */
  encode(tree: Value): Dna {
    const genes = encodeValue(this.#compiled.template, stored(tree))
    if (isMismatch(genes)) throw new SpaceError(genes.path, `not in the space: ${genes.message}`)
    return new Dna(this.spec, genes)
  }

  /** Whether a tree is in the space. */
  has(tree: unknown): boolean {
    return !isMismatch(encodeValue(this.#compiled.template, stored(tree)))
  }

  /** The DNA in which everything is at its first value. */
  first(): Dna {
    return this.spec.firstDna()
  }

  /** What follows a DNA in the order; null after the last. Only for spaces without floats. */
  next(dna: Dna): Dna | null {
    return this.spec.nextDna(dna)
  }

  /** All DNAs in order. */
  iterate(): IterableIterator<Dna> {
    return this.spec.iterate()
  }

  /** A random DNA. */
  random(rng: Rng): Dna {
    return this.spec.randomDna(rng)
  }

  /** The same DNA, checked to be of this space; a `SpaceError` otherwise. */
  validate(dna: Dna): Dna {
    return this.spec.validate(dna)
  }
}

/**
 * The space of a tree with some of its places opened.
 *
 *     space(model, { 'head.units': oneOf([10, 20]), rate: floatV(0.01, 0.1) })
 */
export function space<Tree extends Symbolic, const Pairs extends object>(
  tree: Tree,
  open: UpdatesFor<Tree, Pairs>,
): Space<Materialized<Tree>> {
  return Space.of(tree.rebind(open))
}

/** Plain arrays and records as the list or dict they stand for, everything else as it is. */
function stored(tree: unknown): unknown {
  if (Array.isArray(tree)) return SymList.from(tree)
  const prototype: unknown =
    typeof tree === 'object' && tree !== null ? Object.getPrototypeOf(tree) : undefined
  const isRecord = prototype === Object.prototype || prototype === null
  return isRecord ? SymDict.from(tree as Record<string, unknown>) : tree
}

/**
 * Hyper values stand in a tree where a decision is open. To the compiler each is the value it will become; at run time
 * it is an ordinary symbolic object, so that spaces are rebound, compared, hashed and saved like any tree. A typed field
 * takes one when every value it can become fits the field.
 */

import { type Field, f, SymObject } from '../../symbolic/index.ts'
import type { LeafPoint } from '../dna/dna-spec.ts'

export interface NameOptions {
  /**
   * What the decision is called in dicts and reports; unnamed ones go by their path. Decisions of one name are tied: they
   * must be alike, and are decided together.
   */
  readonly name?: string
}

/** What all hyper values are. `space` and `Space.of` look for these in a tree. */
export abstract class HyperValue extends SymObject.define('search.Hyper', {
  name: f.string({ minLength: 1 }).optional(),
}) {
  static readonly isAbstract: boolean = true

  /** Why a field cannot take this value, in words that go behind its path; null when it can. */
  protected abstract misfit(field: Field): string | null

  /** Asked by the symbolic room when a hyper value is put where a field wants something else. */
  static standsFor(node: object, field: Field): string | null {
    return node instanceof HyperValue ? node.misfit(field) : 'does not fit'
  }
}

/** A hyper value that is decided by one gene, and opens nothing else. */
export abstract class LeafHyper extends HyperValue.define('search.Leaf', {}) {
  static readonly isAbstract: boolean = true

  /** @internal What is decided, for the place with an id. */
  abstract pointAt(id: string): LeafPoint
}

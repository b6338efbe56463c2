/** One place in the search for what is wrong with a value: where it is, how it is read, and who is told. */

import { type Problem, problemsBelow, type SymError } from '../errors.ts'
import type { Key, KeyPath } from '../key-path.ts'
import type { Reader } from './accept.ts'

/** A hostile document may be wrong in a million places, each with a sentence of its own. */
const MAX_PROBLEMS = 1000

export class Site {
  readonly path: KeyPath
  /** How data is read; null for values given in code. */
  readonly reader: Reader | null
  /** Levels below where the search began. */
  readonly depth: number
  readonly #problems: Problem[]

  private constructor(path: KeyPath, reader: Reader | null, depth: number, problems: Problem[]) {
    this.path = path
    this.reader = reader
    this.depth = depth
    this.#problems = problems
  }

  /** Where a search begins. */
  static at(path: KeyPath, reader: Reader | null): Site {
    return new Site(path, reader, 0, [])
  }

  /** The place below, in a value that is read in the same way, or in one that is stored already. */
  child(key: Key, reader: Reader | null = this.reader): Site {
    return new Site(this.path.child(key), reader, this.depth + 1, this.#problems)
  }

  /** The place itself, for what a wrapper holds. */
  inside(): Site {
    return new Site(this.path, this.reader, this.depth + 1, this.#problems)
  }

  /** What the whole search has found so far. */
  get problems(): readonly Problem[] {
    return this.#problems
  }

  get isFull(): boolean {
    return this.#problems.length >= MAX_PROBLEMS
  }

  /** Adds a problem of this place. */
  say(message: string): void {
    this.#problems.push({ path: this.path.toString(), message })
  }

  /** Adds what was thrown at this place. */
  repeat(error: SymError): void {
    this.#problems.push(...problemsBelow(error, this.path.toString()))
  }
}

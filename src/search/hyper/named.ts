/**
 * Functions by name: what a tree cannot hold as data it names, so that it can still be saved, and loaded wherever the
 * same name is registered. A name means one thing for good.
 */

import { SpaceError } from '../errors.ts'

/** A table of what was registered under names. */
export class Named<Value> {
  readonly #word: string
  readonly #values = new Map<string, Value>()

  /** The word is what messages call one of the values. */
  constructor(word: string) {
    this.#word = word
  }

  /** Throws `SpaceError` for a name that is taken or empty. */
  add(name: string, value: Value): void {
    if (typeof name !== 'string' || name === '') {
      throw new SpaceError('', `a ${this.#word} needs a name, got ${JSON.stringify(name)}`)
    }
    if (this.#values.has(name)) {
      throw new SpaceError('', `there is a ${this.#word} '${name}' already; choose another name`)
    }
    this.#values.set(name, value)
  }

  /** Throws `SpaceError` when nothing is registered under a name. */
  get(name: string): Value {
    const value = this.#values.get(name)
    if (value !== undefined) return value
    const known = [...this.#values.keys()].map(key => `'${key}'`).join(', ') || 'none'
    throw new SpaceError('', `no ${this.#word} '${name}' is registered; known are ${known}`)
  }
}

/**
 * Whether rules do the same on the inputs of samples. They are compared input by input until they differ, which most
 * do at the first or second; what a rule gave is kept, since a parent is compared with many children.
 */

import { evaluate, type Inputs } from './evaluate.ts'
import type { Expression } from './expression.ts'
import type { Rule } from './rule.ts'
import { sameValue, type Value } from './types.ts'

/** Values by output, in the order of the keys. */
type Outputs = readonly Value[]

export class Probes {
  readonly #inputs: readonly Inputs[]
  readonly #keys: readonly string[]
  /** What each rule gave so far, by input. */
  readonly #given = new WeakMap<object, Outputs[]>()

  /** Rules are compared in the outputs under the given keys. */
  constructor(inputs: readonly Inputs[], keys: readonly string[]) {
    this.#inputs = inputs
    this.#keys = keys
  }

  get count(): number {
    return this.#inputs.length
  }

  /** Whether two rules give the same on all inputs. */
  areAlike(a: Rule, b: Rule): boolean {
    return this.#every(i => areSame(this.#outputs(a, i), this.#outputs(b, i)))
  }

  /** Whether a rule gives the expected outputs on all inputs. */
  isRight(rule: Rule, expected: readonly Outputs[]): boolean {
    return this.#every(i => areSame(this.#outputs(rule, i), expected[i] as Outputs))
  }

  /** Whether a rule gives something on all inputs. Throws where it does not. */
  isDefined(rule: Rule): boolean {
    return this.#every(i => this.#outputs(rule, i).length > 0)
  }

  #every(holds: (i: number) => boolean): boolean {
    for (let i = 0; i < this.#inputs.length; i++) if (!holds(i)) return false
    return true
  }

  #outputs(rule: Rule, i: number): Outputs {
    const { token } = rule
    let given = this.#given.get(token)
    if (given === undefined) this.#given.set(token, (given = []))
    const inputs = this.#inputs[i] as Inputs
    return (given[i] ??= this.#keys.map(key => evaluate(rule.outputs.at(key) as Expression, inputs)))
  }
}

const areSame = (a: Outputs, b: Outputs): boolean => a.every((value, i) => sameValue(value, b[i] as Value))

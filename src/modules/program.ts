/**
 * A program is a module that can be run on its own and trained: it knows what in its tree may change, and by which
 * path. Paths are relative to the program, so they are what `rebind` on it takes.
 */

import type { ScriptRunner } from '../runtime/index.ts'
import type { Json } from './json.ts'
import { Module, type Trace } from './module.ts'
import { withRunner } from './runner.ts'
import { summarize } from './summary.ts'
import { trainablesIn, variablesIn } from './trainable.ts'
import type { Variable } from './variable.ts'

export interface PredictOptions {
  /** Runs the scripts; by default a sandbox that predictions share, and that closes when none is under way. */
  readonly runner?: ScriptRunner | undefined
  readonly signal?: AbortSignal | undefined
  readonly onTrace?: ((trace: Trace) => void) | undefined
}

/** The base of all programs. */
export abstract class Program extends Module.define('espalier.Program', {}) {
  /** All variables by key path, frozen ones too. */
  variables(): Map<string, Variable> {
    return variablesIn(this)
  }

  /**
   * What may be trained, by key path: the values of variables, and the fields declared `.trainable()`. Whatever
   * stands at or below a module or variable with `trainable: false` is left out.
   *
   *     program.trainables()      // Map: 'modules[0].rule' -> undefined, 'modules[0].state.value' -> …
   */
  trainables(): Map<string, unknown> {
    return trainablesIn(this)
  }

  /**
   * The output for one input.
   *
   *     await program.predict({ x: 3 })
   */
  predict(input: Json, { runner, signal, onTrace }: PredictOptions = {}): Promise<Json> {
    return withRunner(runner, given => this.call(input, { runner: given, signal, onTrace }))
  }

  /** The modules and what can be trained in them, as a table for people. */
  summary(): string {
    return summarize(this)
  }
}

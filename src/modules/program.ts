/**
 * A program is a module that can be run on its own and trained: it knows what in its tree may change, and by which
 * path. Paths are relative to the program, so they are what `rebind` on it takes.
 */

import type { ScriptRunner } from '../runtime/index.ts'
import { SymError } from '../symbolic/index.ts'
import type { Json } from './json.ts'
import { type LanguageModelOption, languageModelsOf } from './language/language-models.ts'
import { Module, type Trace, type TraceError } from './module.ts'
import { withRunner } from './runner.ts'
import { type ProgramState, stateOf, type WithStateOptions, withState } from './state.ts'
import { summarize } from './summary.ts'
import { trainablesIn, variablesIn } from './trainable.ts'
import type { Variable } from './variable.ts'

export interface PredictOptions {
  /** Runs the scripts; by default a sandbox that predictions share, and that closes when none is under way. */
  readonly runner?: ScriptRunner | undefined
  /** The language model, or several by name; by default the one that the environment names. */
  readonly languageModel?: LanguageModelOption | undefined
  readonly signal?: AbortSignal | undefined
  readonly onTrace?: ((trace: Trace) => void) | undefined
}

/** Thrown by `predict` when a module failed and has nothing to give instead. `path` is the module's. */
export class PredictError extends SymError {
  override readonly name = 'PredictError'
  override readonly code = 'predict'
  declare readonly kind: TraceError['kind']

  static of({ path }: Trace, { kind, message }: TraceError): PredictError {
    return Object.assign(new PredictError(path, `${path || 'the program'} failed: ${message}`), { kind })
  }
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
   * The output for one input. Rejects with a `PredictError` when there is none because a module failed; a module that
   * has a default to give does not fail in that sense.
   *
   *     await program.predict({ x: 3 })
   */
  async predict(input: Json, options: PredictOptions = {}): Promise<Json> {
    const { runner, languageModel, signal, onTrace } = options
    const languageModels = languageModelsOf(languageModel)
    let failure: PredictError | undefined
    const listen = (trace: Trace): void => {
      if (trace.error !== undefined && trace.output === null) failure ??= PredictError.of(trace, trace.error)
      onTrace?.(trace)
    }
    const output = await withRunner(runner, given =>
      this.call(input, { runner: given, languageModels, signal, onTrace: listen }),
    )
    if (output === null && failure !== undefined) throw failure
    return output
  }

  /**
   * What training changes, alone: values by key path, as JSON, of all variables and trainable fields.
   *
   *     await writeAtomically('state.json', JSON.stringify(trained.toState()))
   *     program.withState(JSON.parse(await readFile('state.json', 'utf8')))
   */
  toState(): ProgramState {
    return stateOf(this)
  }

  /**
   * This program with another state. Throws `DataError` for paths that it has not, for variables that the state leaves
   * out (unless it may: `{ partial: true }`), and for values that do not fit.
   */
  withState(state: ProgramState, options: WithStateOptions = {}): this {
    return withState(this, state, options)
  }

  /** The modules and what can be trained in them, as a table for people. */
  summary(): string {
    return summarize(this)
  }
}

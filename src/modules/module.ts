/**
 * A module is a part of a program: a node with typed fields and an async `call` from JSON to JSON.
 * A call changes nothing in the tree. Whatever it needs besides its fields (what runs scripts, when to stop) comes in
 * the context, and what there is to tell besides the output goes to the context as traces.
 */

import type { Json, OutcomeKind, ScriptRunner } from '../runtime/index.ts'
import { f, SymObject } from '../symbolic/index.ts'
import type { JsonSchema } from './json.ts'
import type { LanguageCall } from './language/language-model.ts'
import type { LanguageFailure } from './language/language-model-error.ts'
import type { LanguageModels } from './language/language-models.ts'

/** What a call is given besides its input. Nothing of it ever stands in a tree. */
export interface CallContext {
  /** Runs the scripts of the program. */
  readonly runner: ScriptRunner
  /** The language models, by the names that modules have for them. */
  readonly languageModels?: LanguageModels | undefined
  /** Which of several answers of language models is wanted; caches keep one for each number. Default 0. */
  readonly rollout?: number | undefined
  /** Ends the call: scripts and requests under way become failures of kind `cancelled`. */
  readonly signal?: AbortSignal | undefined
  /** Is told about every script that ran and every model that was asked, in no particular order. */
  readonly onTrace?: ((trace: Trace) => void) | undefined
  /**
   * Is told of an exception that cost a sample its output. Where it is given, a batch settles: an input that a module
   * throws for becomes null, and the others go on. Without it, and inside of a single call, a batch rejects.
   */
  readonly onThrow?: ((sample: number, error: unknown) => void) | undefined
  /** Which sample of a batch the call belongs to; set by `callMany`, kept by everything called from there. */
  readonly sample?: number | undefined
}

/** What one module did with one input. */
export interface Trace {
  /** The key path of the module in its program. */
  readonly path: string
  /** The position of the sample in its batch. */
  readonly sample: number
  readonly input: Json
  readonly output: Json
  /** Whether the output is the module's default because it failed. */
  readonly defaulted: boolean
  /** Why, when it failed. */
  readonly error?: TraceError
  /** What a language model said, where the output is only a part of it. */
  readonly reply?: Json
  /** The replies of language models that it took, the useless ones among them. */
  readonly calls?: readonly LanguageCall[]
  readonly stdout: string
  readonly stderr: string
  readonly ms: number
}

/** A failure of a module: what a script runner or a language model reports, or data that does not fit its schema. */
export interface TraceError {
  readonly kind: OutcomeKind | LanguageFailure | 'invalid_input' | 'invalid_result'
  readonly message: string
  /** Line of the script, from 1, where it is known. */
  readonly line?: number
  readonly column?: number
}

/**
 * The base of all modules.
 *
 *     class Shout extends Module.define('my.Shout', { mark: f.string().default('!') }) {
 *       override async call(input: Json) { return input === null ? null : `${input}${this.mark}` }
 *     }
 */
export abstract class Module extends SymObject.define('espalier.Module', {
  name: f.string().default(''),
  description: f.string().default(''),
  /** Whether anything at or below this module may be changed by an optimizer. */
  trainable: f.bool().default(true),
}) {
  /** The output for an input. By convention null goes through: a null input gives a null output. */
  abstract call(input: Json, context: CallContext): Promise<Json>

  /**
   * The outputs for many inputs, in their order. Override it where a batch is cheaper than calls one by one; what an
   * override throws costs the whole batch, so that no input is run twice.
   */
  callMany(inputs: readonly Json[], context: CallContext): Promise<Json[]> {
    return Promise.all(
      inputs.map(async (input, i) => {
        const sample = sampleAt(context, i)
        try {
          return await this.call(input, { ...context, sample, onThrow: undefined })
        } catch (error) {
          if (context.onThrow === undefined) throw error
          context.onThrow(sample, error)
          return null
        }
      }),
    )
  }

  /** The JSON Schema of inputs, where there is one. */
  get inputSpec(): JsonSchema | null {
    return null
  }

  /** The JSON Schema of outputs, where it is known. */
  get outputSpec(): JsonSchema | null {
    return null
  }
}

/** The sample that the input at a position belongs to: the one of the call around it, if there is one. */
export const sampleAt = (context: CallContext, position: number): number => context.sample ?? position

/** What a module gives for a batch. What `callMany` throws as a whole costs every sample of the batch. */
export async function callSettled(
  module: Module,
  inputs: readonly Json[],
  context: CallContext,
): Promise<Json[]> {
  try {
    const outputs = await module.callMany(inputs, context)
    if (outputs.length === inputs.length) return outputs
    throw new Error(`callMany gave ${outputs.length} outputs for ${inputs.length} inputs`)
  } catch (error) {
    const { onThrow } = context
    if (onThrow === undefined) throw error
    return inputs.map((_, i) => {
      onThrow(sampleAt(context, i), error)
      return null
    })
  }
}

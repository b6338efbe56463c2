/**
 * Functions as modules, for what is plain code. The tree holds the registered name, and the code stays in the program
 * text, so a saved program runs wherever the same function is declared.
 */

import { register } from '../../symbolic/index.ts'
import type { Json, JsonSchema } from '../json.ts'
import { type CallContext, Module } from '../module.ts'
import { type GivenSchema, modelOf } from '../variable.ts'
import { callHost, type HostFunction } from './host-function.ts'

export interface LambdaOptions {
  /** The schema of the input; other inputs fail before the function is called. */
  readonly inputSchema?: GivenSchema
  /** The schema of the output. */
  readonly schema?: GivenSchema
}

/** What a function gets besides the input. */
export interface LambdaContext {
  readonly signal: AbortSignal | undefined
  /** The position of the sample in its batch. */
  readonly sample: number
}

// biome-ignore lint/suspicious/noExplicitAny: the input schema, and not the compiler, knows what it takes.
export type LambdaFunction = (input: any, context: LambdaContext) => unknown

/**
 * A class of modules that call a function. What it throws, and what does not fit, makes that sample a failure; it is
 * called once for each input that is not null, and never again.
 *
 *     const Words = lambda('my.Words', ({ text }) => ({ words: text.split(' ') }))
 *     new Sequential({ modules: [new Words(), label] })
 */
export function lambda(name: string, run: LambdaFunction, { inputSchema, schema }: LambdaOptions = {}) {
  const host: HostFunction = {
    takes: inputSchema === undefined ? null : modelOf(inputSchema),
    gives: schema === undefined ? null : modelOf(schema),
    run: (input, { signal, sample = 0 }) => run(input, { signal, sample }),
  }
  const Made = class extends Lambda.define(name, {}) {
    async call(input: Json, context: CallContext): Promise<Json> {
      return callHost(this, host, input, context)
    }

    override get inputSpec(): JsonSchema | null {
      return host.takes?.schema ?? null
    }

    override get outputSpec(): JsonSchema | null {
      return host.gives?.schema ?? null
    }
  }
  register(Made)
  return Made
}

/** The base of all modules made of functions. */
export abstract class Lambda extends Module.define('espalier.Lambda', {}) {
  static readonly isAbstract: boolean = true
}

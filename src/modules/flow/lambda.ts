/**
 * Functions as modules: for what is plain code, and for tools that do something outside. The tree holds the registered
 * name, and the code stays in the program text, so a saved program runs wherever the same function is declared.
 */

import { register } from '../../symbolic/index.ts'
import { DataModel } from '../data-model.ts'
import { copyJson, type Json, type JsonSchema } from '../json.ts'
import { type CallContext, Module, type TraceError } from '../module.ts'
import { invalidInput, tell } from '../trace.ts'

export interface LambdaOptions {
  /** JSON Schema of the input; other inputs fail before the function is called. */
  readonly inputSchema?: JsonSchema | DataModel<unknown>
  /** JSON Schema of the output. */
  readonly schema?: JsonSchema | DataModel<unknown>
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
  const takes = inputSchema === undefined ? null : asModel(inputSchema)
  const gives = schema === undefined ? null : asModel(schema)
  const Made = class extends Lambda.define(name, {}) {
    async call(input: Json, context: CallContext): Promise<Json> {
      if (input === null) return null
      const begun = performance.now()
      const fail = (error: TraceError): Json => tell(this, context, { input, output: null, error, begun })
      const [misfit] = takes?.problems(input) ?? []
      if (misfit !== undefined) return fail(invalidInput(misfit))
      let given: unknown
      try {
        given = await run(input, { signal: context.signal, sample: context.sample ?? 0 })
      } catch (error) {
        const kind = context.signal?.aborted ? 'cancelled' : 'runtime'
        return fail({
          kind,
          message: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
        })
      }
      const read = checked(given, gives)
      if ('message' in read) return fail({ kind: 'invalid_result', message: read.message })
      return tell(this, context, { input, output: read.json, begun })
    }

    override get inputSpec(): JsonSchema | null {
      return takes?.schema ?? null
    }

    override get outputSpec(): JsonSchema | null {
      return gives?.schema ?? null
    }
  }
  register(Made)
  return Made
}

/** The base of all modules made of functions. */
export abstract class Lambda extends Module.define('espalier.Lambda', {}) {
  static readonly isAbstract: boolean = true
}

const asModel = (schema: JsonSchema | DataModel<unknown>): DataModel<unknown> =>
  schema instanceof DataModel ? schema : DataModel.of(schema)

/** What a function gave, as JSON that fits. Nothing at all counts as null. */
function checked(
  given: unknown,
  model: DataModel<unknown> | null,
): { readonly json: Json } | { readonly message: string } {
  const copied = copyJson(given ?? null)
  if (!copied.ok)
    return { message: `the result${copied.path === '' ? '' : ` at '${copied.path}'`} is not JSON` }
  if (model === null) return { json: copied.json }
  try {
    return { json: model.parse(copied.json, 'result') as Json }
  } catch (error) {
    return { message: (error as Error).message }
  }
}

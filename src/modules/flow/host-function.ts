/**
 * Calling a function of the host in place of a module: what it is given and what it gives are checked, and what it
 * throws is a failure of the sample.
 */

import type { DataModel } from '../data-model.ts'
import { copyJson, type Json } from '../json.ts'
import type { CallContext, Module, TraceError } from '../module.ts'
import { invalidInput, tell } from '../trace.ts'

/** A function with the models of what it takes and gives, where there are any. */
export interface HostFunction {
  readonly takes: DataModel<unknown> | null
  readonly gives: DataModel<unknown> | null
  run(input: Json, context: CallContext): unknown
}

/** Thrown by a host function to say of which kind a failure is. */
export class HostError extends Error {
  readonly kind: TraceError['kind']

  constructor(kind: TraceError['kind'], message: string) {
    super(message)
    this.kind = kind
  }
}

/** The output for one input; null, and told why, when anything goes wrong. It is called once, and not for null. */
export async function callHost(
  module: Module,
  { takes, gives, run }: HostFunction,
  input: Json,
  context: CallContext,
): Promise<Json> {
  if (input === null) return null
  const begun = performance.now()
  const fail = (error: TraceError): Json => tell(module, context, { input, output: null, error, begun })
  const [misfit] = takes?.problems(input) ?? []
  if (misfit !== undefined) return fail(invalidInput(misfit))
  let given: unknown
  try {
    given = await run(input, context)
  } catch (error) {
    return fail(failureOf(error, context.signal))
  }
  const read = checked(given, gives)
  if ('message' in read) return fail({ kind: 'invalid_result', message: read.message })
  return tell(module, context, { input, output: read.json, begun })
}

function failureOf(error: unknown, signal: AbortSignal | undefined): TraceError {
  if (error instanceof HostError) return { kind: error.kind, message: error.message }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return { kind: signal?.aborted ? 'cancelled' : 'runtime', message }
}

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

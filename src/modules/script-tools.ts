/**
 * Modules as tools of a script: what the script calls is a module, which gets the script's input and gives its output.
 * That a tool fails is for the script to deal with, which gets the error; only what the script makes of it counts.
 */

import type { Tools } from '../runtime/index.ts'
import type { Json } from './json.ts'
import type { CallContext, Module, Trace } from './module.ts'

/**
 * Tools for a run. `sampleOf` says which sample the input at a position of the run belongs to.
 * A failed tool is told as a trace without `error`, its message in `stderr`: the sample has not failed by that.
 */
export function toolsOf(
  modules: Iterable<readonly [name: string, module: Module]>,
  context: CallContext,
  sampleOf: (position: number) => number,
): Tools {
  const named = [...modules].map(([name, module]) => {
    const execute = (input: Json, { abortSignal, index }: { abortSignal: AbortSignal; index: number }) =>
      callTool(module, input, { ...context, signal: abortSignal, sample: sampleOf(index) })
    return [name, { description: module.description, execute }] as const
  })
  return Object.fromEntries(named)
}

async function callTool(module: Module, input: Json, context: CallContext): Promise<Json> {
  let failure: string | undefined
  const onTrace = ({ error, ...trace }: Trace): void => {
    if (error === undefined) return context.onTrace?.(trace)
    if (trace.output === null) failure ??= error.message
    context.onTrace?.({ ...trace, stderr: `${trace.stderr}${error.message}\n` })
  }
  const output = await module.call(input, { ...context, onTrace })
  if (output === null && failure !== undefined) throw new Error(failure)
  return output
}

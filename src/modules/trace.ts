/** How modules tell what they did: one trace for each input, with all that they do not have left empty. */

import type { Json } from './json.ts'
import { type CallContext, type Module, sampleAt, type Trace } from './module.ts'

/** What a module has to tell about one input. */
export type Told = Pick<Trace, 'input' | 'output' | 'error' | 'reply' | 'calls'> & {
  /** The time of `performance.now()` when it began. */
  readonly begun: number
}

/** Tells the context what a module did with one input, and gives back the output. */
export function tell(module: Module, context: CallContext, { begun, ...told }: Told): Json {
  context.onTrace?.({
    path: module.path.toString(),
    sample: sampleAt(context, 0),
    defaulted: told.error !== undefined,
    ...told,
    stdout: '',
    stderr: '',
    ms: performance.now() - begun,
  })
  return told.output
}

/** The sentence of an input that does not fit its schema. */
export const invalidInput = ({ path, message }: { readonly path: string; readonly message: string }) =>
  ({
    kind: 'invalid_input',
    message: `${path === '' ? 'the input' : `the input's '${path}'`} ${message}`,
  }) as const

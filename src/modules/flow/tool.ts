/**
 * Tools: functions of the host that do something outside, with a schema of what they take and words about what they are
 * for. A tool is a module, so a graph may call it, a script may (`tools`), and a language model may, by writing its
 * input. It is a capability: whatever it can do, whoever calls it can do.
 */

import { f, register } from '../../symbolic/index.ts'
import type { Json, JsonSchema } from '../json.ts'
import { type CallContext, Module } from '../module.ts'
import { type GivenSchema, modelOf } from '../variable.ts'
import { callHost, HostError, type HostFunction } from './host-function.ts'

/** What a tool is made of, in the words of the Vercel AI SDK. */
export interface ToolOptions {
  /** What it does, for whoever is to call it. */
  readonly description: string
  /** The schema of the input; other inputs fail before anything is done. */
  readonly inputSchema: GivenSchema
  /** The schema of what it gives. */
  readonly outputSchema?: GivenSchema
  /** Milliseconds for one call. Default 30,000. */
  readonly timeout?: number
  /** Does the work. What it throws makes that sample a failure. */
  readonly execute: ToolExecute
}

// biome-ignore lint/suspicious/noExplicitAny: the input schema, and not the compiler, knows what it takes.
export type ToolExecute = (input: any, context: ToolContext) => unknown

/** What a tool gets besides the input. */
export interface ToolContext {
  /** Aborted when the call takes too long, and when whoever called gives up. */
  readonly abortSignal: AbortSignal
  /** The position of the sample in its batch. */
  readonly sample: number
}

/**
 * A class of modules that call a tool: once for each input, and never again, whatever becomes of it.
 *
 *     const Search = tool('my.Search', {
 *       description: 'Finds pages about a subject',
 *       inputSchema: { type: 'object', properties: { query: { type: 'string' } }, required: ['query'] },
 *       execute: ({ query }, { abortSignal }) => search(query, abortSignal),
 *     })
 *     new Sequential({ modules: [new Generator({ instructions, schema: Search.inputSchema }), new Search()] })
 */
export function tool(
  name: string,
  { description, inputSchema, outputSchema, timeout = 30_000, execute }: ToolOptions,
) {
  if (description.trim() === '') {
    throw new TypeError(
      `the tool ${name} needs a description: whoever is to call it knows nothing else of it`,
    )
  }
  if (!(0 < timeout && timeout < 2 ** 31)) {
    throw new RangeError(
      `timeout of the tool ${name} must be a number of milliseconds above 0, got ${timeout}`,
    )
  }
  const takes = modelOf(inputSchema)
  const host: HostFunction = {
    takes,
    gives: outputSchema === undefined ? null : modelOf(outputSchema),
    run: (input, { signal, sample = 0 }) =>
      withinTime(timeout, signal, abortSignal => execute(input, { abortSignal, sample })),
  }
  const Made = class extends Tool.define(name, { description: f.string().default(description) }) {
    /** The JSON Schema of the input. */
    static readonly inputSchema: JsonSchema = takes.schema

    async call(input: Json, context: CallContext): Promise<Json> {
      return callHost(this, host, input, context)
    }

    override get inputSpec(): JsonSchema {
      return takes.schema
    }

    override get outputSpec(): JsonSchema | null {
      return host.gives?.schema ?? null
    }
  }
  register(Made)
  return Made
}

/** The base of all tools. */
export abstract class Tool extends Module.define('espalier.Tool', {}) {
  static readonly isAbstract: boolean = true
}

/** What work gives, unless it takes too long or is given up; it is told then, and not waited for. */
async function withinTime<Result>(
  ms: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Result | Promise<Result>,
): Promise<Result> {
  signal?.throwIfAborted()
  const end = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let giveUp = (): void => {}
  const cut = new Promise<never>((_, reject) => {
    const stop = (error: Error): void => {
      end.abort(error)
      reject(error)
    }
    timer = setTimeout(() => stop(new HostError('tool_timeout', `it took longer than ${ms} ms`)), ms)
    giveUp = () => stop(new HostError('cancelled', 'the call was cancelled'))
    signal?.addEventListener('abort', giveUp, { once: true })
  })
  try {
    return await Promise.race([work(end.signal), cut])
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', giveUp)
  }
}

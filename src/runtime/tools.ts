// Tools: functions of the host that a script may call, `await tools.search({ q: 'x' })`. A tool is a capability:
// whatever it can do, the script can do. This file reads the option `tools` into a `Toolbox`; `tool-desk.ts` calls what
// is in it. The words are those of the Vercel AI SDK and of MCP.

import { type Check, readSchema, type ToolSchema } from './tool-schema.ts'

/** A function that scripts may call by name. */
export interface Tool {
  /** What it does, for whoever writes the scripts; the sandbox does not read it. */
  readonly description?: string
  /** What it takes: a JSON Schema (checked by ajv) or a Standard Schema. Default: any JSON. */
  readonly inputSchema?: ToolSchema
  /** What it gives, likewise. */
  readonly outputSchema?: ToolSchema
  /** Milliseconds allowed for one call. Default: `toolTimeout` of the sandbox. */
  readonly timeout?: number
  /** Does the work and gives JSON; `undefined` is sent as `null`. What it throws, the script can catch. */
  readonly execute: ToolFunction
}

// biome-ignore lint/suspicious/noExplicitAny: the schema of a tool, and not the compiler, knows what it takes.
export type ToolFunction = (input: any, options: ToolCallOptions) => unknown

export interface ToolCallOptions {
  /** Aborted when the call takes too long, and when the script is ended from outside. */
  readonly abortSignal: AbortSignal
  /** Which of the inputs of `runMany` the script is running on; 0 in `run`. */
  readonly index: number
}

/** Tools by name; a function alone is a tool without schemas. */
export interface Tools {
  readonly [name: string]: Tool | ToolFunction
}

/** A tool that was read: its checks are functions, its time limit a number. */
export interface ReadyTool {
  readonly timeout: number
  readonly checkInput: Check
  readonly checkOutput: Check
  readonly execute: ToolFunction
}

/** The longest time limits of one call and of all calls of a script, in milliseconds: a day. */
export const MAX_TOOL_TIME = 86_400_000

export class Toolbox {
  readonly names: readonly string[]
  readonly #tools = new Map<string, ReadyTool>()

  /** Throws for what is no set of tools. `timeout` is for the tools that do not set their own. */
  constructor(tools: Tools, timeout: number) {
    if (typeof tools !== 'object' || tools === null || Array.isArray(tools)) {
      throw new TypeError(
        `tools must be a record of tools by name, got ${Array.isArray(tools) ? 'a list' : tools}`,
      )
    }
    for (const [name, tool] of Object.entries(tools)) {
      checkName(name)
      this.#tools.set(name, readTool(name, tool, timeout))
    }
    this.names = [...this.#tools.keys()]
  }

  /** The tool of that name; names of prototypes (`constructor`) are none. */
  find(name: string): ReadyTool | undefined {
    return this.#tools.get(name)
  }
}

const NAME = /^[A-Za-z_][\w-]{0,63}$/

function checkName(name: string): void {
  if (!NAME.test(name)) {
    throw new TypeError(
      `tools has the name ${JSON.stringify(name)}; names are letters, digits, _ and -, 64 at most`,
    )
  }
  // With a `then`, awaiting the record itself would call a tool; the others would surprise a reader as much.
  if (name in Object.prototype || name === 'then' || name === 'toJSON') {
    throw new TypeError(`tools.${name} has a name that JavaScript gives a meaning of its own; choose another`)
  }
}

function readTool(name: string, tool: unknown, sandboxTimeout: number): ReadyTool {
  const option = `tools.${name}`
  const isFunction = typeof tool === 'function'
  const {
    inputSchema,
    outputSchema,
    timeout = sandboxTimeout,
    execute,
  } = isFunction ? ({ execute: tool } as Tool) : ((tool ?? {}) as Partial<Tool>)
  if (typeof execute !== 'function') {
    throw new TypeError(`${option} must be a function or have one as execute, got ${execute ?? typeof tool}`)
  }
  // So the AI SDK called it before version 5. A schema that went unread would let everything pass.
  if (!isFunction && inputSchema === undefined && 'parameters' in (tool as object))
    throw new TypeError(`${option}.parameters is not read; call the schema inputSchema`)
  const isTime = Number.isInteger(timeout) && 1 <= timeout && timeout <= MAX_TOOL_TIME
  if (!isTime) {
    throw new RangeError(
      `${option}.timeout must be a whole number from 1 to ${MAX_TOOL_TIME}, got ${timeout}`,
    )
  }
  return {
    timeout,
    checkInput: inputSchema === undefined ? asIs : readSchema(inputSchema, `${option}.inputSchema`, 'input'),
    checkOutput:
      outputSchema === undefined ? asIs : readSchema(outputSchema, `${option}.outputSchema`, 'output'),
    // Bound, since an object may have `execute` as a method.
    execute: isFunction ? execute : execute.bind(tool),
  }
}

const asIs: Check = value => value

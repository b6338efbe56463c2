/**
 * The base of the modules whose behavior is a script, which training may rewrite. The script sees `inputs` and leaves
 * `result`; the result must fit the schema, and is the output, and nothing else is: what the script printed goes to the
 * trace. Whatever goes wrong gives the default return value and a trace that says why; a call never throws on a
 * script's account.
 */

import type { Language, Outcome, RunManyOptions } from '../runtime/index.ts'
import { f, SymObject } from '../symbolic/index.ts'
import { DataError } from './data-error.ts'
import type { DataModel } from './data-model.ts'
import { type Json, type JsonSchema, jsonOf } from './json.ts'
import { type CallContext, Module, sampleAt, type Trace, type TraceError } from './module.ts'
import { runnerFor } from './sandboxes.ts'
import { toolsOf } from './script-tools.ts'
import { invalidInput } from './trace.ts'
import { type GivenSchema, modelOf, plainSchema, Variable } from './variable.ts'

/** The schema of the state: a script. */
export const SCRIPT_SCHEMA: JsonSchema = {
  type: 'object',
  properties: { script: { type: 'string', description: 'Sees `inputs`, leaves `result`.' } },
  required: ['script'],
}

/** What the constructors of all such modules take. */
export interface ScriptModuleInit {
  readonly name?: string
  readonly description?: string
  readonly trainable?: boolean
  /** The schema of the output, as whatever a model can be made of. */
  readonly schema: GivenSchema
  /** The schema of the input; other inputs fail before the script runs. */
  readonly inputSchema?: GivenSchema | undefined
  /** The script to start from: short for a `state` that holds it. */
  readonly script?: string
  /** The variable that holds `{ script }`. */
  readonly state?: Variable
  /** The output when the script fails; must fit the schema. */
  readonly defaultReturnValue: unknown
  /** Further scripts for optimizers to start from. */
  readonly seedScripts?: readonly string[]
  /** Milliseconds for one run, without what its tools take. */
  readonly timeout?: number
  /** Modules that the script may call by name, as `tools.name(input)`. */
  readonly tools?: { readonly [name: string]: Module }
}

export abstract class ScriptModule extends Module.define('espalier.ScriptModule', {
  schema: f.dict(),
  inputSchema: f.dict().optional(),
  defaultReturnValue: f.any(),
  seedScripts: f.list(f.string()).orEmpty(),
  timeout: f.int({ min: 1, max: 300_000 }).default(1000),
  tools: f.dict(f.object(Module)).orEmpty(),
  state: f.object(Variable),
}) {
  static readonly isAbstract: boolean = true

  /** What the script is written in. */
  abstract get scriptLanguage(): Language

  /** Whether the script is known to be pure, so that many inputs may run in one context. */
  get isPure(): boolean {
    return false
  }

  /** Refuses a default that does not fit the schema, and a state without a script. */
  protected onBound(): void {
    const problems = modelOf(this.schema).problems(this.defaultReturnValue)
    if (problems.length > 0) throw DataError.of(`${this.typeName}.defaultReturnValue`, problems)
    const script = this.state.at('script')
    if (typeof script !== 'string' && !(script instanceof SymObject)) {
      throw DataError.of(this.typeName, [
        { path: 'state', value: script, expected: 'a variable', message: `must hold a 'script' of text` },
      ])
    }
  }

  /** The script as it is now. Throws when it is still open, as in a search space. */
  get script(): string {
    const script = this.state.at('script')
    if (typeof script === 'string') return script
    throw new TypeError(`the script at '${this.path}' is not chosen yet: materialize the space first`)
  }

  override get inputSpec(): JsonSchema | null {
    return this.inputSchema === undefined ? null : modelOf(this.inputSchema).schema
  }

  override get outputSpec(): JsonSchema {
    return modelOf(this.schema).schema
  }

  async call(input: Json, context: CallContext): Promise<Json> {
    const [output] = await this.callMany([input], context)
    return output as Json
  }

  override async callMany(inputs: readonly Json[], context: CallContext): Promise<Json[]> {
    const inputModel = this.inputSchema === undefined ? null : modelOf(this.inputSchema)
    const finish = new Finish(this, context)
    const outputs: Json[] = inputs.map(() => null)
    const positions: number[] = []
    const given: Json[] = []
    inputs.forEach((input, i) => {
      if (input === null) return
      const [problem] = inputModel?.problems(input) ?? []
      if (problem === undefined) {
        positions.push(i)
        given.push(input)
      } else {
        outputs[i] = finish.failed(input, i, invalidInput(problem), NOTHING_RAN)
      }
    })
    const outcomes = await runScript(this, given, positions, context)
    outcomes.forEach((outcome, at) => {
      const i = positions[at] as number
      outputs[i] = finish.ended(given[at] as Json, i, outcome)
    })
    return outputs
  }
}

/** The fields that the constructors of all such modules make of what they take. */
export function scriptFields(
  typeName: string,
  { script, state, schema, inputSchema, defaultReturnValue, ...rest }: ScriptModuleInit,
) {
  if ((script === undefined) === (state === undefined)) {
    const got = script === undefined ? 'neither' : 'both'
    throw new TypeError(`${typeName} is made with a script or with a state that holds it, got ${got}`)
  }
  return {
    ...rest,
    schema: plainSchema(schema),
    ...(inputSchema === undefined ? {} : { inputSchema: plainSchema(inputSchema) }),
    defaultReturnValue: modelOf(schema).parse(defaultReturnValue, `${typeName}.defaultReturnValue`),
    state: state ?? new Variable({ schema: SCRIPT_SCHEMA, value: { script } }),
  }
}

/** The outcomes of a module's script. A function, since nodes have no private methods: their class never made them. */
async function runScript(
  module: ScriptModule,
  inputs: readonly Json[],
  positions: readonly number[],
  context: CallContext,
): Promise<Outcome[]> {
  if (inputs.length === 0) return []
  const { script, timeout, tools, isPure } = module
  const { signal } = context
  const runner = runnerFor(context.runner, module.scriptLanguage)
  const options: RunManyOptions = {
    timeout,
    ...(signal === undefined ? {} : { signal }),
    ...(tools.size === 0
      ? {}
      : { tools: toolsOf(tools.entries(), context, at => sampleAt(context, positions[at] as number)) }),
  }
  if (inputs.length === 1) return [await runner.run(script, inputs[0] as Json, options)]
  return runner.runMany(script, inputs, { ...options, context: isPure ? 'script' : 'input' })
}

/** Turns what became of one input into an output and a trace. */
class Finish {
  readonly #model: DataModel
  readonly #fallback: unknown
  readonly #context: CallContext
  readonly #path: string

  constructor(module: ScriptModule, context: CallContext) {
    this.#model = modelOf(module.schema)
    this.#fallback = module.defaultReturnValue
    this.#context = context
    this.#path = module.path.toString()
  }

  /** After a run: a result that fits is the output, whatever it is. `0`, `''`, `[]` and `false` are results. */
  ended(input: Json, position: number, outcome: Outcome): Json {
    if (!outcome.ok) return this.failed(input, position, errorOf(outcome), outcome)
    let output: Json
    try {
      output = this.#model.parse(outcome.value, 'result')
    } catch (error) {
      if (!(error instanceof DataError)) throw error
      return this.failed(input, position, { kind: 'invalid_result', message: error.message }, outcome)
    }
    this.#trace({ input, output, defaulted: false }, position, outcome)
    return output
  }

  failed(input: Json, position: number, error: TraceError, run: Run): Json {
    const output = jsonOf(this.#fallback)
    this.#trace({ input, output, defaulted: true, error }, position, run)
    return output
  }

  #trace(
    told: Pick<Trace, 'input' | 'output' | 'defaulted' | 'error'>,
    position: number,
    { stdout, stderr, ms }: Run,
  ): void {
    const sample = sampleAt(this.#context, position)
    this.#context.onTrace?.({ path: this.#path, sample, ...told, stdout, stderr, ms })
  }
}

type Run = Pick<Outcome, 'stdout' | 'stderr' | 'ms'>

const NOTHING_RAN: Run = { stdout: '', stderr: '', ms: 0 }

function errorOf({ kind, message, line, column }: Outcome & { readonly ok: false }): TraceError {
  return {
    kind,
    message,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  }
}

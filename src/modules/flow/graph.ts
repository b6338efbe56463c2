/**
 * A program of steps that take from one another, as data. What a step takes is named, so the order of running follows
 * from the names, steps that do not wait for each other run side by side, and a wrong name is found when it is built.
 */

import { f, register, SymObject } from '../../symbolic/index.ts'
import { DataError, type DataProblem, problem } from '../data-error.ts'
import { isJsonRecord, type Json, type JsonSchema } from '../json.ts'
import { type CallContext, callSettled, Module, sampleAt } from '../module.ts'
import { Program } from '../program.ts'
import { invalidInput, tell } from '../trace.ts'
import { type GivenSchema, modelOf, plainSchema } from '../variable.ts'
import { Merge } from './merge.ts'
import { misfit } from './misfit.ts'

/** The name of the input of a graph, for steps to take. */
export const INPUT = 'input'

export interface GraphStepInit {
  readonly module: Module
  /** The step that it takes the output of, or `input`; several give a record by their names. */
  readonly from: string | readonly string[]
  /**
   * With `all`, a null among what it takes makes its output null; with `any` it runs unless all are null, as steps do
   * that join ways of which one was not gone. Default `any` for modules that merge nulls (`Or`, `Xor`), else `all`.
   */
  readonly needs?: 'all' | 'any'
}

/** A step of a graph. */
export class GraphStep extends SymObject.define('espalier.GraphStep', {
  module: f.object(Module),
  from: f.list(f.string(), { minSize: 1 }),
  needs: f.enum('all', 'any').default('all'),
}) {
  constructor({ from, needs, module }: GraphStepInit) {
    const mergesNull = module instanceof Merge && module.takesNull
    super({
      module,
      from: typeof from === 'string' ? [from] : from,
      needs: needs ?? (mergesNull ? 'any' : 'all'),
    })
  }
}
register(GraphStep)

export interface GraphInit {
  readonly name?: string
  readonly description?: string
  readonly trainable?: boolean
  /** The schema of the input; other inputs fail before any step runs. */
  readonly inputSchema?: GivenSchema
  readonly steps: { readonly [name: string]: GraphStepInit | GraphStep }
  /** The step whose output is that of the graph; several give a record by their names. */
  readonly output: string | readonly string[]
}

/**
 * Steps that take from one another.
 *
 *     new Graph({
 *       steps: {
 *         draft: { module: write, from: 'input' },
 *         flaws: { module: criticize, from: ['input', 'draft'] },
 *         final: { module: rewrite, from: ['draft', 'flaws'] },
 *       },
 *       output: 'final',
 *     })
 */
export class Graph extends Program.define('espalier.Graph', {
  inputSchema: f.dict().optional(),
  steps: f.dict(f.object(GraphStep)),
  output: f.list(f.string(), { minSize: 1 }),
}) {
  constructor({ steps, output, inputSchema, ...rest }: GraphInit) {
    const named = Object.entries(steps).map(([name, step]) => [
      name,
      step instanceof GraphStep ? step : new GraphStep(step),
    ])
    super({
      ...rest,
      ...(inputSchema === undefined ? {} : { inputSchema: plainSchema(inputSchema) }),
      steps: Object.fromEntries(named),
      output: typeof output === 'string' ? [output] : output,
    })
  }

  /** Refuses names of nothing, circles, steps that lead nowhere, and steps that cannot take what they are given. */
  protected onBound(): void {
    const found = problemsIn(this)
    if (found.length > 0) throw DataError.of(this.typeName, found)
  }

  async call(input: Json, context: CallContext): Promise<Json> {
    const [output] = await this.callMany([input], context)
    return output as Json
  }

  override async callMany(inputs: readonly Json[], context: CallContext): Promise<Json[]> {
    const fitting = fittingInputs(this, inputs, context)
    const known = new Map<string, Promise<readonly Json[]>>([[INPUT, Promise.resolve(fitting)]])
    const outputsOf = (name: string): Promise<readonly Json[]> => {
      let outputs = known.get(name)
      if (outputs === undefined) known.set(name, (outputs = run(this.steps.at(name) as GraphStep)))
      return outputs
    }
    const taken = async (from: readonly string[], needs: 'all' | 'any'): Promise<Json[]> => {
      const rows = await Promise.all(from.map(outputsOf))
      return inputs.map((_, i) => {
        const values = rows.map(row => row[i] as Json)
        const isNull = needs === 'all' ? values.includes(null) : values.every(value => value === null)
        if (isNull) return null
        return values.length === 1
          ? (values[0] as Json)
          : Object.fromEntries(from.map((name, at) => [name, values[at] as Json]))
      })
    }
    const run = async ({ module, from, needs }: GraphStep): Promise<readonly Json[]> =>
      callSettled(module, await taken([...from], needs), context)
    return taken([...this.output], 'any')
  }

  override get inputSpec(): JsonSchema | null {
    return this.inputSchema === undefined ? null : modelOf(this.inputSchema).schema
  }

  /** The schema of the output; null when a part of it is not known. */
  override get outputSpec(): JsonSchema | null {
    const [only, ...others] = this.output
    if (others.length === 0) return specOf(this, only as string)
    const specs = [...this.output].map(name => [name, specOf(this, name)] as const)
    if (specs.some(([, spec]) => spec === null)) return null
    const properties = specs.map(([name, spec]) => [name, { anyOf: [spec, { type: 'null' }] }])
    return { type: 'object', properties: Object.fromEntries(properties), required: [...this.output] }
  }
}
register(Graph)

/** The inputs that fit the schema; in place of the others null, and told why. */
function fittingInputs(graph: Graph, inputs: readonly Json[], context: CallContext): readonly Json[] {
  const { inputSchema } = graph
  if (inputSchema === undefined) return inputs
  const model = modelOf(inputSchema)
  return inputs.map((input, i) => {
    const [problem] = input === null ? [] : model.problems(input)
    if (problem === undefined) return input
    const error = invalidInput(problem)
    const sample = sampleAt(context, i)
    return tell(graph, { ...context, sample }, { input, output: null, error, begun: performance.now() })
  })
}

/** The schema of what goes by a name in a graph, where it is known. */
const specOf = ({ inputSpec, steps }: Graph, name: string): JsonSchema | null =>
  name === INPUT ? inputSpec : (steps.at(name)?.module.outputSpec ?? null)

function problemsIn(graph: Graph): DataProblem[] {
  const { steps, output } = graph
  const found: DataProblem[] = []
  const known = [INPUT, ...steps.keys()]
  const check = (path: string, name: string): void => {
    if (known.includes(name)) return
    found.push(problem(path, name, `one of ${known.join(', ')}`))
  }
  if (steps.at(INPUT) !== undefined)
    found.push(problem('steps.input', undefined, '', 'has the name of the input'))
  for (const [name, step] of steps.entries()) {
    for (const [i, from] of [...step.from].entries()) check(`steps.${name}.from[${i}]`, from)
  }
  for (const [i, name] of [...output].entries()) check(`output[${i}]`, name)
  if (found.length > 0) return found
  const leading = new Set<string>()
  const circle = findCircle([...output], name => [...(steps.at(name)?.from ?? [])], leading)
  if (circle !== null)
    return [problem('steps', circle, 'without circles', `has a circle: ${circle.join(' <- ')}`)]
  for (const [name, step] of steps.entries()) {
    if (!leading.has(name))
      found.push(problem(`steps.${name}`, undefined, 'taken', 'is taken by no step, and is no output'))
    found.push(...misfitsOf(graph, name, step))
  }
  return found
}

/** What a step takes and cannot, as far as it is certain. */
function misfitsOf(graph: Graph, name: string, { module, from }: GraphStep): DataProblem[] {
  const { inputSpec } = module
  if (inputSpec === null) return []
  const wrong = (message: string): DataProblem => problem(`steps.${name}`, undefined, '', message)
  const [only, ...others] = [...from]
  if (others.length === 0) {
    const gives = specOf(graph, only as string)
    const why = gives === null ? null : misfit(gives, inputSpec)
    return why === null ? [] : [wrong(`cannot take what '${only}' gives: ${why}`)]
  }
  const record = { type: 'object', properties: Object.fromEntries([...from].map(each => [each, {}])) }
  const missing = misfit(record, inputSpec)
  if (missing !== null) return [wrong(`cannot take a record of ${[...from].join(', ')}: ${missing}`)]
  const wanted = isJsonRecord(inputSpec.properties) ? inputSpec.properties : {}
  return [...from].flatMap(each => {
    const [gives, takes] = [specOf(graph, each), Object.hasOwn(wanted, each) ? wanted[each] : undefined]
    const why = gives === null || !isJsonRecord(takes) ? null : misfit(gives, takes)
    return why === null ? [] : [wrong(`cannot take what '${each}' gives: ${why}`)]
  })
}

/** A circle that starting names lead to, if there is one; `seen` has then all that they lead to. */
function findCircle(
  names: readonly string[],
  next: (name: string) => readonly string[],
  seen: Set<string>,
  trail: readonly string[] = [],
): readonly string[] | null {
  for (const name of names) {
    const start = trail.indexOf(name)
    if (start >= 0) return [...trail.slice(start), name]
    if (seen.has(name)) continue
    const circle = findCircle(next(name), next, seen, [...trail, name])
    if (circle !== null) return circle
    seen.add(name)
  }
  return null
}

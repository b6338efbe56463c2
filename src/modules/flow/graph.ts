/**
 * A program of steps that take from one another, as data. What a step takes is named, so the order of running follows
 * from the names, steps that do not wait for each other run side by side, and a wrong name is found when it is built.
 */

import { f, SymObject } from '../../symbolic/index.ts'
import { DataError, type DataProblem, problem } from '../data-error.ts'
import type { Json, JsonSchema } from '../json.ts'
import { type CallContext, Module } from '../module.ts'
import { Program } from '../program.ts'
import { misfit } from './misfit.ts'

/** The name of the input of a graph, for steps to take. */
export const INPUT = 'input'

export interface GraphStepInit {
  readonly module: Module
  /** The step that it takes the output of, or `input`; several give a record by their names. */
  readonly from: string | readonly string[]
  /**
   * With `all`, a null among what it takes makes its output null; with `any` it runs unless all are null, as steps do
   * that join ways of which one was not gone. Default `all`.
   */
  readonly needs?: 'all' | 'any'
}

/** A step of a graph. */
export class GraphStep extends SymObject.define('espalier.GraphStep', {
  module: f.object(Module),
  from: f.list(f.string(), { minSize: 1 }),
  needs: f.enum('all', 'any').default('all'),
}) {
  constructor({ from, ...rest }: GraphStepInit) {
    super({ ...rest, from: typeof from === 'string' ? [from] : from })
  }
}

export interface GraphInit {
  readonly name?: string
  readonly description?: string
  readonly trainable?: boolean
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
  steps: f.dict(f.object(GraphStep)),
  output: f.list(f.string(), { minSize: 1 }),
}) {
  constructor({ steps, output, ...rest }: GraphInit) {
    const named = Object.entries(steps).map(([name, step]) => [
      name,
      step instanceof GraphStep ? step : new GraphStep(step),
    ])
    super({
      ...rest,
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
    const known = new Map<string, Promise<readonly Json[]>>([[INPUT, Promise.resolve(inputs)]])
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
      module.callMany(await taken([...from], needs), context)
    return taken([...this.output], 'any')
  }

  override get outputSpec(): JsonSchema | null {
    const [only, ...others] = this.output
    return others.length > 0 || only === INPUT
      ? null
      : (this.steps.at(only as string)?.module.outputSpec ?? null)
  }
}

function problemsIn({ steps, output }: Graph): DataProblem[] {
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
    const [from, ...others] = [...step.from].map(each => steps.at(each)?.module.outputSpec ?? null)
    const wanted = step.module.inputSpec
    const why = others.length > 0 || !from || wanted === null ? null : misfit(from, wanted)
    if (why !== null)
      found.push(
        problem(`steps.${name}`, undefined, '', `cannot take what '${step.from.at(0)}' gives: ${why}`),
      )
  }
  return found
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

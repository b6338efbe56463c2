/**
 * A variable is the part of a program that training changes: a value, the schema it must fit, and whether it may
 * change. It is a node like any other, so its identity is its key path, and every change of it is a `rebind`.
 * Defaults are filled in when it is made and by `assign` and `update`; after that every change is checked.
 */

import { f, Symbolic, SymDict, SymObject } from '../symbolic/index.ts'
import { DataError, type DataProblem, problem } from './data-error.ts'
import { DataModel } from './data-model.ts'
import { type JsonSchema, jsonOf } from './json.ts'

/** What a variable is made of; the value may leave out what the schema has defaults for. */
export interface VariableInit {
  readonly value?: VariableValue
  /** A JSON Schema for a record, as data or as a model. */
  readonly schema: JsonSchema | SymDict | DataModel<unknown>
  readonly description?: string
  readonly trainable?: boolean
}

/** The value of a variable as plain data, or as it stands in a tree. */
export type VariableValue = { readonly [key: string]: unknown } | SymDict

/**
 * A trainable value in a program.
 *
 *     const state = new Variable({ schema: Prompt, value: { text: 'Answer briefly.' } })
 *     state.at('text')                                  // 'Answer briefly.'
 *     program.rebind({ 'state.value.text': 'Think.' })  // a new program; checked
 *     program.state.update({ text: 'Think.' }).root     // the same
 */
export class Variable extends SymObject.define('espalier.Variable', {
  /** A record that fits the schema, with every default filled in. */
  value: f.dict(),
  /** The JSON Schema of the value. */
  schema: f.dict(),
  description: f.string().default(''),
  /** Whether an optimizer may change the value. */
  trainable: f.bool().default(true),
}) {
  /** Fills in defaults. Throws `DataError` listing everything in the value that does not fit the schema. */
  constructor({ value = {}, schema, ...rest }: VariableInit) {
    const model = modelOf(schema)
    const filled = isOpen(value) ? value : model.parse(value, 'espalier.Variable.value')
    super({
      ...rest,
      value: filled as VariableValue,
      schema: schema instanceof DataModel ? model.schema : schema,
    })
  }

  /** The same as `new Variable(init)`. */
  static of(init: VariableInit): Variable {
    return new Variable(init)
  }

  /** Refuses a value that does not fit, wherever the change came from. */
  protected onBound(): void {
    const { value } = this
    if (isOpen(value)) return
    const model = modelOf(this.schema)
    const problems = [...model.problems(value), ...model.unfilled(value).map(unfilled)]
    if (problems.length > 0) throw DataError.of('espalier.Variable', problems.map(inValue))
  }

  /** What stands under a key of the value; undefined when nothing does. */
  at(key: string): unknown {
    return this.value.at(key)
  }

  /** Whether the value has a key. */
  hasKey(key: string): boolean {
    return this.value.at(key) !== undefined
  }

  keys(): string[] {
    return this.value.keys()
  }

  entries(): [string, unknown][] {
    return this.value.entries()
  }

  /** This variable with another value, defaults filled in, at its place in the next version: see `root`. */
  assign(value: VariableValue): this {
    const filled = this.toDataModel().parse(value, 'espalier.Variable.value') as VariableValue
    return this.rebind([['value', filled]])
  }

  /** This variable with some keys of its value replaced. */
  update(partial: { readonly [key: string]: unknown }): this {
    const merged = { ...(jsonOf(this.value) as object), ...partial }
    const filled = this.toDataModel().parse(merged, 'espalier.Variable.value') as object
    return this.rebind(Object.entries(filled).map(([key, value]) => [['value', key], value] as const))
  }

  /** The schema, with the value unless that is still open. */
  toDataModel(): DataModel {
    const model = modelOf(this.schema)
    return isOpen(this.value) ? model : model.with(this.value)
  }
}

const models = new WeakMap<object, DataModel>()

/** The model of a schema; for a schema in a tree it is found by its content at once. */
export function modelOf(schema: VariableInit['schema']): DataModel {
  if (schema instanceof DataModel) return schema as DataModel
  if (!(schema instanceof SymDict)) return DataModel.of(schema)
  let model = models.get(schema.token)
  if (model === undefined) models.set(schema.token, (model = DataModel.of(jsonOf(schema) as JsonSchema)))
  return model
}

/** Whether a value has places that are still to be chosen, by hyper values: it can be checked when they are. */
function isOpen(value: unknown): boolean {
  if (value instanceof SymObject) return 'standsFor' in value.constructor
  if (!(value instanceof Symbolic)) return false
  let found = false
  value.walk((_, node) => {
    found ||= node instanceof SymObject && isOpen(node)
    return found ? 'stop' : 'enter'
  })
  return found
}

const inValue = (found: DataProblem): DataProblem => ({
  ...found,
  path:
    found.path === '' ? 'value' : found.path.startsWith('[') ? `value${found.path}` : `value.${found.path}`,
})

const unfilled = (path: string): DataProblem =>
  problem(path, undefined, 'given', `is missing: write its default out, or use assign(), which does`)

/**
 * A variable is the part of a program that training changes: a value, the schema it must fit, and whether it may
 * change. It is a node like any other, so its identity is its key path, and every change of it is a `rebind`.
 * Defaults are filled in when it is made and by `assign` and `update`; after that every change is checked.
 */

import { f, register, Symbolic, SymDict, SymObject } from '../symbolic/index.ts'
import { DataError, type DataProblem, problem } from './data-error.ts'
import { DataModel } from './data-model.ts'
import { type JsonSchema, jsonOf } from './json.ts'
import { schemaOfSource } from './schema-source.ts'
import type { SchemaSource } from './schema-types.ts'

/** A schema as data, as it stands in a tree, as a model, or as whatever a model can be made of. */
export type GivenSchema = SchemaSource | SymDict | DataModel<unknown>

/** What a variable is made of; the value may leave out what the schema has defaults for. */
export interface VariableInit {
  /** The value, unless an initializer makes it. Without either it is made of defaults alone. */
  readonly value?: VariableValue
  readonly initializer?: Initializer
  /** The schema of a record: as data, as a model, or as whatever a model can be made of. */
  readonly schema: GivenSchema
  /** A label for people; what identifies a variable is its key path. */
  readonly name?: string
  /** By default the description of the schema. */
  readonly description?: string
  readonly trainable?: boolean
}

/** Makes the first value of a variable; defaults are filled in afterwards. */
export type Initializer = (model: DataModel) => VariableValue

/** The initializer that leaves everything to the defaults of the schema. */
export const empty: Initializer = () => ({})

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
  name: f.string().default(''),
  description: f.string().default(''),
  /** Whether an optimizer may change the value. */
  trainable: f.bool().default(true),
}) {
  /** Fills in defaults. Throws `DataError` listing everything in the value that does not fit the schema. */
  constructor({ value, initializer, schema, ...rest }: VariableInit) {
    if (value !== undefined && initializer !== undefined) {
      throw new TypeError('espalier.Variable takes a value or an initializer, got both')
    }
    const model = modelOf(schema)
    const given = value ?? (initializer ?? empty)(model)
    const { description } = model.schema
    super({
      ...(typeof description === 'string' ? { description } : {}),
      ...rest,
      value: (isOpen(given) ? given : model.parse(given, 'espalier.Variable.value')) as VariableValue,
      schema: plainSchema(schema),
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

  /** What stands under a key of the value; else what is to be given instead. */
  at(key: string, otherwise?: unknown): unknown {
    const found = this.value.at(key)
    return found === undefined ? otherwise : found
  }

  /** Whether the value has a key. */
  hasKey(key: string): boolean {
    return this.value.at(key) !== undefined
  }

  keys(): string[] {
    return this.value.keys()
  }

  values(): unknown[] {
    return this.value.values()
  }

  entries(): [string, unknown][] {
    return this.value.entries()
  }

  /** Whether the schema names a key, or has all keys of another schema; see `DataModel.contains`. */
  contains(what: string | GivenSchema): boolean {
    return modelOf(this.schema).contains(typeof what === 'string' ? what : modelOf(what))
  }

  /** The value as JSON text to be read. */
  pretty(): string {
    return JSON.stringify(this.value, null, 2)
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
register(Variable)

const models = new WeakMap<object, DataModel>()

/** The model of a schema; for a schema in a tree it is found by its content at once. */
export function modelOf(schema: GivenSchema): DataModel {
  if (schema instanceof DataModel) return schema as DataModel
  if (!(schema instanceof SymDict)) return DataModel.of(schema)
  let model = models.get(schema.token)
  if (model === undefined) models.set(schema.token, (model = DataModel.of(jsonOf(schema) as JsonSchema)))
  return model
}

/**
 * A schema as it is put into a tree, in its own order, in which language models write. What a Standard Schema asks
 * beyond its JSON Schema stays behind.
 */
export function plainSchema(schema: GivenSchema): JsonSchema | SymDict {
  if (schema instanceof SymDict) return schema
  return schema instanceof DataModel ? schema.schema : (schemaOfSource(schema).schema as JsonSchema)
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

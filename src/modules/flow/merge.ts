/**
 * The operators on data as modules, for graphs: a step that takes from several others gets a record by their names, and
 * a merging module makes one record of its values. What the values look like is said by a schema for each, so that keys
 * are named by the schemas and never by which optional keys a value happens to have.
 */

import { f, register } from '../../symbolic/index.ts'
import { DataError, problem } from '../data-error.ts'
import type { DataModel } from '../data-model.ts'
import { isJsonRecord, type Json, type JsonSchema } from '../json.ts'
import { type CallContext, Module } from '../module.ts'
import { and, concat, or, xor } from '../operators/functions.ts'
import { tell } from '../trace.ts'
import { type GivenSchema, modelOf, plainSchema } from '../variable.ts'

export interface MergeInit {
  readonly name?: string
  readonly description?: string
  /** The schemas of what is merged, by name and in order, as whatever a model can be made of. */
  readonly schemas: { readonly [name: string]: GivenSchema }
}

type Model = DataModel<unknown>

/** The base of all merging modules. */
export abstract class Merge extends Module.define('espalier.Merge', { schemas: f.dict(f.dict()) }) {
  static readonly isAbstract: boolean = true

  /** Refuses schemas that are not of records, and fewer than two. */
  protected onBound(): void {
    if (this.schemas.size < 2) {
      throw DataError.of(this.typeName, [
        problem('schemas', this.schemas.keys(), 'at least two schemas by name'),
      ])
    }
    // The merge of the schemas says whether they can be merged.
    void this.outputSpec
  }

  /** Whether it can do with a null in place of a value. */
  abstract get takesNull(): boolean

  /** The merge of models, with values or without. */
  abstract merge(models: readonly (Model | null)[]): Model | null

  async call(input: Json, context: CallContext): Promise<Json> {
    if (input === null) return null
    const begun = performance.now()
    try {
      const output = (this.merge(valuesIn(this, input))?.value ?? null) as Json
      return tell(this, context, { input, output, begun })
    } catch (error) {
      if (!(error instanceof DataError)) throw error
      const failure = { kind: 'invalid_input', message: error.message } as const
      return tell(this, context, { input, output: null, error: failure, begun })
    }
  }

  override get inputSpec(): JsonSchema {
    const specs = this.schemas.entries().map(([name, schema]): [string, JsonSchema] => {
      const own = modelOf(schema).schema
      return [name, this.takesNull ? { anyOf: [own, { type: 'null' }] } : own]
    })
    return { type: 'object', properties: Object.fromEntries(specs), required: this.schemas.keys() }
  }

  override get outputSpec(): JsonSchema {
    const models = this.schemas.values().map(schema => modelOf(schema))
    return (this.merge(models) as Model).schema
  }
}

/**
 * One record of all: keys that are taken get the lowest free number of their base.
 *
 *     new Graph({
 *       steps: { …, both: { module: new Concat({ schemas: { draft: Draft, flaws: Flaws } }), from: ['draft', 'flaws'] } },
 *       output: 'both',
 *     })
 */
export class Concat extends Merge.define('espalier.Concat', {}) {
  constructor(init: MergeInit) {
    super(mergeFields(init))
  }

  get takesNull(): boolean {
    return false
  }

  merge(models: readonly (Model | null)[]): Model {
    return concat(...(models as [Model, ...Model[]])) as Model
  }
}
register(Concat)

/** One record of all, or null when one of them is null. */
export class And extends Merge.define('espalier.And', {}) {
  constructor(init: MergeInit) {
    super(mergeFields(init))
  }

  get takesNull(): boolean {
    return true
  }

  merge(models: readonly (Model | null)[]): Model | null {
    return and(...models) as Model | null
  }
}
register(And)

/** One record of those that are not null; null when all are. */
export class Or extends Merge.define('espalier.Or', {}) {
  constructor(init: MergeInit) {
    super(mergeFields(init))
  }

  get takesNull(): boolean {
    return true
  }

  merge(models: readonly (Model | null)[]): Model | null {
    return or(...models) as Model | null
  }
}
register(Or)

/** The only one that is not null; null when there is none, or more than one. */
export class Xor extends Merge.define('espalier.Xor', {}) {
  constructor(init: MergeInit) {
    super(mergeFields(init))
  }

  get takesNull(): boolean {
    return true
  }

  merge(models: readonly (Model | null)[]): Model | null {
    return xor(...models) as Model | null
  }
}
register(Xor)

/** Null for everything, as `not` gives for a value: what waits for its output never runs. */
export class Not extends Module.define('espalier.Not', {}) {
  async call(): Promise<Json> {
    return null
  }

  override get outputSpec(): JsonSchema {
    return { type: 'null' }
  }
}
register(Not)

function mergeFields({ schemas, ...rest }: MergeInit) {
  const plain = Object.entries(schemas).map(([name, schema]) => [name, plainSchema(schema)])
  return { ...rest, schemas: Object.fromEntries(plain) }
}

/** The values in an input, with their models. Throws `DataError` for what does not fit. */
function valuesIn({ schemas, takesNull }: Merge, input: Json): (Model | null)[] {
  const names = schemas.keys()
  const wanted = `a record of ${names.join(', ')}`
  if (!isJsonRecord(input)) throw DataError.of('input', [problem('', input, wanted)])
  const stranger = Object.keys(input).find(key => !names.includes(key))
  if (stranger !== undefined) throw DataError.of('input', [problem('', Object.keys(input), wanted)])
  return schemas.entries().map(([name, schema]) => {
    const value = Object.hasOwn(input, name) ? (input[name] as Json) : null
    if (value === null && takesNull) return null
    const model = modelOf(schema)
    return model.with(model.parse(value, `input.${name}`))
  })
}

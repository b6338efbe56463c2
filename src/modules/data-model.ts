/**
 * A data model is a JSON Schema, with or without a value that fits it. It fills in defaults, finds everything that is
 * wrong with data, and never changes what it is given: what it returns is a copy of its own.
 */

import { DataError, type DataProblem, notJson } from './data-error.ts'
import { copyJson, frozen, type Json, type JsonSchema } from './json.ts'
import { type CheckedSchema, checkedSchema } from './schema-check.ts'
import { fillDefaults } from './schema-defaults.ts'

/**
 * A schema for values of a static type, which is the caller's word for it.
 *
 *     const Output = DataModel.of<{ y: number }>({
 *       type: 'object', properties: { y: { type: 'integer' } }, required: ['y'],
 *     })
 *     Output.parse({ y: 3 })      // { y: 3 }
 *     Output.parse({ y: 'a' })    // DataError: data.y must be an integer, got "a"
 *
 * Keys that a schema does not name are errors, unless it says otherwise with `additionalProperties` or
 * `unevaluatedProperties`. `$ref` may point into the schema itself only. Formats are not checked.
 */
export class DataModel<Value = Json> {
  /** Carries the static type; nothing stands here at run time. */
  declare readonly '~value': Value
  readonly #checked: CheckedSchema
  /** A value that fits, frozen; undefined for a schema alone. */
  readonly value: Value | undefined

  private constructor(checked: CheckedSchema, value: Value | undefined) {
    this.#checked = checked
    this.value = value
  }

  /** The model of a schema. Throws `DataError` when the schema is not one that can be checked. */
  static of<Value = Json>(schema: JsonSchema): DataModel<Value> {
    return new DataModel<Value>(checkedSchema(schema), undefined)
  }

  /** The schema as it was given, frozen. */
  get schema(): JsonSchema {
    return this.#checked.schema
  }

  /** This schema with a value, which is parsed first. */
  with(value: unknown): DataModel<Value> {
    return new DataModel(this.#checked, frozen(this.parse(value)))
  }

  /**
   * A copy of the value with defaults filled in. Throws `DataError` listing everything that does not fit; `on` names
   * the value in its sentences.
   */
  parse(value: unknown, on = 'data'): Value {
    const copied = this.#copy(value)
    if ('problem' in copied) throw DataError.of(on, [copied.problem])
    if (!this.#checked.accepts(copied.json)) throw DataError.of(on, this.#checked.problems(copied.json))
    return copied.json as Value
  }

  /** Whether the value, once defaults are filled in, fits. */
  accepts(value: unknown): boolean {
    const copied = this.#copy(value)
    return 'json' in copied && this.#checked.accepts(copied.json)
  }

  /** Everything that is wrong with a value as it is, without filling anything in; empty when it fits. */
  problems(value: unknown): readonly DataProblem[] {
    const copied = copyJson(value)
    if (!copied.ok) return [notJson(copied)]
    return this.#checked.accepts(copied.json) ? [] : this.#checked.problems(copied.json)
  }

  /** The key paths of defaults that the schema has and the value lacks. */
  unfilled(value: unknown): readonly string[] {
    if (!this.#checked.hasDefaults) return []
    const copied = copyJson(value)
    return copied.ok ? fillDefaults(this.#checked.prepared, copied.json).filled : []
  }

  #copy(value: unknown): { readonly json: Json } | { readonly problem: DataProblem } {
    const { hasDefaults, prepared } = this.#checked
    const given = value === undefined ? prepared.default : value
    const copied = copyJson(given)
    if (!copied.ok) return { problem: notJson(copied) }
    return { json: hasDefaults ? fillDefaults(prepared, copied.json).json : copied.json }
  }
}

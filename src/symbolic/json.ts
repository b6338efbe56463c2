/** From JSON to trees: the public door of `json-in.ts`. */

import { specOf } from './class-spec.ts'
import { JsonError } from './errors.ts'
import { show } from './format.ts'
import { fromJsonData, parseJson } from './json-in.ts'
import { makeNode, type Node } from './node.ts'
import { isGreen } from './spec.ts'
import type { Symbolic } from './symbolic.ts'

type Type<Instance> = abstract new (...args: never) => Instance

/**
 * The tree in JSON data, as `JSON.parse` gives it. With a class, it must be an instance of it and may leave its `_type`
 * out; records without `_type` elsewhere are dicts, or objects where a field names their class. Throws `JsonError` for
 * unknown types and `FieldError` listing everything that does not fit.
 */
export function fromJson(data: unknown): Symbolic
export function fromJson<Instance extends Symbolic>(data: unknown, type: Type<Instance>): Instance
export function fromJson(data: unknown, type?: Type<Symbolic>): unknown {
  const value = fromJsonData(data, type === undefined ? null : specOf(type))
  if (isGreen(value)) return makeNode(value, null, '') satisfies Node
  throw new JsonError('', `a tree is an object, a list or a dict; the JSON holds only ${show(data)}`)
}

/** The tree in a JSON text; see `fromJson`. Throws `JsonError` where the text is not JSON, with line and column. */
export function fromJsonString(text: string): Symbolic
export function fromJsonString<Instance extends Symbolic>(text: string, type: Type<Instance>): Instance
export function fromJsonString(text: string, type?: Type<Symbolic>): unknown {
  const data = parseJson(text)
  return type === undefined ? fromJson(data) : fromJson(data, type)
}

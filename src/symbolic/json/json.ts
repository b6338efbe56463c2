/** From JSON to trees: the public door of `json-in.ts`. */

import { specOf } from '../class-spec.ts'
import { JsonError } from '../errors.ts'
import { isGreen } from '../greens/spec.ts'
import { unknown } from '../greens/unknown-green.ts'
import { makeNode, type Node, tracking } from '../node.ts'
import type { Symbolic } from '../symbolic.ts'
import type { PartialOf } from '../values/partial.ts'
import { show } from '../view/format.ts'
import { fromJsonData, parseJson } from './json-in.ts'
import { checkSize } from './limits.ts'
import type { ReadOptions } from './reading.ts'
import { UnknownObject } from './unknown.ts'

type Type<Instance> = abstract new (...args: never) => Instance

/**
 * The tree in JSON data, as `JSON.parse` gives it. With a class, it must be an instance of it and may leave its `_type`
 * out; records without `_type` elsewhere are dicts, or objects where a field names their class. Throws `JsonError` for
 * unknown types and `FieldError` listing everything that does not fit.
 */
export function fromJson(data: unknown, options?: ReadOptions): Symbolic
export function fromJson<Instance extends Symbolic>(
  data: unknown,
  type: Type<Instance>,
  options: ReadOptions & { readonly partial: true },
): Instance | PartialOf<Instance>
export function fromJson<Instance extends Symbolic>(
  data: unknown,
  type: Type<Instance>,
  options?: ReadOptions,
): Instance
export function fromJson(
  data: unknown,
  typeOrOptions?: Type<Symbolic> | ReadOptions,
  options?: ReadOptions,
): unknown {
  const [type, how] = typeAndOptions(typeOrOptions, options)
  // Named here, so that no bundler leaves the class out.
  if (how?.unknown === 'keep') unknown.spec ??= specOf(UnknownObject)
  const value = fromJsonData(data, type === undefined ? null : specOf(type), how)
  if (isGreen(value)) {
    const node: Node = makeNode(value, null, '')
    if (tracking.note !== null) tracking.note('load', node, null)
    return node
  }
  throw new JsonError('', `a tree is an object, a list or a dict; the JSON holds only ${show(data)}`)
}

/** The tree in a JSON text; see `fromJson`. Throws `JsonError` where the text is not JSON, with line and column. */
export function fromJsonString(text: string, options?: ReadOptions): Symbolic
export function fromJsonString<Instance extends Symbolic>(
  text: string,
  type: Type<Instance>,
  options: ReadOptions & { readonly partial: true },
): Instance | PartialOf<Instance>
export function fromJsonString<Instance extends Symbolic>(
  text: string,
  type: Type<Instance>,
  options?: ReadOptions,
): Instance
export function fromJsonString(
  text: string,
  typeOrOptions?: Type<Symbolic> | ReadOptions,
  options?: ReadOptions,
): unknown {
  const [type, how] = typeAndOptions(typeOrOptions, options)
  if (how !== undefined) checkSize(text, how)
  const data = parseJson(text)
  return type === undefined ? fromJson(data, how) : fromJson(data, type, how)
}

/** The class and the options, when the class may have been left out. */
export const typeAndOptions = (
  typeOrOptions: Type<Symbolic> | ReadOptions | undefined,
  options: ReadOptions | undefined,
): [type: Type<Symbolic> | undefined, options: ReadOptions | undefined] =>
  typeof typeOrOptions === 'object' ? [undefined, typeOrOptions] : [typeOrOptions, options]

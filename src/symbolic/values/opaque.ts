/**
 * Foreign objects in a tree: `opaque(object)` is a leaf that holds an object as it is, and is equal to another one when it
 * holds the same object. A codec for a class gives its objects a JSON form; nothing else ever does.
 */

import { JsonError, SymError } from '../errors.ts'
import { show } from '../view/format.ts'

/** A foreign object in a tree, made by `opaque`. */
export class Opaque<Value extends object = object> {
  readonly value: Value

  /** @internal */
  constructor(value: Value) {
    this.value = value
  }
}

const wrappers = new WeakMap<object, Opaque>()

/**
 * A leaf that holds an object as it is: arrays and records in it do not become lists and dicts, and two leaves are equal
 * when they hold the same object. It has no JSON form, unless a codec was registered for its class.
 *
 *     SymDict.from({ socket: opaque(socket) })
 */
export function opaque<Value extends object>(value: Value): Opaque<Value> {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) {
    throw new SymError('', `only objects can be opaque; ${show(value)} can stand in a tree as it is`)
  }
  let wrapper = wrappers.get(value)
  if (wrapper === undefined) wrappers.set(value, (wrapper = new Opaque(value)))
  return wrapper as Opaque<Value>
}

/** How opaque objects of a class are written to JSON, and read. */
export interface Codec<Value extends object> {
  /** What JSON calls the class. */
  readonly name: string
  /** The data of an object, as `JSON.stringify` takes it. */
  readonly toJson: (value: Value) => unknown
  /** The object of such data, which may come from anybody: check it. */
  readonly fromJson: (data: unknown) => Value
}

/** The type name of opaque objects in JSON. */
export const OPAQUE_TYPE = 'espalier.Opaque'

const codecs = new Map<
  string,
  { readonly type: abstract new (...args: never) => object; readonly codec: Codec<never> }
>()

/**
 * Gives opaque objects of a class a JSON form. Gives back the function that takes it away again. Throws `SymError` when
 * the name is taken.
 *
 *     registerCodec(URL, { name: 'url', toJson: url => url.href, fromJson: text => new URL(String(text)) })
 */
export function registerCodec<Value extends object>(
  type: abstract new (...args: never) => Value,
  codec: Codec<Value>,
): () => void {
  const { name } = codec
  if (codecs.has(name)) throw new SymError('', `there is a codec named '${name}' already`)
  codecs.set(name, { type, codec: codec as unknown as Codec<never> })
  return () => void codecs.delete(name)
}

/** The JSON text of an opaque object; null for anything else, and without a codec. */
export function opaqueToJson(wrapper: unknown): string | null {
  if (!(wrapper instanceof Opaque)) return null
  const { value } = wrapper
  for (const { type, codec } of codecs.values()) {
    if (!(value instanceof type)) continue
    const text: string | undefined = JSON.stringify(codec.toJson(value as never))
    if (text === undefined)
      throw new JsonError('', `the codec '${codec.name}' gave no data for ${show(value)}`)
    return `{"_type":"${OPAQUE_TYPE}","codec":${JSON.stringify(codec.name)},"value":${text}}`
  }
  return null
}

/** The opaque object of a record of JSON. */
export function opaqueFromJson({ codec: name, value }: Readonly<Record<string, unknown>>): Opaque {
  const found = typeof name === 'string' ? codecs.get(name) : undefined
  if (found === undefined)
    throw new JsonError('', `there is no codec named ${show(name)}; call registerCodec`)
  let made: object
  try {
    made = found.codec.fromJson(value)
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new JsonError('', `the codec ${show(name)} cannot read ${show(value)}: ${why}`, { cause })
  }
  if (made instanceof found.type) return opaque(made)
  throw new JsonError('', `the codec ${show(name)} made ${show(made)} of ${show(value)}`)
}

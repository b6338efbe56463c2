/**
 * Presets: a class on top of another one with values of its own for some fields, as defaults or for ever. PyGlove calls
 * them boilerplate classes.
 */

import type { Field, InitOf, InOf, OutOf } from '../fields/field.ts'
import { fieldOf, type SymClass, type SymShape } from '../sym-object.ts'
import type { Symbolic } from '../symbolic.ts'

export interface PresetOptions<Names> {
  /** The fields that cannot have another value: all that are given, or those named; none when left out. */
  readonly frozen?: boolean | readonly Names[]
}

type FieldsOf<Instance> = Instance extends { readonly '~fields': infer Fields } ? Fields : never

type PresetFields<Fields, Values> = {
  readonly [Name in keyof Fields]: Name extends keyof Values
    ? Field<OutOf<Fields[Name]>, InOf<Fields[Name]>, true>
    : Fields[Name]
}

/**
 * A class on top of another one in which the given values are the defaults.
 *
 *     const Gelu = preset('nn.Gelu', Dense, { activation: 'gelu' }, { frozen: true })
 *     new Gelu({ units: 3 }).activation     // 'gelu'
 */
export function preset<
  const Name extends string,
  Instance extends Symbolic,
  const Values extends Partial<InitOf<FieldsOf<Instance>>>,
>(
  name: Name,
  base: abstract new (...args: never) => Instance,
  values: Values,
  { frozen = false }: PresetOptions<keyof Values & string> = {},
): SymClass<
  Instance & SymShape<Name, PresetFields<FieldsOf<Instance>, Values>>,
  PresetFields<FieldsOf<Instance>, Values>
> {
  const given = values as Record<string, unknown>
  const isFrozen = (key: string): boolean =>
    typeof frozen === 'boolean' ? frozen : (frozen as readonly string[]).includes(key)
  const fields = Object.fromEntries(
    Object.keys(given).map(key => {
      const field = fieldOf(base, key)
      return [key, isFrozen(key) ? field.frozen(given[key]) : field.default(given[key])]
    }),
  )
  const { define } = base as unknown as { define: (name: string, fields: object) => unknown }
  return define.call(base, name, fields) as never
}

/** Fields of things to call: functions, which cannot be saved, and functors, which can. */

import { INVALID } from '../change/missing.ts'
import { specOf } from '../class-spec.ts'
import { isGreen, isKindOf } from '../greens/spec.ts'
import { Node } from '../node.ts'
import { Functor } from '../values/functor.ts'
import { type Field, type Kind, OF_KIND } from './field.ts'
import { makeField } from './make-field.ts'

/** A function of any arguments. */
export type AnyFunction = (...args: never) => unknown

export interface FunctorFieldOptions {
  /** The arguments that it must take, by name. */
  readonly args?: readonly string[]
}

/** The field of functions, and of functors. */
export const callable = <Callable extends AnyFunction = AnyFunction>(): Field<Callable, Callable, false> =>
  makeField({ tag: OF_KIND, kind: CALLABLE })

/** The field of functors that take the given arguments. */
export const functorField = <Made extends Functor = Functor>({
  args = [],
}: FunctorFieldOptions = {}): Field<Made, Made, false> =>
  makeField({ tag: OF_KIND, kind: FUNCTOR, data: args })

const CALLABLE: Kind = {
  name: 'function',
  target: null,
  accept: (_, value) => (typeof value === 'function' ? value : INVALID),
  describe: () => 'function',
  explain: () => false,
  tighten: () => ({}),
}

/** The arguments that a field of functors asks for. */
export const argsOf = (field: Field): readonly string[] => field.rules.data as readonly string[]

export const FUNCTOR: Kind = {
  name: 'functor',
  target: null,
  accept(field, value) {
    const green = value instanceof Node ? value._g : value
    if (!isGreen(green) || !isKindOf(green[0], specOf(Functor))) return INVALID
    return argsOf(field).every(name => green[0].slots.has(name)) ? green : INVALID
  },
  describe: field => {
    const args = argsOf(field)
    return args.length === 0 ? 'functor' : `functor that takes ${args.join(', ')}`
  },
  explain: () => false,
  tighten(field, base) {
    const lost = argsOf(base).filter(name => !argsOf(field).includes(name))
    return lost.length === 0 ? {} : `it need not take ${lost.join(', ')}`
  },
}

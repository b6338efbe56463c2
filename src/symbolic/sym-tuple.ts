/** Tuples: `SymTuple`, a list whose positions have types of their own. */

import { INVALID } from './change/missing.ts'
import { acceptAny } from './fields/accept.ts'
import { refusal } from './fields/refusal.ts'
import { listFrom, listValues, UNTYPED_TUPLE } from './greens/list-green.ts'
import type { Green } from './greens/spec.ts'
import { containerHandles, handleConstructor, makeNode } from './node.ts'
import { SymList } from './sym-list.ts'
import type { Symbolized } from './symbolized.ts'

/** What stands at an index: of a tuple of known length its type there, else any of them or nothing. */
type PositionOf<Elements extends readonly unknown[], Index extends number> = `${Index}` extends keyof Elements
  ? Elements[Index]
  : Elements[number] | undefined

/**
 * An immutable tuple in a tree. It reads like a list; `at(0)` and `[...tuple.toArray()]` know what stands where. A tuple
 * is never equal to a list.
 */
export class SymTuple<
  Elements extends readonly unknown[] = readonly unknown[],
  Inputs extends readonly unknown[] = Elements,
> extends SymList<Elements[number], Inputs[number]> {
  /** Carries the static types; nothing stands here at run time. */
  declare readonly '~positions': { readonly out: Elements; readonly in: Inputs }

  /** A tuple of the given values; arrays and records among them become lists and dicts. */
  static override from<const Values extends readonly unknown[]>(
    values: Values,
  ): SymTuple<{ readonly [Index in keyof Values]: Symbolized<Values[Index]> }, Values>
  static override from(values: Iterable<unknown>): SymList
  static override from(values: Iterable<unknown>): SymList {
    const array = [...values]
    const list = acceptAny(array, null, 0)
    if (list === INVALID) throw refusal('tuple', [], null, array)
    return makeNode(listFrom(UNTYPED_TUPLE, listValues(list as Green)), null, '') as SymTuple
  }

  declare at: <const Index extends number>(index: Index) => PositionOf<Elements, Index>
  declare toArray: () => [...Elements]
}

containerHandles.tuple = handleConstructor(SymTuple.prototype)

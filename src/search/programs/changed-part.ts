/** What a child of a program has instead of what: the smallest parts in which two expressions differ. */

import { argumentsOf, Call, type Expression } from './expression.ts'
import type { Program } from './program.ts'

/** A part of one program, and what stands in its place in another. */
export interface ChangedPart {
  readonly before: Expression
  readonly after: Expression
}

/** The smallest part of the result that holds all that differs; null where the results are equal. */
export function changedPart(before: Program, after: Program): ChangedPart | null {
  return before.result.equals(after.result) ? null : smallest(before.result, after.result)
}

function smallest(before: Expression, after: Expression): ChangedPart {
  const isAlike = before instanceof Call && after instanceof Call && before.op === after.op
  if (!isAlike) return { before, after }
  const others = argumentsOf(after)
  const differing = argumentsOf(before).flatMap((arg, i) => {
    const other = others[i] as Expression
    return arg.equals(other) ? [] : [[arg, other] as const]
  })
  const [only, ...more] = differing
  return only === undefined || more.length > 0 ? { before, after } : smallest(only[0], only[1])
}

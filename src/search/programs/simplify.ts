/**
 * Making a program small: every part is tried to be replaced by one of its own parts or by a small constant, as long as
 * someone agrees that nothing needed is lost. The order of the tries depends on the program alone.
 */

import { KeyPath } from '../../symbolic/index.ts'
import { Constant, type Expression, factsOf, partsOf } from './expression.ts'
import type { Program } from './program.ts'
import { mayStand, type Spot, spotsOf } from './vary.ts'

/**
 * A smaller program that `keeps` agrees to, where there is one; the largest saving is tried first.
 *
 *     simplify(rule, candidate => waste(candidate) <= waste(rule))
 */
export function simplify(program: Program, keeps: (candidate: Program) => boolean): Program {
  const refused = new Set<string>()
  const keepsOnce = (candidate: Program): boolean => {
    const text = candidate.toJsonString()
    if (refused.has(text)) return false
    if (keeps(candidate)) return true
    refused.add(text)
    return false
  }
  for (let best = program; ; ) {
    const smaller = firstSmaller(best, keepsOnce)
    if (smaller === null) return best
    best = smaller
  }
}

function firstSmaller(program: Program, keeps: (candidate: Program) => boolean): Program | null {
  const tries = spotsOf(program).flatMap(spot => replacements(spot))
  // The sort is stable: places come in the order of the tree among equal savings.
  tries.sort((a, b) => b.saving - a.saving)
  for (const { spot, expression } of tries) {
    const candidate = program.rebind([[KeyPath.of(...spot.keys), expression]])
    if (keeps(candidate)) return candidate
  }
  return null
}

interface Try {
  readonly spot: Spot
  readonly expression: Expression
  /** How many nodes go. */
  readonly saving: number
}

const CONSTANTS = [0, 1, false, true].map(value => new Constant({ value }))

function replacements(spot: Spot): Try[] {
  const { size } = factsOf(spot.expression)
  return [...partsOf(spot.expression), ...CONSTANTS]
    .filter(part => mayStand(part, spot))
    .map(expression => ({ spot, expression, saving: size - factsOf(expression).size }))
    .filter(({ saving }) => saving > 0)
}

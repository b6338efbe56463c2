/**
 * Making a program small: every statement is tried to be left out, and every part of an expression to be replaced by one
 * of its own parts or by a small constant, as long as someone agrees that nothing needed is lost. The order of the tries depends on the program alone.
 */

import { FieldError, KeyPath, MISSING } from '../../symbolic/index.ts'
import { Constant, factsOf, partsOf } from './expression.ts'
import { eachPlace, type Program } from './program.ts'
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
  const tries = [...shorterBodies(program), ...spotsOf(program).flatMap(replacements)]
  // The sort is stable: places come in the order of the tree among equal savings.
  tries.sort((a, b) => b.saving - a.saving)
  for (const { path, instead } of tries) {
    const candidate = rebound(program, path, instead)
    if (candidate !== null && keeps(candidate)) return candidate
  }
  return null
}

interface Try {
  readonly path: KeyPath
  readonly instead: unknown
  /** How many nodes go. */
  readonly saving: number
}

const CONSTANTS = [0, 1, false, true].map(value => new Constant({ value }))

function replacements(spot: Spot): Try[] {
  const { size } = factsOf(spot.expression)
  const path = KeyPath.of(...spot.keys)
  return [...partsOf(spot.expression), ...CONSTANTS]
    .filter(part => mayStand(part, spot))
    .map(expression => ({ path, instead: expression, saving: size - factsOf(expression).size }))
    .filter(({ saving }) => saving > 0)
}

/** Each statement left out. */
function shorterBodies(program: Program): Try[] {
  const tries: Try[] = []
  eachPlace(program, ({ keys, expression }) => {
    if (expression !== null) return
    const path = KeyPath.of(...keys)
    const smaller = rebound(program, path, MISSING)
    if (smaller !== null) tries.push({ path, instead: MISSING, saving: program.size - smaller.size })
  })
  return tries
}

/** Null where a variable would be read that is not there any more. */
function rebound(program: Program, path: KeyPath, instead: unknown): Program | null {
  try {
    return program.rebind([[path, instead]])
  } catch (error) {
    if (error instanceof FieldError) return null
    throw error
  }
}

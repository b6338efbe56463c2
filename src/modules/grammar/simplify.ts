/**
 * Making a rule small: by laws first, then by leaving out every part that the scores do not need, each time checked.
 * The order of the tries depends on the rule alone, so the same rule and the same answers give the same result.
 */

import { constantOf, type Expression, factsOf } from './expression.ts'
import { foldRule } from './fold.ts'
import { Grammar } from './grammar.ts'
import type { Rule } from './rule.ts'
import { mayStand, type Place, partsOf, placeOf, spotsOf } from './vary.ts'

export interface SimplifyOptions {
  /** Whether a candidate does as well as it has to. */
  readonly keeps: (candidate: Rule) => boolean | Promise<boolean>
  /** The most candidates to ask about. */
  readonly maxTries?: number
}

/**
 * A smaller rule that `keeps` agrees to, where there is one: every part is tried to be replaced by one of its own
 * parts, or by a small constant, the smallest result first, until nothing more can go.
 */
export async function simplify(rule: Rule, { keeps, maxTries = 1000 }: SimplifyOptions): Promise<Rule> {
  const asked = new Set<string>()
  const keepsOnce = async (candidate: Rule): Promise<boolean> => {
    const text = candidate.toJsonString()
    if (asked.has(text) || asked.size >= maxTries) return false
    asked.add(text)
    return keeps(candidate)
  }
  let best = rule
  for (;;) {
    const folded = foldRule(best)
    if (folded !== best && folded.size <= best.size && (await keepsOnce(folded))) best = folded
    const smaller = await findSmaller(best, keepsOnce)
    if (smaller === undefined) return best
    best = smaller
  }
}

async function findSmaller(
  rule: Rule,
  keeps: (candidate: Rule) => Promise<boolean>,
): Promise<Rule | undefined> {
  for (const { place, expression } of reductions(rule)) {
    const candidate = rule.rebind([[place.path, expression]])
    if (await keeps(candidate)) return candidate
  }
  return undefined
}

interface Reduction {
  readonly place: Place
  readonly expression: Expression
  /** How many nodes go. */
  readonly saving: number
}

/** What may stand for what, the largest saving first. */
function reductions(rule: Rule): Reduction[] {
  const grammar = new Grammar(typesIn(rule.inputTypes), typesIn(rule.outputTypes))
  const found: Reduction[] = []
  for (const spot of spotsOf(rule)) {
    const place = placeOf(spot, rule, grammar)
    const { size } = factsOf(place.expression)
    for (const expression of replacements(place)) {
      const saving = size - factsOf(expression).size
      if (saving > 0) found.push({ place, expression, saving })
    }
  }
  // The sort is stable: places come in the order of the tree among equal savings.
  return found.sort((a, b) => b.saving - a.saving)
}

const SMALL = [0, 1, false, true, '', []] as const

/** What may stand in a place instead: the parts of what stands there, and small constants. */
function replacements(place: Place): Expression[] {
  const parts = partsOf(place.expression).filter(part => mayStand(part, place))
  const constants = SMALL.map(value => constantOf(value)).filter(constant => mayStand(constant, place))
  return [...parts, ...constants]
}

const typesIn = <Value>(dict: { entries(): [string, Value][] }): { readonly [name: string]: Value } =>
  Object.fromEntries(dict.entries())

/**
 * What a tree holds anywhere inside: missing values, stand-ins, placeholders, things that may differ from run to run.
 * Worked out bottom-up, once for each green that anybody asks about, and remembered beside it: most are never asked.
 */

import { MISSING } from '../change/missing.ts'
import { eachChild } from './children.ts'
import { dictFind } from './dict-green.ts'
import { type Green, isGreen, OBJECT } from './spec.ts'

/** A required value is missing. */
export const HOLDS_MISSING = 1
/** A stand-in, like a hyper value, holds a place of something else. */
export const HOLDS_STAND_IN = 2
/** A placeholder, or a field that may be taken from the context: what reading gives depends on the place. */
export const HOLDS_INFERRED = 4
/** Something may differ from run to run. */
export const HOLDS_RANDOM = 8

const known = new WeakMap<Green, number>()

/** The flags of a finished green. */
export function summaryOf(green: Green): number {
  let flags = known.get(green)
  if (flags === undefined) {
    flags = ownFlags(green)
    eachChild(green, value => {
      if (isGreen(value)) flags = (flags as number) | summaryOf(value)
    })
    known.set(green, flags)
  }
  return flags
}

/** Whether a green is a stand-in, or holds one. */
export const holdsStandIn = (green: Green): boolean =>
  isStandIn(green) || (summaryOf(green) & HOLDS_STAND_IN) !== 0

/** Placeholders of inferred values can stand in any field, too, but the value is there for who reads it. */
const isStandIn = (green: Green): boolean => green[0].standsFor !== null && !green[0].infers

function ownFlags(green: Green): number {
  const { kind, base, infers } = green[0]
  if (kind !== OBJECT) return lackedKeys(green).length === 0 ? 0 : HOLDS_MISSING
  const cls = base.boundClass as { isDeterministic?: unknown } | null
  const isRandom = typeof cls?.isDeterministic === 'boolean' ? !cls.isDeterministic : isStandIn(green)
  return (
    (isStandIn(green) ? HOLDS_STAND_IN : 0) |
    (base.whole !== null && green.includes(MISSING) ? HOLDS_MISSING : 0) |
    (infers || base.isContextual ? HOLDS_INFERRED : 0) |
    (isRandom ? HOLDS_RANDOM : 0)
  )
}

/** The keys that a struct in a partial parent still lacks. */
export function lackedKeys(green: Green): string[] {
  const required = green[0].base.places?.required
  return required === undefined ? [] : [...required.keys()].filter(key => dictFind(green, key) < 0)
}

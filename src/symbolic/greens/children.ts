/** The children of a green, whatever its kind. */

import { MISSING } from '../change/missing.ts'
import type { Key } from '../key-path.ts'
import { dictEach } from './dict-green.ts'
import { listEach } from './list-green.ts'
import { FIRST, type Green, isDictKind, isGreen, OBJECT } from './spec.ts'

/**
 * Calls back with each child's stored value, key and slot, in order, until the callback gives back false. What is
 * missing from a partial object is not there.
 */
export function eachChild(green: Green, visit: (value: unknown, key: Key, slot: number) => unknown): boolean {
  const spec = green[0]
  if (spec.kind === OBJECT) {
    for (let slot = FIRST; slot < green.length; slot++) {
      const value = green[slot]
      if (value === MISSING) continue
      if (visit(value, spec.names[slot - FIRST] as string, slot) === false) return false
    }
    return true
  }
  if (isDictKind(spec.kind)) {
    return dictEach(green, (value, key, position) => visit(value, key, position + FIRST))
  }
  return listEach(green, (value, index) => visit(value, index, index + FIRST) !== false)
}

/** The keys that lead from a green to a value somewhere below it, for messages; null when it does not stand there. */
export function keysTo(root: Green, wanted: unknown, seen = new Set<Green>()): Key[] | null {
  if (root === wanted) return []
  // A part that stands in many places is looked through once.
  if (seen.has(root)) return null
  seen.add(root)
  let found: Key[] | null = null
  eachChild(root, (value, key) => {
    const below = value === wanted ? [] : isGreen(value) ? keysTo(value, wanted, seen) : null
    if (below !== null) found = [key, ...below]
    return found === null
  })
  return found
}

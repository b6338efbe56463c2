/** Trees as plain data of the caller's own: arrays and records, without type names. */

import { MISSING } from './change/missing.ts'
import { plainLeaf } from './fields/leaf.ts'
import { dictEach } from './greens/dict-green.ts'
import { listEach } from './greens/list-green.ts'
import { FIRST, type Green, isDictKind, isGreen, OBJECT } from './greens/spec.ts'

/** Plain data for a stored value; of leaves only dates and bytes are copied. */
export function toPlain(value: unknown): unknown {
  return isGreen(value) ? plainGreen(value) : plainLeaf(value)
}

function plainGreen(green: Green): unknown {
  const spec = green[0]
  if (spec.kind === OBJECT) {
    const record: Record<string, unknown> = {}
    for (let slot = FIRST; slot < green.length; slot++) {
      const value = green[slot]
      if (value === undefined || value === MISSING) continue
      record[spec.names[slot - FIRST] as string] = toPlain(value)
    }
    return record
  }
  if (isDictKind(spec.kind)) {
    const record: Record<string, unknown> = {}
    dictEach(green, (value, key) => {
      // Assigning to `__proto__` would set the prototype instead of a key.
      if (key === '__proto__') Object.defineProperty(record, key, { value: toPlain(value), ...OWN })
      else record[key] = toPlain(value)
    })
    return record
  }
  const array: unknown[] = []
  listEach(green, element => {
    array.push(toPlain(element))
    return true
  })
  return array
}

const OWN = { enumerable: true, configurable: true, writable: true } as const

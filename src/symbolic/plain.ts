/** Trees as plain data of the caller's own: arrays and records, without type names. */

import { dictEach } from './dict-green.ts'
import { listEach } from './list-green.ts'
import { FIRST, type Green, isDictKind, isGreen, OBJECT } from './spec.ts'

/** Plain data for a stored value; leaves are given as they are. */
export function toPlain(value: unknown): unknown {
  return isGreen(value) ? plainGreen(value) : value
}

function plainGreen(green: Green): unknown {
  const spec = green[0]
  if (spec.kind === OBJECT) {
    const record: Record<string, unknown> = {}
    for (let slot = FIRST; slot < green.length; slot++) {
      if (green[slot] !== undefined) record[spec.names[slot - FIRST] as string] = toPlain(green[slot])
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

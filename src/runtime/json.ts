// JSON values and the check that something is one. `JSON.stringify` alone would drop functions, turn NaN
// into null and call `toJSON`, so what a script sees would differ from what its caller wrote down.

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** Deeper values are refused: they are almost always circular, and `JSON.stringify` would overflow on them. */
export const MAX_DEPTH = 1000

/**
 * The JSON text of a value, or a `TypeError` that names the place where it stops being JSON.
 *
 *     jsonText({ a: [1, 2] }, 'inputs')      // '{"a":[1,2]}'
 *     jsonText({ a: [1, NaN] }, 'inputs')    // TypeError: inputs.a[1] must be JSON, got NaN
 */
export function jsonText(value: unknown, name: string): string {
  const flaw = findFlaw(value, 0)
  if (flaw) throw new TypeError(`${name}${flaw.path} must be JSON, got ${flaw.got}`)
  return JSON.stringify(value)
}

interface Flaw {
  readonly path: string
  readonly got: string
}

function findFlaw(value: unknown, depth: number): Flaw | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return undefined
    case 'number':
      return Number.isFinite(value) ? undefined : { path: '', got: String(value) }
    case 'object':
      if (value === null) return undefined
      if (depth > MAX_DEPTH) return { path: '', got: `something circular or over ${MAX_DEPTH} levels deep` }
      return Array.isArray(value) ? findInArray(value, depth) : findInRecord(value, depth)
    default:
      return { path: '', got: typeof value === 'undefined' ? 'undefined' : `a ${typeof value}` }
  }
}

function findInArray(list: readonly unknown[], depth: number): Flaw | undefined {
  for (let index = 0; index < list.length; index++) {
    const flaw = findFlaw(list[index], depth + 1)
    if (flaw) return within(`[${index}]`, flaw, depth)
  }
  return undefined
}

function findInRecord(record: object, depth: number): Flaw | undefined {
  const prototype: unknown = Object.getPrototypeOf(record)
  if (prototype !== Object.prototype && prototype !== null && !isForeignPlain(prototype)) {
    return { path: '', got: `an instance of ${className(record)}; pass plain data` }
  }
  if ('toJSON' in record && typeof record.toJSON === 'function') {
    return { path: '', got: 'an object with toJSON; pass plain data' }
  }
  const fields = record as Readonly<Record<string, unknown>>
  for (const key of Object.keys(fields)) {
    const flaw = findFlaw(fields[key], depth + 1)
    if (flaw)
      return within(/^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`, flaw, depth)
  }
  return undefined
}

/** The flaw as seen from one level up; a path of a thousand steps is cut to its first few. */
function within(step: string, flaw: Flaw, depth: number): Flaw {
  const isFar = depth < 8 && flaw.path.length > 120
  return { path: step + (isFar ? `${flaw.path.slice(0, 60)}…` : flaw.path), got: flaw.got }
}

/** Whether a prototype is the `Object.prototype` of another realm, as for values made by `node:vm` or test runners. */
function isForeignPlain(prototype: unknown): boolean {
  return (
    typeof prototype === 'object' &&
    prototype !== null &&
    Object.getPrototypeOf(prototype) === null &&
    Object.hasOwn(prototype, 'hasOwnProperty')
  )
}

function className(value: object): string {
  const name: unknown = value.constructor?.name
  return typeof name === 'string' && name !== '' ? name : 'a class'
}

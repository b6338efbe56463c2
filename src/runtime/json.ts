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

/**
 * Whether the values in a JSON text are deeper than what `jsonText` takes, which no caller should have to expect.
 * On the text, since this is asked of every answer of a child: 0.3 ms for 100 KB.
 */
export function isDeepText(text: string, limit: number): boolean {
  if (text.length < limit * 2) return false
  let depth = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (code === QUOTE) {
      do index = text.indexOf('"', index + 1)
      while (isEscaped(text, index))
    } else if (code === BRACKET || code === BRACE) {
      if (++depth > limit) return true
    } else if (code === BRACKET + 2 || code === BRACE + 2) {
      depth--
    }
  }
  return false
}

/**
 * Whether a JSON text may hold a number beyond all numbers, like 1e999, which is read as Infinity. On the text for the same
 * reason; the exponent has three digits, or the number two hundred.
 */
export function isHugeText(text: string): boolean {
  return /[eE]\+?\d{3}|\d{200}/.test(text)
}

/** Whether such a number is in a value. */
export function hasInfinity(value: unknown): boolean {
  const left: unknown[] = [value]
  while (left.length > 0) {
    const item = left.pop()
    if (item === Number.POSITIVE_INFINITY || item === Number.NEGATIVE_INFINITY) return true
    if (typeof item === 'object' && item !== null) for (const part of Object.values(item)) left.push(part)
  }
  return false
}

/** Whether one value is deeper. */
export function isDeepValue(value: Json): boolean {
  let level: readonly Json[] = [value]
  for (let depth = 0; depth <= MAX_DEPTH && level.length > 0; depth++) {
    level = level.flatMap(each =>
      typeof each === 'object' && each !== null ? Object.values<Json>(each) : [],
    )
  }
  return level.some(each => typeof each === 'object' && each !== null)
}

const QUOTE = 34
const BRACKET = 91
const BRACE = 123
const BACKSLASH = 92

function isEscaped(text: string, index: number): boolean {
  let before = index
  while (text.charCodeAt(before - 1) === BACKSLASH) before--
  return (index - before) % 2 === 1
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

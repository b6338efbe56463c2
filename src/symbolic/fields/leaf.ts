/**
 * Leaves that are objects or have no JSON of their own: dates, bytes, big integers, and classes. Dates and bytes are
 * copied on the way in and cannot be written to, so that a tree stays what it is; each has an explicit form in JSON.
 */

import { mix } from '../greens/mix.ts'
import type { Spec } from '../greens/spec.ts'

export const DATE_TYPE = 'espalier.Date'
export const BYTES_TYPE = 'espalier.Bytes'
export const BIGINT_TYPE = 'espalier.BigInt'
export const CLASS_TYPE = 'espalier.Class'

/** The type names that stand for leaves in JSON. */
export const LEAF_TYPES: ReadonlySet<string> = new Set([DATE_TYPE, BYTES_TYPE, BIGINT_TYPE, CLASS_TYPE])

/** Where a class made by `define` keeps its spec. */
export const SPEC: unique symbol = Symbol('spec')

/** A date of a tree: a `Date` whose setters throw. `new Date(date)` gives one that can change. */
export class SymDate extends Date {
  static {
    for (const name of Object.getOwnPropertyNames(Date.prototype)) {
      if (!name.startsWith('set')) continue
      const value = (): never => {
        throw new TypeError(`a date in a tree cannot change: ${name} works on a copy, new Date(date)`)
      }
      Object.defineProperty(SymDate.prototype, name, { value, configurable: true, writable: true })
    }
  }
}

/** Longer rows of bytes are shown by their beginning. */
const SHOWN = 48

/** Bytes of a tree. `toUint8Array()` gives a copy to work with. */
export class Bytes implements Iterable<number> {
  readonly #data: Uint8Array

  private constructor(data: Uint8Array) {
    this.#data = data
  }

  /** The bytes of an array, copied. */
  static from(data: Iterable<number> | ArrayLike<number>): Bytes {
    return data instanceof Bytes ? data : new Bytes(Uint8Array.from(data as ArrayLike<number>))
  }

  /** The bytes of a text in base64; null when it is not one. */
  static fromBase64(text: string): Bytes | null {
    const data = Buffer.from(text, 'base64')
    return data.toString('base64') === text ? new Bytes(new Uint8Array(data)) : null
  }

  get length(): number {
    return this.#data.length
  }

  /** The byte at an index, from the end when negative; undefined outside. */
  at(index: number): number | undefined {
    return this.#data.at(index)
  }

  [Symbol.iterator](): IterableIterator<number> {
    return this.#data.values()
  }

  toUint8Array(): Uint8Array {
    return this.#data.slice()
  }

  toBase64(): string {
    const { buffer, byteOffset, byteLength } = this.#data
    return Buffer.from(buffer, byteOffset, byteLength).toString('base64')
  }

  /** Negative, zero or positive, byte by byte. */
  compare(other: Bytes): number {
    return Buffer.compare(this.#data, other.#data)
  }

  equals(other: unknown): boolean {
    return other instanceof Bytes && this.length === other.length && this.compare(other) === 0
  }

  toString(): string {
    if (this.length <= SHOWN) return `Bytes(${this.toBase64()})`
    return `Bytes(${new Bytes(this.#data.subarray(0, SHOWN)).toBase64()}…, ${this.length} in all)`
  }
}

/** What is stored for an object that is no node and no plain data: dates and bytes as values, the rest as it is. */
export function storedLeaf(value: object): object {
  if (value instanceof Date) return value instanceof SymDate ? value : new SymDate(value.getTime())
  return value instanceof Uint8Array ? Bytes.from(value) : value
}

/** Whether two leaves that are different objects are equal. */
export function equalLeaves(a: unknown, b: unknown): boolean {
  if (a instanceof Date) return b instanceof Date && Object.is(a.getTime(), b.getTime())
  return a instanceof Bytes && a.equals(b)
}

/** The hash of a leaf that is an object; the one given for those that are equal to themselves only. */
export function hashLeaf(value: object, opaque: number): number {
  if (value instanceof Date) {
    const time = value.getTime()
    return mix(mix(0x6d2b79f5, time | 0), Math.floor(time / 2 ** 32) | 0)
  }
  if (!(value instanceof Bytes)) return opaque
  let hash = 0x1b56c4e9 ^ value.length
  for (const byte of value) hash = mix(hash, byte)
  return hash
}

/** The order among leaves that are objects or functions; zero for those that nothing tells apart but identity. */
export function compareLeaves(a: unknown, b: unknown): number {
  if (a instanceof Date && b instanceof Date) return compareNumbers(a.getTime(), b.getTime())
  if (a instanceof Bytes && b instanceof Bytes) return a.compare(b)
  if (typeof a === 'bigint' && typeof b === 'bigint') return a < b ? -1 : a > b ? 1 : 0
  return compareTexts(className(a), className(b))
}

const compareNumbers = (a: number, b: number): number =>
  Number.isNaN(a) ? (Number.isNaN(b) ? 0 : -1) : Number.isNaN(b) ? 1 : a - b

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const className = (value: unknown): string => classSpec(value)?.name ?? ''

/** The spec of a class that fields can hold and JSON can name; null for everything else. */
export function classSpec(value: unknown): Spec | null {
  if (typeof value !== 'function' || !(SPEC in value)) return null
  const spec = value[SPEC] as Spec
  return spec.boundClass === value ? spec : null
}

/** The JSON text of a leaf that plain JSON cannot say; null when it has none. */
export function leafToJson(value: unknown): string | null {
  if (typeof value === 'bigint') return tagged(BIGINT_TYPE, `${value}`)
  if (value instanceof Bytes) return tagged(BYTES_TYPE, value.toBase64())
  if (value instanceof Date)
    return Number.isNaN(value.getTime()) ? null : tagged(DATE_TYPE, value.toISOString())
  const spec = classSpec(value)
  return spec === null ? null : tagged(CLASS_TYPE, spec.name)
}

const tagged = (type: string, value: string): string => `{"_type":"${type}","value":${JSON.stringify(value)}}`

/** The leaf of a type name for leaves and its text; null when the text is not one. */
export function leafFromJson(type: string, text: unknown, classNamed: (name: string) => unknown): unknown {
  if (typeof text !== 'string') return null
  switch (type) {
    case DATE_TYPE: {
      const date = dateFromText(text)
      return date === null ? null : storedLeaf(date)
    }
    case BYTES_TYPE:
      return Bytes.fromBase64(text)
    case BIGINT_TYPE:
      return /^-?(?:0|[1-9]\d*)$/.test(text) && text.length <= MAX_DIGITS ? BigInt(text) : null
    default:
      return classNamed(text)
  }
}

/** Reading a number of n digits costs n²: text from strangers stays within what nobody writes by hand. */
const MAX_DIGITS = 10_000

/** The date of an ISO 8601 text with date and time; null for anything else, and for days that no calendar has. */
export function dateFromText(text: string): Date | null {
  const match = /^([+-]\d{6}|\d{4})-(\d\d)-(\d\d)T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/.exec(
    text,
  )
  if (match === null) return null
  const date = new Date(text)
  const [, year, month, day] = match
  return Number.isNaN(date.getTime()) || Number(day) > daysIn(Number(year), Number(month)) ? null : date
}

function daysIn(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return new Date(Date.UTC(isLeap ? 2000 : 2001, month, 0)).getUTCDate()
}

/** A leaf of these kinds in words; null for all others. */
export function leafText(value: unknown): string | null {
  if (value instanceof Bytes || value instanceof Uint8Array) return String(Bytes.from(value))
  if (value instanceof Date) return `Date(${Number.isNaN(value.getTime()) ? 'invalid' : value.toISOString()})`
  return classSpec(value)?.name ?? null
}

/** A copy of the caller's own, as JavaScript has it: `Date` and `Uint8Array`. */
export function plainLeaf(value: unknown): unknown {
  if (value instanceof Bytes) return value.toUint8Array()
  return value instanceof SymDate ? new Date(value.getTime()) : value
}

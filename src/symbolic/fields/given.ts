/**
 * Values as they are given to fields: which of them are stored ones already, which are plain records, and what the
 * transform of a field makes of them.
 */

import { MISSING } from '../change/missing.ts'
import { type Green, Spec } from '../greens/spec.ts'
import { makeNode, Node } from '../node.ts'
import type { Field } from './field.ts'

/** Whether a value is a green, as opposed to an array of the user's; the mark settles most arrays at once. */
export const isStored = (value: unknown): value is Green =>
  Array.isArray(value) && typeof value[1] === 'number' && value[0] instanceof Spec

/** Whether a value is a plain record: an object literal, or one without a prototype. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** What a value that does not go through the transform of its field is said to become. */
export const UNCHANGED: unique symbol = Symbol('UNCHANGED')

/** What a transform threw. */
export class Failed {
  readonly error: unknown

  constructor(error: unknown) {
    this.error = error
  }
}

/** What the transform of a field makes of a value; `UNCHANGED` for absence, allowed nulls and stand-ins. */
export function transformed(field: Field, value: unknown): unknown {
  const { isNullable, transform } = field.rules
  if (value === undefined || value === MISSING || (value === null && isNullable)) return UNCHANGED
  const green = value instanceof Node ? value._g : isStored(value) ? value : null
  if (green !== null && green[0].standsFor !== null) return UNCHANGED
  try {
    return transform?.((isStored(value) ? makeNode(value, null, '') : value) as never)
  } catch (error) {
    return new Failed(error)
  }
}

/**
 * What is stored for an object of a type that is not registered, when it is to be kept: its type name, and its data as a
 * dict. All have one spec, that of `UnknownObject`, so that equality, hashes and diffs need no rules of their own.
 */

import { FIRST, type Green, type Spec } from './spec.ts'

/** The spec of unknown objects, set by `unknown.ts`, whose class stands above the files that read and write JSON. */
export const unknown: { spec: Spec | null } = { spec: null }

/** The green of an unknown object; `data` is a dict. */
export function unknownGreen(type: string, data: Green): Green {
  if (unknown.spec === null) throw new Error('nothing can hold an unknown object yet')
  return [unknown.spec, 0, type, data]
}

export const isUnknownSpec = (spec: Spec): boolean => spec.base === unknown.spec

/** The type name of an unknown object, and the dict of its data. */
export const unknownParts = (green: Green): [type: string, data: Green] => [
  green[FIRST] as string,
  green[FIRST + 1] as Green,
]

/**
 * Values that must fit, or an error that says all that is wrong with them: the good case is `accept.ts` alone, and only
 * what it refuses is walked again by `explain.ts`.
 */

import { INVALID } from '../change/missing.ts'
import { errorOf, type Problem, SymError } from '../errors.ts'
import type { Green, Spec } from '../greens/spec.ts'
import { type Key, KeyPath } from '../key-path.ts'
import { accept, construct, type Reader } from './accept.ts'
import { explain, explainRecord } from './explain.ts'
import type { Field } from './field.ts'
import { Site } from './site.ts'

/** What is stored for a value under a field; throws the error that says all that is wrong with it, and where. */
export function acceptOrThrow(
  on: string,
  keys: readonly Key[],
  field: Field | null,
  value: unknown,
  reader: Reader | null = null,
): unknown {
  let stored: unknown = INVALID
  try {
    stored = accept(field, value, reader, 0)
  } catch (error) {
    // Types and hooks do not know where in the value they stand; the second walk finds out.
    if (!(error instanceof SymError)) throw error
  }
  if (stored === INVALID) throw refusal(on, keys, field, value, reader)
  return stored
}

/** The error for a value that `accept` refused; `on` names what the path is relative to. */
export function refusal(
  on: string,
  keys: readonly Key[],
  field: Field | null,
  value: unknown,
  reader: Reader | null = null,
): SymError {
  const site = Site.at(KeyPath.of(...keys), reader)
  explain(field, value, site)
  return errorAt(on, site)
}

/** The green of a record for a class; throws the error that says all that is wrong with it, and where. */
export function constructOrThrow(
  spec: Spec,
  record: Readonly<Record<string, unknown>>,
  reader: Reader | null = null,
): Green {
  let green: unknown
  try {
    green = construct(spec, record, reader, 0)
  } catch (error) {
    if (!(error instanceof SymError)) throw error
    const site = Site.at(KeyPath.root, reader)
    explainRecord(spec, record, site)
    // With nothing wrong below, it is the object's own hook that refuses, and its paths are right.
    throw site.problems.length === 0 ? error : errorAt(spec.name, site)
  }
  if (green === INVALID) throw constructRefusal(spec, record, reader)
  return green as Green
}

/** The error for a record of field values that `construct` refused. */
export function constructRefusal(
  spec: Spec,
  record: Readonly<Record<string, unknown>>,
  reader: Reader | null = null,
): SymError {
  const site = Site.at(KeyPath.root, reader)
  explainRecord(spec, record, site)
  return errorAt(spec.name, site)
}

/** Everything that is wrong with a value under a field; empty when it fits. */
export function problemsOf(field: Field, value: unknown): Problem[] {
  const site = Site.at(KeyPath.root, null)
  explain(field, value, site)
  return [...site.problems]
}

function errorAt(on: string, site: Site): SymError {
  if (site.problems.length === 0) site.say('does not fit')
  return errorOf(on, [...site.problems])
}

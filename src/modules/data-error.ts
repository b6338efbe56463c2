/**
 * Data that does not fit its schema, or a schema that cannot be used. All problems found are in the error, each with
 * its key path, the value there, and what was expected; the sentence is made last.
 */

import { type Problem, SymError } from '../symbolic/index.ts'
import { type Copied, MAX_DEPTH } from './json.ts'

/** One thing wrong with one place. */
export interface DataProblem extends Problem {
  /** What stands there; undefined when nothing does. */
  readonly value: unknown
  /** What should stand there, in words that follow "must be" or stand alone. */
  readonly expected: string
}

/** Thrown when data does not fit a `DataModel`, or a schema is not one that can be checked. */
export class DataError extends SymError {
  override readonly name = 'DataError'
  override readonly code = 'data'
  declare readonly problems: readonly DataProblem[]

  /** `on` names what the paths are relative to: `DataError: output.y must be an integer, got "three"`. */
  static of(on: string, problems: readonly DataProblem[], cause?: unknown): DataError {
    const lines = problems.slice(0, SHOWN).map(problem => `${placed(on, problem.path)} ${problem.message}`)
    if (problems.length > SHOWN) lines.push(`and ${problems.length - SHOWN} more`)
    const text =
      lines.length === 1 ? (lines[0] as string) : `${problems.length} problems:\n  ${lines.join('\n  ')}`
    return new DataError(problems[0]?.path ?? '', text, { cause, problems })
  }
}

/** A problem with its sentence. */
export function problem(path: string, value: unknown, expected: string, message?: string): DataProblem {
  return { path, value, expected, message: message ?? `must be ${expected}, got ${showValue(value)}` }
}

/** What is wrong with data that is not JSON. */
export function notJson({ path, value, isTooDeep }: Extract<Copied, { ok: false }>): DataProblem {
  if (!isTooDeep) return problem(path, value, 'JSON')
  const expected = `JSON of at most ${MAX_DEPTH} levels`
  return problem(path, value, expected, `must be ${expected}: is it a cycle?`)
}

/** A value in at most some 60 characters, for messages. */
export function showValue(value: unknown): string {
  let text: string
  if (value === undefined) text = 'nothing'
  else if (typeof value === 'function') text = 'a function'
  else if (typeof value === 'number' || typeof value === 'bigint') text = String(value)
  else {
    try {
      text = JSON.stringify(value) ?? `a ${typeof value}`
    } catch {
      text = 'something circular'
    }
  }
  return text.length > 60 ? `${text.slice(0, 59)}…` : text
}

const SHOWN = 20

const placed = (on: string, path: string): string =>
  path === '' ? on : path.startsWith('[') ? on + path : `${on}.${path}`

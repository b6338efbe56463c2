/**
 * The state of a program alone: what its variables and trainable fields hold, by key path, as JSON. It is a map of
 * updates like any other, so it can be diffed, kept in a database, and put into another version of the same program.
 */

import { fromJson, MISSING, SymList } from '../symbolic/index.ts'
import { DataError, type DataProblem, problem } from './data-error.ts'
import type { Json } from './json.ts'
import type { Program } from './program.ts'
import { trainableFieldsIn, variablesIn } from './trainable.ts'

/** Values by key path: `{ 'modules[0].state.value': { script: 'result = 1' } }`. */
export type ProgramState = { readonly [path: string]: Json }

export interface WithStateOptions {
  /** Whether places that the state leaves out keep what they have; else they must all be there. Default false. */
  readonly partial?: boolean
}

/** The state of a program: all its variables, frozen ones too, and those trainable fields that hold something. */
export function stateOf(program: Program): ProgramState {
  const state: Record<string, Json> = {}
  for (const [path, value] of placesIn(program)) {
    if (value !== undefined) state[path] = (SymList.from([value]).toJSON() as Json[])[0] as Json
  }
  return state
}

/**
 * The program with another state. Throws `DataError` listing every path that the program has no variable or trainable
 * field at, every variable that the state leaves out, and, from the places themselves, every value that does not fit.
 */
export function withState<Given extends Program>(
  program: Given,
  state: ProgramState,
  { partial = false }: WithStateOptions = {},
): Given {
  const places = placesIn(program)
  const known = [...places.keys()].join(', ') || 'none'
  const found = Object.keys(state)
    .filter(path => !places.has(path))
    .map((path): DataProblem => problem('', path, '', `has the path '${path}'; the program has ${known}`))
  if (!partial) {
    const missing = [...variablesIn(program).keys()].map(valueAt).filter(path => !Object.hasOwn(state, path))
    found.push(...missing.map(path => problem('', undefined, '', `lacks the path '${path}'`)))
  }
  if (found.length > 0) throw DataError.of('the state', found)
  const updates = [...places.keys()].flatMap((path): [string, unknown][] => {
    if (Object.hasOwn(state, path)) return [[path, (fromJson([state[path]]) as SymList).at(0)]]
    return partial ? [] : [[path, MISSING]]
  })
  return program.rebind(updates)
}

const valueAt = (path: string): string => `${path}.value`

function placesIn(program: Program): Map<string, unknown> {
  const variables = [...variablesIn(program)].map(([path, { value }]) => [valueAt(path), value] as const)
  return new Map<string, unknown>([...variables, ...trainableFieldsIn(program)])
}

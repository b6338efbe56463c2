/**
 * Programs with hyper values in them. Such a program cannot run; training starts from the one in which every hyper value
 * is at its first choice, and whoever searches the space finds it in the template.
 */

import { HyperValue, Space } from '../search/index.ts'
import { CONTINUE, ENTER } from '../symbolic/index.ts'
import type { Program } from './program.ts'

/** The key paths of the hyper values in a program; of those inside another one there is none. */
export function openPaths(program: Program): string[] {
  const paths: string[] = []
  program.walk((path, value) => {
    if (!(value instanceof HyperValue)) return ENTER
    paths.push(path.toString())
    return CONTINUE
  })
  return paths
}

/** The program with every hyper value at its first choice; the program itself when it has none. */
export function firstOf<Trained extends Program>(program: Trained): Trained {
  if (openPaths(program).length === 0) return program
  const space = Space.of<Program>(program)
  return space.materialize(space.first()) as Trained
}

/**
 * `onBound`, the hook of a class: called once for each new instance that is concrete. While a stand-in (a hyper value)
 * holds a place anywhere inside, the instance is not what it will become, and the hook waits; those of stand-ins do not.
 */

import { eachChild } from './children.ts'
import { errorAt } from './errors.ts'
import { makeNode, type Node } from './node.ts'
import { type Green, isGreen } from './spec.ts'

/** Calls the hook of a new object, which may refuse it by throwing. */
export function runHook(green: Green): void {
  const { hasHook, standsFor } = green[0]
  if (!hasHook || (standsFor === null && holdsStandIn(green))) return
  ;(makeNode(green, null, '') as Node & { onBound(): void }).onBound()
}

/** The same for an object at a place: what it throws tells the place from the root that `on` names. */
export function runHookAt(green: Green, on: string, path: () => string): void {
  if (!green[0].hasHook) return
  try {
    runHook(green)
  } catch (error) {
    throw errorAt(error, on, path())
  }
}

/** Asked only for objects with a hook, and once for each green below them: most trees have neither. */
const known = new WeakMap<Green, boolean>()

function holdsStandIn(green: Green): boolean {
  if (green[0].standsFor !== null) return true
  let holds = known.get(green)
  if (holds === undefined) {
    holds = !eachChild(green, value => !(isGreen(value) && holdsStandIn(value)))
    known.set(green, holds)
  }
  return holds
}

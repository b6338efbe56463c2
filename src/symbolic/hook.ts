/**
 * `onBound`, the hook of a class: called once for each new instance that is concrete. While a stand-in (a hyper value)
 * holds a place anywhere inside, the instance is not what it will become, and the hook waits; those of stand-ins do not.
 */

import { errorAt, FieldError, InferenceError } from './errors.ts'
import type { Green, Spec } from './greens/spec.ts'
import { holdsStandIn } from './greens/summary.ts'
import { makeNode, type Node } from './node.ts'

/** Calls the hook of a new object, which may refuse it by throwing. Those of abstract classes are always refused. */
export function runHook(green: Green): void {
  const { hasHook, standsFor, isAbstract } = green[0]
  if (isAbstract) throw abstractError(green[0])
  if (!hasHook || (standsFor === null && holdsStandIn(green))) return
  try {
    ;(makeNode(green, null, '') as Node & { onBound(): void }).onBound()
  } catch (error) {
    // What the hook wants to know depends on a place that the object does not have yet.
    if (!(error instanceof InferenceError)) throw error
  }
}

/** What an abstract class says to `new`, and to JSON that asks for it. */
export function abstractError(spec: Spec): FieldError {
  const message = `must be of a class on top of ${spec.name}, which is abstract`
  return FieldError.of(spec.name, [{ path: '', message }])
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

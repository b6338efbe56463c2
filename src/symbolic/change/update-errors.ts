/** What can be wrong with the place a change is for, and how it is said: the root's name, the path, and what is there. */

import { FieldError, PathError } from '../errors.ts'
import { accept, misfitOf } from '../fields/accept.ts'
import { frozenMessage, unknownField } from '../fields/explain.ts'
import type { Field } from '../fields/field.ts'
import { refusal } from '../fields/refusal.ts'
import { dictSize } from '../greens/dict-green.ts'
import { listLength } from '../greens/list-green.ts'
import { FIRST, type Green, isDictKind, isGreen, OBJECT, OWNED, ruleAt, type Spec } from '../greens/spec.ts'
import { keyOf, pathText, type Step, type Steps } from '../greens/steps.ts'
import { type Key, KeyPath } from '../key-path.ts'
import { show } from '../view/format.ts'
import { INVALID } from './missing.ts'

export const frozen = (on: string, path: string, field: Field, value: unknown): FieldError =>
  FieldError.of(on, [{ path, message: frozenMessage(field, value) }])

/** The green that a path goes on below; throws when a leaf stands there. */
export function below(root: Green, value: unknown, steps: Steps, at: number): Green {
  if (isGreen(value)) return value
  const here = pathText(steps, at + 1)
  throw new PathError(
    pathText(steps),
    `${root[0].name} has nothing at '${pathText(steps)}': at '${here}' stands ${show(value)}, which has no parts`,
  )
}

/** The index that a step means in a list of a length; at or past the end it means an append. */
export function indexOf(root: Green, steps: Steps, at: number, length: number): number {
  const step = steps[at]
  if (typeof step !== 'number') {
    throw new PathError(
      pathText(steps),
      `${root[0].name} has no '${keyOf(step as Step)}' at '${pathText(steps, at)}': a list is entered by index, like [0]`,
    )
  }
  const index = step < 0 ? length + step : step
  if (index >= 0) return index
  throw new PathError(
    pathText(steps),
    `${root[0].name} has no element [${step}] at '${pathText(steps, at)}': the list has ${length} elements`,
  )
}

/** Throws when a stand-in, or what a field judges as a whole, no longer fits after a change inside. */
export function checkStandIn(on: string, path: () => string, field: Field | null, green: Green): void {
  const message = misfitOf(field, green)
  if (message !== null) throw FieldError.of(on, [{ path: path(), message }])
  if (field?.isWhole && accept(field, green, null, 0) === INVALID) {
    throw refusal(on, KeyPath.parse(path()).keys, field, green)
  }
}

/** The field that governs what stands under a key of a green; null when anything may. */
export function fieldUnder(parent: Green, key: Key): Field | null {
  const spec = parent[0]
  if (spec.kind !== OBJECT) return ruleAt(spec, key)
  return spec.fields[(spec.slots.get(key as string) as number) - FIRST] as Field
}

export function noSuchField(root: Green, spec: Spec, steps: Steps, at: number): PathError {
  const step = steps[at] as number | Step
  const name = typeof step === 'number' ? `[${step}]` : step.key
  return new PathError(
    pathText(steps),
    `${root[0].name}: '${pathText(steps, at + 1)}' ${unknownField(spec, name)}`,
  )
}

/** What a tuple of fixed positions says to a value that would move the others. */
export const fixedPositions = (root: Green, steps: Steps): PathError =>
  new PathError(
    pathText(steps),
    `${root[0].name} cannot take anything in or out at '${pathText(steps)}': the positions of the tuple are fixed`,
  )

export function nowhere(root: Green, steps: Steps, at: number): PathError {
  return new PathError(pathText(steps), `${root[0].name} has nothing at '${pathText(steps, at + 1)}'`)
}

/** The green, if its size is allowed; a copy owned by a batch is checked when the batch is done. */
export function sized(root: Green, green: Green, steps: Steps, at: number): Green {
  if (green[1] !== OWNED && !hasFittingSize(green)) throw wrongSize(root[0], green, steps.slice(0, at))
  return green
}

const sizeOf = (green: Green): number => (isDictKind(green[0].kind) ? dictSize(green) : listLength(green))

export function hasFittingSize(green: Green): boolean {
  const size = sizeOf(green)
  return green[0].minSize <= size && size <= green[0].maxSize
}

export function wrongSize(root: Spec, green: Green, steps: Steps): FieldError {
  const { minSize, maxSize, kind } = green[0]
  const size = sizeOf(green)
  const what = isDictKind(kind) ? 'entries' : 'elements'
  const wanted = size < minSize ? `at least ${minSize}` : `at most ${maxSize}`
  return FieldError.of(root.name, [
    { path: pathText(steps), message: `must have ${wanted} ${what}, would have ${size}` },
  ])
}

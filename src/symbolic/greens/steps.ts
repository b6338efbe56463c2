/**
 * Key paths as the core walks them: integers for indices, interned `Step` objects for keys. A step remembers the slot it
 * had in the last class it met, an inline cache in user land, and parsed texts are kept (a hit costs 20 to 45 ns,
 * parsing 350).
 */

import { PathError } from '../errors.ts'
import { type Key, KeyPath, type PathLike, parseKeys } from '../key-path.ts'
import type { Spec } from './spec.ts'

/** One string key of a path. */
export class Step {
  readonly key: string
  /** The class last met, and the slot of the key there. */
  spec: Spec | null = null
  slot = 0

  constructor(key: string) {
    this.key = key
  }
}

export type Steps = readonly (number | Step)[]

/** The slot of a step's key in objects of a class; 0 when the class has no such field. */
export function slotIn(spec: Spec, step: Step): number {
  if (step.spec === spec) return step.slot
  const slot = spec.slots.get(step.key) ?? 0
  step.spec = spec
  step.slot = slot
  return slot
}

/** The steps of a path. Throws `PathError` when its text cannot be read. */
export function stepsOf(path: PathLike): Steps {
  if (typeof path !== 'string') {
    if (path instanceof KeyPath) return stepsOfKeys(path.keys)
    if (Array.isArray(path)) return stepsOfKeys(path as readonly Key[])
    throw new PathError('', `a key path is text, a KeyPath or a list of keys, got ${String(path)}`)
  }
  const known = parsed.get(path)
  if (known !== undefined) return known
  const steps = stepsOfKeys(parseKeys(path))
  if (parsed.size >= MAX_PARSED) forgetOldest()
  parsed.set(path, steps)
  return steps
}

function stepsOfKeys(keys: readonly Key[]): Steps {
  if (keys.length === 1) return [toStep(keys[0] as Key)]
  const steps: (number | Step)[] = []
  for (let i = 0; i < keys.length; i++) steps.push(toStep(keys[i] as Key))
  return steps
}

export const keyOf = (step: number | Step): Key => (typeof step === 'number' ? step : step.key)

/** The text of the first `count` steps. */
export const pathText = (steps: Steps, count = steps.length): string =>
  KeyPath.from(steps.slice(0, count).map(keyOf)).toString()

const MAX_PARSED = 20_000
const MAX_STEPS = 5_000
const parsed = new Map<string, Steps>()
const interned = new Map<string, Step>()

function toStep(key: Key): number | Step {
  if (typeof key === 'number') {
    if (!Number.isInteger(key))
      throw new PathError('', `an index in a key path must be an integer, got ${key}`)
    return key
  }
  if (typeof key !== 'string') {
    throw new PathError('', `a key in a key path must be a string or an integer, got ${String(key)}`)
  }
  let step = interned.get(key)
  if (step === undefined) {
    step = new Step(key)
    if (interned.size < MAX_STEPS) interned.set(key, step)
  }
  return step
}

/** Drops the oldest tenth, so that a stream of new paths does not pay for eviction at each of them. */
function forgetOldest(): void {
  let left = MAX_PARSED / 10
  for (const path of parsed.keys()) {
    if (left-- === 0) break
    parsed.delete(path)
  }
}

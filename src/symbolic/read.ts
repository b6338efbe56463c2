/**
 * Reading: the children of a green, whatever its kind, and what stands at a path. Values are looked up on greens;
 * a node is made only for the container that is handed out.
 */

import { MISSING } from './change/missing.ts'
import { InferenceError, PathError } from './errors.ts'
import { unknownField } from './fields/explain.ts'
import type { Field } from './fields/field.ts'
import { dictFind, dictGet } from './greens/dict-green.ts'
import { listGet, listLength } from './greens/list-green.ts'
import { FIRST, type Green, isDictKind, isGreen, LIST, OBJECT } from './greens/spec.ts'
import { pathText, Step, type Steps, slotIn } from './greens/steps.ts'
import type { Key } from './key-path.ts'
import { childNode, inference, Node, readChild } from './node.ts'
import { show } from './view/format.ts'

/** What a lookup gives when nothing stands there: absent fields and undefined are values. */
export const NOTHING: unique symbol = Symbol('NOTHING')

/** The slot of a step in a green, by which `readSlot` and nodes know the child; 0 when there is none. */
export function slotOf(green: Green, step: number | Step): number {
  const spec = green[0]
  if (spec.kind === OBJECT) return typeof step !== 'number' ? slotIn(spec, step) : 0
  if (isDictKind(spec.kind)) return typeof step !== 'number' ? dictFind(green, step.key) + FIRST : 0
  if (typeof step !== 'number') return 0
  const length = listLength(green)
  const index = step < 0 ? length + step : step
  return 0 <= index && index < length ? index + FIRST : 0
}

/** The stored value in a slot of a green of any kind. */
export function readSlot(green: Green, slot: number): unknown {
  const kind = green[0].kind
  if (kind === OBJECT) return green[slot]
  return isDictKind(kind) ? dictGet(green, slot - FIRST) : listGet(green, slot - FIRST)
}

/** What users see of a stored child: a leaf as it is, a green as the node of its place. */
export const nodeOrLeaf = (node: Node, slot: number, key: Key, value: unknown): unknown =>
  isGreen(value) ? childNode(node, slot, key, value) : value

/** What stands at a path below a node; `NOTHING` when the path leads nowhere, or to what is missing. */
export function readPath(node: Node, steps: Steps): unknown {
  let value: unknown = node._g
  for (let at = 0; at < steps.length; at++) {
    if (!isGreen(value)) return NOTHING
    const step = steps[at] as number | Step
    const { kind, asksAround } = value[0]
    if (asksAround) return readMembers(node, steps)
    // Objects and small lists, where most paths lead, are read at once.
    if (kind === OBJECT && typeof step !== 'number') {
      const slot = slotIn(value[0], step)
      if (slot === 0) return NOTHING
      value = value[slot]
    } else if (kind === LIST && typeof step === 'number' && 0 <= step && step < value.length - FIRST) {
      value = value[step + FIRST]
    } else {
      const slot = slotOf(value, step)
      if (slot < FIRST) return NOTHING
      value = readSlot(value, slot)
    }
  }
  if (isGreen(value)) return value[0].infers ? readMembers(node, steps) : nodeAt(node, steps)
  return value === MISSING ? NOTHING : value
}

/** The same by reading one member after the other, where placeholders or the context have a say. */
function readMembers(node: Node, steps: Steps): unknown {
  let at: unknown = node
  for (const step of steps) {
    const slot = at instanceof Node ? slotOf(at._g, step) : 0
    if (!(at instanceof Node) || slot < FIRST) return NOTHING
    at = readMember(at, slot, typeof step === 'number' ? slot - FIRST : step.key)
  }
  return at === MISSING ? NOTHING : at
}

/** What reading the member of a node in a slot gives. */
export function readMember(node: Node, slot: number, key: Key): unknown {
  const spec = node._g[0]
  if (spec.isContextual && (spec.fields[slot - FIRST] as Field).rules.isContextual) {
    return inference.readContextual(node, slot, key as string)
  }
  const value = readSlot(node._g, slot)
  return isGreen(value) ? readChild(node, slot, key, value) : value
}

/** What stands at a path as it is stored: placeholders as nodes, and nothing from the context. */
export function readSymbolic(node: Node, steps: Steps): unknown {
  let value: unknown = node._g
  for (const step of steps) {
    const slot = isGreen(value) ? slotOf(value, step) : 0
    if (!isGreen(value) || slot < FIRST) return NOTHING
    value = readSlot(value, slot)
  }
  if (isGreen(value)) return nodeAt(node, steps)
  return value === MISSING ? NOTHING : value
}

/** The same as `readPath`; `NOTHING` also when a value on the way cannot be inferred. */
export function tryPath(node: Node, steps: Steps): unknown {
  try {
    return readPath(node, steps)
  } catch (error) {
    if (error instanceof InferenceError) return NOTHING
    throw error
  }
}

/** The node at a path that is known to lead to a container. */
function nodeAt(node: Node, steps: Steps): Node {
  let at = node
  for (const step of steps) {
    const slot = slotOf(at._g, step)
    const key = typeof step === 'number' ? slot - FIRST : step.key
    at = childNode(at, slot, key, readSlot(at._g, slot) as Green)
  }
  return at
}

/** The error for a path that leads nowhere: how far it goes, and what is there. */
export function leadsNowhere(node: Node, steps: Steps): PathError {
  const root = node._g[0].name
  let value: unknown = node._g
  for (let at = 0; at < steps.length; at++) {
    const here = pathText(steps, at + 1)
    const before = at === 0 ? root : `'${pathText(steps, at)}'`
    if (!isGreen(value)) {
      return new PathError(
        pathText(steps),
        `${root} has nothing at '${pathText(steps)}': ${before} is ${show(value)}`,
      )
    }
    const step = steps[at] as number | Step
    const slot = slotOf(value, step)
    const spec = value[0]
    if (slot >= FIRST) {
      value = readSlot(value, slot)
      if (value !== MISSING) continue
      return new PathError(pathText(steps), `${root} has nothing at '${here}': it is missing`)
    }
    const name = step instanceof Step ? step.key : `[${step}]`
    const why =
      spec.kind === OBJECT
        ? `'${here}' ${unknownField(spec, name)}`
        : isDictKind(spec.kind)
          ? `${before} has no key '${name}'`
          : `${before} is a list of ${listLength(value)} elements`
    return new PathError(pathText(steps), `${root} has nothing at '${here}': ${why}`)
  }
  return new PathError(pathText(steps), `${root} has nothing at '${pathText(steps)}'`)
}

/**
 * Inferred values: placeholders that stand in any field and are worked out when the place is read, from what is around
 * it. What they give is checked by the field, and never kept with the stored value, since one green may stand in many
 * places. JSON, equality, diffs and visitors see the placeholder itself, and so does `getSymbolic`.
 */

import { INVALID, MISSING } from '../change/missing.ts'
import { fieldUnder } from '../change/update-errors.ts'
import { specOf } from '../class-spec.ts'
import { FieldError, InferenceError, type Problem, place } from '../errors.ts'
import { accept, acceptAny } from '../fields/accept.ts'
import type { Field } from '../fields/field.ts'
import { f } from '../fields/fields.ts'
import { problemsOf, refusal } from '../fields/refusal.ts'
import { FIRST, type Green, isDictKind, isGreen, OBJECT } from '../greens/spec.ts'
import { stepsOf } from '../greens/steps.ts'
import type { Key, PathLike } from '../key-path.ts'
import { inference, makeNode, Node, pathOf } from '../node.ts'
import { NOTHING, readMember, readPath, readSlot, slotOf } from '../read.ts'
import { SymObject } from '../sym-object.ts'
import type { Symbolic } from '../symbolic.ts'

/**
 * The base of all placeholders. A class on top of it says what stands at a place instead of it, and is saved like any
 * other object.
 *
 *     class Twice extends Inferred.define('my.Twice', { of: f.string() }) {
 *       infer(holder: Symbolic): unknown {
 *         return Number(holder.get(this.of)) * 2
 *       }
 *     }
 *     register(Twice)
 *     new Layer({ width: 3, height: inferred(new Twice({ of: 'width' })) })
 */
export abstract class Inferred extends SymObject.define('symbolic.Inferred', {}) {
  static readonly isAbstract: boolean = true
  static readonly isDeterministic: boolean = true

  static standsFor(): null {
    return null
  }

  /** The value of a place: `holder` is the node it belongs to, `key` its key there. */
  abstract infer(holder: Symbolic, key: Key): unknown

  /** Where the value was looked for, in words for errors: `searched a, b and the root`. */
  searched(_holder: Symbolic, _key: Key): string {
    return ''
  }
}
const spec = specOf(Inferred)
spec.infers = spec.asksAround = true

/** The placeholder that `fromParents` makes. */
export class FromParents extends Inferred.define('symbolic.FromParents', {
  /** The name that is looked for; that of the place when there is none. */
  name: f.string({ minLength: 1 }).optional(),
}) {
  infer(holder: Symbolic, key: Key): unknown {
    const name = this.name ?? key
    if (typeof name !== 'string') {
      throw cannotInfer(holder, key, "an element of a list has no name; say which one: fromParents('name')")
    }
    const [step] = stepsOf([name])
    for (let at: Node | null = holder; at !== null; at = at._p) {
      // The place itself is not one of its parents.
      if (at === holder && name === key) continue
      const { kind } = at._g[0]
      const slot = kind === OBJECT || isDictKind(kind) ? slotOf(at._g, step as never) : 0
      if (slot < FIRST) continue
      const value = readSlot(at._g, slot)
      if (value !== undefined && value !== MISSING) return readMember(at, slot, name)
    }
    throw cannotInfer(holder, key, `nothing above it has '${name}'; ${this.searched(holder)}`)
  }

  override searched(holder: Symbolic): string {
    return `searched ${aboveOf(holder)}`
  }
}

/** The placeholder that `inferred` makes of a function. */
class Computed extends Inferred.define('symbolic.Computed', { compute: f.any() }) {
  infer(holder: Symbolic, key: Key): unknown {
    return (this.compute as (holder: Symbolic, key: Key) => unknown)(holder, key)
  }
}

/**
 * The value that the nearest node above the place has under the same name, or under another one that is given. To the
 * compiler it is the value.
 *
 *     new Model({ rate: 0.1, head: new Head({ rate: fromParents() }) }).head.rate     // 0.1
 */
export function fromParents<Value>(name?: string): Value {
  return new FromParents({ name }) as unknown as Value
}

/**
 * The value that a function, or an object of a class on top of `Inferred`, works out when the place is read. A function
 * cannot be saved: for what goes to JSON, write a class.
 *
 *     new Layer({ width: 3, height: inferred(layer => layer.get('width')) })
 */
export function inferred<Value>(rule: Inferred | ((holder: Symbolic, key: Key) => Value)): Value {
  return (typeof rule === 'function' ? new Computed({ compute: rule }) : rule) as Value
}

/** Whether reading a path gives a value: it leads somewhere, and what is inferred on the way can be. */
export function isInferrable(node: Symbolic, path: PathLike): boolean {
  try {
    return readPath(node, stepsOf(path)) !== NOTHING
  } catch (error) {
    if (error instanceof InferenceError || error instanceof FieldError) return false
    throw error
  }
}

/** The error for a place whose value cannot be had: `Model.head.rate cannot be inferred: …`. */
export const cannotInfer = (holder: Node, key: Key, why: string): InferenceError =>
  InferenceError.of(rootOf(holder)._g[0].name, {
    path: pathOf(holder).child(key).toString(),
    message: `cannot be inferred: ${why}`,
  })

/** A value under the field of a place, as reading gives it; throws the error that names the place and the source. */
export function fitted(holder: Node, key: Key, field: Field | null, value: unknown, from: string): unknown {
  const stored = field === null ? acceptAny(value, null, 0) : accept(field, value, null, 0)
  if (stored !== INVALID) {
    // A node keeps its own place; plain data becomes a tree at this one.
    return value instanceof Node ? value : isGreen(stored) ? makeNode(stored, holder, key) : stored
  }
  const here = pathOf(holder).child(key).toString()
  const found = field === null ? [] : problemsOf(field, value)
  const problems: readonly Problem[] = found.length > 0 ? found : refusal('', [], field, value).problems
  throw FieldError.of(
    rootOf(holder)._g[0].name,
    problems.map(({ path, message }) => ({ path: place(here, path), message: `${message} (${from})` })),
  )
}

/** The nodes above a place in words, nearest first. */
export function aboveOf(holder: Node): string {
  const names: string[] = []
  for (let at: Node | null = holder; at !== null; at = at._p) {
    const path = pathOf(at).toString()
    names.push(path === '' ? `the root ${at._g[0].name}` : `${path} (${at._g[0].name})`)
  }
  return names.join(', ')
}

function rootOf(node: Node): Node {
  while (node._p !== null) node = node._p
  return node
}

/** The places whose values are being worked out: one that comes up again asks for itself. */
const underWay: { readonly holder: Node; readonly key: Key }[] = []

inference.read = (holder: Node, key: Key, green: Green): unknown => {
  if (underWay.some(place => place.key === key && place.holder === holder)) {
    const circle = underWay.map(place => pathOf(place.holder).child(place.key).toString()).join(' -> ')
    throw cannotInfer(holder, key, `it asks for itself: ${circle} -> ${pathOf(holder).child(key)}`)
  }
  underWay.push({ holder, key })
  try {
    const placeholder = makeNode(green, holder, key) as Inferred
    const value = placeholder.infer(holder as Symbolic, key)
    const searched = placeholder.searched(holder as Symbolic, key)
    const from = `inferred by ${green[0].name}${searched === '' ? '' : `; ${searched}`}`
    return fitted(holder, key, fieldUnder(holder._g, key), value, from)
  } finally {
    underWay.pop()
  }
}

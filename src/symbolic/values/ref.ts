/**
 * References: `ref('encoder.weights')` stands where the part at that path is meant, without a copy of it. It is a
 * placeholder: reading it gives the node at the other place, and what stands there may be changed without a thought of
 * those that refer to it.
 */

import { f } from '../fields/fields.ts'
import { stepsOf } from '../greens/steps.ts'
import { type Key, KeyPath, type PathLike } from '../key-path.ts'
import { type Node, pathOf } from '../node.ts'
import { leadsNowhere, NOTHING, readPath } from '../read.ts'
import type { Symbolic } from '../symbolic.ts'
import { aboveOf, cannotInfer, Inferred } from './inferred.ts'

export interface RefOptions {
  /**
   * Where the path starts: at the root of the tree (the default), or at the nearest node above the place from which it
   * leads anywhere, so that a part with references inside can be moved about.
   */
  readonly from?: 'root' | 'nearest'
}

/** The placeholder that `ref` makes. */
export class Ref extends Inferred.define('symbolic.Ref', {
  to: f.string(),
  from: f.enum('root', 'nearest').default('root'),
}) {
  infer(holder: Symbolic, key: Key): unknown {
    const steps = stepsOf(this.to)
    if (this.from === 'root') {
      const value = readPath(holder.root, steps)
      if (value !== NOTHING) return value
      throw cannotInfer(
        holder,
        key,
        `it refers to '${this.to}', but ${leadsNowhere(holder.root, steps).message}`,
      )
    }
    const place = pathOf(holder).child(key).toString()
    for (let at: Node | null = holder; at !== null; at = at._p) {
      const target = KeyPath.of(...pathOf(at).keys, ...KeyPath.from(this.to).keys).toString()
      const value = target === place ? NOTHING : readPath(at, steps)
      if (value !== NOTHING) return value
    }
    throw cannotInfer(
      holder,
      key,
      `it refers to '${this.to}', but that leads nowhere from ${aboveOf(holder)}`,
    )
  }

  override searched(): string {
    return `at '${this.to}'`
  }
}

/**
 * A reference to what stands at a path of the same tree. To the compiler it is what it refers to.
 *
 *     new Model({ encoder: new Encoder({ … }), decoder: new Decoder({ weights: ref('encoder.weights') }) })
 */
export function ref<Value>(to: PathLike, { from = 'root' }: RefOptions = {}): Value {
  return new Ref({ to: KeyPath.from(to).toString(), from }) as unknown as Value
}

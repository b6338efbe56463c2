/**
 * The texts of a program that may be trained, by key path: trainable fields that hold text, and the texts in the values
 * of variables, such as instructions and scripts. A candidate is a map from such paths to other texts.
 */

import { Rng, type Seed } from '../../search/index.ts'
import { hash, KeyPath, SymDict } from '../../symbolic/index.ts'
import type { OptimizerContext, Updates } from '../optimizer.ts'
import type { Program } from '../program.ts'

/** Texts by key path. */
export type Texts = { readonly [path: string]: string }

/** The texts among the places that may be trained, in their order. */
export function textsIn({ program, targets }: Pick<OptimizerContext, 'program' | 'targets'>): Texts {
  const texts: Record<string, string> = {}
  for (const target of targets) {
    const value = at(program, target)
    if (typeof value === 'string') texts[target] = value
    if (!(value instanceof SymDict)) continue
    const path = KeyPath.parse(target)
    for (const [key, part] of value.entries()) {
      if (typeof part === 'string') texts[path.child(key).toString()] = part
    }
  }
  return texts
}

/** The same, for optimizers that cannot do without. Throws when there is none. */
export function someTextsIn(context: OptimizerContext, name: string): Texts {
  const texts = textsIn(context)
  if (Object.keys(texts).length > 0) return texts
  const known = context.targets.map(target => `'${target}'`).join(', ')
  throw new Error(`${name} finds no text to train; what may be trained: ${known}`)
}

/** What stands at a path of a program. */
export const at = (program: Program, path: string): unknown =>
  path === '' ? program : program.get(path as never)

/** The updates that make one map of texts into another, as far as they differ. */
export const updatesTo = (texts: Texts, from: Texts): Updates =>
  Object.entries(texts).filter(([path, text]) => text !== from[path])

/** The same number for equal texts; different texts share one about once in four thousand million. */
export const keyOf = (texts: Texts): number => hash(texts)

/**
 * The samples of the n-th minibatch: every epoch is a new shuffle by seed, cut into whole minibatches, so that all
 * samples come up equally often.
 */
export function minibatchOf(positions: readonly number[], size: number, n: number, seed: Seed): number[] {
  const perEpoch = Math.max(1, Math.floor(positions.length / size))
  const shuffled = Rng.from(seed)
    .split('minibatch')
    .split(Math.floor(n / perEpoch))
    .shuffle(positions)
  const start = (n % perEpoch) * size
  return shuffled.slice(start, start + size)
}

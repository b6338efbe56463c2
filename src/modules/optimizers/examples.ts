/**
 * Where a program shows examples to a language model, and how samples are divided for those who choose examples: some are
 * there to be shown, the others to be scored on, so that no candidate is praised for answers it was given.
 */

import { Rng } from '../../search/index.ts'
import { KeyPath, SymDict, SymList } from '../../symbolic/index.ts'
import { type Json, jsonOf, sameJson } from '../json.ts'
import type { Example } from '../language/prompt.ts'
import { Module } from '../module.ts'
import type { OptimizerContext } from '../optimizer.ts'
import type { Program } from '../program.ts'
import { at } from './texts.ts'

/** A list of examples in a program. */
export interface ExamplesPlace {
  /** The key path of the list. */
  readonly path: string
  /** The key path of the module that shows them. */
  readonly module: string
}

/** The lists of examples among what may be trained: `items` or `examples` of a variable, or a field called `examples`. */
export function examplesPlaces({ program, targets }: OptimizerContext, name: string): ExamplesPlace[] {
  const places = targets.flatMap(target => {
    const value = at(program, target)
    const path = KeyPath.parse(target)
    if (value instanceof SymList && path.key === 'examples') return [path]
    if (!(value instanceof SymDict)) return []
    return ['items', 'examples'].filter(key => value.at(key) instanceof SymList).map(key => path.child(key))
  })
  if (places.length === 0) {
    const known = targets.map(target => `'${target}'`).join(', ')
    throw new Error(`${name} finds no list of examples to train; what may be trained: ${known}`)
  }
  return places.map(path => ({ path: path.toString(), module: moduleAround(program, path).toString() }))
}

/** The examples that stand at a place of a program. */
export const examplesAt = (program: Program, { path }: ExamplesPlace): Example[] =>
  (jsonOf(at(program, path)) as unknown as Example[]).slice()

/** The examples without one that would give a sample's answer away. */
export const withoutSample = (examples: readonly Example[], inputs: Json): Example[] =>
  examples.filter(example => !sameJson(example.inputs, inputs))

/** The positions of samples that may be shown, in a random order, and of those that are scored on. */
export function shownAndScored(
  { samples, seed }: OptimizerContext,
  share: number,
  name: string,
): { readonly shown: readonly number[]; readonly scored: readonly number[] } {
  const count = Math.round(samples.length * share)
  if (count < 1 || count >= samples.length) {
    throw new RangeError(
      `${name} needs samples to show and samples to score on, and there are ${samples.length}`,
    )
  }
  const shuffled = Rng.from(seed)
    .split('examples')
    .shuffle(samples.map((_, i) => i))
  return { shown: shuffled.slice(0, count), scored: shuffled.slice(count).sort((a, b) => a - b) }
}

function moduleAround(program: Program, path: KeyPath): KeyPath {
  for (let place = path.parent; place !== null; place = place.parent) {
    if (at(program, place.toString()) instanceof Module) return place
  }
  return KeyPath.parse('')
}

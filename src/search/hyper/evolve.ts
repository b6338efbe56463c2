/**
 * `evolve`: open-ended search. A program, or any other tree, is decided by changing it step by step; a registered
 * mutation says how. The gene is the tree as JSON, so a DNA can be saved and read by whoever has the tree's classes.
 */

import {
  type Field,
  f,
  fromJsonString,
  isSymbolic,
  problemsOf,
  register,
  Symbolic,
} from '../../symbolic/index.ts'
import { CustomSpec, type TextGenome } from '../dna/custom-spec.ts'
import type { LeafPoint } from '../dna/dna-spec.ts'
import { SpaceError } from '../errors.ts'
import type { Rng } from '../rng.ts'
import { LeafHyper, type NameOptions } from './hyper.ts'
import { Named } from './named.ts'

/** Gives another tree near a given one. Pure: all randomness comes from the generator. */
export type Mutate<Tree> = (tree: Tree, rng: Rng) => Tree

/** A mutation that was registered. */
export interface Mutation<Tree> {
  readonly name: string
  /** Carries the static type; nothing stands here at run time. */
  readonly '~mutate'?: Mutate<Tree>
}

const mutations = new Named<Mutate<Symbolic>>('mutation')

/** Registers a mutation under a name for good. */
export function registerMutation<Tree extends Symbolic>(name: string, mutate: Mutate<Tree>): Mutation<Tree> {
  mutations.add(name, mutate as unknown as Mutate<Symbolic>)
  return { name }
}

/**
 * A tree that mutations lead to from an initial one. A random one is some mutations away from it.
 *
 *     const grow = registerMutation('demo.grow', (rule: Rule, rng) => rule.rebind({ steps: rule.steps + rng.int(3) }))
 *     Space.of({ rule: evolve(new Rule({ steps: 1 }), grow) })
 */
export function evolve<Tree extends Symbolic>(
  initial: NoInfer<Tree>,
  mutation: Mutation<Tree>,
  { name }: NameOptions = {},
): Tree {
  if (!isSymbolic(initial)) throw new SpaceError('', `evolve starts from a tree, got ${String(initial)}`)
  return new Evolve({ initial, mutation: mutation.name, name }) as unknown as Tree
}

/** The node that `evolve` makes. */
export class Evolve extends LeafHyper.define('search.Evolve', {
  initial: f.any(),
  mutation: f.string(),
}) {
  override pointAt(id: string): LeafPoint {
    const initial = (this.initial as Symbolic).detached()
    return new CustomSpec(id, this.name, treeGenome(initial, this.mutation))
  }

  /** Mutations may lead out of the field; then materializing says so. The initial tree has to fit at once. */
  protected override misfit(field: Field): string | null {
    const [problem] = problemsOf(field, this.initial)
    return problem === undefined ? null : `cannot be this evolve: the initial tree ${problem.message}`
  }

  onBound(): void {
    if (!isSymbolic(this.initial)) throw new SpaceError('', 'evolve starts from a tree')
    mutations.get(this.mutation)
  }
}

register(Evolve)

/** How far random trees are from the initial one, at most. */
const MOST_STEPS = 8

function treeGenome(initial: Symbolic, name: string): TextGenome {
  const mutate = mutations.get(name)
  const textOf = (tree: unknown): string => {
    if (tree instanceof Symbolic) return tree.toJsonString()
    throw new SpaceError('', `the mutation '${name}' gave ${String(tree)}, which is no tree`)
  }
  const treeOf = (text: string): Symbolic => fromJsonString(text) as Symbolic
  const first = textOf(initial)
  return {
    first: () => first,
    random(rng) {
      let tree = initial
      for (let steps = rng.int(MOST_STEPS + 1); steps > 0; steps--) tree = mutate(tree, rng)
      return textOf(tree)
    },
    vary: (text, rng) => textOf(mutate(treeOf(text), rng)),
    next: null,
    problem(text) {
      try {
        const tree = fromJsonString(text)
        return isSymbolic(tree) && tree.toJsonString() === text
          ? null
          : 'the JSON of a tree, as toJsonString writes it'
      } catch (error) {
        return `the JSON of a tree (${(error as Error).message})`
      }
    },
    decode: treeOf,
    encode: textOf,
  }
}

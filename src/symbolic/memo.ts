/** Derived values, kept by content: versions that share a part share what was worked out from it. */

import type { Symbolic } from './symbolic.ts'

/**
 * The function, asked once for each content of a tree and then answered from memory, for as long as anything holds that
 * content. It is given the tree without the tree around it, so that its answer is good wherever the content stands.
 *
 *     const countUnits = memo((model: Model) => model.layers.reduce((sum, layer) => sum + layer.units, 0))
 *     countUnits(model.rebind({ rate: 0.1 }))      // asked again: the model is another one
 *     const widest = memo((layers: SymList<Dense>) => Math.max(...layers.map(layer => layer.units)))
 *     widest(model.rebind({ rate: 0.1 }).layers)   // answered from memory: the layers are the same
 */
export function memo<Tree extends Symbolic, Result>(derive: (tree: Tree) => Result): (tree: Tree) => Result {
  const known = new WeakMap<object, { readonly result: Result }>()
  return tree => {
    const content = tree.detached()
    let entry = known.get(content)
    if (entry === undefined) known.set(content, (entry = { result: derive(content) }))
    return entry.result
  }
}

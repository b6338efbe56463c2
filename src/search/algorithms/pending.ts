/** What an algorithm has proposed and was not told about yet. Trials come back by their DNA, in whatever order. */

import type { Dna } from '../dna/dna.ts'
import type { Gene } from '../dna/dna-spec.ts'

/** A proposal that is not answered yet. */
export interface Pending {
  readonly genes: readonly Gene[]
}

/** The first that has the genes of a DNA; undefined for a DNA that was not proposed, but enqueued by hand. */
export function pendingOf<Item extends Pending>(pending: readonly Item[], { genes }: Dna): Item | undefined {
  return pending.find(
    each => each.genes.length === genes.length && each.genes.every((gene, i) => gene === genes[i]),
  )
}

export const withoutPending = <Item extends Pending>(
  pending: readonly Item[],
  item: Item | undefined,
): readonly Item[] => (item === undefined ? pending : pending.filter(each => each !== item))

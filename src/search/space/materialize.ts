/** From genes to trees: whatever is decided goes into one batch of path-value pairs, and the template is rebound once. */

import { type Symbolic, SymList } from '../../symbolic/index.ts'
import type { Gene } from '../dna/dna-spec.ts'
import { type DerivedPlace, resolveDerived } from '../hyper/derived.ts'
import type { Compiled } from './compile.ts'
import type { Pair, Place, Template } from './template.ts'

/** The value that genes stand for. */
export function materialize({ template, hasLeft }: Compiled, genes: readonly Gene[]): unknown {
  const batch = new Batch(genes)
  batch.add(template)
  batch.addFollowers()
  const { pairs, derived } = batch
  let value = template.value
  if (template.pair === null) {
    // A template that is one hyper value becomes its candidate, which need not be a tree.
    const root = pairs.findIndex(([path]) => path === '')
    const [, first] = pairs.splice(root, 1)[0] as Pair
    value = Array.isArray(first) ? SymList.from(first) : first
  }
  if (pairs.length > 0) value = (value as Symbolic).rebind(pairs)
  return derived.length === 0 ? value : resolveDerived(value as Symbolic, derived, hasLeft)
}

/** Reads genes from the first to the last, and collects what they put where. */
class Batch {
  readonly pairs: Pair[] = []
  readonly derived: DerivedPlace[] = []
  readonly #genes: readonly Gene[]
  #at = 0
  /** Where the genes of tied decisions start, and who is to take them. */
  #leads: Map<string, number> | null = null
  #followers: Place[] | null = null

  constructor(genes: readonly Gene[]) {
    this.#genes = genes
  }

  add({ places, derived }: Template): void {
    for (const place of places) {
      if (place.tie === null) this.#place(place)
      else this.#tied(place, place.tie.name)
    }
    for (const place of derived) this.derived.push(place)
  }

  /** What follows other decisions, once they are all read; a follower may hold more followers. */
  addFollowers(): void {
    while (this.#followers !== null) {
      const followers: Place[] = this.#followers
      this.#followers = null
      for (const place of followers) {
        this.#at = this.#leads?.get(place.tie?.name as string) as number
        this.#place(place)
      }
    }
  }

  #tied(place: Place, name: string): void {
    if (place.tie?.role === 'follow') {
      this.#followers ??= []
      this.#followers.push(place)
      return
    }
    this.#leads ??= new Map()
    this.#leads.set(name, this.#at)
    if (place.tie?.role === 'lead') this.#place(place)
    else this.#at = place.spec?.end(this.#genes, this.#at) as number
  }

  #place({ text, leaf, rows, combinations }: Place): void {
    if (leaf !== null) {
      const gene = this.#genes[this.#at++] as Gene
      this.pairs.push([text, leaf.kind === 'custom' ? leaf.decode(gene) : gene])
    } else if (combinations === null) {
      const candidate = this.#chosen(rows[0] as readonly Template[])
      if (candidate.pair !== null) this.pairs.push(candidate.pair)
      this.add(candidate)
    } else {
      const values: unknown[] = []
      // The pair goes first: what is open inside a candidate is put below it.
      this.pairs.push([text, values])
      for (const row of rows) {
        const candidate = this.#chosen(row)
        values.push(candidate.value)
        this.add(candidate)
      }
    }
  }

  #chosen(row: readonly Template[]): Template {
    return row[this.#genes[this.#at++] as number] as Template
  }
}

/**
 * GEPA's merge: two candidates that learned different things since a common ancestor become one, by a three-way merge
 * over key paths. Where one side alone has changed, its text is taken; where both have, that of the better one.
 */

import type { Rng } from '../../search/index.ts'
import { meanOf } from '../score.ts'
import { frontierCounts, type Rewards } from './frontier.ts'
import type { Texts } from './texts.ts'

/** A candidate with where it comes from: positions in the pool. */
export interface Relative {
  readonly texts: Texts
  readonly rewards: Rewards
  readonly parents: readonly number[]
}

export interface Merge {
  readonly parents: readonly [number, number]
  readonly ancestor: number
  readonly texts: Texts
}

/**
 * A merge of two candidates of the frontier that is new, which what one side has already is not; undefined when there is
 * none. The ancestor must be no better than either.
 */
export function findMerge(
  pool: readonly Relative[],
  isNew: (merge: Merge) => boolean,
  random: Rng,
): Merge | undefined {
  const counts = frontierCounts(pool.map(({ rewards }) => rewards))
  const kept = [...counts.keys()]
  const pairs = kept.flatMap((a, i) => kept.slice(i + 1).map(b => [a, b] as const))
  for (const pair of random.shuffle(pairs)) {
    const ancestor = ancestorOf(pool, pair)
    if (ancestor === undefined) continue
    const merge = { parents: pair, ancestor, texts: merged(pool, pair, ancestor) }
    if (isNew(merge)) return merge
  }
  return undefined
}

/** The best common ancestor that is no better than either; of equals the youngest. */
function ancestorOf(pool: readonly Relative[], [a, b]: readonly [number, number]): number | undefined {
  const [ofA, ofB] = [ancestorsOf(pool, a), ancestorsOf(pool, b)]
  if (ofA.has(b) || ofB.has(a)) return undefined
  const most = Math.min(meanAt(pool, a), meanAt(pool, b))
  const common = [...ofA].filter(each => ofB.has(each) && meanAt(pool, each) <= most)
  return common.sort((x, y) => meanAt(pool, y) - meanAt(pool, x) || y - x)[0]
}

function ancestorsOf(pool: readonly Relative[], candidate: number): Set<number> {
  const found = new Set<number>()
  const open = [...(pool[candidate]?.parents ?? [])]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next)) continue
    found.add(next)
    open.push(...(pool[next]?.parents ?? []))
  }
  return found
}

function merged(pool: readonly Relative[], [a, b]: readonly [number, number], ancestor: number): Texts {
  const [left, right, base] = [a, b, ancestor].map(each => (pool[each] as Relative).texts) as [
    Texts,
    Texts,
    Texts,
  ]
  const better = meanAt(pool, b) > meanAt(pool, a) ? right : left
  const texts: Record<string, string> = {}
  for (const path of Object.keys(base)) {
    const isOfLeft = left[path] !== base[path]
    const isOfRight = right[path] !== base[path]
    const source = isOfLeft && isOfRight ? better : isOfLeft ? left : right
    texts[path] = source[path] as string
  }
  return texts
}

const meanAt = (pool: readonly Relative[], candidate: number): number =>
  meanOf((pool[candidate] as Relative).rewards)

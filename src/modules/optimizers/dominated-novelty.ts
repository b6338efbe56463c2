/**
 * Dominated novelty search (Bahlous-Boldi and others, arXiv 2502.00593): who is worth keeping is decided by how far it is
 * from those that are better. The best is kept whatever it is; a weaker one is kept for being different.
 */

/**
 * The score of each: its mean distance to the `neighbors` nearest among the fitter, and infinite when none is fitter.
 *
 *     dominatedNovelty([1, 0.5, 0.4], (a, b) => distances[a][b], 1)      // [Infinity, …, …]
 */
export function dominatedNovelty(
  fitness: readonly number[],
  distance: (a: number, b: number) => number,
  neighbors: number,
): number[] {
  return fitness.map((own, i) => {
    const fitter = fitness.flatMap((other, j) => (other > own ? [distance(i, j)] : []))
    if (fitter.length === 0) return Number.POSITIVE_INFINITY
    const nearest = fitter.sort((a, b) => a - b).slice(0, neighbors)
    return nearest.reduce((sum, each) => sum + each, 0) / nearest.length
  })
}

/** The positions of the `count` with the highest scores, fittest first; of equals the fitter, then the older. */
export function keepNovel(fitness: readonly number[], scores: readonly number[], count: number): number[] {
  const fitnessOf = (i: number) => fitness[i] as number
  const scoreOf = (i: number) => scores[i] as number
  const compare = (a: number, b: number) => (a === b ? 0 : a > b ? -1 : 1)
  return fitness
    .map((_, i) => i)
    .sort((a, b) => compare(scoreOf(a), scoreOf(b)) || compare(fitnessOf(a), fitnessOf(b)) || a - b)
    .slice(0, count)
    .sort((a, b) => compare(fitnessOf(a), fitnessOf(b)) || a - b)
}

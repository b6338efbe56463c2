// The travelling salesman of PyGlove's examples: 25 cities, the order is a permutation. The best tour known, from 40
// restarts of 2-opt with or-opt, has a length of 481.88.

import {
  evolution,
  hillClimb,
  mutate,
  twoOptMutator as mutator,
  permutate,
  recombine,
  regularizedEvolution,
  Space,
  select,
} from 'espalier/search'
import { bestAfter, median, range, runOf, show } from './runs.mjs'

const CITIES = [
  [17, 72],
  [97, 8],
  [32, 15],
  [63, 97],
  [57, 60],
  [83, 48],
  [26, 12],
  [62, 3],
  [49, 55],
  [77, 97],
  [98, 0],
  [89, 57],
  [34, 92],
  [29, 75],
  [13, 40],
  [3, 2],
  [3, 83],
  [69, 1],
  [48, 87],
  [27, 54],
  [92, 3],
  [67, 28],
  [97, 56],
  [63, 70],
  [29, 44],
]

const BEST_KNOWN = 481.88
const BUDGETS = [500, 50_000]

/** A stretch turned around, or an order made of two, whichever the coin says. */
const genetic = evolution({
  name: 'evolution, order crossover',
  populationInit: 20,
  reproduction: select
    .tournament(5)
    .pipe(mutate(mutator))
    .or(select.tournament(5, { count: 2 }).pipe(recombine.order())),
  populationUpdate: select.top(20),
})

export default {
  id: 'TSP',
  title: `the shortest tour through 25 cities; the best known is ${BEST_KNOWN}`,

  run({ seeds = 20, window }) {
    const { spec } = Space.of({ tour: permutate(range(0, CITIES.length)) })
    const long = Math.min(seeds, 5)
    console.log(`seeds 0 to ${seeds - 1}, of which ${long} go on to 50,000 trials, window ${window}; medians`)
    const ours = [regularizedEvolution({ mutator }), hillClimb({ mutator }), genetic].map(algorithm => {
      const lengths = (count, trials) =>
        range(0, count).map(
          seed => -bestAfter(runOf(algorithm, spec, { seed, trials, window, reward }), trials),
        )
      const figures = [lengths(seeds, BUDGETS[0]), lengths(long, BUDGETS[1])].map(median)
      return [`${algorithm.name}, ${mutator.name}`, ...figures.map(figure => figure.toFixed(1))]
    })
    const peers = [['PyGlove 0.5.0, PMX and swaps, population 50 (4 runs)', '768.5', '']]
    show(['', '@500', '@50,000'], { ours, goals: ['656.0', (1.03 * BEST_KNOWN).toFixed(1)], peers })
  },
}

/** Shorter is better. */
function reward(tour) {
  const between = ([x, y], [u, v]) => Math.hypot(x - u, y - v)
  const legs = tour.map((city, i) => between(CITIES[city], CITIES[tour[(i + 1) % tour.length]]))
  return -legs.reduce((sum, leg) => sum + leg, 0)
}

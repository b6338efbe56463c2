// OneMax of PyGlove's examples: 50 bits, the reward is how many are 1. The figure is the first trial that has them all.

import {
  evolution,
  hillClimb,
  mutate,
  oneOf,
  recombine,
  regularizedEvolution,
  Space,
  select,
} from 'espalier/search'
import { median, range, runOf, show } from './runs.mjs'

const TRIALS = 2000

/** A genetic algorithm of the plainest kind. */
const genetic = evolution({
  name: 'evolution, uniform crossover, population 10',
  populationInit: 10,
  reproduction: select.tournament(3, { count: 2 }).pipe(recombine.uniform()).pipe(mutate()),
  populationUpdate: select.top(10),
})

export default {
  id: 'OneMax',
  title: 'the first trial with all of 50 bits',

  run({ seeds = 21, window }) {
    const { spec } = Space.of(range(0, 50).map(() => oneOf([0, 1])))
    const reward = genes => genes.reduce((sum, gene) => sum + gene, 0)
    console.log(`seeds 0 to ${seeds - 1}, window ${window}, at most ${TRIALS} trials`)
    const ours = [regularizedEvolution(), hillClimb(), genetic].map(algorithm => {
      const firsts = range(0, seeds).map(seed => {
        const run = runOf(algorithm, spec, { seed, trials: TRIALS, window, reward })
        const at = run.findIndex(({ worth }) => worth === 50)
        return at < 0 ? Number.POSITIVE_INFINITY : at + 1
      })
      const figures = [median(firsts), Math.min(...firsts), Math.max(...firsts)]
      return [algorithm.name, String(seeds), ...figures.map(String)]
    })
    const peers = [['PyGlove 0.5.0, regularized evolution', '1', '334', '', '']]
    show(['', 'seeds', 'median', 'least', 'most'], { ours, goals: ['', '334', '', ''], peers })
  },
}

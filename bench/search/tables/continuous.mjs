// G4: twelve continuous functions in 5 dimensions. A figure is the share of 21 targets, from 10 down to 1e-7 above the
// minimum, that the best point reaches within the budget.

import { cmaEs, floatV, randomSearch, regularizedEvolution, Space, tpe } from 'espalier/search'
import { functionOf, NAMES } from './functions.mjs'
import { bestAfter, range, runOf, show, withError } from './runs.mjs'

const DIMENSIONS = 5
const BUDGETS = [500, 1000]
const TARGETS = range(0, 21).map(i => 10 ** (1 - 0.4 * i))

/** Recorded on the same instances: the share of targets by budget, where it was measured. */
const PEERS = [
  ['random search, NumPy', 10, 0.037, 0.039],
  ['SciPy 1.10.1, differential evolution', 10, null, 0.127],
  ['DEAP 1.3.1, CMA-ES', 10, null, 0.209],
  ['Optuna 3.1.0, CMA-ES with restarts', 3, 0.204, 0.37],
  ['cmaes 0.9.1, with restarts', 10, 0.262, 0.428],
]

export default {
  id: 'G4',
  title: 'continuous functions in 5 dimensions, share of targets after 500 and 1,000 trials',

  run({ seeds = 10, window }) {
    const { spec } = Space.of(range(0, DIMENSIONS).map(() => floatV(-5, 5)))
    console.log(`instances 1 to ${seeds}, seeds 0 to ${seeds - 1}, window ${window}; mean ± standard error`)
    const ours = [randomSearch(), regularizedEvolution(), tpe(), cmaEs()].map(algorithm => {
      // The model of tpe() is for few trials: half of the budget shows enough.
      const most = algorithm.name === 'tpe' ? 500 : 1000
      const runs = NAMES.flatMap(name =>
        range(0, seeds).map(seed => {
          const f = functionOf(name, DIMENSIONS, seed + 1)
          return runOf(algorithm, spec, { seed, trials: most, window, reward: genes => -f(genes) })
        }),
      )
      const shares = BUDGETS.map(trials =>
        trials > most ? '' : withError(runs.map(run => share(run, trials))),
      )
      return [algorithm.name, String(seeds), ...shares]
    })
    const peers = PEERS.map(([name, count, ...figures]) => [
      name,
      String(count),
      ...figures.map(figure => figure?.toFixed(3) ?? ''),
    ])
    show(['', 'seeds', '@500', '@1,000'], { ours, goals: ['', '0.260', '0.420'], peers })
  },
}

const share = (run, trials) =>
  TARGETS.filter(target => -bestAfter(run, trials) <= target).length / TARGETS.length

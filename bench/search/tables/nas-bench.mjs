// G2: NAS-Bench-201 (Dong and Yang, ICLR 2020). An evaluation is the validation accuracy of a cell after 12 epochs; the
// regret is what the best cell found is short of the best in the table, in percent.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { hillClimb, oneOf, randomSearch, regularizedEvolution, Space, tpe } from 'espalier/search'
import { bestAfter, range, runOf, show, withError } from './runs.mjs'

const SETS = ['CIFAR-10', 'CIFAR-100']
const BUDGETS = [100, 200]

/** Recorded on the same protocol with the peers' own seeds: regrets of 100 and 200 trials on both sets, and seeds. */
const PEERS = [
  ['random search, Python', 50, 1.189, 0.918, 2.308, 1.75],
  ['DEAP 1.3.1, GA', 50, 1.148, 0.54, 2.209, 0.714],
  ['PyGlove 0.5.0, regularized evolution 10/3', 10, 0.817, 0.445, 0.598, 0.168],
  ['PyGlove 0.5.0, regularized evolution 50/10', 10, 0.933, 0.187, 0.876, 0.106],
  ['Optuna 3.1.0, TPE', 10, 0.683, 0.468, 1.412, 0.812],
  ['Optuna 3.1.0, NSGA-II', 10, 0.828, 0.438, 1.772, 0.848],
  ['Optuna 5.0.0, TPE', 10, 0.319, 0.085, 0.256, 0.086],
]

export default {
  id: 'G2',
  title: 'NAS-Bench-201, regret in percent after 100 and 200 trials',

  run({ seeds = 50, window, data }) {
    const table = load(data)
    if (table === null) return
    const { spec } = Space.of(range(0, 6).map(() => oneOf(range(0, table.ops.length))))
    console.log(`seeds 0 to ${seeds - 1}, window ${window}; mean ± standard error`)
    const ours = [randomSearch(), regularizedEvolution(), hillClimb(), tpe()].map(algorithm => [
      algorithm.name,
      String(seeds),
      ...SETS.flatMap((_, k) => regrets(algorithm, spec, table, k, { seeds, window })),
    ])
    const goals = ['', '0.350', '0.100', '0.350', '0.150']
    const peers = PEERS.map(([name, count, ...figures]) => [
      name,
      String(count),
      ...figures.map(x => x.toFixed(3)),
    ])
    show(['', 'seeds', ...SETS.flatMap(set => BUDGETS.map(n => `${set} @${n}`))], { ours, goals, peers })
  },
}

function regrets(algorithm, spec, { val12 }, k, { seeds, window }) {
  const best = Object.values(val12).reduce((most, values) => Math.max(most, values[k]), 0)
  const reward = genes => val12[genes.join('')][k]
  const runs = range(0, seeds).map(seed => runOf(algorithm, spec, { seed, trials: 200, window, reward }))
  return BUDGETS.map(trials => withError(runs.map(run => best - bestAfter(run, trials))))
}

/** `{ ops, val12 }`, or null with a sentence. */
function load(data) {
  if (data === undefined) {
    console.log('left out: say --data=FOLDER or set ESPALIER_DATA to the folder that has nb201/nb201.json')
    return null
  }
  const file = join(data, 'nb201', 'nb201.json')
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    console.log(`left out, since ${file} cannot be read: ${error.message}`)
    return null
  }
}

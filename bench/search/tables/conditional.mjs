// G3: a space in the shape of a tree, with a known optimum of 0. One of four families is chosen; each has 2 to 5 floats
// and a kernel with a float of its own; two floats are shared. The family with the most floats holds the minimum, the
// smallest has the best average: whoever commits to a family early loses.

import { floatV, hillClimb, oneOf, randomSearch, regularizedEvolution, Space, tpe } from 'espalier/search'
import { bestAfter, mulberry32, range, runOf, show, withError } from './runs.mjs'

const BUDGETS = [50, 100, 200, 400]
const FAMILIES = range(0, 4)
const KERNELS = range(0, 3)

/** Recorded on the same instances: mean loss by budget, and how many in a hundred ended in the right family. */
const PEERS = [
  ['random search, Python', 20, 0.366, 0.295, 0.248, 0.222, 75],
  ['PyGlove 0.5.0, regularized evolution 20/5', 5, 0.284, 0.203, 0.145, 0.117, 40],
  ['Optuna 3.1.0, TPE', 10, 0.212, 0.154, 0.134, 0.127, 30],
  ['Optuna 3.1.0, TPE, multivariate and grouped', 10, 0.209, 0.154, 0.103, 0.055, 90],
  ['Optuna 5.0.0, TPE', 10, 0.254, 0.163, 0.132, 0.079, 80],
]

export default {
  id: 'G3',
  title: 'conditional space, loss of the best after 50 to 400 trials',

  run({ seeds = 20, window }) {
    const unit = () => floatV(0, 1)
    const { spec } = Space.of({
      family: oneOf(
        FAMILIES.map(k => ({
          k,
          xs: range(0, 2 + k).map(unit),
          kernel: oneOf(KERNELS.map(q => ({ q, x: unit() }))),
        })),
      ),
      shared: [unit(), unit()],
    })
    console.log(`instances and seeds 0 to ${seeds - 1}, window ${window}; mean ± standard error`)
    const ours = [randomSearch(), regularizedEvolution(), hillClimb(), tpe()].map(algorithm => {
      const runs = range(0, seeds).map(seed => {
        const loss = instance(seed)
        return runOf(algorithm, spec, { seed, trials: 400, window, reward: genes => -loss(genes) })
      })
      const right = runs.filter(run => familyOfBest(run) === 3).length
      return [
        algorithm.name,
        String(seeds),
        ...BUDGETS.map(trials => withError(runs.map(run => -bestAfter(run, trials)))),
        `${Math.round((100 * right) / seeds)} %`,
      ]
    })
    const goals = ['', '', '', '0.110', '0.060', '85 %']
    const peers = PEERS.map(([name, count, ...figures]) => [
      name,
      String(count),
      ...figures.slice(0, 4).map(figure => figure.toFixed(3)),
      `${figures[4]} %`,
    ])
    show(['', 'seeds', ...BUDGETS.map(n => `@${n}`), 'right family'], { ours, goals, peers })
  },
}

function familyOfBest(run) {
  const best = bestAfter(run, run.length)
  return run.findLast(({ worth }) => worth === best).dna.genes[0]
}

/** The loss of the genes of a DNA, drawn as the peers' script draws it. */
function instance(seed) {
  const draw = mulberry32(7000 + seed)
  const draws = count => range(0, count).map(draw)
  const shared = draws(2)
  const optima = FAMILIES.map(k => draws(2 + k))
  const kernelOptima = FAMILIES.map(() => draws(3))
  const offsets = FAMILIES.map(() => KERNELS.map(() => 0.15 + 0.25 * draw()))
  offsets[3][Math.floor(3 * draw())] = 0
  return genes => {
    const family = genes[0]
    const xs = genes.slice(1, 3 + family)
    const [kernel, x, ...rest] = genes.slice(3 + family)
    const optimum = optima[family]
    const away = xs[0] - optimum[0]
    const [d0, d1] = rest.map((value, i) => value - shared[i])
    return (
      offsets[family][kernel] +
      0.6 * (x - kernelOptima[family][kernel]) ** 2 +
      xs.reduce((sum, value, i) => sum + 0.5 * (value - optimum[i]) ** 2, 0) +
      0.4 * (d0 + d1 - away) ** 2 +
      0.3 * (d0 - d1) ** 2
    )
  }
}

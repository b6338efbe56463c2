// The demonstration of AutoML-Zero (Real et al., ICML 2020) by `examples/automl-zero`: linear regression is found again
// from programs without a statement. Seconds are by the clock, on one core.

import { register } from 'tsx/esm/api'
import { median, range, show } from './runs.mjs'

const LEARNERS = 100_000

export default {
  id: 'AutoML-Zero',
  title: `linear regression found from empty programs within ${LEARNERS} learners`,

  async run({ seeds = 10 }) {
    const unregister = register()
    const { discover, ENOUGH } = await import('../../../examples/automl-zero/search.ts')
    await unregister()
    console.log(
      `seeds 0 to ${seeds - 1}; found is a fitness of ${ENOUGH} on 100 tasks that were not searched on`,
    )
    const runs = []
    for (const seed of range(0, seeds)) runs.push(await discover(seed, LEARNERS))
    const found = runs.filter(({ isFound }) => isFound)
    const middle = of => (found.length === 0 ? '' : median(found.map(of)).toFixed(0))
    const ours = [
      [
        'two weights',
        `${found.length} / ${seeds}`,
        middle(run => run.evaluated),
        middle(run => run.seconds),
        median(runs.map(({ evaluated, seconds }) => evaluated / seconds)).toFixed(0),
      ],
    ]
    const peers = [['AutoML-Zero in C++ (its README, vectors)', '', '', '< 300', '']]
    show(['', 'found', 'learners (median)', 'seconds', 'learners / s'], {
      ours,
      goals: ['all', '', '', ''],
      peers,
    })
  },
}

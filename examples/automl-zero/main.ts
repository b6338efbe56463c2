// AutoML-Zero in the small (Real, Liang, So and Le, ICML 2020): linear regression is found again from programs without a
// single statement. Run: node --conditions=espalier-source --import tsx examples/automl-zero/main.ts [seed] [learners]

import { programs } from 'espalier/search'
import { discover, ENOUGH } from './search.ts'

const [seed = 1, most = 100_000] = process.argv.slice(2).map(Number)
const { learner, fitness, unseen, isFound, evaluated, seconds } = await discover(seed, most)

console.log(
  `${evaluated} learners in ${seconds.toFixed(1)} s, ${(evaluated / seconds).toFixed(0)} learners a second`,
)
console.log(`fitness ${fitness.toFixed(5)}, on 100 other tasks ${unseen.toFixed(5)}`)
console.log(isFound ? 'found: it learns linear functions\n' : `not found: that takes ${ENOUGH} on both\n`)
for (const part of ['setup', 'predict', 'learn'] as const) {
  console.log(`${programs.toJavaScript(learner[part], part)}\n`)
}

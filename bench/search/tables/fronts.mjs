// Two objectives: ZDT1 to ZDT3 (Zitzler, Deb and Thiele, 2000) in 10 dimensions, as floats and with 6 of them as choices
// of 5 values. The figure is the area that the front of all trials is better than, up to (1.1, 1.1), as a share of the
// area of the exact front.

import { floatV, nsga2, oneOf, randomSearch, Space } from 'espalier/search'
import { table } from '../../harness/table.mjs'
import { mean, range, withError } from './runs.mjs'

const BUDGETS = [300, 1000, 3000]
const DIMENSIONS = 10
const CHOICES = 6

const SHAPES = {
  ZDT1: (x, g) => 1 - Math.sqrt(x / g),
  ZDT2: (x, g) => 1 - (x / g) ** 2,
  ZDT3: (x, g) => 1 - Math.sqrt(x / g) - (x / g) * Math.sin(10 * Math.PI * x),
}

export default {
  id: 'ZDT',
  title: `two objectives, share of the exact front's area after ${BUDGETS.join(', ')} trials`,

  run({ seeds = 10, window }) {
    console.log(`seeds 0 to ${seeds - 1}, window ${window}; mean ± standard error`)
    const floats = Space.of(range(0, DIMENSIONS).map(() => floatV(0, 1))).spec
    const part = i => (i < CHOICES ? oneOf([0, 1, 2, 3, 4]) : floatV(0, 1))
    const mixed = Space.of(range(0, DIMENSIONS).map(part)).spec
    const quarters = genes => genes.map((gene, i) => (i < CHOICES ? gene / 4 : gene))
    const rows = Object.entries(SHAPES).flatMap(([name, shape]) =>
      [
        { kind: 'floats', spec: floats, steps: 10_000, numbers: genes => genes },
        { kind: 'choices too', spec: mixed, steps: 4, numbers: quarters },
      ].flatMap(({ kind, spec, steps, numbers }) => {
        const whole = area(range(0, steps + 1).map(i => objectives(shape, [i / steps, 0])))
        return [nsga2(), randomSearch()].map(algorithm => {
          const runs = range(0, seeds).map(seed =>
            run(algorithm, spec, { seed, window, values: genes => objectives(shape, numbers(genes)) }),
          )
          const figures = BUDGETS.map(trials => runs.map(points => area(points.slice(0, trials)) / whole))
          return [`${name}, ${kind}`, algorithm.name, ...figures.map(each => withError(each))]
        })
      }),
    )
    console.log(table(['', '', ...BUDGETS.map(n => `@${n}`)], rows))
  },
}

/** Both to be minimized. */
function objectives(shape, [x, ...rest]) {
  const g = 1 + 9 * mean(rest)
  return [x, g * shape(x, g)]
}

function run(algorithm, spec, { seed, window, values }) {
  let state = algorithm.init(spec, seed)
  const run = []
  for (let id = 1; id <= BUDGETS.at(-1); id++) {
    if (id > window) {
      const { dna, point } = run[id - window - 1]
      const worth = point.map(value => -value)
      state = algorithm.tell(state, { id: id - window, dna, reward: worth[0], values: worth }, spec)
    }
    const [{ dna }, next] = algorithm.ask(state, spec)
    state = next
    run.push({ dna, point: values(dna.genes) })
  }
  return run.map(({ point }) => point)
}

/** The area that some points are better than, up to a corner. */
function area(points) {
  let [sum, height] = [0, 1.1]
  for (const [x, y] of points.filter(([x]) => x < 1.1).sort((one, other) => one[0] - other[0])) {
    if (y >= height) continue
    sum += (1.1 - x) * (height - y)
    height = y
  }
  return sum
}

// Symbolic regression of Nguyen-1 to 8, by the protocol of `sr_deap.py`: protected functions, the variable x and no
// constants, 20 training points. A formula is recovered when it is right to 1e-6 on 20 fresh points. The budget counts
// expressions that are scored; one that gives the same as an earlier one at the training points is not scored again.

import { evolve, programs, Space } from 'espalier/search'
import { fromJsonString } from 'espalier/symbolic'
import { mean, mulberry32, range, show } from './runs.mjs'

const { compile, definePrimitive, Language, onProbes, Program, programEvolution, programMutation, variable } =
  programs

const PROBLEMS = [
  [x => x ** 3 + x ** 2 + x, -1, 1],
  [x => x ** 4 + x ** 3 + x ** 2 + x, -1, 1],
  [x => x ** 5 + x ** 4 + x ** 3 + x ** 2 + x, -1, 1],
  [x => x ** 6 + x ** 5 + x ** 4 + x ** 3 + x ** 2 + x, -1, 1],
  [x => Math.sin(x ** 2) * Math.cos(x) - 1, -1, 1],
  [x => Math.sin(x) + Math.sin(x + x ** 2), -1, 1],
  [x => Math.log(x + 1) + Math.log(x ** 2 + 1), 0, 2],
  [x => Math.sqrt(x), 0, 4],
]
const EXPRESSIONS = 20_000

const NUMBERS = ['number', 'number']
const primitives = [
  '+',
  '-',
  '*',
  'sin',
  'cos',
  definePrimitive('nguyen.divide', { args: NUMBERS, run: (a, b) => (Math.abs(b) < 1e-9 ? 1 : a / b) }),
  definePrimitive('nguyen.exp', { args: ['number'], run: a => Math.exp(Math.min(50, Math.max(-50, a))) }),
  definePrimitive('nguyen.log', {
    args: ['number'],
    run: a => (Math.abs(a) < 1e-9 ? 0 : Math.log(Math.abs(a))),
  }),
]
const language = new Language({ primitives, constants: [], maxSize: 40, maxDepth: 12 })
const x = variable('x')
const space = Space.of({
  formula: evolve(new Program({ inputs: [x], result: x }), programMutation('nguyen', language)),
})

export default {
  id: 'G6',
  title: `Nguyen-1 to 8 recovered within ${EXPRESSIONS} expressions`,

  run({ seeds = 10, window, firstSeed = 0, problems = range(0, 8) }) {
    console.log(`seeds ${firstSeed} to ${firstSeed + seeds - 1}, window ${window}`)
    const rows = problems.map(problem => range(firstSeed, seeds).map(seed => run(problem, seed, window)))
    const ours = rows.map((runs, i) => {
      const recovered = runs.filter(run => run.isRecovered)
      return [
        `Nguyen-${problems[i] + 1}`,
        `${recovered.length} / ${seeds}`,
        String(Math.round(mean(runs.map(run => run.scored)))),
      ]
    })
    const share = mean(rows.flat().map(run => Number(run.isRecovered)))
    ours.push(['all', `${(100 * share).toFixed(0)} %`, ''])
    const peers = [['DEAP 1.3.1 GP (5 seeds)', '10 %', '']]
    show(['', 'recovered', 'expressions (mean)'], { ours, goals: ['35 %', ''], peers })
  },
}

/** One search, to the end of the budget or to the first formula that is right. */
function run(problem, seed, window) {
  const [f, low, high] = PROBLEMS[problem]
  const random = mulberry32(5000 + seed)
  const points = () => Float64Array.from({ length: 20 }, () => low + (high - low) * random())
  const [train, test] = [points(), points()]
  const [wanted, unseen] = [train.map(f), test.map(f)]
  const behavior = onProbes(Array.from(train, value => [value]))
  const algorithm = programEvolution({ language, behavior, ...tuning })
  const { spec } = space
  let state = algorithm.init(spec, seed)
  const waiting = []
  for (let id = 1; id <= EXPRESSIONS; id++) {
    if (waiting.length === window) state = algorithm.tell(state, waiting.shift(), spec)
    const [{ dna }, next] = algorithm.ask(state, spec)
    state = next
    const formula = compile(fromJsonString(dna.genes[0]))
    const given = formula.runColumns([train])
    const errors = Array.from(given, (value, i) => penalty(value - wanted[i]))
    if (mean(errors.map(error => error ** 2)) < 1e-12) {
      const off = formula.runColumns([test]).map((value, i) => Math.abs(value - unseen[i]))
      if (Math.max(...off) < 1e-6) return { isRecovered: true, scored: id }
    }
    const values = errors.map(error => -error)
    waiting.push({ id, dna, reward: values[0], values })
  }
  return { isRecovered: false, scored: EXPRESSIONS }
}

const penalty = error => (Number.isFinite(error) ? Math.min(1e9, Math.abs(error)) : 1e9)
export const tuning = {}

// What all tables do: run an algorithm with answers that come so many proposals late, and show means with their
// standard errors beside goals and recorded figures.

import { table } from '../../harness/table.mjs'

/** The rewards of one run, and the genes, in the order of the proposals; shorter when a space is used up. */
export function runOf(algorithm, spec, { seed, trials, window, reward }) {
  let state = algorithm.init(spec, seed)
  const run = []
  for (let id = 1; id <= trials; id++) {
    if (id > window) {
      const { dna, worth } = run[id - window - 1]
      state = algorithm.tell(state, { id: id - window, dna, reward: worth }, spec)
    }
    const [proposal, next] = algorithm.ask(state, spec)
    state = next
    if (proposal === null) break
    const { dna } = proposal
    run.push({ dna, worth: reward(dna.genes) })
  }
  return run
}

/** The best reward among the first so many trials. */
export function bestAfter(run, trials) {
  return run.slice(0, trials).reduce((best, { worth }) => Math.max(best, worth), Number.NEGATIVE_INFINITY)
}

export const range = (first, count) => Array.from({ length: count }, (_, i) => first + i)

export const mean = numbers => numbers.reduce((sum, number) => sum + number, 0) / numbers.length

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b)
  const half = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2
}

/** A mean with its standard error, as `0.24 ± 0.03`. */
export function withError(numbers, digits = 3) {
  const middle = mean(numbers)
  const squares = numbers.reduce((sum, number) => sum + (number - middle) ** 2, 0)
  const error = Math.sqrt(squares / Math.max(1, numbers.length - 1) / numbers.length)
  return `${middle.toFixed(digits)} ± ${error.toFixed(digits)}`
}

/** Our rows, the goals, then what others reached. */
export function show(header, { ours, goals, peers }) {
  const rule = header.map(() => '')
  console.log(table(header, [...ours, ['goal', ...goals], rule, ...peers]))
}

/** The generator that the peers' scripts make their instances with. */
export function mulberry32(seed) {
  let a = seed >>> 0
  return () => {
    a = (a + 0x6d2b79f5) >>> 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = ((t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t) >>> 0
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

// RuleBook: a test bed for reflective optimizers that needs no language model. A text is a set of at most 15 rules out of
// 30, of which low numbers are wanted most; a sample needs three rules in certain texts and is harmed by a fourth, and its
// feedback names those that are missing or too many. A simulated reflector obeys each line of feedback with probability 0.8.
// It tests machinery, budgets and repeatability. It says nothing about language models.
// Run after a build: node bench/modules/rulebook.mjs [--seeds=30] [--first=0] [--budgets=300,600,1500]

import { fileURLToPath } from 'node:url'
import { fit, gepa, Program } from 'espalier/modules'
import { f } from 'espalier/symbolic'
import { table } from '../harness/table.mjs'

const TEXTS = 3
const RULES = 30
const CAPACITY = 15
const OBEDIENCE = 0.8

/** What GEPA 0.1.4 and blind hill climbing reached with 30 seeds: mean and deviation of the score on test samples. */
export const RECORDED = {
  300: {
    'gepa 0.1.4': [0.2728, 0.0423],
    '… with merge': [0.2744, 0.0345],
    'blind, recorded': [0.2442, 0.0283],
  },
  600: {
    'gepa 0.1.4': [0.2982, 0.034],
    '… with merge': [0.2881, 0.0339],
    'blind, recorded': [0.2726, 0.0302],
  },
  1500: {
    'gepa 0.1.4': [0.3211, 0.031],
    '… with merge': [0.3149, 0.0375],
    'blind, recorded': [0.3181, 0.0313],
  },
}

export const GOALS = { 300: 0.27, 600: 0.295 }

/** Holds the texts, and gives them back for every input. */
class RuleBook extends Program.define('bench.RuleBook', {
  c0: f.string().trainable(),
  c1: f.string().trainable(),
  c2: f.string().trainable(),
}) {
  async call() {
    return { c0: this.c0, c1: this.c1, c2: this.c2 }
  }
}

/** Numbers from 0 to 1, the same on every machine and in every language. */
export function mulberry32(seed) {
  let a = seed >>> 0
  return () => {
    a = (a + 0x6d2b79f5) >>> 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** The samples of a seed: to learn from, to choose by, and to report on. */
export function dataOf(seed) {
  return {
    learning: samples(seed * 3 + 1, 60),
    choosing: samples(seed * 3 + 2, 20),
    test: samples(seed * 3 + 3, 200),
  }
}

/** How well a book of rules serves a sample, and what the sample has to say about it. */
export function judge(book, { need, bad }) {
  const sets = Array.from({ length: TEXTS }, (_, i) => rulesIn(book[`c${i}`]))
  const missing = need.filter(([text, rule]) => !sets[text].has(rule))
  const isHarmed = sets[bad[0]].has(bad[1])
  const lines = missing.map(([text, rule]) => ({ add: true, text, rule }))
  if (isHarmed) lines.push({ add: false, text: bad[0], rule: bad[1] })
  return { score: Math.max(0, (3 - missing.length) / 3 - (isHarmed ? 0.5 : 0)), lines }
}

/** The simulated reflector: another text, by the lines of feedback that are about it. */
export function rewritten(draw, text, lines) {
  const rules = rulesIn(text)
  for (const { add, rule } of lines) {
    if (draw() < OBEDIENCE) add ? rules.add(rule) : rules.delete(rule)
  }
  if (lines.length === 0 || draw() > OBEDIENCE) {
    const rule = pick(draw, RULES)
    if (!rules.delete(rule)) rules.add(rule)
  }
  while (rules.size > CAPACITY) rules.delete(sorted(rules)[pick(draw, rules.size)])
  return sorted(rules)
    .map(rule => `R${rule}`)
    .join(' ')
}

/** Our GEPA through `fit`, with so many runs of samples in all. */
export async function runGepa(seed, runs, options = {}) {
  const { learning, choosing, test } = dataOf(seed)
  const asSample = (rules, i) => ({ inputs: i, outputs: rules })
  const training = [...learning, ...choosing].map(asSample)
  const result = await fit(new RuleBook({ c0: 'R0', c1: 'R0', c2: 'R0' }), training, {
    optimizer: gepa({
      frontier: (_, position) => position >= learning.length,
      reflect: ({ path, text, seen }, random) => {
        const lines = seen.flatMap(({ output, expected }) => judge(output, expected).lines)
        return rewritten(
          mulberry32(random.word()),
          text,
          lines.filter(line => `c${line.text}` === path),
        )
      },
      ...options,
    }),
    validation: training.slice(learning.length),
    reward: (output, expected) => judge(output, expected).score,
    budget: { runs },
    runner: NO_SCRIPTS,
    seed,
  })
  return { score: meanScore(result.program, test), runs: result.runs }
}

/** One random edit at a time, scored on all samples that choose, kept when it is no worse. */
export function runBlind(seed, budget) {
  const draw = mulberry32(90000 + seed)
  const { choosing, test } = dataOf(seed)
  let current = { c0: 'R0', c1: 'R0', c2: 'R0' }
  let best = -1
  let runs = 0
  while (runs + choosing.length <= budget) {
    const name = `c${pick(draw, TEXTS)}`
    const next = runs === 0 ? current : { ...current, [name]: rewritten(draw, current[name], []) }
    const score = meanScore(next, choosing)
    runs += choosing.length
    if (score >= best) [current, best] = [next, score]
  }
  return { score: meanScore(current, test), runs }
}

export const summaryOf = results => {
  const scores = results.map(({ score }) => score)
  const mean = meanOf(scores)
  const deviation = Math.sqrt(meanOf(scores.map(score => (score - mean) ** 2)))
  return {
    mean,
    deviation,
    error: deviation / Math.sqrt(scores.length - 1),
    runs: meanOf(results.map(({ runs }) => runs)),
  }
}

const NO_SCRIPTS = {
  run: () => Promise.reject(new Error('no scripts here')),
  runMany: () => Promise.reject(new Error('no scripts here')),
  close: async () => {},
}

const meanScore = (book, samples) => meanOf(samples.map(sample => judge(book, sample).score))
const meanOf = numbers => numbers.reduce((sum, number) => sum + number, 0) / numbers.length
const pick = (draw, count) => Math.floor(draw() * count)
const rulesIn = text =>
  new Set(
    text
      .split(' ')
      .filter(Boolean)
      .map(word => Number(word.slice(1))),
  )
const sorted = rules => [...rules].sort((a, b) => a - b)

function samples(seed, count) {
  const draw = mulberry32(seed)
  const made = []
  while (made.length < count) {
    const need = []
    while (need.length < 3) {
      const pair = [pick(draw, TEXTS), ruleByWeight(draw)]
      if (!need.some(other => isSame(other, pair))) need.push(pair)
    }
    const bad = [pick(draw, TEXTS), ruleByWeight(draw)]
    if (!need.some(other => isSame(other, bad))) made.push({ need, bad })
  }
  return made
}

const isSame = (a, b) => a[0] === b[0] && a[1] === b[1]

/** Rule k has the weight 1 / (k + 1). */
function ruleByWeight(draw) {
  let total = 0
  for (let rule = 0; rule < RULES; rule++) total += 1 / (rule + 1)
  let left = draw() * total
  for (let rule = 0; rule < RULES; rule++) {
    left -= 1 / (rule + 1)
    if (left < 0) return rule
  }
  return RULES - 1
}

async function main(args) {
  const given = Object.fromEntries(args.map(arg => arg.replace(/^--/, '').split('=')))
  const { seeds = 30, first = 0, budgets = '300,600,1500', options = '{}' } = given
  const all = Array.from({ length: Number(seeds) }, (_, i) => Number(first) + i)
  for (const budget of budgets.split(',').map(Number)) {
    const ours = []
    for (const seed of all) ours.push(await runGepa(seed, budget, JSON.parse(options)))
    const [own, blind] = [summaryOf(ours), summaryOf(all.map(seed => runBlind(seed, budget)))]
    const rows = [
      ['espalier gepa', own],
      ['blind, here', blind],
    ].map(([name, { mean, deviation, runs }]) => [
      name,
      mean.toFixed(4),
      deviation.toFixed(4),
      runs.toFixed(0),
    ])
    const recorded = Object.entries(RECORDED[budget] ?? {}).map(([name, [mean, deviation]]) => [
      name,
      mean.toFixed(4),
      deviation.toFixed(4),
      '',
    ])
    console.log(`${budget} runs of samples, seeds ${all[0]} to ${all.at(-1)}`)
    console.log(table(['', 'mean', 'deviation', 'runs'], [...rows, ...recorded]))
    const distance = (own.mean - blind.mean) / Math.hypot(own.error, blind.error)
    const goal =
      GOALS[budget] === undefined
        ? ''
        : `; goal ${GOALS[budget]}: ${own.mean >= GOALS[budget] ? 'reached' : 'missed'}`
    console.log(`${distance.toFixed(1)} standard errors above blind${goal}\n`)
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2))

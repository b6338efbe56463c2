/**
 * Metrics: figures about many samples, which inform and choose nothing. A metric is pure: it folds observations into a
 * state that is JSON, and reads its figure off the state. Failures are counted as what they are, never left out.
 */

import { isJsonRecord, type Json, sameJson } from './json.ts'
import { judgementOf } from './judgement.ts'
import { exactMatch, FAILURE_REWARD, type Reward } from './reward.ts'

/** What a program gave for a sample. */
export interface Observation {
  /** Null when the run failed. */
  readonly output: Json
  readonly expected: Json
  /** Whether the run failed, whatever stands in the output. */
  readonly failed?: boolean
}

/** A figure about many observations. */
export interface Metric<State extends Json = Json> {
  /** Which way is better. */
  readonly direction: 'up' | 'down'
  readonly init: State
  /** The state with one observation more; the state it is given stays as it was. */
  add(state: State, observation: Observation): State | Promise<State>
  /** The figure; 0 for no observations. */
  result(state: State): number
}

/** Figures by name. */
export type Figures<Metrics> = { readonly [Name in keyof Metrics]: number }

/**
 * The figures of some metrics over observations.
 *
 *     await figuresOf({ accuracy: accuracy(), words: mean(tokenF1()) }, observations)
 */
// biome-ignore lint/suspicious/noExplicitAny: each metric has a state of its own, which only it reads
export async function figuresOf<Metrics extends { readonly [name: string]: Metric<any> }>(
  metrics: Metrics,
  observations: Iterable<Observation> | AsyncIterable<Observation>,
): Promise<Figures<Metrics>> {
  const states: { [name: string]: Json } = Object.create(null)
  const named = Object.entries(metrics)
  for (const [name, metric] of named) states[name] = metric.init
  for await (const observation of observations) {
    for (const [name, metric] of named) states[name] = await metric.add(states[name], observation)
  }
  return Object.fromEntries(
    named.map(([name, metric]) => [name, metric.result(states[name])]),
  ) as Figures<Metrics>
}

type Mean = { readonly sum: number; readonly count: number }

/** The mean of a reward; a failure counts 0. */
export const mean = (reward: Reward): Metric<Mean> => ({
  direction: 'up',
  init: { sum: 0, count: 0 },
  add: async ({ sum, count }, observation) => ({
    sum: sum + (hasFailed(observation) ? FAILURE_REWARD : await worth(reward, observation)),
    count: count + 1,
  }),
  result: ({ sum, count }) => (count === 0 ? 0 : sum / count),
})

/** The share of outputs that a reward calls perfect; a failure is not right. */
export const accuracy = (reward: Reward = exactMatch()): Metric<Mean> =>
  mean(async (output, expected) => ((await worth(reward, { output, expected })) >= 1 ? 1 : 0))

/** The share of runs that failed. */
export const failureRate = (): Metric<Mean> => ({
  direction: 'down',
  init: { sum: 0, count: 0 },
  add: ({ sum, count }, observation) => ({ sum: sum + (hasFailed(observation) ? 1 : 0), count: count + 1 }),
  result: ({ sum, count }) => (count === 0 ? 0 : sum / count),
})

export interface LabelOptions {
  /** Which key of records is the label. By default the whole output is. */
  readonly key?: string
  /** The one label that counts; without it the figure is an average over labels. */
  readonly positive?: Json
  /**
   * How labels are averaged: each the same (`macro`), by how often they are expected (`weighted`), or over all
   * decisions together (`micro`). Default `macro`.
   */
  readonly average?: 'macro' | 'weighted' | 'micro'
}

/** Counts by the JSON text of a label: right, given though another was expected, and expected though not given. */
type Labels = {
  readonly [label: string]: { readonly right: number; readonly extra: number; readonly missed: number }
}

/** The share of given labels that are right. */
export const precision = (options?: LabelOptions): Metric<Labels> =>
  ofLabels(({ right, extra }) => ratio(right, right + extra), options)

/** The share of expected labels that are found; a failure misses its label. */
export const recall = (options?: LabelOptions): Metric<Labels> =>
  ofLabels(({ right, missed }) => ratio(right, right + missed), options)

/** The harmonic mean of precision and recall. */
export const f1 = (options?: LabelOptions): Metric<Labels> =>
  ofLabels(({ right, extra, missed }) => ratio(2 * right, 2 * right + extra + missed), options)

function ofLabels(
  figure: (counts: Labels[string]) => number,
  { key, positive, average = 'macro' }: LabelOptions = {},
): Metric<Labels> {
  const labelOf = (value: Json): string | null => {
    if (key === undefined) return JSON.stringify(value)
    return isJsonRecord(value) && Object.hasOwn(value, key) ? JSON.stringify(value[key]) : null
  }
  const bump = (state: Labels, label: string | null, by: keyof Labels[string]): Labels => {
    if (label === null) return state
    const counts = Object.hasOwn(state, label) ? (state[label] as Labels[string]) : NO_COUNTS
    return { ...state, [label]: { ...counts, [by]: counts[by] + 1 } }
  }
  return {
    direction: 'up',
    init: {},
    add(state, observation) {
      const wanted = labelOf(observation.expected)
      const given = hasFailed(observation) ? null : labelOf(observation.output)
      if (given !== null && given === wanted) return bump(state, wanted, 'right')
      return bump(bump(state, wanted, 'missed'), given, 'extra')
    },
    result(state) {
      const all = Object.entries(state).map(([label, counts]) => ({ label, counts }))
      if (positive !== undefined) {
        const found = all.find(({ label }) => sameJson(JSON.parse(label) as Json, positive))
        return found === undefined ? 0 : figure(found.counts)
      }
      if (average === 'micro') return figure(all.reduce((sum, { counts }) => added(sum, counts), NO_COUNTS))
      const weight = ({ right, missed }: Labels[string]): number => (average === 'macro' ? 1 : right + missed)
      const total = all.reduce((sum, { counts }) => sum + weight(counts), 0)
      return ratio(
        all.reduce((sum, { counts }) => sum + weight(counts) * figure(counts), 0),
        total,
      )
    },
  }
}

/**
 * The chance that at least one of `k` runs of a sample is right, for observations that repeat samples: the unbiased
 * estimate 1 - C(n - c, k) / C(n, k) of n runs with c right ones, averaged over samples (Chen et al. 2021). Samples are
 * told apart by what `sampleOf` gives.
 */
export function passAtK(
  k: number,
  sampleOf: (observation: Observation) => string,
  reward: Reward = exactMatch(),
): Metric<{ readonly [sample: string]: readonly [runs: number, right: number] }> {
  const isCount = Number.isInteger(k) && k >= 1
  if (!isCount) throw new RangeError(`passAtK needs a whole number of at least 1, got ${k}`)
  return {
    direction: 'up',
    init: {},
    async add(state, observation) {
      const sample = sampleOf(observation)
      const [runs, right] = Object.hasOwn(state, sample)
        ? (state[sample] as readonly [number, number])
        : [0, 0]
      const isRight = !hasFailed(observation) && (await worth(reward, observation)) >= 1
      return { ...state, [sample]: [runs + 1, right + (isRight ? 1 : 0)] }
    },
    result(state) {
      const all = Object.values(state)
      const few = all.find(([runs]) => runs < k)
      if (few !== undefined)
        throw new RangeError(`passAtK(${k}) needs ${k} runs of each sample, got ${few[0]}`)
      return ratio(
        all.reduce((sum, [runs, right]) => sum + chance(runs, right, k), 0),
        all.length,
      )
    },
  }
}

const worth = async (reward: Reward, { output, expected }: Observation): Promise<number> =>
  judgementOf(await reward(output, expected)).reward

const hasFailed = ({ output, failed = false }: Observation): boolean => failed || output === null

const NO_COUNTS = { right: 0, extra: 0, missed: 0 }

const added = (a: Labels[string], b: Labels[string]): Labels[string] => ({
  right: a.right + b.right,
  extra: a.extra + b.extra,
  missed: a.missed + b.missed,
})

const ratio = (part: number, whole: number): number => (whole === 0 ? 0 : part / whole)

/** 1 - C(n - c, k) / C(n, k), as a product that stays small. */
function chance(runs: number, right: number, k: number): number {
  if (runs - right < k) return 1
  let none = 1
  for (let i = runs - right + 1; i <= runs; i++) none *= 1 - k / i
  return 1 - none
}

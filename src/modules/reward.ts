/**
 * Rewards: how good an output is, from 0 to 1, by the output that was expected. A run that failed has no output and is
 * never shown to a reward: it scores 0, which no success can be below.
 */

import { showValue } from './data-error.ts'
import { isJsonRecord, type Json, sameJson } from './json.ts'
import {
  type GivenReward,
  type Judgement,
  joinedFeedback,
  judgementOf,
  type RewardContext,
} from './judgement.ts'
import { holdsMatch, type Mask, type MaskOptions, maskedValue, maskingOf } from './operators/mask.ts'

/**
 * A number from 0 (of no use) to 1 (perfect) for an output, or that number with feedback in words.
 *
 *     const reward: Reward = (output, expected) => (output === expected ? 1 : 0)
 *     const short: Reward = output => ({ reward: output.length < 80 ? 1 : 0, feedback: 'At most 80 characters.' })
 */
export type Reward = (
  output: Json,
  expected: Json,
  context?: RewardContext,
) => GivenReward | Promise<GivenReward>

/** A reward that is a number and nothing else. */
export type PlainReward = (output: Json, expected: Json) => number | Promise<number>

/** A reward made of others by name, each of which can be asked as well. */
export interface JoinedReward extends Reward {
  /** The rewards by name, before they are weighed: a vector for each sample. */
  readonly parts: (
    output: Json,
    expected: Json,
    context?: RewardContext,
  ) => Promise<{ readonly [name: string]: number }>
}

/** What a run that failed is worth, whatever its default output looks like. */
export const FAILURE_REWARD = 0

/** 1 for an output that equals the expected one, whatever the order of keys; else 0. */
export const exactMatch = (): PlainReward => (output, expected) => (sameJson(output, expected) ? 1 : 0)

export interface ClosenessOptions {
  /** The distance between two numbers at which their closeness is one half. Default 1. */
  readonly scale?: number
}

/**
 * How close the numbers of an output are to those expected: 1 when equal, falling with the distance, averaged over
 * everything that either side holds. Other leaves count 1 when equal, else 0; so does what one side lacks.
 *
 *     numericCloseness()({ y: 3 }, { y: 4 })     // 0.5
 */
export function numericCloseness({ scale = 1 }: ClosenessOptions = {}): PlainReward {
  const isFine = Number.isFinite(scale) && scale > 0
  if (!isFine) throw new RangeError(`the scale of numericCloseness must be a number above 0, got ${scale}`)
  return byLeaves((a, b) => {
    if (typeof a === 'number' && typeof b === 'number') return 1 / (1 + Math.abs(a - b) / scale)
    return sameJson(a, b) ? 1 : 0
  })
}

/**
 * How many words of a text are those expected, by F1 (the harmonic mean of precision and recall), averaged over
 * everything that either side holds. Case and punctuation do not count; signs of Chinese and Japanese are words each.
 * Leaves that are no texts count 1 when equal, else 0.
 *
 *     tokenF1()('the red house', 'A red house!')     // 2/3
 */
export function tokenF1(): PlainReward {
  return byLeaves((a, b) =>
    typeof a === 'string' && typeof b === 'string' && a !== b
      ? f1(wordsIn(a), wordsIn(b))
      : sameJson(a, b)
        ? 1
        : 0,
  )
}

/** Gives a vector for each text, all of one length. */
export type Embed = (texts: readonly string[]) => Promise<readonly (readonly number[])[]>

export interface CosineOptions {
  readonly embed: Embed
  /** How many texts are remembered with their vectors. Default 10,000. */
  readonly cached?: number
}

/**
 * How close the texts of an output are in meaning to those expected: the cosine of their vectors, 0 where it is
 * negative, averaged over everything that either side holds. Leaves that are no texts count 1 when equal, else 0.
 *
 *     cosineSimilarity({ embed: texts => embedder.embed(texts) })
 */
export function cosineSimilarity({ embed, cached = 10_000 }: CosineOptions): PlainReward {
  const known = new Map<string, readonly number[]>()
  return async (output, expected) => {
    const pairs: (readonly [string, string])[] = []
    let total = 0
    let leaves = 0
    forLeaves(output, expected, (a, b) => {
      leaves++
      if (typeof a === 'string' && typeof b === 'string' && a !== b) pairs.push([a, b])
      else if (sameJson(a, b)) total++
    })
    const vectors = await vectorsOf([...new Set(pairs.flat())], embed, known, cached)
    for (const [a, b] of pairs) total += Math.max(0, cosine(vectors.get(a), vectors.get(b)))
    return total / leaves
  }
}

export interface RewardMask extends MaskOptions {
  /** Only what these name counts. */
  readonly inMask?: Mask
  /** What these name does not count. */
  readonly outMask?: Mask
}

/**
 * A reward that is asked about some keys alone, on both sides. Throws when the masks leave nothing of an expected output
 * to compare with: else every output would be right.
 *
 *     masked(exactMatch(), { inMask: ['answer'] })
 */
export function masked(reward: Reward, { inMask, outMask, ...options }: RewardMask): Reward {
  if (inMask === undefined && outMask === undefined) {
    throw new TypeError('masked needs inMask or outMask, got neither')
  }
  const kept = inMask === undefined ? null : maskingOf(true, inMask, options)
  const left = outMask === undefined ? null : maskingOf(false, outMask, options)
  const mask = (value: Json): Json => {
    const inside = kept === null ? value : maskedValue(value, kept)
    return left === null ? inside : maskedValue(inside, left)
  }
  return (output, expected, context) => {
    const wanted = mask(expected)
    const isNothing = !holdsAnything(wanted) && holdsAnything(expected)
    if (isNothing || (kept !== null && !holdsMatch(expected, kept))) {
      const names = [...(inMask ?? []), ...(outMask ?? [])].map(String).join(', ')
      throw new RangeError(
        `the masks of a reward (${names}) leave nothing to compare of ${showValue(expected)}`,
      )
    }
    return reward(mask(output), wanted, context)
  }
}

/**
 * The mean of rewards, weighed. A reward whose weight is not given has the weight 1.
 *
 *     weighted({ exact: exactMatch(), words: tokenF1() }, { exact: 3 })
 */
export function weighted(
  rewards: { readonly [name: string]: Reward },
  weights: { readonly [name: string]: number } = {},
): JoinedReward {
  const names = Object.keys(rewards)
  const unknown = Object.keys(weights).find(name => !Object.hasOwn(rewards, name))
  if (unknown !== undefined)
    throw new RangeError(`weighted has no reward '${unknown}', only ${names.join(', ')}`)
  const weightOf = (name: string): number => (Object.hasOwn(weights, name) ? (weights[name] as number) : 1)
  const total = names.reduce((sum, name) => sum + weightOf(name), 0)
  const areFine = names.every(name => Number.isFinite(weightOf(name)) && weightOf(name) >= 0)
  if (!areFine || total <= 0) {
    throw new RangeError(`weights must be at least 0 and not all 0, got ${JSON.stringify(weights)}`)
  }
  const judge = (output: Json, expected: Json, context?: RewardContext) =>
    Promise.all(
      names.map(async name => {
        const given = await (rewards[name] as Reward)(output, expected, context)
        return [name, judgementOf(given)] as const
      }),
    )
  const parts: JoinedReward['parts'] = async (output, expected, context) => {
    const judged = await judge(output, expected, context)
    return Object.fromEntries(judged.map(([name, { reward }]) => [name, reward]))
  }
  const joined: Reward = async (output, expected, context) => {
    const judged = await judge(output, expected, context)
    const sum = judged.reduce((all, [name, { reward }]) => all + weightOf(name) * reward, 0)
    return withFeedback(sum / total, judged)
  }
  return Object.assign(joined, { parts })
}

/**
 * The mean of a reward over the keys of the expected output, each asked on its own: credit for every output that is
 * right, where all-or-nothing would hide progress on one of several. 1 exactly when the reward is 1 for every key and
 * the output has no others; outputs that are no records are given to the reward as they are.
 *
 *     eachKey()({ low: 1, high: 2 }, { low: 1, high: 9 })     // 0.5
 */
export function eachKey(reward: Reward = exactMatch()): Reward {
  return async (output, expected, context) => {
    if (!isJsonRecord(output) || !isJsonRecord(expected)) return reward(output, expected, context)
    const keys = new Set([...Object.keys(expected), ...Object.keys(output)])
    if (keys.size === 0) return 1
    const judged: [string, Judgement][] = []
    for (const key of keys) {
      const [given, wanted] = [own(output, key), own(expected, key)]
      if (given === undefined || wanted === undefined) continue
      judged.push([key, judgementOf(await reward(given, wanted, context))])
    }
    return withFeedback(judged.reduce((sum, [, each]) => sum + each.reward, 0) / keys.size, judged)
  }
}

/** A reward made of others: a number alone when none of them has anything to say. */
function withFeedback(reward: number, judged: readonly (readonly [string, Judgement])[]): GivenReward {
  const feedback = joinedFeedback(judged)
  return feedback === undefined ? reward : { reward, feedback }
}

/** The mean of what leaves are worth, over all that either side holds. */
function byLeaves(worth: (a: Json | undefined, b: Json | undefined) => number): PlainReward {
  return (output, expected) => {
    let total = 0
    let leaves = 0
    forLeaves(output, expected, (a, b) => {
      total += worth(a, b)
      leaves++
    })
    return total / leaves
  }
}

/** Visits the leaves of two values, side by side; what one side lacks is undefined there. */
function forLeaves(
  a: Json | undefined,
  b: Json | undefined,
  visit: (a: Json | undefined, b: Json | undefined) => void,
): void {
  if (Array.isArray(a) && Array.isArray(b) && a.length + b.length > 0) {
    const length = Math.max(a.length, b.length)
    for (let i = 0; i < length; i++) forLeaves(a[i], b[i], visit)
    return
  }
  if (isJsonRecord(a) && isJsonRecord(b)) {
    const keys = new Set([...Object.keys(a), ...Object.keys(b)])
    for (const key of keys) forLeaves(own(a, key), own(b, key), visit)
    if (keys.size > 0) return
  }
  visit(a, b)
}

/** Whether a value has anything in it but records without keys. */
function holdsAnything(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return true
  const isEmptyList = Array.isArray(value) && value.length === 0
  return isEmptyList || Object.values(value).some(holdsAnything)
}

const SIGNS = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}]'
const WORDS = new RegExp(`${SIGNS}|(?:(?!${SIGNS})[\\p{L}\\p{M}\\p{N}])+`, 'gu')

const wordsIn = (text: string): string[] => text.normalize('NFKC').toLowerCase().match(WORDS) ?? []

/** The harmonic mean of precision and recall, counting each word as often as it comes. */
function f1(given: readonly string[], wanted: readonly string[]): number {
  if (given.length + wanted.length === 0) return 0
  const left = new Map<string, number>()
  for (const word of wanted) left.set(word, (left.get(word) ?? 0) + 1)
  let common = 0
  for (const word of given) {
    const count = left.get(word) ?? 0
    if (count === 0) continue
    left.set(word, count - 1)
    common++
  }
  return (2 * common) / (given.length + wanted.length)
}

/** The vectors of texts: those that are remembered, and those of the others, which are remembered from now on. */
async function vectorsOf(
  texts: readonly string[],
  embed: Embed,
  known: Map<string, readonly number[]>,
  cached: number,
): Promise<ReadonlyMap<string, readonly number[] | undefined>> {
  const result = new Map(texts.map(text => [text, known.get(text)] as const))
  const missing = texts.filter(text => !known.has(text))
  if (missing.length === 0) return result
  const vectors = await embed(missing)
  if (vectors.length !== missing.length) {
    throw new RangeError(`embed must give ${missing.length} vectors for as many texts, got ${vectors.length}`)
  }
  if (known.size + missing.length > cached) known.clear()
  for (const [i, text] of missing.entries()) {
    const vector = vectors[i] as readonly number[]
    result.set(text, vector)
    if (known.size < cached) known.set(text, vector)
  }
  return result
}

function cosine(a: readonly number[] | undefined, b: readonly number[] | undefined): number {
  if (a === undefined || b === undefined || a.length !== b.length) {
    throw new RangeError(`embed must give vectors of one length, got ${a?.length} and ${b?.length} numbers`)
  }
  let [dot, aa, bb] = [0, 0, 0]
  for (const [i, x] of a.entries()) {
    const y = b[i] as number
    dot += x * y
    aa += x * x
    bb += y * y
  }
  const result = dot / Math.sqrt(aa * bb)
  if (Number.isNaN(result)) throw new RangeError('embed must give vectors of numbers that are not all 0')
  return Math.min(1, result)
}

const own = (record: { readonly [key: string]: Json }, key: string): Json | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined

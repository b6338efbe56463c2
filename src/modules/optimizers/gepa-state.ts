/** Where GEPA stands, as JSON: what it has kept, what it is about, and what was in vain. */

import { Rng } from '../../search/index.ts'
import type { Evaluation, OptimizerContext, SampleRecord } from '../optimizer.ts'
import type { Sample } from '../samples.ts'
import { keyOf, type Texts } from './texts.ts'

export interface GepaState {
  /** What comes next: score the base, choose parents, look at them, reflect, try the children, keep those that passed. */
  readonly phase: 'start' | 'choose' | 'look' | 'reflect' | 'try' | 'keep'
  /** The texts of the base program. */
  readonly base: Texts
  /** The samples of the frontier, and those that minibatches are drawn from, by position. */
  readonly frontier: readonly number[]
  readonly learning: readonly number[]
  readonly pool: readonly Member[]
  /** What is under way. */
  readonly attempts: readonly Attempt[]
  /** How many rounds were begun, and how many minibatches were drawn. */
  readonly round: number
  readonly looks: number
  /** Rounds in a row that gave nothing new to try. */
  readonly idle: number
  /** The keys of all texts that were tried. */
  readonly known: readonly number[]
  /** The latest that were tried in vain. */
  readonly rejected: readonly RejectedText[]
  readonly mergesLeft: number
  readonly isMergeDue: boolean
}

/** A candidate that was scored on the whole frontier. */
export interface Member {
  /** The number of its evaluation. */
  readonly id: number
  readonly texts: Texts
  /** One for each sample of the frontier. */
  readonly rewards: readonly number[]
  /** Positions in the pool. */
  readonly parents: readonly number[]
  /** Whose turn it is among its texts, the next time it is a parent. */
  readonly turn: number
  /** The samples it was looked at on last. */
  readonly seen: readonly number[]
}

/** A child on its way. */
export interface Attempt {
  readonly operator: 'reflection' | 'merge'
  /** Positions in the pool. */
  readonly parents: readonly number[]
  /** The text that is written anew. */
  readonly path?: string
  /** What it is tried on. */
  readonly samples: readonly number[]
  /** Further samples to reflect on. */
  readonly again: readonly number[]
  /** The sum of rewards that is to be beaten on the samples; reached, for a merge. */
  readonly goal: number
  /** What the parent did there. */
  readonly records?: readonly SampleRecord[]
  /** The child's texts, when they are known. */
  readonly texts?: Texts
}

export interface RejectedText {
  readonly path: string
  readonly before: string
  readonly text: string
  readonly why: string
}

/** So many texts that were tried in vain are kept, to be shown. */
const MAX_REJECTED = 200

/** The state after the children were tried: those that passed are to be kept, the others are remembered. */
export function withTried(state: GepaState, evaluations: readonly Evaluation[]): GepaState {
  const { attempts, known, rejected } = state
  const passed = attempts.filter((attempt, i) => hasPassed(attempt, evaluations[i] as Evaluation))
  const failed = attempts.flatMap((attempt, i) =>
    passed.includes(attempt) ? [] : rejectedText(state, attempt, evaluations[i] as Evaluation),
  )
  return {
    ...state,
    phase: passed.length > 0 ? 'keep' : 'choose',
    attempts: passed,
    idle: 0,
    known: [...known, ...attempts.map(({ texts }) => keyOf(texts as Texts))],
    rejected: [...rejected, ...failed].slice(-MAX_REJECTED),
  }
}

/** The attempts whose texts were not tried before, each once. */
export function freshAttempts({ attempts, known }: GepaState): Attempt[] {
  const seen = new Set(known)
  return attempts.filter(({ texts }) => {
    if (texts === undefined || seen.has(keyOf(texts))) return false
    seen.add(keyOf(texts))
    return true
  })
}

/** An attempt with the texts of its parent, one of them written anew; without any when nothing was written. */
export function withText({ pool }: GepaState, attempt: Attempt, text: string | undefined): Attempt {
  const { records: _, ...rest } = attempt
  if (text === undefined || attempt.path === undefined) return rest
  const { texts } = pool[attempt.parents[0] as number] as Member
  return { ...rest, texts: { ...texts, [attempt.path]: text } }
}

/** Which samples the frontier is made of: a test, or how many, drawn by seed. */
export type FrontierOption = number | ((sample: Sample, position: number) => boolean)

/** The positions of the frontier, and of the samples that minibatches are drawn from. */
export function positionsOf(
  { samples, seed }: OptimizerContext,
  frontier: FrontierOption | undefined,
): Pick<GepaState, 'frontier' | 'learning'> {
  const all = samples.map((_, i) => i)
  if (frontier === undefined) return { frontier: all, learning: all }
  const drawn =
    typeof frontier === 'number' ? Rng.from(seed).split('frontier').shuffle(all).slice(0, frontier) : []
  const isIn =
    typeof frontier === 'number'
      ? (at: number) => drawn.includes(at)
      : (at: number) => frontier(samples[at] as Sample, at)
  const parts = { frontier: all.filter(isIn), learning: all.filter(at => !isIn(at)) }
  if (parts.frontier.length === 0 || parts.learning.length === 0) {
    const { length } = parts.frontier
    throw new RangeError(
      `gepa's frontier must be some of the ${all.length} samples and not all, got ${length}`,
    )
  }
  return parts
}

export const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0)

function hasPassed({ operator, goal }: Attempt, { rewards, refusal }: Evaluation): boolean {
  if (refusal !== undefined) return false
  const sum = sumOf(rewards)
  return operator === 'merge' ? sum >= goal : sum > goal
}

function rejectedText({ pool }: GepaState, attempt: Attempt, evaluation: Evaluation): RejectedText[] {
  const { path, texts, parents, goal } = attempt
  if (path === undefined) return []
  const { rewards, refusal } = evaluation
  const why = refusal ?? `rewards of ${sumOf(rewards)} in all where ${goal} were to be beaten`
  const [parent = 0] = parents
  return [{ path, before: pool[parent]?.texts[path] ?? '', text: texts?.[path] ?? '', why }]
}

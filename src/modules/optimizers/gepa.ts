/**
 * GEPA (Agrawal and others, arXiv 2507.19457): reflective evolution of the texts in a program. A parent from the Pareto
 * frontier over samples is looked at on a minibatch; a text is written anew by what happened; the child must do better
 * on the same minibatch before it is scored on the whole frontier. Each step of that is one generation of `fit`.
 */

import { Rng } from '../../search/index.ts'
import type { Json } from '../json.ts'
import type { Answer, Evaluation, Optimizer, OptimizerContext, Proposal, Step } from '../optimizer.ts'
import { bestOf, drawFrontier } from './frontier.ts'
import {
  type Attempt,
  type FrontierOption,
  freshAttempts,
  type GepaState,
  type Member,
  positionsOf,
  sumOf,
  withText,
  withTried,
} from './gepa-state.ts'
import { findMerge } from './merge.ts'
import {
  defaultFeedback,
  type Feedback,
  type Reflection,
  type Reflector,
  reflectionQuestion,
  seenIn,
  textIn,
} from './reflection.ts'
import { keyOf, minibatchOf, someTextsIn, type Texts, updatesTo } from './texts.ts'

export interface GepaOptions {
  /** The name of the model that reflects, among those given to `fit`. Default `'default'`. */
  readonly languageModel?: string
  /** Reflects instead of a model. */
  readonly reflect?: Reflector
  /** What was wrong with an output, in words for the model. Default: the failure, or what was expected. */
  readonly feedback?: Feedback
  /** Which texts may change, by key path. Default: all that may be trained. */
  readonly texts?: (path: string) => boolean
  /** Samples in a minibatch. Default 3. */
  readonly minibatchSize?: number
  /**
   * The samples that the frontier is made of: a test, or how many, drawn by seed; minibatches come from the others.
   * Default: all samples, for both.
   */
  readonly frontier?: FrontierOption
  /** How often the parent is simply the best candidate so far; else it is drawn from the frontier. Default 0.5. */
  readonly greed?: number
  /**
   * How many samples that the parent has been run on before are reflected on again, besides the minibatch. They cost
   * nothing, since what happened is known. Default 9.
   */
  readonly memory?: number
  /** How many children are made side by side. Default 1. */
  readonly width?: number
  /** How many merges may be tried. Default 5. */
  readonly merges?: number
  /** The temperature of the model that reflects. Default 1. */
  readonly temperature?: number
}

/** After so many attempts in a row that led to nothing new, there is nothing left to try. */
const MAX_IDLE = 50

/** A merge is tried on so many samples of the frontier first. */
const MERGE_SAMPLES = 5

/**
 * Reflective evolution.
 *
 *     await fit(program, samples, {
 *       optimizer: gepa({ languageModel: 'large' }), languageModel: { default: small, large },
 *       reward: exactMatch(), budget: { runs: 600, questions: 60 },
 *     })
 */
export function gepa({
  languageModel = 'default',
  reflect,
  feedback = defaultFeedback,
  texts: isWanted = () => true,
  minibatchSize = 3,
  frontier,
  greed = 0.5,
  memory = 9,
  width = 1,
  merges = 5,
  temperature = 1,
}: GepaOptions = {}): Optimizer<GepaState> {
  checkCounts({ minibatchSize, width, merges, memory })
  const isShare = 0 <= greed && greed <= 1
  if (!isShare) throw new RangeError(`greed must be from 0 to 1, got ${greed}`)

  /** The texts that may change. */
  const startOf = (context: OptimizerContext): Texts => {
    const wanted = Object.entries(someTextsIn(context, 'gepa')).filter(([path]) => isWanted(path))
    if (wanted.length === 0) throw new Error('gepa is left no text to train: texts refuses all of them')
    return Object.fromEntries(wanted)
  }

  const begun = (state: GepaState, context: OptimizerContext): GepaState => {
    const { pool, round, mergesLeft, isMergeDue } = state
    const random = Rng.from(context.seed).split('gepa').split(round)
    const next = { ...state, round: round + 1, isMergeDue: false }
    const merge = isMergeDue && mergesLeft > 0 ? mergeIn(state, random.split('merge')) : undefined
    if (merge !== undefined) {
      return { ...next, mergesLeft: mergesLeft - 1, attempts: [merge], phase: 'try' }
    }
    const members = [...pool]
    const attempts = Array.from({ length: width }, (_, i): Attempt => {
      const parent = parentIn(pool, random.split(i))
      const { texts, turn, seen, ...rest } = members[parent] as Member
      const samples = minibatchOf(state.learning, minibatchSize, state.looks + i, context.seed)
      const before = seen.filter(at => !samples.includes(at))
      members[parent] = { ...rest, texts, turn: turn + 1, seen: last([...before, ...samples], memory) }
      const paths = Object.keys(texts)
      const path = paths[turn % paths.length] as string
      return { operator: 'reflection', parents: [parent], path, samples, again: before, goal: 0 }
    })
    return { ...next, pool: members, looks: state.looks + width, attempts, phase: 'look' }
  }

  const parentIn = (pool: readonly Member[], random: Rng): number => {
    const rewards = pool.map(member => member.rewards)
    return random.float() < greed ? bestOf(rewards) : drawFrontier(rewards, random)
  }

  const mergeIn = ({ pool, known, frontier }: GepaState, random: Rng): Attempt | undefined => {
    const isNew = ({ texts }: { readonly texts: Texts }) => !known.includes(keyOf(texts))
    const merge = findMerge(pool, isNew, random)
    if (merge === undefined) return undefined
    const chosen = random.shuffle(frontier.map((_, i) => i)).slice(0, MERGE_SAMPLES)
    const sums = merge.parents.map(parent =>
      sumOf(chosen.map(i => (pool[parent] as Member).rewards[i] as number)),
    )
    return {
      operator: 'merge',
      parents: merge.parents,
      texts: merge.texts,
      samples: chosen.map(i => frontier[i] as number),
      again: [],
      goal: Math.max(...sums),
    }
  }

  const reflectionOf = (
    { pool, rejected }: GepaState,
    attempt: Attempt,
    { samples }: OptimizerContext,
  ): Reflection => {
    const { parents, path = '', records = [] } = attempt
    const text = (pool[parents[0] as number] as Member).texts[path] as string
    const seen = seenIn(records, [...attempt.samples, ...attempt.again], samples)
    const dead = rejected.filter(each => each.path === path && each.before === text).slice(-3)
    return { path, text, seen, rejected: dead.map(({ text, why }) => ({ text, why })) }
  }

  const proposalOf = (
    { pool, base }: GepaState,
    { operator, parents }: Pick<Proposal, 'operator' | 'parents'>,
    texts: Texts,
    where: Pick<Proposal, 'samples' | 'isProbe'>,
  ): Proposal => ({
    updates: updatesTo(texts, base),
    parents: parents.map(parent => (pool[parent] as Member).id),
    operator,
    isRecorded: true,
    ...where,
  })

  return {
    name: 'gepa',

    init(context) {
      const base = startOf(context)
      const positions = positionsOf(context, frontier)
      return {
        phase: 'start',
        base,
        ...positions,
        pool: [],
        attempts: [],
        round: 0,
        looks: 0,
        idle: 0,
        known: [keyOf(base)],
        rejected: [],
        mergesLeft: merges,
        isMergeDue: false,
      }
    },

    async propose(given, context): Promise<Step<GepaState>> {
      for (let state = given; ; ) {
        const { attempts, base, pool } = state
        switch (state.phase) {
          case 'start': {
            const where = { samples: state.frontier }
            return [[proposalOf(state, { operator: 'base', parents: [] }, base, where)], state]
          }
          case 'choose':
            if (state.idle >= MAX_IDLE) return [[], state]
            state = begun(state, context)
            break
          case 'look': {
            const looks = attempts.map(attempt => {
              const { texts } = pool[attempt.parents[0] as number] as Member
              return proposalOf(state, { ...attempt, operator: 'look' }, texts, {
                samples: [...attempt.samples, ...attempt.again],
                isProbe: true,
              })
            })
            return [looks, state]
          }
          case 'reflect': {
            const reflections = attempts.map(attempt => reflectionOf(state, attempt, context))
            if (reflect === undefined) {
              const { description } = context.program
              const options = { languageModel, temperature, feedback, description, rollout: state.round }
              const questions = reflections.map(each => reflectionQuestion(each, options))
              return [[], state, questions]
            }
            const random = Rng.from(context.seed).split('reflect').split(state.round)
            const texts: string[] = []
            for (const [i, each] of reflections.entries()) texts.push(await reflect(each, random.split(i)))
            state = {
              ...state,
              phase: 'try',
              attempts: attempts.map((each, i) => withText(state, each, texts[i])),
            }
            break
          }
          case 'try': {
            const tried = freshAttempts(state)
            if (tried.length > 0) {
              const proposals = tried.map(attempt =>
                proposalOf(state, attempt, attempt.texts as Texts, {
                  samples: attempt.samples,
                  isProbe: true,
                }),
              )
              return [proposals, { ...state, attempts: tried }]
            }
            state = { ...state, phase: 'choose', attempts: [], idle: state.idle + 1 }
            break
          }
          case 'keep': {
            const where = { samples: state.frontier }
            return [attempts.map(attempt => proposalOf(state, attempt, attempt.texts as Texts, where)), state]
          }
        }
      }
    },

    observe(state, evaluations, _context, answers = []) {
      const { attempts, pool } = state
      const isWhole = evaluations.length + answers.length >= Math.max(1, attempts.length)
      // What the budget has cut short is proposed again by a run that goes on.
      if (!isWhole) return state
      switch (state.phase) {
        case 'start': {
          const { id, rewards } = evaluations[0] as Evaluation
          const member = { id, texts: state.base, rewards, parents: [], turn: 0, seen: [] }
          return { ...state, phase: 'choose', pool: [member] }
        }
        case 'look': {
          const looked = attempts.map((attempt, i): Attempt => {
            const { rewards, records = [] } = evaluations[i] as Evaluation
            return { ...attempt, goal: sumOf(rewards.slice(0, attempt.samples.length)), records }
          })
          const open = looked.filter(({ goal, samples }) => goal < samples.length)
          const isPerfect = open.length === 0
          const idle = isPerfect ? state.idle + 1 : state.idle
          return { ...state, phase: isPerfect ? 'choose' : 'reflect', attempts: open, idle }
        }
        case 'reflect': {
          const texts = answers.map((answer: Answer) => textIn(answer))
          return {
            ...state,
            phase: 'try',
            attempts: attempts.map((each, i) => withText(state, each, texts[i])),
          }
        }
        case 'try':
          return withTried(state, evaluations)
        case 'keep': {
          const members = attempts.map(({ texts, parents, operator, samples }, i): Member => {
            const { id, rewards } = evaluations[i] as Evaluation
            const turn = Math.max(...parents.map(parent => (pool[parent] as Member).turn))
            const seen = operator === 'merge' ? [] : last(samples, memory)
            return { id, texts: texts as Texts, rewards, parents, turn, seen }
          })
          const isMergeDue = attempts.some(({ operator }) => operator === 'reflection')
          return { ...state, phase: 'choose', attempts: [], pool: [...pool, ...members], idle: 0, isMergeDue }
        }
        default:
          return state
      }
    },

    save: state => state as unknown as Json,
    restore: data => data as unknown as GepaState,
  }
}

const last = (positions: readonly number[], count: number): readonly number[] =>
  positions.slice(Math.max(0, positions.length - count))

function checkCounts(counts: { readonly [name: string]: number }): void {
  for (const [name, count] of Object.entries(counts)) {
    const least = name === 'merges' || name === 'memory' ? 0 : 1
    if (Number.isInteger(count) && count >= least) continue
    throw new RangeError(`${name} must be a whole number of at least ${least}, got ${count}`)
  }
}

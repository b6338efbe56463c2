/**
 * OMEGA: evolution of the values in a program, with a language model to mutate and cross them (as in Synalinks), and an
 * archive kept by dominated novelty search (Bahlous-Boldi and others, arXiv 2502.00593). The model sees what it changes
 * together with what that very candidate did: its rewards, its errors, its worst runs.
 */

import { Rng } from '../../search/index.ts'
import { hash } from '../../symbolic/index.ts'
import type { Json } from '../json.ts'
import type { Evaluation, Optimizer, OptimizerContext, Proposal, Question, Step } from '../optimizer.ts'
import { summed } from '../score.ts'
import { dominatedNovelty, keepNovel } from './dominated-novelty.ts'
import { editDistance } from './edit-distance.ts'
import { type Bred, omegaQuestion, valueIn } from './omega-question.ts'
import { partsIn, seedsIn, updatesBetween, type Values, valuesOf } from './parts.ts'
import { defaultFeedback, type Feedback, seenIn } from './reflection.ts'

export interface OmegaOptions {
  /** The name of the model that mutates and crosses, among those given to `fit`. Default `'default'`. */
  readonly languageModel?: string
  /** What to improve on, in words for the model. */
  readonly instructions?: string
  /** What was wrong with an output, in words for the model. Default: the failure, or what was expected. */
  readonly feedback?: Feedback
  /** How many candidates are kept. Default 10. */
  readonly populationSize?: number
  /** How many children a generation has. Default 4. */
  readonly children?: number
  /** The share of children that are crossed from two. Default 0.2. */
  readonly crossoverRate?: number
  /** How sharply parents are chosen by reward: low is greedy. Default 0.3. */
  readonly selectionTemperature?: number
  /** The temperature of the model. Default 1. */
  readonly temperature?: number
  /** How many of the fitter ones novelty is measured by. Default 5. */
  readonly neighbors?: number
  /** How far two candidates are apart. Default: `editDistance`, by words, items and keys. */
  readonly distance?: (a: Json, b: Json) => number
  /** How many samples candidates are scored on, drawn by seed and the same for all of them. Default: all. */
  readonly samples?: number
  /** How many of a parent's runs the model is shown, the worst first. Default 4. */
  readonly shownRuns?: number
}

export interface OmegaState {
  /** What comes next: score the starts, ask for children, score the children. */
  readonly phase: 'start' | 'ask' | 'score'
  readonly archive: readonly Kept[]
  /** The children under way; without values while the model is asked. */
  readonly brood: readonly (Bred & { readonly values?: Values })[]
  readonly generation: number
  /** Generations in a row that gave nothing new. */
  readonly idle: number
  /** Keys of all that was tried. */
  readonly known: readonly number[]
}

/** A candidate of the archive, with what the model is to see of it. */
export interface Kept {
  readonly id: number
  readonly values: Values
  readonly rewards: readonly number[]
  readonly failures: number
  /** Positions of its worst runs, and what happened there. */
  readonly shown: readonly number[]
  readonly records: readonly Json[]
}

/** After so many generations in a row without anything new, there is nothing left to try. */
const MAX_IDLE = 20

/**
 * Evolution by a language model.
 *
 *     await fit(program, samples, {
 *       optimizer: omega({ languageModel: 'large' }), languageModel: { default: small, large },
 *       reward: exactMatch(), budget: { generations: 10, questions: 40 },
 *     })
 */
export function omega({
  languageModel = 'default',
  instructions = '',
  feedback = defaultFeedback,
  populationSize = 10,
  children = 4,
  crossoverRate = 0.2,
  selectionTemperature = 0.3,
  temperature = 1,
  neighbors = 5,
  distance = editDistance,
  samples: sampleCount,
  shownRuns = 4,
}: OmegaOptions = {}): Optimizer<OmegaState> {
  check({ populationSize, children, neighbors, shownRuns, samples: sampleCount ?? 1 })
  checkRange('crossoverRate', crossoverRate, 0 <= crossoverRate && crossoverRate <= 1, 'from 0 to 1')
  checkRange('selectionTemperature', selectionTemperature, selectionTemperature > 0, 'above 0')

  const baseOf = (context: OptimizerContext): Values => valuesOf(partsIn(context, 'omega'))

  /** All candidates of a run are scored on the same samples, or their rewards could not be compared. */
  const scoredOn = ({ samples, seed }: OptimizerContext): number[] => {
    const all = samples.map((_, i) => i)
    if (sampleCount === undefined || sampleCount >= all.length) return all
    const drawn = Rng.from(seed).split('omega samples').shuffle(all)
    return drawn.slice(0, sampleCount).sort((a, b) => a - b)
  }

  const brood = ({ archive, generation }: OmegaState, context: OptimizerContext): Bred[] => {
    const paths = [...partsIn(context, 'omega').keys()]
    const random = Rng.from(context.seed).split('omega').split(generation)
    return Array.from({ length: children }, (_, i) => {
      const own = random.split(i)
      const parent = drawSoftly(archive, selectionTemperature, own)
      const path = own.pick(paths)
      const others = archive.filter(each => each.id !== parent.id)
      const isCrossed = own.float() < crossoverRate && others.length > 0
      const parents = isCrossed ? [parent.id, own.pick(others).id] : [parent.id]
      return { operator: isCrossed ? 'crossover' : 'mutation', parents, path }
    })
  }

  const questionOf = (
    { archive, generation }: OmegaState,
    bred: Bred,
    i: number,
    context: OptimizerContext,
  ): Question => {
    const part = partsIn(context, 'omega').get(bred.path)
    const parents = bred.parents.map(id => {
      const { values, rewards, failures, shown, records } = archive.find(each => each.id === id) as Kept
      return {
        value: values[bred.path] as Json,
        score: summed(rewards, failures),
        seen: seenIn(records as never, shown, context.samples),
      }
    })
    return omegaQuestion(bred, parents, {
      languageModel,
      instructions,
      feedback,
      temperature,
      program: context.program.description,
      description: part?.description ?? '',
      schema: part?.schema ?? {},
      rollout: generation * children + i,
    })
  }

  const proposal = (
    values: Values,
    context: OptimizerContext,
    how: Pick<Proposal, 'parents' | 'operator'>,
  ): Proposal => ({
    updates: updatesBetween(baseOf(context), values),
    samples: scoredOn(context),
    isRecorded: true,
    ...how,
  })

  const kept = (values: Values, { id, rewards, failures, samples, records = [] }: Evaluation): Kept => {
    const worst = rewards
      .map((_, i) => i)
      .sort((a, b) => (rewards[a] as number) - (rewards[b] as number) || a - b)
    const shown = worst.slice(0, shownRuns)
    return {
      id,
      values,
      rewards,
      failures,
      shown: shown.map(i => samples[i] as number),
      records: shown.map(i => records[i] as unknown as Json),
    }
  }

  const selected = (all: readonly Kept[]): Kept[] => {
    const fitness = all.map(({ rewards }) => summed(rewards, 0).reward)
    const scores = dominatedNovelty(
      fitness,
      (a, b) => distance(valuesAt(all, a), valuesAt(all, b)),
      neighbors,
    )
    return keepNovel(fitness, scores, populationSize).map(i => all[i] as Kept)
  }

  /** What was not tried yet, each once. */
  const fresh = <Child extends { readonly values?: Values }>(
    all: readonly Child[],
    known: readonly number[],
  ) => {
    const seen = new Set(known)
    return all.filter(({ values }) => {
      if (values === undefined || seen.has(hash(values))) return false
      seen.add(hash(values))
      return true
    })
  }

  return {
    name: 'omega',

    init(context) {
      const base = baseOf(context)
      const starts = [base, ...seedsIn(context, base)].map(
        values => ({ operator: 'seed', parents: [], path: '', values }) as const,
      )
      return { phase: 'start', archive: [], brood: fresh(starts, []), generation: 0, idle: 0, known: [] }
    },

    propose(given, context): Step<OmegaState> {
      let state = given
      if (state.phase === 'ask' && state.brood.length === 0) {
        if (state.idle >= MAX_IDLE) return [[], state]
        state = { ...state, generation: state.generation + 1, brood: brood(state, context) }
      }
      if (state.phase === 'ask') {
        return [[], state, state.brood.map((bred, i) => questionOf(state, bred, i, context))]
      }
      const proposals = state.brood.map(({ values, parents, operator }) =>
        proposal(values as Values, context, { parents, operator }),
      )
      return [proposals, state]
    },

    observe(state, evaluations, _context, answers = []) {
      const { archive, brood, known } = state
      // What the budget has cut short is asked or proposed again by a run that goes on.
      if (evaluations.length + answers.length < brood.length) return state
      if (state.phase === 'ask') {
        const told = brood.map((bred, i) => {
          const value = valueIn(answers[i])
          const { values } = archive.find(each => each.id === bred.parents[0]) as Kept
          return value === undefined ? bred : { ...bred, values: { ...values, [bred.path]: value } }
        })
        const news = fresh(told, known)
        if (news.length === 0) return { ...state, brood: [], idle: state.idle + 1 }
        return { ...state, phase: 'score', brood: news }
      }
      const scored = brood.flatMap(({ values }, i) => {
        const evaluation = evaluations[i] as Evaluation
        return evaluation.refusal === undefined ? [kept(values as Values, evaluation)] : []
      })
      return {
        ...state,
        phase: 'ask',
        archive: selected([...archive, ...scored]),
        brood: [],
        idle: 0,
        known: [...known, ...brood.map(({ values }) => hash(values as Values))],
      }
    },

    save: state => state as unknown as Json,
    restore: data => data as unknown as OmegaState,
  }
}

const valuesAt = (all: readonly Kept[], i: number): Json => (all[i] as Kept).values as Json

/** One of the archive, the likelier the higher its reward: in proportion to `exp(reward / temperature)`. */
function drawSoftly(archive: readonly Kept[], temperature: number, random: Rng): Kept {
  const rewards = archive.map(({ rewards }) => summed(rewards, 0).reward)
  const best = Math.max(...rewards)
  const weights = rewards.map(reward => Math.exp((reward - best) / temperature))
  let left = random.float() * weights.reduce((sum, weight) => sum + weight, 0)
  const at = weights.findIndex(weight => (left -= weight) < 0)
  return archive[at < 0 ? archive.length - 1 : at] as Kept
}

function check(counts: { readonly [name: string]: number }): void {
  for (const [name, count] of Object.entries(counts)) {
    checkRange(name, count, Number.isInteger(count) && count >= 1, 'a whole number of at least 1')
  }
}

function checkRange(name: string, value: number, isFine: boolean, wanted: string): void {
  if (!isFine) throw new RangeError(`${name} must be ${wanted}, got ${value}`)
}

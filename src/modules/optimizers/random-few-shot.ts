/**
 * Random few-shot: the examples of a language module are drawn from the samples, set after set, and the best set wins.
 * It is the baseline that anything cleverer has to beat, and often hard to beat (LabeledFewShot of DSPy, Khattab and
 * others, arXiv 2310.03714).
 */

import { Rng } from '../../search/index.ts'
import { hash } from '../../symbolic/index.ts'
import type { Json } from '../json.ts'
import type { Example } from '../language/prompt.ts'
import type { Optimizer, OptimizerContext, Proposal, Step } from '../optimizer.ts'
import type { Sample } from '../samples.ts'
import { type ExamplesPlace, examplesPlaces, shownAndScored } from './examples.ts'

export interface RandomFewShotOptions {
  /** The least and the most examples in a set. Default 1 and 4. */
  readonly min?: number
  readonly max?: number
  /** How many sets are tried in a generation. Default 4. */
  readonly sets?: number
  /** The share of the samples that examples are drawn from; candidates are scored on the others. Default 0.5. */
  readonly share?: number
}

export interface RandomFewShotState {
  /** How many sets were drawn. */
  readonly drawn: number
  /** Keys of the sets that were tried. */
  readonly known: readonly number[]
}

/** After so many draws in a row of sets that were tried, all are held to be tried. */
const MAX_DRAWS = 100

/**
 * Examples at random.
 *
 *     await fit(program, samples, {
 *       optimizer: randomFewShot({ max: 8 }), reward: exactMatch(), budget: { generations: 10 }, validation,
 *     })
 */
export function randomFewShot({
  min = 1,
  max = 4,
  sets = 4,
  share = 0.5,
}: RandomFewShotOptions = {}): Optimizer<RandomFewShotState> {
  const areFine = [min, max, sets].every(count => Number.isInteger(count) && count >= 1) && min <= max
  if (!areFine) {
    const got = JSON.stringify({ min, max, sets })
    throw new RangeError(`randomFewShot needs whole numbers of at least 1, min not above max, got ${got}`)
  }
  return {
    name: 'random-few-shot',

    init(context) {
      onlyPlace(context)
      shownAndScored(context, share, 'randomFewShot')
      return { drawn: 0, known: [] }
    },

    propose(state, context): Step<RandomFewShotState> {
      const { path } = onlyPlace(context)
      const { shown, scored } = shownAndScored(context, share, 'randomFewShot')
      const known = new Set(state.known)
      const proposals: Proposal[] = []
      let { drawn } = state
      for (let tries = 0; proposals.length < sets && tries < MAX_DRAWS; tries++) {
        const random = Rng.from(context.seed).split('random-few-shot').split(drawn++)
        const count = min + random.int(max - min + 1)
        const set = random.shuffle(shown).slice(0, count)
        const key = hash(set)
        if (known.has(key)) continue
        known.add(key)
        const examples = set.map(position => exampleOf(context.samples[position] as Sample))
        proposals.push({ updates: [[path, examples]], parents: [], operator: 'examples', samples: scored })
      }
      return [proposals, { drawn, known: [...known] }]
    },

    observe: state => state,
    save: state => state as unknown as Json,
    restore: data => data as unknown as RandomFewShotState,
  }
}

const exampleOf = ({ inputs, outputs }: Sample): Example => ({ inputs, outputs })

/** Samples are examples of what the program does, and so of a module only when it is the only one that shows any. */
function onlyPlace(context: OptimizerContext): ExamplesPlace {
  const places = examplesPlaces(context, 'randomFewShot')
  if (places.length === 1) return places[0] as ExamplesPlace
  const names = places.map(({ path }) => `'${path}'`).join(', ')
  throw new Error(
    `randomFewShot fills one list of examples, and may change ${names}: name one with targets, or use bootstrapFewShot`,
  )
}

/**
 * Bootstrapped few-shot with random search (BootstrapFewShot of DSPy, Khattab and others, arXiv 2310.03714): a teacher runs
 * on samples, and where it does well, what each module took and gave becomes an example for that module. Sets of such
 * examples are then tried. Nobody has to write down what goes on between the modules.
 */

import { Rng } from '../../search/index.ts'
import type { Json } from '../json.ts'
import type { Example } from '../language/prompt.ts'
import type { Evaluation, Optimizer, OptimizerContext, Proposal, Step, Updates } from '../optimizer.ts'
import type { Sample } from '../samples.ts'
import { type ExamplesPlace, examplesAt, examplesPlaces, shownAndScored, withoutSample } from './examples.ts'

export interface BootstrapFewShotOptions {
  /** The most examples that a module is given. Default 4. */
  readonly max?: number
  /** The reward from which a run is one to learn from. Default 1. */
  readonly threshold?: number
  /** How many sets of examples are tried: the first that were found, and then random ones. Default 8. */
  readonly sets?: number
  /** How many samples the teacher is run on at the most. Default 32. */
  readonly lessons?: number
  /** What makes a teacher of the base program, such as other instructions or another model. Default: nothing. */
  readonly teacher?: Updates
  /** The share of the samples that the teacher is run on; candidates are scored on the others. Default 0.5. */
  readonly share?: number
}

export interface BootstrapFewShotState {
  readonly phase: 'teach' | 'search' | 'done'
  /** What the teacher has done well, one record of examples for each sample. */
  readonly taught: readonly Taught[]
}

/** Examples by the path of the list they are for. */
export type Taught = { readonly [path: string]: Example }

/**
 * Examples from runs that went well.
 *
 *     await fit(program, samples, {
 *       optimizer: bootstrapFewShot({ teacher: [['modules[0].languageModel', 'large']] }),
 *       reward: exactMatch(), budget: { generations: 2 }, validation,
 *     })
 */
export function bootstrapFewShot({
  max = 4,
  threshold = 1,
  sets = 8,
  lessons = 32,
  teacher = [],
  share = 0.5,
}: BootstrapFewShotOptions = {}): Optimizer<BootstrapFewShotState> {
  for (const [name, count] of Object.entries({ max, sets, lessons })) {
    if (Number.isInteger(count) && count >= 1) continue
    throw new RangeError(`${name} must be a whole number of at least 1, got ${count}`)
  }

  /** The teacher on one sample, with nothing among its examples that gives the answer away. */
  const lesson = (
    position: number,
    places: readonly ExamplesPlace[],
    context: OptimizerContext,
  ): Proposal => {
    const { inputs } = context.samples[position] as Sample
    const taught = new Map<string, unknown>(teacher)
    for (const place of places) {
      const given =
        (taught.get(place.path) as readonly Example[] | undefined) ?? examplesAt(context.program, place)
      const fair = withoutSample(given, inputs)
      if (taught.has(place.path) || fair.length < given.length) taught.set(place.path, fair)
    }
    return {
      updates: [...taught],
      parents: [],
      operator: 'teacher',
      samples: [position],
      isProbe: true,
      isRecorded: true,
    }
  }

  return {
    name: 'bootstrap-few-shot',

    init(context) {
      examplesPlaces(context, 'bootstrapFewShot')
      shownAndScored(context, share, 'bootstrapFewShot')
      return { phase: 'teach', taught: [] }
    },

    propose(state, context): Step<BootstrapFewShotState> {
      const { phase, taught } = state
      const places = examplesPlaces(context, 'bootstrapFewShot')
      const { shown, scored } = shownAndScored(context, share, 'bootstrapFewShot')
      if (phase === 'teach') {
        return [shown.slice(0, lessons).map(position => lesson(position, places, context)), state]
      }
      if (phase === 'done' || taught.length === 0) return [[], state]
      const random = Rng.from(context.seed).split('bootstrap-few-shot')
      const chosen = Array.from({ length: sets }, (_, i) => {
        if (i === 0) return taught.slice(0, max)
        const own = random.split(i)
        return own.shuffle(taught).slice(0, 1 + own.int(max))
      })
      const proposals = chosen.map(
        (set): Proposal => ({
          updates: places.map(({ path }) => [path, set.flatMap(each => each[path] ?? [])]),
          parents: [],
          operator: 'examples',
          samples: scored,
        }),
      )
      return [proposals, state]
    },

    observe(state, evaluations, context) {
      if (state.phase !== 'teach') return { ...state, phase: 'done' }
      const places = examplesPlaces(context, 'bootstrapFewShot')
      const taught = evaluations.flatMap(evaluation => lessonOf(evaluation, places, threshold))
      return { phase: 'search', taught }
    },

    save: state => state as unknown as Json,
    restore: data => data as unknown as BootstrapFewShotState,
  }
}

/** The examples that a run of the teacher gives; none when it did not do well. */
function lessonOf(
  { records = [] }: Evaluation,
  places: readonly ExamplesPlace[],
  threshold: number,
): Taught[] {
  const [record] = records
  if (record === undefined || record.error !== undefined || record.reward < threshold) return []
  const examples = places.flatMap(({ path, module }) => {
    const trace = record.traces.find(each => each.path === module && !each.defaulted)
    // What the model said is what it is to be shown, also where the output is only a part of it.
    return trace === undefined
      ? []
      : [[path, { inputs: trace.input, outputs: trace.reply ?? trace.output }] as const]
  })
  return examples.length === 0 ? [] : [Object.fromEntries(examples)]
}

/**
 * What a run of training would take, before it starts: how much its budget lets it run and ask, and from one sample that
 * is really run, what that would cost.
 */

import { MAX_CHECKS } from './finals.ts'
import { checkSamples } from './fit.ts'
import { contextOf } from './fit-context.ts'
import { checkFitOptions, type FitOptions } from './fit-options.ts'
import { languageModelsOf } from './language/language-models.ts'
import type { Program } from './program.ts'
import { withRunner } from './runner.ts'
import type { Sample } from './samples.ts'
import { isInfrastructure, runSamples } from './score.ts'
import { Spending } from './spending.ts'

/** What something takes, as far as it was measured on one sample. */
export interface Cost {
  readonly seconds: number
  /** Calls of language models. */
  readonly calls: number
  /** Input and output together. */
  readonly tokens: number
  /** In the money of `prices`; 0 without them. */
  readonly money: number
}

/** What a run would at most take. */
export interface Estimate {
  /** Samples that are run; undefined while searching when nothing in the budget says how many. */
  readonly runs: {
    readonly search: number | undefined
    /** To choose the winner among the finalists; candidates that reach the target in training come on top. */
    readonly finals: number
    /** To make the winner simpler, where the optimizer knows how to. */
    readonly simplify: number
    readonly test: number
  }
  /** What the optimizer asks; undefined when nothing in the budget says how much. Not part of the costs below. */
  readonly questions: number | undefined
  /** Whether the budget sets these limits; else they are guessed from the first generation. */
  readonly isLimit: boolean
  /** The sample that was run. */
  readonly sample: Cost
  /** All runs at that cost, one after the other, and no more than the budget has; undefined when there is no saying. */
  readonly total: Cost | undefined
}

/**
 * What `fit` would at most take with these arguments. Runs the base program on the first sample, once, and asks the
 * optimizer for its first generation, without running it. Throws what `fit` would throw for its arguments, and when the
 * program cannot be run.
 *
 *     const { runs, total } = await estimate(program, samples, options)
 *     total?.money      // before a cent is spent on more than one sample
 */
export async function estimate<State>(
  program: Program,
  samples: readonly Sample[],
  options: FitOptions<State>,
): Promise<Estimate> {
  checkFitOptions(options)
  checkSamples(samples, options)
  const { optimizer, budget, batchSize, finalists = 5, validation, test = [] } = options
  const context = contextOf(program, samples, options)
  const [proposals, , questions = []] = await optimizer.propose(optimizer.init(context), context)
  const deciding = validation ?? samples
  const namesSamples = proposals.some(proposal => proposal.samples !== undefined)
  const perCandidate = namesSamples ? samples.length : Math.min(batchSize ?? samples.length, samples.length)
  const { generations, evaluations, runs: mostRuns, questions: mostQuestions } = budget
  const before = deciding.length + (validation === undefined && batchSize === undefined ? 0 : samples.length)
  const limit = least(mostRuns, evaluations && before + evaluations * perCandidate)
  const guess = generations && before + generations * proposals.length * perCandidate
  const runs = {
    search: least(limit, guess),
    finals: validation === undefined && batchSize === undefined ? 0 : finalists * deciding.length,
    simplify:
      optimizer.simplify === undefined
        ? 0
        : MAX_CHECKS * (deciding.length + (validation === undefined ? 0 : samples.length)),
    test: 2 * test.length,
  }
  const sample = await costOf(context.program, samples[0] as Sample, options)
  const { search } = runs
  const all = search === undefined ? undefined : search + runs.finals + runs.simplify + runs.test
  return {
    runs,
    questions: least(mostQuestions, generations && generations * questions.length),
    isLimit: runs.search !== undefined && runs.search === limit,
    sample,
    total: all === undefined ? undefined : totalOf(all, sample, budget),
  }
}

async function costOf<State>(program: Program, sample: Sample, options: FitOptions<State>): Promise<Cost> {
  const { languageModel, prices, sampleTimeout, signal } = options
  const spending = new Spending(languageModelsOf(languageModel), {}, prices)
  const { models } = spending.open()
  return withRunner(options.runner, async runner => {
    const begun = performance.now()
    const context = { runner, languageModels: models, signal }
    const { errors } = await runSamples(program, [sample], context, { sampleTimeout })
    const error = errors.get(0)
    if (error !== undefined && isInfrastructure(error)) {
      throw new Error(`the program cannot be run: ${error.message}`)
    }
    const { calls, inputTokens, outputTokens, money } = spending.total
    const seconds = (performance.now() - begun) / 1000
    return { seconds, calls, tokens: inputTokens + outputTokens, money }
  })
}

function totalOf(runs: number, sample: Cost, budget: FitOptions['budget']): Cost {
  return {
    seconds: runs * sample.seconds,
    calls: Math.min(runs * sample.calls, budget.calls ?? Number.POSITIVE_INFINITY),
    tokens: Math.min(runs * sample.tokens, budget.tokens ?? Number.POSITIVE_INFINITY),
    money: Math.min(runs * sample.money, budget.money ?? Number.POSITIVE_INFINITY),
  }
}

/** The least of the numbers that are given. */
function least(...numbers: readonly (number | undefined)[]): number | undefined {
  const given = numbers.filter(number => number !== undefined)
  return given.length === 0 ? undefined : Math.min(...given)
}

/**
 * One run of training, from the base program to the winner: the loop over generations, its limits, and what it tells.
 * Its fields are the whole state of the run; `fit` is the door to it.
 */

import type { ScriptRunner } from '../runtime/index.ts'
import type { StopReason } from '../search/index.ts'
import { Finals, type Winner } from './finals.ts'
import type { FitEvent, FitOptions, FitResult, Generation } from './fit-options.ts'
import { languageModelsOf } from './language/language-models.ts'
import { openPaths } from './open-program.ts'
import {
  type Answer,
  BASE_ID,
  type Evaluation,
  type OptimizerContext,
  type Proposal,
  type Question,
} from './optimizer.ts'
import type { Program } from './program.ts'
import { applyProposal, BASE_PROPOSAL, samplesOf } from './proposal.ts'
import { Questions } from './questions.ts'
import { drawBatch, type Sample } from './samples.ts'
import { meanOf, type Score } from './score.ts'
import { type Job, Scorer } from './scorer.ts'
import { trainablesIn } from './trainable.ts'

/** So many steps may go by in which nothing new is run, before the search counts as at its end. */
const MAX_IDLE = 1000

export class Training<Trained extends Program, State> {
  readonly #base: Trained
  readonly #samples: readonly Sample[]
  readonly #positions: readonly number[]
  readonly #options: FitOptions<State>
  readonly #context: OptimizerContext
  readonly #scorer: Scorer
  readonly #questions: Questions
  readonly #started = performance.now()
  readonly #history: Generation[] = []
  /** The samples that choose the winner. */
  readonly #deciding: readonly Sample[]
  /** How many candidates were proposed; the next one's id. */
  #proposed = 0
  #evaluations = 0
  /** Samples run until the end of the search. */
  #runs = 0
  #cached = 0
  /** The best reward of a candidate so far; the base program's, when the first candidates are scored like it. */
  #best: number | undefined
  /** Generations since the best one. */
  #stale = 0
  /** Whether something had to be left out for want of budget. */
  #isSpent = false

  constructor(
    { program, template }: { readonly program: Trained; readonly template: Program },
    samples: readonly Sample[],
    options: FitOptions<State>,
    runner: ScriptRunner,
  ) {
    const { reward, languageModel, concurrency = 8, seed = 0, targets = () => true, signal } = options
    const languageModels = languageModelsOf(languageModel)
    this.#base = program
    this.#samples = samples
    this.#positions = samples.map((_, i) => i)
    this.#options = options
    this.#deciding = options.validation ?? samples
    this.#scorer = new Scorer({ reward, runner, languageModels, concurrency })
    this.#questions = new Questions({ languageModels, concurrency, signal })
    const paths = [...trainablesIn(program).keys(), ...openPaths(template)].filter(path => targets(path))
    if (paths.length === 0) {
      throw new Error('the program has nothing to train: no variable or trainable field that is not frozen')
    }
    this.#context = { program, template, targets: paths, samples, seed }
  }

  async run(): Promise<FitResult<Trained>> {
    const { optimizer, target = 1, finalists = 5, signal } = this.#options
    const baseline = await this.#scorer.scoreBase(this.#base, this.#deciding)
    this.#tell({ type: 'baseline', reward: baseline.reward, failures: baseline.failures })
    const finals = new Finals<Trained>(
      { program: this.#base, id: BASE_ID, proposal: BASE_PROPOSAL, trainReward: baseline.reward },
      baseline,
      {
        scorer: this.#scorer,
        deciding: this.#deciding,
        size: finalists,
        tell: event => this.#tell(event),
      },
    )
    const stopReason = baseline.reward >= target ? 'target' : await this.#search(finals, target)
    this.#runs = this.#scorer.runs
    const chosen = await finals.choose()
    const winner =
      stopReason === 'aborted' ? chosen : await finals.simplify(chosen, optimizer, this.#context, signal)
    this.#tell({ type: 'stopped', reason: stopReason, reward: winner.finalist.reward })
    return this.#result(winner, baseline, stopReason)
  }

  async #search(finals: Finals<Trained>, target: number): Promise<StopReason> {
    const { optimizer } = this.#options
    let state = optimizer.init(this.#context)
    for (let idle = 0; idle < MAX_IDLE; idle++) {
      const limit = this.#limit()
      if (limit !== null) return limit
      const [proposals, next, questions = []] = await optimizer.propose(state, this.#context)
      if (proposals.length === 0 && questions.length === 0) return 'exhausted'
      const runs = this.#scorer.runs
      const evaluations = proposals.length === 0 ? [] : await this.#generation(proposals, finals)
      const answers = await this.#ask(questions)
      const hasNews = evaluations.length > 0 || answers.length > 0
      if (hasNews) state = optimizer.observe(next, evaluations, this.#context, answers)
      if (await finals.reach(target)) return 'target'
      if (this.#scorer.runs > runs) idle = 0
    }
    return 'exhausted'
  }

  /** The answers to all questions; none when that would be more than the budget has. */
  async #ask(questions: readonly Question[]): Promise<Answer[]> {
    const { questions: most = Number.POSITIVE_INFINITY } = this.#options.budget
    this.#isSpent ||= questions.length > most - this.#questions.asked.questions
    if (questions.length === 0 || this.#isSpent) return []
    const answers = await this.#questions.ask(questions)
    if (this.#options.signal?.aborted) return []
    this.#isSpent ||= answers.some(answer => !answer.ok && answer.kind === 'over_budget')
    answers.forEach((answer, i) => {
      this.#tell({ type: 'answered', question: questions[i] as Question, answer })
    })
    return answers
  }

  /** The limit that has been reached, if any. */
  #limit(): StopReason | null {
    const { budget, patience = Number.POSITIVE_INFINITY, signal } = this.#options
    const { generations = Number.POSITIVE_INFINITY } = budget
    if (signal?.aborted) return 'aborted'
    const isSpent = this.#isSpent || this.#evaluationsLeft <= 0 || this.#runsLeft <= 0 || this.#isLate
    if (this.#history.length >= generations || isSpent) return 'budget'
    return this.#stale >= patience ? 'patience' : null
  }

  get #evaluationsLeft(): number {
    const { evaluations = Number.POSITIVE_INFINITY } = this.#options.budget
    return evaluations - this.#evaluations
  }

  get #runsLeft(): number {
    const { runs = Number.POSITIVE_INFINITY } = this.#options.budget
    return runs - this.#scorer.runs
  }

  get #isLate(): boolean {
    const { seconds = Number.POSITIVE_INFINITY } = this.#options.budget
    return performance.now() - this.#started >= seconds * 1000
  }

  /** Scores the candidates of one generation, as far as the budget goes, and books what they are. */
  async #generation(all: readonly Proposal[], finals: Finals<Trained>): Promise<Evaluation[]> {
    const begun = performance.now()
    const generation = this.#history.length
    const proposals = all.slice(0, this.#evaluationsLeft)
    const first = this.#proposed
    this.#proposed += all.length
    const { batchSize, signal } = this.#options
    const batch = drawBatch(this.#positions, batchSize, this.#context.seed, generation)
    const candidates = proposals.map(proposal => applyProposal(this.#base, proposal, this.#context.targets))
    const positions = proposals.map(proposal => samplesOf(proposal, batch, this.#samples.length))
    if (proposals.some(({ samples, isProbe }) => samples === undefined && !isProbe)) {
      this.#best ??= (await this.#scorer.score(this.#base, this.#samples)).reward
    }
    const jobs = candidates.flatMap((candidate, i): Job[] => {
      const samples = (positions[i] as readonly number[]).map(at => this.#samples[at] as Sample)
      return 'program' in candidate ? [{ ...candidate, samples, isRecorded: proposals[i]?.isRecorded }] : []
    })
    const runs = this.#scorer.programs
    const scores = await this.#scorer.scoreAll(jobs, {
      signal,
      isOver: () => this.#isLate,
      maxRuns: this.#runsLeft,
    })
    const scored = scores.filter(score => score !== undefined).length
    this.#isSpent ||= scored < jobs.length
    this.#cached += Math.max(0, scored - (this.#scorer.programs - runs))
    const evaluations: Evaluation[] = []
    let at = 0
    for (const [i, candidate] of candidates.entries()) {
      const proposal = proposals[i] as Proposal
      const id = first + i
      if ('refusal' in candidate) {
        evaluations.push(refused(proposal, id, positions[i] as readonly number[], candidate.refusal))
        continue
      }
      const score = scores[at++]
      if (score === undefined) continue
      const { standardError: _, ...scored } = score
      const evaluation: Evaluation = { proposal, id, samples: positions[i] as readonly number[], ...scored }
      evaluations.push(evaluation)
      if (!proposal.isProbe) finals.offer(candidate.program, evaluation)
    }
    if (evaluations.length > 0) this.#book(evaluations, generation, begun)
    return evaluations
  }

  #book(evaluations: readonly Evaluation[], generation: number, begun: number): void {
    const candidates = evaluations.filter(({ proposal }) => !proposal.isProbe)
    const counted = candidates.length > 0 ? candidates : evaluations
    const best = counted.reduce((a, b) => (b.reward > a.reward ? b : a))
    this.#evaluations += evaluations.length
    const entry: Generation = {
      generation,
      best: best.reward,
      mean: meanOf(counted.map(evaluation => evaluation.reward)),
      evaluations: evaluations.length,
      ms: performance.now() - begun,
    }
    this.#history.push(entry)
    this.#tell({ type: 'generation', ...entry })
    this.#stale++
    if (candidates.length > 0 && best.reward > (this.#best ?? Number.NEGATIVE_INFINITY)) {
      this.#best = best.reward
      this.#stale = 0
      const { id, reward, proposal } = best
      this.#tell({ type: 'improved', generation, id, reward, operator: proposal.operator })
    }
  }

  async #result(
    { program, finalist }: Winner<Trained>,
    baseline: Score,
    stopReason: StopReason,
  ): Promise<FitResult<Trained>> {
    const { test } = this.#options
    const tested =
      test === undefined
        ? {}
        : {
            test: {
              best: await this.#scorer.score(program, test),
              baseline: await this.#scorer.score(this.#base, test),
            },
          }
    return {
      program,
      best: finalist,
      baseline,
      ...tested,
      history: this.#history,
      stopReason,
      evaluations: this.#evaluations,
      cached: this.#cached,
      runs: this.#runs,
      asked: this.#questions.asked,
      seed: this.#context.seed,
    }
  }

  #tell(event: FitEvent): void {
    this.#options.onEvent?.(event)
  }
}

const refused = (
  proposal: Proposal,
  id: number,
  samples: readonly number[],
  refusal: string,
): Evaluation => ({
  proposal,
  id,
  samples,
  rewards: samples.map(() => 0),
  reward: 0,
  failures: samples.length,
  refusal,
})

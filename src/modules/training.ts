/**
 * One run of training, from the base program to the winner: the loop over generations, its limits, and what it tells.
 * Its fields are the whole state of the run; `fit` is the door to it.
 */

import type { ScriptRunner } from '../runtime/index.ts'
import type { StopReason } from '../search/index.ts'
import { Finals, type Winner } from './finals.ts'
import type { FitEvent, FitOptions, FitResult, Generation } from './fit-options.ts'
import { BASE_ID, type Evaluation, type OptimizerContext, type Proposal } from './optimizer.ts'
import type { Program } from './program.ts'
import { applyProposal, BASE_PROPOSAL } from './proposal.ts'
import { drawBatch, type Sample } from './samples.ts'
import { meanOf, type Score } from './score.ts'
import { Scorer } from './scorer.ts'

export class Training<Trained extends Program, State> {
  readonly #base: Trained
  readonly #samples: readonly Sample[]
  readonly #options: FitOptions<State>
  readonly #context: OptimizerContext
  readonly #scorer: Scorer
  readonly #started = performance.now()
  readonly #history: Generation[] = []
  /** The samples that choose the winner. */
  readonly #deciding: readonly Sample[]
  /** How many candidates were proposed; the next one's id. */
  #proposed = 0
  #evaluations = 0
  #cached = 0
  #best = 0
  /** Generations since the best one. */
  #stale = 0

  constructor(
    program: Trained,
    samples: readonly Sample[],
    options: FitOptions<State>,
    runner: ScriptRunner,
  ) {
    const { reward, concurrency = 8, seed = 0, targets = () => true } = options
    this.#base = program
    this.#samples = samples
    this.#options = options
    this.#deciding = options.validation ?? samples
    this.#scorer = new Scorer({ reward, runner, concurrency })
    const paths = [...program.trainables().keys()].filter(path => targets(path))
    if (paths.length === 0) {
      throw new Error('the program has nothing to train: no variable or trainable field that is not frozen')
    }
    this.#context = { program, targets: paths, samples, seed }
  }

  async run(): Promise<FitResult<Trained>> {
    const { optimizer, target = 1, finalists = 5, signal } = this.#options
    const baseline = await this.#scorer.scoreBase(this.#base, this.#deciding)
    const onTraining = await this.#scorer.score(this.#base, this.#samples)
    this.#best = onTraining.reward
    this.#tell({ type: 'baseline', reward: baseline.reward, failures: baseline.failures })
    const finals = new Finals<Trained>(
      { program: this.#base, id: BASE_ID, proposal: BASE_PROPOSAL, trainReward: onTraining.reward },
      baseline,
      {
        scorer: this.#scorer,
        deciding: this.#deciding,
        size: finalists,
        tell: event => this.#tell(event),
      },
    )
    const stopReason = baseline.reward >= target ? 'target' : await this.#search(finals, target)
    const chosen = await finals.choose()
    const winner =
      stopReason === 'aborted' ? chosen : await finals.simplify(chosen, optimizer, this.#context, signal)
    this.#tell({ type: 'stopped', reason: stopReason, reward: winner.finalist.reward })
    return this.#result(winner, baseline, stopReason)
  }

  async #search(finals: Finals<Trained>, target: number): Promise<StopReason> {
    const { optimizer } = this.#options
    let state = optimizer.init(this.#context)
    for (;;) {
      const limit = this.#limit()
      if (limit !== null) return limit
      const [proposals, next] = await optimizer.propose(state, this.#context)
      if (proposals.length === 0) return 'exhausted'
      const evaluations = await this.#generation(proposals, finals)
      if (evaluations.length > 0) state = optimizer.observe(next, evaluations, this.#context)
      if (await finals.reach(target)) return 'target'
    }
  }

  /** The limit that has been reached, if any. */
  #limit(): StopReason | null {
    const { budget, patience = Number.POSITIVE_INFINITY, signal } = this.#options
    const { generations = Number.POSITIVE_INFINITY } = budget
    if (signal?.aborted) return 'aborted'
    if (this.#history.length >= generations || this.#evaluationsLeft <= 0 || this.#isLate) return 'budget'
    return this.#stale >= patience ? 'patience' : null
  }

  get #evaluationsLeft(): number {
    const { evaluations = Number.POSITIVE_INFINITY } = this.#options.budget
    return evaluations - this.#evaluations
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
    const batch = drawBatch(this.#samples, batchSize, this.#context.seed, generation)
    const candidates = proposals.map(proposal => applyProposal(this.#base, proposal, this.#context.targets))
    const programs = candidates.flatMap(candidate => ('program' in candidate ? [candidate.program] : []))
    const runs = this.#scorer.runs
    const scores = await this.#scorer.scoreAll(programs, batch, { signal, isOver: () => this.#isLate })
    const scored = scores.filter(score => score !== undefined).length
    this.#cached += Math.max(0, scored - (this.#scorer.runs - runs))
    const evaluations: Evaluation[] = []
    let at = 0
    for (const [i, candidate] of candidates.entries()) {
      const proposal = proposals[i] as Proposal
      const id = first + i
      if ('refusal' in candidate) {
        evaluations.push(refused(proposal, id, batch.length, candidate.refusal))
        continue
      }
      const score = scores[at++]
      if (score === undefined) continue
      const { rewards, reward, failures } = score
      const evaluation = { proposal, id, rewards, reward, failures }
      evaluations.push(evaluation)
      finals.offer(candidate.program, evaluation)
    }
    if (evaluations.length > 0) this.#book(evaluations, generation, begun)
    return evaluations
  }

  #book(evaluations: readonly Evaluation[], generation: number, begun: number): void {
    const rewards = evaluations.map(evaluation => evaluation.reward)
    const best = evaluations.reduce((a, b) => (b.reward > a.reward ? b : a))
    this.#evaluations += evaluations.length
    const entry: Generation = {
      generation,
      best: best.reward,
      mean: meanOf(rewards),
      evaluations: evaluations.length,
      ms: performance.now() - begun,
    }
    this.#history.push(entry)
    this.#tell({ type: 'generation', ...entry })
    this.#stale++
    if (best.reward > this.#best) {
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
      seed: this.#context.seed,
    }
  }

  #tell(event: FitEvent): void {
    this.#options.onEvent?.(event)
  }
}

const refused = (proposal: Proposal, id: number, samples: number, refusal: string): Evaluation => ({
  proposal,
  id,
  rewards: new Array<number>(samples).fill(0),
  reward: 0,
  failures: samples,
  refusal,
})

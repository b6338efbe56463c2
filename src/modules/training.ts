/**
 * One run of training, from the base program to the winner: the loop over generations, its limits, and what it tells.
 * Its fields are the whole state of the run; `fit` is the door to it. With a ledger, whatever cannot be worked out again
 * is taken from there first, and a run that was cut short goes on where that ends.
 */

import type { ScriptRunner } from '../runtime/index.ts'
import { Finals, plain, type Winner } from './finals.ts'
import { contextOf, type FitContext } from './fit-context.ts'
import { FitFiles } from './fit-files.ts'
import type { FitEvent, FitOptions, FitResult, Generation, MetricFigures } from './fit-options.ts'
import { languageModelsOf } from './language/language-models.ts'
import { Ledger } from './ledger/ledger.ts'
import type { SampleList, StepRecord, Subject, Took } from './ledger/records.ts'
import { startOf } from './ledger/start.ts'
import type { LedgerStorage } from './ledger/storage.ts'
import { figuresOf } from './metric.ts'
import { type Answer, BASE_ID, type Evaluation, type Proposal, type Question } from './optimizer.ts'
import type { Program } from './program.ts'
import { applyProposal, BASE_PROPOSAL, proposalJson, samplesOf } from './proposal.ts'
import { Questions } from './questions.ts'
import { drawBatch, type Sample } from './samples.ts'
import { meanOf } from './score.ts'
import { type Job, type Scored, Scorer } from './scorer.ts'
import { NOTHING_SPENT, Spending, times } from './spending.ts'
import { type End, Stopping } from './stopping.ts'

/** So many steps may go by in which nothing new is run, before the search counts as at its end. */
const MAX_IDLE = 1000

export class Training<Trained extends Program, State> {
  readonly #base: Trained
  readonly #samples: readonly Sample[]
  readonly #positions: readonly number[]
  readonly #options: FitOptions<State>
  readonly #context: FitContext<Trained>
  readonly #spending: Spending
  readonly #scorer: Scorer
  readonly #questions: Questions
  readonly #ledger: Ledger | undefined
  readonly #files: FitFiles
  readonly #stopping: Stopping
  readonly #history: Generation[] = []
  /** The samples that choose the winner, and which of the lists given those are. */
  readonly #deciding: readonly Sample[]
  readonly #decidingList: SampleList
  /** How many candidates were proposed; the next one's id. */
  #proposed = 0
  #evaluations = 0
  #cached = 0
  /** The best reward of a candidate so far; the base program's, when the first candidates are scored like it. */
  #best: number | undefined

  private constructor(
    context: FitContext<Trained>,
    options: FitOptions<State>,
    { runner, ledger }: { readonly runner: ScriptRunner; readonly ledger: Ledger | undefined },
  ) {
    const { program, samples, seed } = context
    const {
      reward,
      languageModel,
      prices,
      concurrency = 8,
      signal,
      sampleTimeout,
      onFailure,
      metrics,
    } = options
    this.#base = program
    this.#samples = samples
    this.#positions = samples.map((_, i) => i)
    this.#options = { ...options, seed }
    this.#context = context
    this.#deciding = options.validation ?? samples
    this.#decidingList = options.validation === undefined ? 'samples' : 'validation'
    const spending = new Spending(languageModelsOf(languageModel), options.budget, prices)
    this.#spending = spending
    const shared = { spending, concurrency, onFailure, ledger }
    this.#scorer = new Scorer({ ...shared, reward, runner, sampleTimeout, isObserved: metrics !== undefined })
    this.#questions = new Questions({ ...shared, signal })
    this.#stopping = new Stopping({ ...options, ledger, spending })
    this.#ledger = ledger
    this.#files = new FitFiles({ ...options, metrics: Object.keys(metrics ?? {}) })
  }

  /** The result of a run, which goes on from what stands in its ledger, if it has one. */
  static async run<Trained extends Program, State>(
    program: Trained,
    samples: readonly Sample[],
    options: FitOptions<State>,
    { runner, storage }: { readonly runner: ScriptRunner; readonly storage?: LedgerStorage | undefined },
  ): Promise<FitResult<Trained>> {
    const context = contextOf(program, samples, options)
    const ledger = storage && (await Ledger.open(storage, startOf(context, options), options.signal))
    return new Training(context, options, { runner, ledger }).#run()
  }

  async #run(): Promise<FitResult<Trained>> {
    const { optimizer, target = 1, finalists = 5, signal, test, validation, batchSize } = this.#options
    const records = this.#ledger?.length ?? 0
    if (records > 1) this.#tell({ type: 'resumed', records, elapsed: this.#ledger?.elapsed ?? 0 })
    const baseline = await this.#scorer.scoreBase(this.#base, this.#deciding, () =>
      this.#baseSubject('baseline', this.#decidingList),
    )
    const figures = await this.#figuresOf(baseline)
    this.#tell({ type: 'baseline', reward: baseline.reward, failures: baseline.failures, ...figures })
    const finals = new Finals<Trained>(
      { program: this.#base, id: BASE_ID, proposal: BASE_PROPOSAL, trainReward: baseline.reward },
      baseline,
      {
        scorer: this.#scorer,
        deciding: this.#deciding,
        decidingList: this.#decidingList,
        size: finalists,
        tell: event => this.#tell(event),
        onSimplified: async ({ id, proposal }) =>
          this.#step({ type: 'simplified', id, proposal: proposalJson(proposal) }),
      },
    )
    // What choosing the winner and reporting on it will take is kept back, by what the baseline took.
    const rounds =
      (validation === undefined && batchSize === undefined ? 0 : finalists) +
      (2 * (test?.length ?? 0)) / this.#deciding.length
    this.#spending.hold(times(rounds, this.#spending.total))
    const end: End = baseline.reward >= target ? { stopReason: 'target' } : await this.#search(finals, target)
    await this.#step({ type: 'searched', ...end })
    this.#spending.hold(NOTHING_SPENT)
    const runs = this.#scorer.runs
    const chosen = await finals.choose()
    const winner =
      end.stopReason === 'aborted' ? chosen : await finals.simplify(chosen, optimizer, this.#context, signal)
    const { id, reward } = winner.finalist
    await this.#keep(winner.program, id, reward)
    this.#tell({ type: 'stopped', reason: end.stopReason, ...limitOf(end), reward })
    const result = await this.#result(winner, baseline, end, runs)
    const proposal = proposalJson(winner.finalist.proposal)
    await this.#step({ type: 'end', ...end, id, proposal, reward, baseline: baseline.reward })
    return result
  }

  async #search(finals: Finals<Trained>, target: number): Promise<End> {
    const { optimizer } = this.#options
    let state = optimizer.init(this.#context)
    for (let idle = 0; idle < MAX_IDLE; idle++) {
      const end = this.#stopping.endAt({
        generations: this.#history.length,
        evaluations: this.#evaluations,
        runs: this.#scorer.runs,
      })
      if (end !== undefined) return end
      const [proposals, next, questions = []] = await optimizer.propose(state, this.#context)
      if (proposals.length === 0 && questions.length === 0) return { stopReason: 'exhausted' }
      const runs = this.#scorer.runs
      const evaluations = proposals.length === 0 ? [] : await this.#generation(proposals, finals)
      const answers = await this.#ask(questions)
      const hasNews = evaluations.length > 0 || answers.length > 0
      if (hasNews) state = optimizer.observe(next, evaluations, this.#context, answers)
      if (await finals.reach(target)) return { stopReason: 'target' }
      if (this.#scorer.runs > runs) idle = 0
    }
    return { stopReason: 'exhausted' }
  }

  /** The answers to all questions; none when that would be more than the budget has. */
  async #ask(questions: readonly Question[]): Promise<Answer[]> {
    const { budget, signal } = this.#options
    const { questions: most = Number.POSITIVE_INFINITY } = budget
    if (questions.length > most - this.#questions.asked.questions) this.#stopping.spend('questions')
    if (questions.length === 0 || this.#stopping.isSpent) return []
    const answers = await this.#questions.ask(questions)
    if (signal?.aborted) return []
    if (answers.some(answer => !answer.ok && answer.kind === 'over_budget'))
      this.#stopping.spend('over_budget')
    answers.forEach((answer, i) => {
      this.#tell({ type: 'answered', question: questions[i] as Question, answer })
    })
    return answers
  }

  /** Scores the candidates of one generation, as far as the budget goes, and books what they are. */
  async #generation(all: readonly Proposal[], finals: Finals<Trained>): Promise<Evaluation[]> {
    const begun = performance.now()
    const generation = this.#history.length
    const { batchSize, signal, budget } = this.#options
    const { evaluations: most = Number.POSITIVE_INFINITY, runs: mostRuns = Number.POSITIVE_INFINITY } = budget
    const proposals = all.slice(0, most - this.#evaluations)
    const first = this.#proposed
    this.#proposed += all.length
    const batch = drawBatch(this.#positions, batchSize, this.#context.seed, generation)
    const candidates = proposals.map(proposal => applyProposal(this.#base, proposal, this.#context.targets))
    const positions = proposals.map(proposal => samplesOf(proposal, batch, this.#samples.length))
    if (proposals.some(({ samples, isProbe }) => samples === undefined && !isProbe)) await this.#scoreStart()
    const jobs: Job[] = []
    for (const [i, candidate] of candidates.entries()) {
      const proposal = proposals[i] as Proposal
      const id = first + i
      if ('refusal' in candidate) {
        await this.#step({
          type: 'refused',
          id,
          proposal: proposalJson(proposal),
          refusal: candidate.refusal,
        })
        continue
      }
      const at = positions[i] as readonly number[]
      const samples = at.map(position => this.#samples[position] as Sample)
      const subject = (): Subject => ({
        phase: 'search',
        id,
        proposal: proposalJson(proposal),
        on: 'samples',
        ...(at === this.#positions ? {} : { at }),
      })
      jobs.push({ ...candidate, samples, isRecorded: proposal.isRecorded, subject })
    }
    const programs = this.#scorer.programs
    const scores = await this.#scorer.scoreAll(jobs, {
      signal,
      isOver: () => this.#stopping.isLate,
      maxRuns: mostRuns - this.#scorer.runs,
    })
    const scored = scores.filter(score => score !== undefined).length
    if (scored < jobs.length) this.#stopping.spend(this.#scorer.ranOut ?? 'runs')
    this.#cached += Math.max(0, scored - (this.#scorer.programs - programs))
    const evaluations: Evaluation[] = []
    const found = new Map<Evaluation, Found<Trained>>()
    let next = 0
    for (const [i, candidate] of candidates.entries()) {
      const proposal = proposals[i] as Proposal
      const id = first + i
      const samples = positions[i] as readonly number[]
      if ('refusal' in candidate) {
        evaluations.push(refused(proposal, id, samples, candidate.refusal))
        continue
      }
      const score = scores[next++]
      if (score === undefined) continue
      const { rewards, reward, failures, records, timeouts } = score
      const evaluation: Evaluation = {
        proposal,
        id,
        samples,
        rewards,
        reward,
        failures,
        ...(records === undefined ? {} : { records }),
      }
      evaluations.push(evaluation)
      found.set(evaluation, { program: candidate.program, score })
      if (timeouts > 0) this.#tell({ type: 'timed_out', id, samples: timeouts })
      if (!proposal.isProbe) finals.offer(candidate.program, evaluation)
    }
    if (evaluations.length > 0) await this.#book(evaluations, found, { generation, first, begun })
    return evaluations
  }

  /** Scores the base program as candidates are, to know which of them are better. */
  async #scoreStart(): Promise<void> {
    const subject = () => this.#baseSubject('start', 'samples')
    this.#best ??= (await this.#scorer.score(this.#base, this.#samples, subject))?.reward
    this.#stopping.start(this.#best)
  }

  async #book(
    evaluations: readonly Evaluation[],
    found: ReadonlyMap<Evaluation, Found<Trained>>,
    {
      generation,
      first,
      begun,
    }: { readonly generation: number; readonly first: number; readonly begun: number },
  ): Promise<void> {
    const candidates = evaluations.filter(({ proposal }) => !proposal.isProbe)
    const counted = candidates.length > 0 ? candidates : evaluations
    const best = counted.reduce((a, b) => (b.reward > a.reward ? b : a))
    this.#evaluations += evaluations.length
    const { program, score } = found.get(best) ?? {}
    const booked = {
      generation,
      best: best.reward,
      mean: meanOf(counted.map(evaluation => evaluation.reward)),
      evaluations: evaluations.length,
      ...(await this.#figuresOf(score)),
    }
    const ms = performance.now() - begun
    const { took } = await this.#step({ type: 'generation', first, ...booked }, { ms })
    const entry: Generation = { ...booked, ms: took?.ms ?? ms }
    this.#history.push(entry)
    this.#files.addGeneration(entry)
    this.#tell({ type: 'generation', ...entry })
    this.#stopping.addGeneration(candidates.length > 0 ? best.reward : undefined)
    await this.#ledger?.flush()
    const isBetter = candidates.length > 0 && best.reward > (this.#best ?? Number.NEGATIVE_INFINITY)
    if (!isBetter) return
    this.#best = best.reward
    const { id, reward, proposal } = best
    this.#tell({ type: 'improved', generation, id, reward, operator: proposal.operator })
    if (program !== undefined) await this.#keep(program, id, reward)
  }

  async #result(
    { program, finalist, score }: Winner<Trained>,
    baseline: Scored,
    end: End,
    runs: number,
  ): Promise<FitResult<Trained>> {
    const { test, metrics } = this.#options
    const subject = (id: number, proposal: Proposal) => (): Subject => ({
      phase: 'test',
      id,
      proposal: proposalJson(proposal),
      on: 'test',
    })
    const onTest =
      test &&
      bothOf(
        await this.#scorer.score(program, test, subject(finalist.id, finalist.proposal)),
        await this.#scorer.score(this.#base, test, subject(BASE_ID, BASE_PROPOSAL)),
      )
    const figures = async (scored: Scored): Promise<MetricFigures> =>
      (await this.#figuresOf(scored)).metrics ?? {}
    return {
      program,
      best: finalist,
      baseline: plain(baseline),
      ...(onTest && { test: { best: plain(onTest.best), baseline: plain(onTest.baseline) } }),
      ...(metrics && {
        metrics: {
          best: await figures(score),
          baseline: await figures(baseline),
          ...(onTest && {
            test: { best: await figures(onTest.best), baseline: await figures(onTest.baseline) },
          }),
        },
      }),
      history: this.#history,
      ...end,
      evaluations: this.#evaluations,
      cached: this.#cached,
      runs,
      asked: this.#questions.asked,
      spent: this.#spending.total,
      seed: this.#context.seed,
    }
  }

  /** The figures of the metrics for a score; nothing without metrics. */
  async #figuresOf(score: Scored | undefined): Promise<{ readonly metrics?: MetricFigures }> {
    const { metrics } = this.#options
    if (metrics === undefined || score === undefined) return {}
    const figures: MetricFigures = await figuresOf(metrics, score.observations ?? [])
    for (const [name, figure] of Object.entries(figures)) {
      if (!Number.isFinite(figure)) throw new RangeError(`metrics.${name} must give a number, got ${figure}`)
    }
    return { metrics: figures }
  }

  async #keep(program: Program, id: number, reward: number): Promise<void> {
    const file = await this.#files.keep(program)
    if (file !== undefined) this.#tell({ type: 'checkpointed', file, id, reward })
  }

  #baseSubject(phase: 'baseline' | 'start', on: SampleList): Subject {
    return { phase, id: BASE_ID, proposal: proposalJson(BASE_PROPOSAL), on }
  }

  async #step<Written extends StepRecord>(
    record: Written,
    took?: Partial<Took>,
  ): Promise<Written & { readonly took?: Took }> {
    return this.#ledger === undefined ? record : this.#ledger.step(record, took)
  }

  #tell(event: FitEvent): void {
    this.#options.onEvent?.(event)
  }
}

/** A candidate's program, and how it did. */
interface Found<Trained extends Program> {
  readonly program: Trained
  readonly score: Scored
}

/** Two scores, unless the budget was not enough for one of them. */
const bothOf = (best: Scored | undefined, baseline: Scored | undefined) =>
  best && baseline ? { best, baseline } : undefined

const limitOf = ({ limit }: End) => (limit === undefined ? {} : { limit })

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

/**
 * Choosing the winner. The best candidates of all generations wait to be scored on everything that chooses the winner:
 * at once when they reach the target by their training, so that those which only seem to do not keep out the others,
 * and else in the end. The base program wins unless a candidate is better. The winner is then made simpler as far as it
 * stays as good on every sample.
 */

import type { Finalist, FitEvent } from './fit-options.ts'
import type { Phase, SampleList, Subject } from './ledger/records.ts'
import type { Evaluation, Optimizer, OptimizerContext, Proposal } from './optimizer.ts'
import type { Program } from './program.ts'
import { applyProposal, proposalJson } from './proposal.ts'
import type { Sample } from './samples.ts'
import type { Score } from './score.ts'
import type { Scored, Scorer } from './scorer.ts'

/** A program that may win, and how it was found. */
export interface Entrant<Trained extends Program> {
  readonly program: Trained
  readonly id: number
  readonly proposal: Proposal
  readonly trainReward: number
}

export interface Winner<Trained extends Program> {
  readonly program: Trained
  readonly finalist: Finalist
  /** How it did on the deciding samples. */
  readonly score: Scored
}

export interface FinalsOptions {
  readonly scorer: Scorer
  /** The samples that choose the winner. */
  readonly deciding: readonly Sample[]
  /** Which of the lists given to `fit` those are. Default: the training samples. */
  readonly decidingList?: SampleList
  readonly size: number
  readonly tell: (event: FitEvent) => void
  /** Is told of a winner that became a simpler one. */
  readonly onSimplified?: (winner: Pick<Finalist, 'id' | 'proposal'>) => Promise<unknown>
}

/** How often a simpler proposal may be tried on the samples. */
export const MAX_CHECKS = 1000

export class Finals<Trained extends Program> {
  readonly #options: FinalsOptions
  readonly #base: Entrant<Trained>
  /** The best that are not scored yet, best first. */
  #waiting: Entrant<Trained>[] = []
  /** The best of those that are. */
  #winner: Winner<Trained>

  /** `baseline` is the score of the base program on the deciding samples. */
  constructor(base: Entrant<Trained>, baseline: Scored, options: FinalsOptions) {
    this.#base = base
    this.#winner = winner(base, baseline)
    this.#options = options
  }

  /** Takes a candidate in, if it is among the best and not known yet. Candidates come in the order of their ids. */
  offer(program: Trained, { id, proposal, reward }: Evaluation): void {
    const { size } = this.#options
    const worst = this.#waiting[size - 1]
    if (worst !== undefined && reward <= worst.trainReward) return
    if (this.#waiting.some(entrant => entrant.program.equals(program))) return
    const place = this.#waiting.findIndex(entrant => entrant.trainReward < reward)
    const entrant = { program, id, proposal, trainReward: reward }
    this.#waiting.splice(place < 0 ? this.#waiting.length : place, 0, entrant)
    this.#waiting.length = Math.min(this.#waiting.length, size)
  }

  /** Whether the target is reached on the deciding samples; scores those that reach it by their training. */
  async reach(target: number): Promise<boolean> {
    const seeming = this.#waiting.filter(entrant => entrant.trainReward >= target)
    const others = this.#waiting.slice(seeming.length)
    this.#waiting = [...(await this.#decide(seeming)), ...others]
    return this.#winner.finalist.reward >= target
  }

  /** The best on the deciding samples: the base program, unless a candidate is better. */
  async choose(): Promise<Winner<Trained>> {
    this.#waiting = await this.#decide(this.#waiting)
    return this.#winner
  }

  /** The winner, simpler where the optimizer knows how to, and as good on every sample, those of training included. */
  async simplify(
    before: Winner<Trained>,
    optimizer: Pick<Optimizer, 'simplify'>,
    context: OptimizerContext,
    signal: AbortSignal | undefined,
  ): Promise<Winner<Trained>> {
    if (optimizer.simplify === undefined || before.program === this.#base.program) return before
    const { scorer, deciding, tell, onSimplified } = this.#options
    const proofs = deciding === context.samples ? [deciding] : [deciding, context.samples]
    const from = before.finalist.proposal
    const scoreOn = (program: Program, proposal: Proposal, samples: readonly Sample[]) => {
      const { id } = before.finalist
      const subject = { phase: 'simplify', id, proposal, isDeciding: samples === deciding } as const
      return scorer.score(program, samples, () => this.#subject(subject))
    }
    const standards: Scored[] = []
    for (const samples of proofs) {
      const standard = await scoreOn(before.program, from, samples)
      if (standard === undefined) return before
      standards.push(standard)
    }
    const isAsGood = async (proposal: Proposal): Promise<boolean> => {
      const candidate = applyProposal(this.#base.program, proposal, context.targets)
      if ('refusal' in candidate) return false
      for (const [i, samples] of proofs.entries()) {
        const score = await scoreOn(candidate.program, proposal, samples)
        const standard = standards[i] as Scored
        if (!score?.rewards.every((reward, at) => reward >= (standard.rewards[at] as number))) return false
      }
      return true
    }
    let checks = 0
    const keeps = async (proposal: Proposal): Promise<boolean> =>
      checks++ < MAX_CHECKS && !signal?.aborted && isAsGood(proposal)
    const to = await optimizer.simplify(from, keeps, context)
    // The optimizer's word is not enough: what is returned was scored.
    if (to === from || !(await isAsGood(to))) return before
    const candidate = applyProposal(this.#base.program, to, context.targets)
    if ('refusal' in candidate) return before
    const { id, trainReward } = before.finalist
    const score = await scoreOn(candidate.program, to, deciding)
    if (score === undefined) return before
    await onSimplified?.({ id, proposal: to })
    tell({ type: 'simplified', from, to })
    return winner({ program: candidate.program, id, proposal: to, trainReward }, score)
  }

  /** Scores entrants until the budget runs out; gives back those it was not enough for. */
  async #decide(entrants: readonly Entrant<Trained>[]): Promise<Entrant<Trained>[]> {
    const { scorer, deciding, tell } = this.#options
    for (const [i, entrant] of entrants.entries()) {
      const { program, id } = entrant
      const subject = () => this.#subject({ phase: 'final', ...entrant, isDeciding: true })
      const score = await scorer.score(program, deciding, subject)
      if (score === undefined) return entrants.slice(i)
      const { reward, standardError } = score
      tell({ type: 'validated', id, reward, standardError })
      if (reward > this.#winner.finalist.reward) this.#winner = winner(entrant, score)
    }
    return []
  }

  #subject({
    phase,
    id,
    proposal,
    isDeciding,
  }: {
    readonly phase: Phase
    readonly id: number
    readonly proposal: Proposal
    readonly isDeciding: boolean
  }): Subject {
    const { decidingList = 'samples' } = this.#options
    return { phase, id, proposal: proposalJson(proposal), on: isDeciding ? decidingList : 'samples' }
  }
}

const winner = <Trained extends Program>(
  { program, id, proposal, trainReward }: Entrant<Trained>,
  score: Scored,
): Winner<Trained> => ({ program, finalist: { ...plain(score), id, proposal, trainReward }, score })

/** A score without what only metrics and optimizers want to know. */
export const plain = ({ reward, rewards, failures, standardError }: Scored): Score => ({
  reward,
  rewards,
  failures,
  standardError,
})

/**
 * Choosing the winner. The best candidates of all generations wait to be scored on everything that chooses the winner:
 * at once when they reach the target by their training, so that those which only seem to do not keep out the others,
 * and else in the end. The base program wins unless a candidate is better. The winner is then made simpler as far as it
 * stays as good on every sample.
 */

import type { Finalist, FitEvent } from './fit-options.ts'
import type { Evaluation, Optimizer, OptimizerContext, Proposal } from './optimizer.ts'
import type { Program } from './program.ts'
import { applyProposal } from './proposal.ts'
import type { Sample } from './samples.ts'
import type { Score } from './score.ts'
import type { Scorer } from './scorer.ts'

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
}

export interface FinalsOptions {
  readonly scorer: Scorer
  /** The samples that choose the winner. */
  readonly deciding: readonly Sample[]
  readonly size: number
  readonly tell: (event: FitEvent) => void
}

/** How often a simpler proposal may be tried on the samples. */
const MAX_CHECKS = 1000

export class Finals<Trained extends Program> {
  readonly #options: FinalsOptions
  readonly #base: Entrant<Trained>
  /** The best that are not scored yet, best first. */
  #waiting: Entrant<Trained>[] = []
  /** The best of those that are. */
  #winner: Winner<Trained>

  /** `baseline` is the score of the base program on the deciding samples. */
  constructor(base: Entrant<Trained>, baseline: Score, options: FinalsOptions) {
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
    this.#waiting = this.#waiting.slice(seeming.length)
    await this.#decide(seeming)
    return this.#winner.finalist.reward >= target
  }

  /** The best on the deciding samples: the base program, unless a candidate is better. */
  async choose(): Promise<Winner<Trained>> {
    await this.#decide(this.#waiting)
    this.#waiting = []
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
    const { scorer, deciding, tell } = this.#options
    const proofs = deciding === context.samples ? [deciding] : [deciding, context.samples]
    const standards = await Promise.all(proofs.map(samples => scorer.score(before.program, samples)))
    const isAsGood = async (proposal: Proposal): Promise<boolean> => {
      const candidate = applyProposal(this.#base.program, proposal, context.targets)
      if ('refusal' in candidate) return false
      for (const [i, samples] of proofs.entries()) {
        const { rewards } = await scorer.score(candidate.program, samples)
        const standard = standards[i] as Score
        if (!rewards.every((reward, at) => reward >= (standard.rewards[at] as number))) return false
      }
      return true
    }
    let checks = 0
    const keeps = async (proposal: Proposal): Promise<boolean> =>
      checks++ < MAX_CHECKS && !signal?.aborted && isAsGood(proposal)
    const from = before.finalist.proposal
    const to = await optimizer.simplify(from, keeps, context)
    // The optimizer's word is not enough: what is returned was scored.
    if (to === from || !(await isAsGood(to))) return before
    const candidate = applyProposal(this.#base.program, to, context.targets)
    if ('refusal' in candidate) return before
    tell({ type: 'simplified', from, to })
    const { id, trainReward } = before.finalist
    const entrant = { program: candidate.program, id, proposal: to, trainReward }
    return winner(entrant, await this.#score(candidate.program))
  }

  async #decide(entrants: readonly Entrant<Trained>[]): Promise<void> {
    for (const entrant of entrants) {
      const score = await this.#score(entrant.program)
      const { reward, standardError } = score
      this.#options.tell({ type: 'validated', id: entrant.id, reward, standardError })
      if (reward > this.#winner.finalist.reward) this.#winner = winner(entrant, score)
    }
  }

  #score(program: Trained): Promise<Score> {
    return this.#options.scorer.score(program, this.#options.deciding)
  }
}

const winner = <Trained extends Program>(
  { program, id, proposal, trainReward }: Entrant<Trained>,
  score: Score,
): Winner<Trained> => ({ program, finalist: { ...score, id, proposal, trainReward } })

/** What a reward says of an output: how good it is, in a number, and what is wrong with it, in words. */

import type { Json } from './json.ts'
import type { CallContext } from './module.ts'

/** A number from 0 (of no use) to 1 (perfect), with words for whoever is to do better. */
export interface Judgement {
  readonly reward: number
  /** What is wrong, and what would be better. Optimizers that reflect show it to their language model. */
  readonly feedback?: string | undefined
}

/** What a reward gives: the number alone, or with words. */
export type GivenReward = number | Judgement

/** What a reward may ask for besides the output and what was expected; `fit` and `evaluate` give it. */
export interface RewardContext extends CallContext {
  /** What the program was given. */
  readonly inputs: Json
}

/** Why a reward could not judge: its model or script failed, a budget was used up, or the signal ended it. */
export type JudgeFailure = 'not_judged' | 'over_budget' | 'cancelled'

/**
 * Thrown by a reward that could not judge an output, for a reason that may pass: its language model did not answer. The
 * sample has then failed, through no fault of the program. Any other error of a reward ends the run.
 */
export class JudgeError extends Error {
  override readonly name = 'JudgeError'
  readonly kind: JudgeFailure

  constructor(message: string, kind: JudgeFailure = 'not_judged', options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }
}

/** The judgement that a reward gave, as one. */
export const judgementOf = (given: GivenReward): Judgement =>
  typeof given === 'object' && given !== null ? given : { reward: given }

/** The feedback of several rewards, a line for each that has any; undefined when none has. */
export function joinedFeedback(
  judgements: readonly (readonly [name: string, Judgement])[],
): string | undefined {
  const lines = judgements.flatMap(([name, { feedback }]) => (feedback ? [`${name}: ${feedback}`] : []))
  return lines.length === 0 ? undefined : lines.join('\n')
}

/** Evaluating a trial for `study.optimize`: whatever the evaluation does, the trial gets its answer. */

import { StudyError } from './errors.ts'
import { reasonOf, rewardProblem, type Trial } from './trial.ts'

/** Gives the reward of a tree, or answers the trial itself (`trial.skip('too big')`) and gives nothing. */
export type Evaluate<Value> = (value: Value, trial: Trial<Value>) => Reward | Promise<Reward>

// biome-ignore lint/suspicious/noConfusingVoidType: a function that only answers the trial returns void.
type Reward = number | undefined | void

export interface OptimizeOptions {
  /** How many trials are evaluated at once; up to the window. */
  readonly concurrency?: number
  /** Ends the study as `aborted`; the trials it has open may be handed out again later. */
  readonly signal?: AbortSignal
  /** Whether an evaluation that throws ends `optimize` with an error, or is one more failed trial. */
  readonly onFailure?: 'throw' | 'continue'
}

/** Evaluates a trial and answers it; gives back the error if it went wrong. A dropped trial needs no answer. */
export async function evaluated<Value>(
  trial: Trial<Value>,
  evaluate: Evaluate<Value>,
): Promise<StudyError | null> {
  let error: unknown = null
  try {
    const result = evaluate(trial.value, trial)
    const reward = typeof result === 'number' ? result : await Promise.race([result, dropOf(trial)])
    if (trial.state === 'open') {
      error = rewardProblem(trial.id, reward)
      if (error === null) trial.tell(reward as number)
    }
  } catch (thrown) {
    error = thrown
  }
  if (error === null || trial.state === 'dropped') return null
  if (trial.state === 'open') trial.fail(error)
  const where = `trial ${trial.id}`
  return new StudyError(where, `${where} (${trial.dna}) failed: ${reasonOf(error)}`, { cause: error })
}

/** Fulfilled when the trial is wanted no more, so that nobody waits for an evaluation that goes on regardless. */
const dropOf = (trial: Trial<never> | Trial<unknown>): Promise<void> =>
  new Promise(resolve => {
    if (trial.state === 'dropped') resolve()
    trial.onDrop = resolve
  })

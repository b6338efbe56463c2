/**
 * Training: an optimizer proposes changes to a program, generation by generation; the candidates of a generation are
 * scored on the same samples; the few best are scored again on everything that chooses the winner, and the winner is
 * simplified. The program given stays as it is. Nothing depends on which run finishes first.
 */

import { Sandbox } from '../runtime/index.ts'
import { checkFitOptions, type FitOptions, type FitResult } from './fit-options.ts'
import { copyJson } from './json.ts'
import { firstOf } from './open-program.ts'
import type { Program } from './program.ts'
import type { Sample } from './samples.ts'
import { Training } from './training.ts'

/**
 * A better program, found by an optimizer within a budget.
 *
 *     const { program: trained, stopReason } = await fit(program, samples, {
 *       optimizer, reward: exactMatch(), budget: { generations: 50 }, validation, seed: 1,
 *     })
 *     program.diff(trained)      // what was learned, as a patch
 *
 * Runs repeat bit for bit, history included (but for its milliseconds), when the budget is in generations or
 * evaluations or the target is reached first; a budget in seconds stops where the machine happens to be.
 * A program with hyper values in it starts with each at its first choice.
 * When the signal aborts, the search ends and the best candidates so far are still compared, which takes a few runs.
 */
export async function fit<Trained extends Program, State>(
  program: Trained,
  samples: readonly Sample[],
  options: FitOptions<State>,
): Promise<FitResult<Trained>> {
  checkFitOptions(options)
  checkSamples(samples, 'samples')
  if (options.validation !== undefined) checkSamples(options.validation, 'validation')
  if (options.test !== undefined) checkSamples(options.test, 'test')
  options.signal?.throwIfAborted()
  const start = { program: firstOf(program), template: program }
  if (options.runner !== undefined) return new Training(start, samples, options, options.runner).run()
  const sandbox = new Sandbox({ seed: options.seed ?? 0 })
  try {
    return await new Training(start, samples, options, sandbox).run()
  } finally {
    await sandbox.close()
  }
}

function checkSamples(samples: readonly Sample[], name: string): void {
  if (samples.length === 0) throw new RangeError(`fit needs at least one sample in ${name}`)
  samples.forEach((sample, i) => {
    for (const part of ['inputs', 'outputs'] as const) {
      const copied = copyJson(sample[part])
      if (copied.ok) continue
      const at = copied.path === '' ? '' : ` at '${copied.path}'`
      throw new TypeError(`${name}[${i}].${part} must be JSON, which it is not${at}`)
    }
  })
}

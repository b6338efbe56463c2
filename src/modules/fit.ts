/**
 * Training: an optimizer proposes changes to a program, generation by generation; the candidates of a generation are
 * scored on the same samples; the few best are scored again on everything that chooses the winner, and the winner is
 * simplified. The program given stays as it is. Nothing depends on which run finishes first.
 */

import { checkFitOptions, type FitOptions, type FitResult } from './fit-options.ts'
import { copyJson } from './json.ts'
import { FileLedger } from './ledger/storage.ts'
import type { Program } from './program.ts'
import type { Sample } from './samples.ts'
import { Sandboxes } from './sandboxes.ts'
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
  checkSamples(samples, options)
  options.signal?.throwIfAborted()
  const { ledger, runner, seed = 0 } = options
  const storage = typeof ledger === 'string' ? new FileLedger(ledger) : ledger
  const sandbox = runner ?? new Sandboxes({ seed })
  try {
    return await Training.run(program, samples, options, { runner: sandbox, storage })
  } finally {
    await storage?.close?.()
    if (runner === undefined) await sandbox.close()
  }
}

/** Throws for lists of samples that no run could go by. */
export function checkSamples(
  samples: readonly Sample[],
  { validation, test }: { readonly validation?: readonly Sample[]; readonly test?: readonly Sample[] },
): void {
  const lists = { samples, validation, test }
  for (const [name, list] of Object.entries(lists)) {
    if (list === undefined) continue
    if (list.length === 0) throw new RangeError(`fit needs at least one sample in ${name}`)
    for (const [i, sample] of list.entries()) checkSample(sample, `${name}[${i}]`)
  }
}

function checkSample(sample: Sample, name: string): void {
  for (const part of ['inputs', 'outputs'] as const) {
    const copied = copyJson(sample[part])
    if (copied.ok) continue
    const at = copied.path === '' ? '' : ` at '${copied.path}'`
    throw new TypeError(`${name}.${part} must be JSON, which it is not${at}`)
  }
}

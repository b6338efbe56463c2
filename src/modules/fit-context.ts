/** What an optimizer is given, made from what `fit` is given. */

import type { FitOptions } from './fit-options.ts'
import { firstOf, openPaths } from './open-program.ts'
import type { OptimizerContext } from './optimizer.ts'
import type { Program } from './program.ts'
import type { Sample } from './samples.ts'
import { trainablesIn } from './trainable.ts'

/** A context whose program is of the type of the program given. */
export type FitContext<Trained extends Program> = OptimizerContext & { readonly program: Trained }

/** The context of a run. Throws when there is nothing to train. */
export function contextOf<Trained extends Program>(
  template: Trained,
  samples: readonly Sample[],
  { seed = 0, targets: isWanted = () => true }: Pick<FitOptions, 'seed' | 'targets'>,
): FitContext<Trained> {
  const program = firstOf(template)
  const targets = [...trainablesIn(program).keys(), ...openPaths(template)].filter(path => isWanted(path))
  if (targets.length > 0) return { program, template, targets, samples, seed }
  throw new Error('the program has nothing to train: no variable or trainable field that is not frozen')
}

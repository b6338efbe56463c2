/** The figures of metrics for a program on samples: it runs once, and every metric sees what came of it. */

import type { Json } from './json.ts'
import { languageModelsOf } from './language/language-models.ts'
import { type Figures, figuresOf, type Metric } from './metric.ts'
import type { Program } from './program.ts'
import { withRunner } from './runner.ts'
import type { Sample } from './samples.ts'
import { type EvaluateOptions, runSamples } from './score.ts'

/**
 * What metrics say of a program.
 *
 *     await measure(program, samples, { accuracy: accuracy(), failures: failureRate() })
 */
// biome-ignore lint/suspicious/noExplicitAny: each metric has a state of its own, which only it reads
export async function measure<const Metrics extends { readonly [name: string]: Metric<any> }>(
  program: Program,
  samples: readonly Sample[],
  metrics: Metrics,
  { runner, languageModel, signal, onTrace }: Omit<EvaluateOptions, 'reward'> = {},
): Promise<Figures<Metrics>> {
  const languageModels = languageModelsOf(languageModel)
  return withRunner(runner, async given => {
    const context = { runner: given, languageModels, signal, onTrace }
    const { outputs, errors } = await runSamples(program, samples, context)
    signal?.throwIfAborted()
    const observations = samples.map(({ outputs: expected }, i) => ({
      output: outputs[i] as Json,
      expected,
      failed: errors.has(i),
    }))
    return figuresOf(metrics, observations)
  })
}

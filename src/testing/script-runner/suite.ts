// The script runner suite: every promise of `ScriptRunner`, for any engine and any language.

import type { ScriptRunner } from '../../runtime/index.ts'
import type { ConformanceCase, ConformanceSuite } from '../suite.ts'
import { Bench, type Checks, type RunnerLimits } from './bench.ts'
import { failures, inputs, outputs, results } from './contract.ts'
import { javascript } from './javascript.ts'
import { cancellation, closing, repetition, tools } from './lifetime.ts'
import { batches, concurrency, isolation, limits } from './limits.ts'
import { python } from './python.ts'
import type { RunnerScripts, ScriptLanguage } from './scripts.ts'

export interface ScriptRunnerSuiteOptions {
  /** A language that comes with the suite, or a table of scripts in another. Default `'javascript'`. */
  readonly language?: ScriptLanguage | RunnerScripts
  /** The limits that the runner was made with, where they are not those of `Sandbox`. */
  readonly limits?: Partial<RunnerLimits>
}

const TOPICS: Readonly<Record<string, Checks>> = {
  inputs,
  results,
  outputs,
  failures,
  batches,
  limits,
  isolation,
  concurrency,
  repetition,
  tools,
  cancellation,
  closing,
}

const LANGUAGES: Readonly<Record<ScriptLanguage, RunnerScripts>> = { javascript, python }

/**
 * The cases that a script runner must pass. Most share one runner, made when the first of them runs.
 *
 *     const suite = scriptRunnerSuite(() => new Sandbox())
 *     describe('a sandbox', () => {
 *       for (const { topic, name, run } of suite.cases) it(`${topic}: ${name}`, run)
 *       after(suite.close)
 *     })
 */
export function scriptRunnerSuite(
  make: () => ScriptRunner | Promise<ScriptRunner>,
  options: ScriptRunnerSuiteOptions = {},
): ConformanceSuite {
  const { language = 'javascript', limits = {} } = options
  const scripts = typeof language === 'string' ? LANGUAGES[language] : language
  if (scripts === undefined)
    throw new TypeError(
      `language must be 'javascript', 'python' or a table of scripts, got ${String(language)}`,
    )
  const all = { maxSource: 262_144, maxResult: 1_000_000, maxOutput: 65_536, ...limits }
  const bench = new Bench(async () => make(), scripts, all)
  const cases: ConformanceCase[] = Object.entries(TOPICS).flatMap(([topic, checks]) =>
    Object.entries(checks).map(([name, check]) => ({ topic, name, run: () => check(bench) })),
  )
  return { cases, close: () => bench.close() }
}

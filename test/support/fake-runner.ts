/** A script runner in this process, for tests: fast, countable, and as slow or broken as a test wants it to be. */

import { runInNewContext } from 'node:vm'
import type {
  Json,
  Outcome,
  OutcomeKind,
  RunManyOptions,
  RunOptions,
  ScriptRunner,
} from '../../src/runtime/index.ts'

export interface FakeOptions {
  /** Milliseconds before the answer to a script. */
  readonly delay?: (script: string) => number
  /** Makes a run fail with this kind. */
  readonly fail?: (script: string, inputs: Json) => OutcomeKind | undefined
}

export class FakeRunner implements ScriptRunner {
  readonly #options: FakeOptions
  /** What was asked for: the script, how many inputs, and which context. */
  readonly calls: { readonly script: string; readonly count: number; readonly context: string }[] = []
  underWay = 0
  mostUnderWay = 0

  constructor(options: FakeOptions = {}) {
    this.#options = options
  }

  async run(script: string, inputs: Json, options: RunOptions = {}): Promise<Outcome> {
    const [outcome] = await this.runMany(script, [inputs], options)
    return outcome as Outcome
  }

  async runMany(script: string, inputs: readonly Json[], options: RunManyOptions = {}): Promise<Outcome[]> {
    const { context = 'input', signal } = options
    this.calls.push({ script, count: inputs.length, context })
    this.mostUnderWay = Math.max(this.mostUnderWay, ++this.underWay)
    const delay = this.#options.delay?.(script) ?? 0
    await new Promise(resolve => setTimeout(resolve, delay))
    this.underWay--
    return inputs.map(input => this.#outcome(script, input, signal))
  }

  async close(): Promise<void> {}

  #outcome(script: string, inputs: Json, signal: AbortSignal | undefined): Outcome {
    const kind = signal?.aborted ? 'cancelled' : this.#options.fail?.(script, inputs)
    if (kind !== undefined) return failure(kind, `made to fail as ${kind}`)
    const printed: string[] = []
    const console = { log: (...words: unknown[]) => void printed.push(`${words.join(' ')}\n`) }
    const scope: Record<string, unknown> = { inputs: structuredClone(inputs), console }
    try {
      runInNewContext(script, scope)
    } catch (error) {
      const { name, message } = error as Error
      return failure(name === 'SyntaxError' ? 'syntax' : 'runtime', `${name}: ${message}`, 1)
    }
    if (scope.result === undefined) return failure('no_result', 'the script leaves no result')
    const value = JSON.parse(JSON.stringify(scope.result)) as Json
    return { ok: true, value, stdout: printed.join(''), stderr: '', ms: 0, isolation: 'process' }
  }
}

function failure(kind: OutcomeKind, message: string, line?: number): Outcome {
  const place = line === undefined ? {} : { line }
  return { ok: false, kind, message, ...place, stdout: '', stderr: '', ms: 0, isolation: 'process' }
}

// `Sandbox`: runs scripts that nobody trusts. JSON goes in, an outcome comes out, and a script's failure never throws.
// This file is the door: it checks what callers hand over and passes a call to the pool.

import { Call } from './call.ts'
import { type Engine, engineOf, type Translator } from './engine.ts'
import type { Json } from './json.ts'
import type { Lock } from './launch.ts'
import {
  type RunManyOptions,
  type RunOptions,
  readRunSettings,
  readSettings,
  type SandboxOptions,
  type Settings,
  shown,
} from './options.ts'
import { type Failure, failure, type IsolationLevel, type Outcome } from './outcome.ts'
import { Pool } from './pool.ts'

/**
 * Anything that runs scripts by the contract: a script sees `inputs` and leaves `result`.
 * `Sandbox` is one; other engines and other languages plug in by having these three methods.
 */
export interface ScriptRunner {
  run(script: string, inputs: Json, options?: RunOptions): Promise<Outcome>
  /** An outcome for each input, in their order. */
  runMany(script: string, inputs: readonly Json[], options?: RunManyOptions): Promise<Outcome[]>
  close(): Promise<void>
}

/**
 * Runs scripts in killable child processes, with a fresh context for every input.
 *
 *     await using sandbox = new Sandbox({ timeout: 1000, memory: 64 })
 *     const outcome = await sandbox.run('result = { y: inputs.x * 2 }', { x: 21 })
 *     if (outcome.ok) outcome.value      // { y: 42 }
 *     else outcome.kind                  // 'syntax' | 'runtime' | 'timeout' | …
 */
export class Sandbox implements ScriptRunner {
  readonly #settings: Settings
  readonly #engine: Engine
  readonly #translator: Translator | undefined
  readonly #pool: Pool
  /** Scripts that are being translated. */
  #translating = 0
  #closed: Promise<void> | undefined

  constructor(options: SandboxOptions = {}) {
    this.#settings = readSettings(options)
    this.#engine = engineOf(this.#settings.language)
    this.#translator = this.#engine.translator?.()
    this.#pool = new Pool(this.#settings)
  }

  /**
   * The level reached; what it promises on each platform stands in the README.
   * Before the first child has started it is the level that is certain: `'os'` where nothing less was allowed.
   */
  get isolation(): IsolationLevel {
    return this.#pool.isolation
  }

  /** What confines the children besides their contexts; known once the first child has started. */
  get locks(): readonly Lock[] | undefined {
    return this.#pool.locks
  }

  /** Runs a script once. Throws only for misuse: a closed sandbox, bad options, inputs that are not JSON. */
  async run(script: string, inputs: Json, options: RunOptions = {}): Promise<Outcome> {
    const [outcome] = await this.#call(script, [inputs], false, options)
    return outcome!
  }

  /**
   * Runs a script on each of the inputs. An input that hits a limit costs its own outcome alone.
   *
   *     await sandbox.runMany('result = inputs * 2', [1, 2, 3])                           // a context each
   *     await sandbox.runMany('result = inputs * 2', [1, 2, 3], { context: 'script' })    // one for all three
   */
  async runMany(script: string, inputs: readonly Json[], options: RunManyOptions = {}): Promise<Outcome[]> {
    // What is no record is refused with the rest of the options.
    const { context = 'input' } = options ?? {}
    if (context !== 'input' && context !== 'script') {
      throw new TypeError(`context must be 'input' or 'script', got ${shown(context)}`)
    }
    if (!Array.isArray(inputs))
      throw new TypeError(`inputs must be an array, one for each run, got ${shown(inputs)}`)
    return this.#call(script, inputs, context === 'script', options)
  }

  /** Ends everything: calls under way become `cancelled`, and the children are gone when the promise resolves. */
  close(): Promise<void> {
    if (!this.#closed) {
      this.#closed = this.#pool.close()
      this.#translator?.close()
    }
    return this.#closed
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #call(script: string, inputs: readonly Json[], isShared: boolean, options: RunOptions): Promise<Outcome[]> {
    if (this.#closed) throw new Error('the sandbox is closed; make a new one')
    if (typeof script !== 'string') throw new TypeError(`script must be a string, got ${shown(script)}`)
    const { size } = this.#settings
    const settings = readRunSettings(options, this.#settings)
    const { signal } = settings
    const engine = this.#engine
    return new Promise(resolve => {
      let hasRun = false
      const cancel = () => this.#pool.cancel(call, reasonOf(signal))
      const finish = (outcomes: Outcome[]) => {
        signal?.removeEventListener('abort', cancel)
        const { isolation } = this
        const finished = outcomes.map(each => (each.isolation === isolation ? each : { ...each, isolation }))
        const tools = settings.tools?.names
        const explain = (each: Outcome) => (each.ok ? each : engine.explain(each, script, call.code, tools))
        resolve(hasRun ? finished.map(explain) : finished)
      }
      const call = new Call(script, inputs, isShared, settings, size, finish)
      const refusal = this.#refusal(script, signal)
      if (refusal || inputs.length === 0) {
        call.settleRest(refusal ?? failure('cancelled', 'there are no inputs'))
        return
      }
      signal?.addEventListener('abort', cancel, { once: true })
      const run = (code: string | Failure) => {
        if (this.#closed) code = failure('cancelled', 'the sandbox was closed')
        if (typeof code !== 'string') {
          call.settleRest(code)
        } else if (!call.isDone) {
          hasRun = true
          call.code = code
          this.#pool.submit(call)
        }
      }
      const fail = (error: unknown) => run(failure('unavailable', `the script was not translated: ${error}`))
      if (this.#translator) this.#translate(this.#translator, script).then(run, fail)
      else run(script)
    })
  }

  async #translate(translator: Translator, script: string): Promise<string | Failure> {
    this.#translating++
    try {
      return await translator.translate(script, this.#settings.maxSource)
    } finally {
      this.#translating--
    }
  }

  /** Why a call is answered without running anything, if so. */
  #refusal(script: string, signal: AbortSignal | undefined): Failure | undefined {
    const { maxSource, maxQueue } = this.#settings
    if (signal?.aborted) return failure('cancelled', reasonOf(signal))
    if (this.#pool.waiting + this.#translating >= maxQueue) {
      return failure('unavailable', `${maxQueue} calls are waiting already (maxQueue)`)
    }
    return this.#engine.findFlaw(script, maxSource)
  }
}

function reasonOf(signal: AbortSignal | undefined): string {
  const reason: unknown = signal?.reason
  return `the run was cancelled: ${reason instanceof Error ? reason.message : String(reason)}`
}

/**
 * Sandboxes by the language of their scripts, each started with its first script: a program may have scripts of several
 * languages, and needs nothing that it does not use. Whoever runs a program gives one runner; this is one that modules
 * can ask for another language.
 */

import {
  type Json,
  type Language,
  type Outcome,
  type RunManyOptions,
  type RunOptions,
  Sandbox,
  type SandboxOptions,
  type ScriptRunner,
} from '../runtime/index.ts'

/** For each language the options of its sandbox, or what runs its scripts instead. */
export interface SandboxesOptions {
  readonly javascript?: SandboxOptions | ScriptRunner
  readonly typescript?: SandboxOptions | ScriptRunner
  readonly python?: SandboxOptions | ScriptRunner
  /** Where randomness starts in all of them, unless their own options say it. Default 0. */
  readonly seed?: number | string
}

/** A runner of JavaScript that has runners of other languages as well. */
export interface PolyglotRunner extends ScriptRunner {
  /** The runner for scripts of a language. */
  of(language: Language): ScriptRunner
}

const LANGUAGES: readonly Language[] = ['javascript', 'typescript', 'python']

/**
 * A sandbox for each language.
 *
 *     await using runner = new Sandboxes({ python: { pythonPath: '/opt/bin/python3', memory: 512 } })
 *     await program.predict({ x: 3 }, { runner })
 *
 * `close()` closes the sandboxes that it made; runners that it was given are for their owner to close. A language that
 * cannot be had here is a runner whose outcomes are all `unavailable`, and say why.
 */
export class Sandboxes implements PolyglotRunner {
  readonly #options: SandboxesOptions
  readonly #made = new Map<Language, ScriptRunner>()
  #isClosed = false

  constructor(options: SandboxesOptions = {}) {
    const stranger = Object.keys(options).find(
      name => name !== 'seed' && !LANGUAGES.includes(name as Language),
    )
    if (stranger !== undefined) {
      throw new TypeError(
        `${stranger} is no option of Sandboxes; its options are ${LANGUAGES.join(', ')} and seed`,
      )
    }
    this.#options = options
  }

  of(language: Language): ScriptRunner {
    const given = this.#options[language] ?? {}
    if (isRunner(given)) return given
    if (this.#isClosed) throw new Error('the sandboxes are closed; make new ones')
    let runner = this.#made.get(language)
    if (runner === undefined) this.#made.set(language, (runner = this.#make(language, given)))
    return runner
  }

  async run(script: string, inputs: Json, options?: RunOptions): Promise<Outcome> {
    return this.of('javascript').run(script, inputs, options)
  }

  async runMany(script: string, inputs: readonly Json[], options?: RunManyOptions): Promise<Outcome[]> {
    return this.of('javascript').runMany(script, inputs, options)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.all([...this.#made.values()].map(runner => runner.close()))
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  #make(language: Language, options: SandboxOptions): ScriptRunner {
    const { seed = 0 } = this.#options
    try {
      return new Sandbox({ seed, ...options, language })
    } catch (error) {
      // A package that is missing is no fault of the options.
      if (error instanceof TypeError || error instanceof RangeError) throw error
      return new Unavailable((error as Error).message)
    }
  }
}

/** What runs scripts of a language, given what runs the scripts of a program. */
export function runnerFor(runner: ScriptRunner, language: Language): ScriptRunner {
  if (isPolyglot(runner)) return runner.of(language)
  if (language === 'javascript') return runner
  return new Unavailable(
    `the runner that was given runs no ${language}: pass { runner: new Sandboxes({ ${language}: … }) }, or none`,
  )
}

/** Runs nothing, and says why. */
class Unavailable implements ScriptRunner {
  readonly #why: string

  constructor(why: string) {
    this.#why = why
  }

  async run(): Promise<Outcome> {
    const nothing = { stdout: '', stderr: '', ms: 0, isolation: 'process' } as const
    return { ok: false, kind: 'unavailable', message: this.#why, ...nothing }
  }

  async runMany(_: string, inputs: readonly Json[]): Promise<Outcome[]> {
    return Promise.all(inputs.map(() => this.run()))
  }

  async close(): Promise<void> {}
}

const isRunner = (given: SandboxOptions | ScriptRunner): given is ScriptRunner =>
  typeof (given as Partial<ScriptRunner>).runMany === 'function'

const isPolyglot = (runner: ScriptRunner): runner is PolyglotRunner =>
  typeof (runner as Partial<PolyglotRunner>).of === 'function'

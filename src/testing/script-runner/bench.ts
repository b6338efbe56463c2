// What a case works with: the runner under test, the scripts of its language, its limits, and a few ways to ask.

import { deepEqual, fail, ok } from 'node:assert/strict'
import type {
  Json,
  Outcome,
  OutcomeKind,
  RunManyOptions,
  RunOptions,
  ScriptRunner,
} from '../../runtime/index.ts'
import type { RunnerScripts } from './scripts.ts'

/** What the runner was made with; the defaults are those of `Sandbox`. */
export interface RunnerLimits {
  readonly maxSource: number
  readonly maxResult: number
  readonly maxOutput: number
}

/** Cases by name: each says what a runner does. */
export interface Checks {
  readonly [name: string]: (bench: Bench) => Promise<void>
}

/** A time limit for scripts that end by themselves, in milliseconds: never the reason to fail, on a busy machine. */
const PATIENCE = 20_000
/** A time limit for batches of which some hit it and some must not, even on a busy machine; and for those that must hit it. */
export const SHORT = 250
export const SHORTEST = 100

export class Bench {
  readonly scripts: RunnerScripts
  readonly limits: RunnerLimits
  readonly make: () => Promise<ScriptRunner>
  #shared: Promise<ScriptRunner> | undefined

  constructor(make: () => Promise<ScriptRunner>, scripts: RunnerScripts, limits: RunnerLimits) {
    this.make = make
    this.scripts = scripts
    this.limits = limits
  }

  /** The runner that most cases share: what one leaves behind, another would find. */
  get runner(): Promise<ScriptRunner> {
    this.#shared ??= this.make()
    return this.#shared
  }

  async close(): Promise<void> {
    const shared = this.#shared
    this.#shared = undefined
    await (await shared)?.close()
  }

  async run(script: string, inputs: Json = null, options: RunOptions = {}): Promise<Outcome> {
    return (await this.runner).run(script, inputs, { timeout: PATIENCE, ...options })
  }

  async runMany(script: string, inputs: readonly Json[], options: RunManyOptions = {}): Promise<Outcome[]> {
    return (await this.runner).runMany(script, inputs, { timeout: PATIENCE, ...options })
  }

  /** Fails unless a script leaves this value. */
  async gives(value: Json, script: string, inputs: Json = null, options: RunOptions = {}): Promise<void> {
    deepEqual(short(await this.run(script, inputs, options)), { value }, script)
  }

  /** Fails unless a script ends in one of these ways. */
  async ends(
    kinds: readonly OutcomeKind[],
    script: string,
    inputs: Json = null,
    options: RunOptions = {},
  ): Promise<Outcome> {
    const outcome = await this.run(script, inputs, options)
    if (outcome.ok)
      fail(`${script}\nmust end as ${kinds.join(' or ')}, and gave ${JSON.stringify(outcome.value)}`)
    ok(
      kinds.includes(outcome.kind),
      `${script}\nmust end as ${kinds.join(' or ')}, and was ${outcome.kind}: ${outcome.message}`,
    )
    return outcome
  }

  /** Fails if a harmless script no longer works. */
  async isSound(): Promise<void> {
    await this.gives({ sound: [1, 2] }, this.scripts.echo, { sound: [1, 2] })
    await this.gives([], this.scripts.findMarks)
  }
}

/** The part of an outcome that a test compares: `{ value }` or the kind. */
export function short(outcome: Outcome): { readonly value: Json } | OutcomeKind {
  return outcome.ok ? { value: outcome.value } : outcome.kind
}

export const values = (list: readonly Json[]) => list.map(value => ({ value }))

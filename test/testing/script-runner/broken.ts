/** Runners that break one promise each, to show that every case of the suite can fail. */

import { AssertionError } from 'node:assert'
import { expect } from 'chai'
import {
  type Json,
  type Outcome,
  type OutcomeKind,
  type RunManyOptions,
  Sandbox,
  type ScriptRunner,
} from '../../../src/runtime/index.ts'
import { javascript, scriptRunnerSuite } from '../../../src/testing/index.ts'

/** What is done wrong; all else is left to a sandbox. */
export interface Breakage {
  /** In place of a run. */
  readonly run?: (
    script: string,
    inputs: readonly Json[],
    options: RunManyOptions,
    good: ScriptRunner,
  ) => Promise<Outcome[]>
  /** To each outcome of a run. */
  readonly alter?: (outcome: Outcome, script: string, index: number) => Outcome
  /** In place of closing. */
  readonly close?: () => Promise<void>
  /** Whether it runs scripts after it was closed. */
  readonly staysOpen?: boolean
}

/** The breakages that a case must notice; each case of the topics must be named. */
export type Breakages = Readonly<Record<string, Breakage>>

/** Tests that the cases of these topics fail with their breakage. */
export function itNotices(topics: readonly string[], breakages: Breakages): void {
  let good: Sandbox
  before(() => {
    good = new Sandbox({ size: 2, memory: 32 })
  })
  after(() => good.close())

  it('has a breakage for every case', () => {
    const { cases } = scriptRunnerSuite(() => good)
    const names = cases.filter(({ topic }) => topics.includes(topic)).map(({ name }) => name)
    expect(Object.keys(breakages)).to.have.members(names)
  })

  for (const [name, breakage] of Object.entries(breakages)) {
    it(`notices a runner that does not do what it says: ${name}`, async () => {
      const suite = scriptRunnerSuite(() => new BrokenRunner(good, breakage))
      const found = suite.cases.find(each => each.name === name)!
      const error: unknown = await found.run().then(
        () => undefined,
        (reason: unknown) => reason,
      )
      expect(error, 'it passed').to.be.instanceOf(AssertionError)
    })
  }
}

class BrokenRunner implements ScriptRunner {
  readonly #good: ScriptRunner
  readonly #breakage: Breakage
  #isClosed = false

  constructor(good: ScriptRunner, breakage: Breakage) {
    this.#good = good
    this.#breakage = breakage
  }

  async run(script: string, inputs: Json, options: RunManyOptions = {}): Promise<Outcome> {
    const [outcome] = await this.runMany(script, [inputs], options)
    return outcome!
  }

  async runMany(script: string, inputs: readonly Json[], options: RunManyOptions = {}): Promise<Outcome[]> {
    const { run, alter, staysOpen = false } = this.#breakage
    if (this.#isClosed && !staysOpen) throw new Error('closed')
    const outcomes = run
      ? await run(script, inputs, options, this.#good)
      : await this.#good.runMany(script, inputs, options)
    return alter ? outcomes.map((outcome, index) => alter(outcome, script, index)) : outcomes
  }

  async close(): Promise<void> {
    await this.#breakage.close?.()
    this.#isClosed = true
  }
}

const common = { stdout: '', stderr: '', ms: 1, isolation: 'process' } as const

export const gives = (value: Json): Outcome => ({ ok: true, value, ...common })
export const failsAs = (kind: OutcomeKind): Outcome => ({ ok: false, kind, message: 'broken', ...common })

/** Alters the outcomes of this script alone. */
export const on = (script: string, change: (outcome: Outcome, index: number) => Outcome): Breakage => ({
  alter: (outcome, given, index) => (given === script ? change(outcome, index) : outcome),
})

/** Turns failures of this kind into something else. */
export const instead = (kind: OutcomeKind, outcome: Outcome): Breakage => ({
  alter: given => (!given.ok && given.kind === kind ? outcome : given),
})

/** Answers without running anything. */
export const answers = (all: (inputs: readonly Json[], options: RunManyOptions) => Outcome[]): Breakage => ({
  run: async (_, inputs, options) => all(inputs, options),
})

export const scripts = javascript
